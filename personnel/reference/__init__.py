"""Reference data of this app: tali asih a month. Importing registers the loader."""

from personnel.reference import allowances

__all__ = ["allowances"]
