"""Reference data of targets: indicators, rules for named people, and the published figures compared with."""

from targets.reference import indicators, personal, published

__all__ = ["indicators", "personal", "published"]
