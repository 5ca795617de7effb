"""Reads about the way out in phases that both doors need."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from assistance.models import Caseload, GraduationCase, Step
from assistance.reading import names_of
from personnel.models import Assignment, Personnel, valid_on
from pilar.core.scoping import narrow_choices

State = GraduationCase.State


def looked_after_by(people: QuerySet[Personnel], on: date) -> Q:
    """Cases whose decision credits one of them; before a decision, whose family one of them looks after on that day."""
    caseload = Caseload.objects.filter(
        valid_on(on),
        beneficiary=OuterRef("beneficiary"),
        programme=OuterRef("programme"),
        assignment__person__in=people,
    )
    return Q(graduation__credited_to__in=people) | Q(Exists(caseload), graduation__isnull=True)


def companions_of(user: Any, cases: Sequence[GraduationCase], on: date) -> dict[int, int | None]:
    """Case id -> personnel id of its companion, None for nobody; as `looked_after_by` finds them.

    Cases need their `graduation` selected. A companion whom the user may not see is no key here.
    """
    open_cases = [case for case in cases if case.graduation is None]
    rows = narrow_choices(Caseload.objects.filter(valid_on(on)), user)
    caseload = {
        (row.beneficiary_id, row.programme_id): row.assignment_id
        for row in rows.filter(beneficiary__in=[case.beneficiary_id for case in open_cases])
    }
    person_of = assessor_people(user, caseload.values())
    found: dict[int, int | None] = {}
    for case in cases:
        if case.graduation is not None:
            found[case.pk] = case.graduation.credited_to_id
        elif (assignment := caseload.get((case.beneficiary_id, case.programme_id))) is None:
            found[case.pk] = None
        elif assignment in person_of:
            found[case.pk] = person_of[assignment]
    return found


def assessor_people(user: Any, assignments: Any) -> dict[int, int]:
    """Assignment id -> personnel id, of those the user may see."""
    wanted = {pk for pk in assignments if pk is not None}
    rows = narrow_choices(Assignment.objects.all(), user).filter(pk__in=wanted)
    return dict(rows.values_list("pk", "person_id")) if wanted else {}


def personnel_names(user: Any, ids: Any) -> dict[int, str]:
    return names_of(Personnel.objects.all(), user, ids)


def waiting_of(cases: QuerySet[GraduationCase]) -> dict[str, int]:
    """Open state -> how many of these cases are in it."""
    rows = cases.filter(state__in=GraduationCase.OPEN).order_by().values_list("state").annotate(Count("pk"))
    return dict.fromkeys((state.value for state in GraduationCase.OPEN), 0) | dict(rows)


def steps_of(user: Any, case: GraduationCase) -> list[Step]:
    """The case's history, oldest first. Ids do not tell the order: each connection takes them fifty at a time."""
    rows = narrow_choices(Step.objects.filter(kind=Step.Kind.GRADUATION, object_id=case.pk), user)
    return list(rows.order_by("at", "id"))
