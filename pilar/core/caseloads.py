"""How many families or clients people look after. The app that keeps caseloads declares it in `caseloads.py`."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from pilar.core.discovery import discover

#: reader, people, programme, day -> number by person; a person without any is left out
Counter = Callable[[Any, Sequence[int], int, date], dict[int, int]]

_counters: list[Counter] = []


def register(counter: Counter) -> Counter:
    _counters.append(counter)
    return counter


def caseloads(user: Any, people: Sequence[int], programme: int, day: date) -> dict[int, int]:
    """As the reader may see it, on that day."""
    discover("caseloads")
    found: dict[int, int] = {}
    for counter in _counters:
        found |= counter(user, people, programme, day)
    return found
