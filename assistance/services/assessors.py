"""Who may assess a person or family in the field: known there, and in office on that day."""

from datetime import date

from django.db.models import Q

from assistance.models import Beneficiary, Caseload
from personnel.models import Assignment, AssignmentQuerySet
from pilar.core import regions
from pilar.core.models import Programme


def assessors(
    person: Beneficiary | int, programme: Programme | int, *, region: int, since: date, until: date
) -> AssignmentQuerySet:
    """Assignments in force some day from `since` to `until`: the person's companion in the programme, or whose
    work area holds `region`, the person's home, or lies in it."""
    companions = Caseload.objects.filter(beneficiary=person, programme=programme)
    here = Q(region__in=[code for code in regions.path(region) if code != regions.NATION])
    inside = regions.in_range("region_id", *regions.bounds(region))
    rows = Assignment.objects.filter(valid_from__lte=until).exclude(valid_until__lt=since)
    return rows.filter(here | inside | Q(pk__in=companions.values("assignment_id")))
