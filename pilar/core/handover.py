"""Passing open work on: every model that names its `responsible_field` is found through the registry.

A model may say in `open()` of its queryset which rows are still open; without it all of them are.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models

from pilar.core.models import User


@dataclass(frozen=True)
class Work:
    """`rows` rows of one kind lie with one person."""

    kind: str
    rows: int


def models_with_responsible() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if hasattr(model, "responsible_field")]


def open_work(*, user: User, seen_by: User) -> list[Work]:
    """What lies with `user`, as far as `seen_by` may see it; kinds without any row left out."""
    counted = [(model, _rows(model, user, seen_by).count()) for model in models_with_responsible()]
    return [Work(str(model._meta.verbose_name), rows) for model, rows in counted if rows]


def pass_on(*, user: User, successor: User, actor: User) -> list[Work]:
    """Makes `successor` responsible for all of it. Runs in the caller's transaction."""
    passed = [
        (model, _rows(model, user, actor).update(**{model.responsible_field: successor}))  # type: ignore[attr-defined]
        for model in models_with_responsible()
    ]
    return [Work(str(model._meta.verbose_name), rows) for model, rows in passed if rows]


def _rows(model: Any, user: User, seen_by: User) -> models.QuerySet[Any]:
    rows: models.QuerySet[Any] = model.objects.all().visible_to(seen_by).filter(**{model.responsible_field: user})
    return getattr(rows, "open", rows.all)()
