"""Parts of a page that apps above add to it: declared in their `panels.py`, as measures are."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from pilar.core.discovery import discover


@dataclass(frozen=True)
class Panel:
    """`context(request, shown object)` gives the template's context, or None to leave the panel out."""

    page: str
    title: str
    order: int
    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]


_panels: list[Panel] = []


def register(panel: Panel) -> Panel:
    _panels.append(panel)
    return panel


def panels_of(page: str, request: HttpRequest, shown: Any) -> list[dict[str, Any]]:
    """Title, template and context of each panel of a page, in order."""
    discover("panels")
    found = sorted((p for p in _panels if p.page == page), key=lambda p: p.order)
    filled = [(panel, panel.context(request, shown)) for panel in found]
    return [
        {"title": p.title, "template": p.template, "panel": context} for p, context in filled if context is not None
    ]
