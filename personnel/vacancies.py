"""Kecamatan in which nobody of a pillar serves, as far as the reader's grants tell."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from personnel.models import Assignment
from pilar.core import places
from pilar.core.models import Pillar, Region
from pilar.core.regions import Level
from pilar.core.scoping import narrow_choices, reach_of

TKSK = "TKSK"


def vacant(user: Any, pillar: Pillar, *, within: int, day: date) -> QuerySet[Region]:
    """Kecamatan of the reader's area, valid on that day, where nobody of the pillar holds an assignment; by code.

    Whoever works for the whole kabupaten fills no kecamatan. A grant narrowed to other pillars tells nothing.
    """
    slots = [slot for slot in reach_of(user).view if not slot.pillars or pillar.pk in slot.pillars]
    areas = places.within(slots).within(within).valid_on(day).filter(level=Level.DISTRICT)
    serving = narrow_choices(Assignment.objects.current(on=day), user).filter(pillar=pillar, region=OuterRef("pk"))
    return areas.filter(~Exists(serving)).order_by("code")


def ever_recorded(user: Any, pillar: Pillar, *, within: int) -> bool:
    """Whether anybody of the pillar was recorded there at all: without that, nothing is known of vacancies."""
    return narrow_choices(Assignment.objects.within(within).filter(pillar=pillar), user).exists()
