"""Kinds of files that this app takes in (`pilar.core.imports`)."""

from assistance.imports.beneficiaries import BENEFICIARIES
from assistance.imports.dukcapil import MATCHES
from assistance.imports.notes import NOTES

__all__ = ["BENEFICIARIES", "MATCHES", "NOTES"]
