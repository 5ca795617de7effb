"""Undeclared = refused: a model of ours must say who may see its rows."""

from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register

from pilar.core.rls import our_models
from pilar.core.scoping import RegionScopedQuerySet


@register(Tags.models)
def every_model_declares_its_scope(**kwargs: Any) -> list[CheckMessage]:
    found: list[CheckMessage] = []
    for model in our_models():
        scope = model.__dict__.get("scope")
        if scope is None and model.__dict__.get("access") is None:
            found.append(
                Error(
                    f"{model._meta.label} declares neither scope nor access.",
                    hint="State `scope = Scope(region=...)` or one of `Access` on the model (CONTRIBUTING.md).",
                    obj=model,
                    id="pilar.E001",
                )
            )
        elif scope is not None:
            found += _scoped(model, scope)
    return found


def _scoped(model: Any, scope: Any) -> list[CheckMessage]:
    columns = {field.column for field in model._meta.get_fields() if hasattr(field, "column")}
    wanted = (
        {scope.via.column} if scope.via else {scope.region, *filter(None, (scope.pillar, scope.programme, scope.group))}
    )
    found: list[CheckMessage] = [
        Error(
            f"{model._meta.label} has no column {name}, which its scope names.",
            obj=model,
            id="pilar.E002",
        )
        for name in sorted(wanted - columns)
    ]
    if not isinstance(model._default_manager.all(), RegionScopedQuerySet):
        found.append(
            Error(
                f"{model._meta.label} is scoped but its manager has no gate.",
                hint="Use objects = RegionScopedQuerySet.as_manager() or a subclass.",
                obj=model,
                id="pilar.E003",
            )
        )
    return found
