"""Database objects that follow from declarations: policies, grants, and what apps add.

An app registers a function here (targets: the ledger triggers of the declared measures);
`apply` runs them all as the owner, in one transaction, after each migrate.
"""

from collections.abc import Callable

from django.db import transaction

from pilar.core import rls

_extra: list[Callable[[], None]] = []
_on_open: list[Callable[[int], None]] = []


def register(function: Callable[[], None]) -> Callable[[], None]:
    _extra.append(function)
    return function


def apply() -> None:
    with transaction.atomic():
        rls.apply()
        for function in _extra:
            function()


def on_year_opened(function: Callable[[int], None]) -> Callable[[int], None]:
    """What an app does when a year is opened (targets: counts who is registered already)."""
    _on_open.append(function)
    return function


def year_opened(year: int) -> None:
    for function in _on_open:
        function(year)
