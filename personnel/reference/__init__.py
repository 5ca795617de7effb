"""Reference data of this app: tali asih a month, kinds of activity. Importing registers the loaders."""

from personnel.reference import allowances, kinds

__all__ = ["allowances", "kinds"]
