"""Keyset paging for pages: the last row's sort values are the cursor, so page 1,000 costs what page 1 costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db.models import Model, Q, QuerySet

SIZE = 50
#: without the hour, so that a list that has not changed has the same address of its next page
SIGNER = signing.Signer(salt="pilar.paging")


@dataclass(frozen=True)
class Page:
    """`next` and `previous` are cursors for the query string, empty at the ends."""

    rows: Sequence[Any]
    next: str
    previous: str


def keyset_page(queryset: QuerySet[Any], ordering: Sequence[str], cursor: str, size: int = SIZE) -> Page:
    """One page of `queryset` in `ordering`, whose last field must be unique.

    A cursor that is not ours is treated as none: the list starts at its beginning.
    """
    back, values = _read(cursor, len(ordering))
    fields = [(name.removeprefix("-"), name.startswith("-") != back) for name in ordering]
    rows = queryset.order_by(*(f"-{n}" if descending else n for n, descending in fields))
    if values:
        rows = rows.filter(_after(fields, values))
    found = list(rows[: size + 1])
    more, found = len(found) > size, found[:size]
    if back:
        found.reverse()
    before, after = (more, bool(values)) if back else (bool(values), more)
    names = [name for name, _ in fields]
    return Page(
        rows=found,
        next=_write(False, found[-1], names) if found and after else "",
        previous=_write(True, found[0], names) if found and before else "",
    )


def is_cursor(cursor: str, ordering: Sequence[str]) -> bool:
    """Whether it is one of ours, for as many fields."""
    return bool(_read(cursor, len(ordering))[1])


def _after(fields: list[tuple[str, bool]], values: list[Any]) -> Q:
    """(a, b) beyond (x, y), field by field, since directions may differ; bounded by x, where an index can begin."""
    q = Q(pk__in=[])
    same = Q()
    for (name, descending), value in zip(fields, values, strict=True):
        q |= same & Q(**{f"{name}__{'lt' if descending else 'gt'}": value})
        same &= Q(**{name: value})
    (first, descending), value = fields[0], values[0]
    return Q(**{f"{first}__{'lte' if descending else 'gte'}": value}) & q


def _write(back: bool, row: Model, names: list[str]) -> str:
    values = [row.serializable_value(name) for name in names]
    return SIGNER.sign_object([back, *[str(v) for v in values]])


def _read(cursor: str, length: int) -> tuple[bool, list[Any]]:
    try:
        back, *values = SIGNER.unsign_object(cursor) if cursor else [False]
    except signing.BadSignature:
        return False, []
    return (back, values) if len(values) == length else (False, [])
