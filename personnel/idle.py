"""Companions without verified activity: who serves long enough to have some, and has none."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from personnel.models import Activity, Personnel, valid_on
from pilar.core.models import Pillar
from pilar.core.scoping import narrow_choices


def serving_since(day: date, days: int) -> Q:
    """Assignments of people (not of institutions) that hold on `day` and held for `days` before."""
    return valid_on(day) & Q(valid_from__lte=day - timedelta(days=days), pillar__shape=Pillar.Shape.PERSON)


def without_activity(people: QuerySet[Personnel], user: Any, day: date, days: int) -> QuerySet[Personnel]:
    """Those of them with no verified activity in the last `days` days, as far as the reader's area tells."""
    since = day - timedelta(days=days)
    acts = narrow_choices(Activity.objects.verified(), user)
    acts = acts.filter(date__gt=since, date__lte=day, year__gte=since.year, year__lte=day.year)
    return people.filter(~Exists(acts.filter(person=OuterRef("pk"))))
