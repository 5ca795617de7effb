"""Reference data of targets: indicators and ratios, rules for named people, and the published figures compared with."""

from targets.reference import indicators, personal, published, ratios

__all__ = ["indicators", "personal", "published", "ratios"]
