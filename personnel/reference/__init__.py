"""Reference data: tali asih a month, kinds of activity, rules of service. Importing registers the loaders."""

from personnel.reference import allowances, kinds, service_rules

__all__ = ["allowances", "kinds", "service_rules"]
