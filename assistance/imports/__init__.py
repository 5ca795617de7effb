"""Kinds of files that this app takes in (`pilar.core.imports`)."""

from assistance.imports.beneficiaries import BENEFICIARIES

__all__ = ["BENEFICIARIES"]
