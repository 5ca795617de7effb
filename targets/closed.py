"""Where a year's figures are read: the live facts, or, once the year is closed, what its closing kept."""

from typing import Any

from django.db.models import QuerySet

from targets.models import (
    Achievement,
    ClosedCell,
    ClosedPersonal,
    ClosedTarget,
    PersonalAchievement,
    YearClosure,
)


def closures(user: Any) -> dict[int, YearClosure]:
    """The closing in force of each closed year; asked once per request and kept on the user, as his reach is."""
    known: dict[int, YearClosure] | None = user.__dict__.get("_closures")
    if known is None:
        known = {closure.year_id: closure for closure in YearClosure.objects.visible_to(user).closed()}
        if user.pk is not None:  # the console's user outlives any request
            user.__dict__["_closures"] = known
    return known


def closure_of(user: Any, year: int) -> YearClosure | None:
    return closures(user).get(year)


def facts(user: Any, year: int) -> QuerySet[Any]:
    """Figures of a year, columns as in Achievement."""
    if (kept := closure_of(user, year)) is not None:
        return ClosedCell.objects.visible_to(user).filter(closure_id=kept.pk)
    return Achievement.objects.visible_to(user).filter(year=year)


def personal_facts(user: Any, year: int) -> QuerySet[Any]:
    """Figures of named people, columns as in PersonalAchievement."""
    if (kept := closure_of(user, year)) is not None:
        return ClosedPersonal.objects.visible_to(user).filter(closure_id=kept.pk)
    return PersonalAchievement.objects.visible_to(user).filter(year=year)


def kept_targets(user: Any, year: int) -> QuerySet[ClosedTarget] | None:
    """The targets a closed year was held against; None while the year is open."""
    kept = closure_of(user, year)
    return ClosedTarget.objects.visible_to(user).filter(closure_id=kept.pk) if kept else None
