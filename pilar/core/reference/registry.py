"""Who loads reference data: apps register loaders in their `reference` package, as they do measures."""

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import models, transaction

from pilar.core.discovery import discover

Loader = Callable[[], int]
M = TypeVar("M", bound=models.Model)

_loaders: dict[str, Loader] = {}


def register(title: str) -> Callable[[Loader], Loader]:
    """Announces a loader under the Indonesian words its result is printed with; it returns rows added."""

    def keep(loader: Loader) -> Loader:
        _loaders[title] = loader
        return loader

    return keep


def load_all() -> dict[str, int]:
    """Rows added per loader, the apps' lowest layer first; all or nothing."""
    discover("reference")
    with transaction.atomic():
        return {title: loader() for title, loader in _loaders.items()}


def insert_absent(model: type[M], rows: Sequence[M]) -> list[M]:
    """Inserts the rows whose primary key is unknown and returns them.

    A row that is there already stays as it is: an administrator may have edited it.
    """
    known = set(model._default_manager.values_list("pk", flat=True))
    absent = [row for row in rows if row.pk not in known]
    model._default_manager.bulk_create(absent)
    return absent
