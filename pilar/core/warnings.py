"""Early warning: each app declares in its `warnings.py` what it watches; found by autodiscovery, as measures are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from pilar.core.discovery import discover
from pilar.core.models import Region


@dataclass(frozen=True)
class Ask:
    """Attributes:
    running: whether figures of the running year are asked for too; a page about another year shows none of them.
    glance: on a dashboard, which must stay quick: what would read the whole nation's rows is left to the page.
    figures: the year's figures where the page has them already, else None.
    """

    user: Any
    region: Region
    today: date
    running: bool = True
    glance: bool = False
    figures: Sequence[Any] | None = None


@dataclass(frozen=True)
class Row:
    """One of the rows behind a warning."""

    label: str
    detail: str
    url: str


@dataclass(frozen=True)
class Warned:
    """One warning.

    Attributes:
        url, api: the rows behind it, for people and for clients.
        rows: the first of them, where the sentence alone does not name them.
    """

    sentence: str
    url: str
    api: str
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True)
class Watcher:
    """`find` gives the warnings of one kind, the most pressing first, through the gate of the reader."""

    kind: str
    title: str
    order: int
    meaning: str
    find: Callable[[Ask], list[Warned]]


_watchers: dict[str, Watcher] = {}


def register(watcher: Watcher) -> Watcher:
    if watcher.kind in _watchers:
        raise ValueError(f"warning {watcher.kind} is declared twice")
    _watchers[watcher.kind] = watcher
    return watcher


def all_watchers() -> list[Watcher]:
    discover("warnings")
    return sorted(_watchers.values(), key=lambda w: w.order)


def warnings_of(ask: Ask) -> list[tuple[Watcher, list[Warned]]]:
    """Kinds with something to say, in order."""
    found = [(watcher, watcher.find(ask)) for watcher in all_watchers()]
    return [(watcher, warned) for watcher, warned in found if warned]
