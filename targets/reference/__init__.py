"""Reference data of targets: indicators and the published figures they are compared with."""

from targets.reference import indicators, published

__all__ = ["indicators", "published"]
