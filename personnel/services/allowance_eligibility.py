"""Who is entitled to tali asih in a semester, how many months, and how much: set-based, whatever the number."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Q

from personnel.models import AllowanceProposal, AllowanceRate, Assignment, EmploymentChange, Personnel
from personnel.semesters import Semester
from pilar.core import regions
from pilar.core.models import User


@dataclass(frozen=True)
class Entitled:
    """Attributes: reason: why tali asih does not apply (`words.NOT_APPLICABLE_REASONS`); empty when it does."""

    person: int
    assignment: int
    months: int
    amount: int
    reason: str = ""


def statuses_paid(names: Iterable[str]) -> frozenset[str]:
    """Raises ImproperlyConfigured for a status nobody knows."""
    if unknown := sorted(set(names) - set(Personnel.Employment.values)):
        raise ImproperlyConfigured(
            f"PILAR_ALLOWANCE_EMPLOYMENT memuat status yang tidak dikenal: {', '.join(unknown)}. "
            f"Pilih dari {', '.join(Personnel.Employment.values)}."
        )
    return frozenset(names)


def entitled(actor: User, proposal: AllowanceProposal) -> dict[int, Entitled]:
    """By person: everybody who served in this pillar and kabupaten in the semester. Four queries.

    A month counts when the person served on its last day with an eligible status.
    """
    semester = Semester.read(proposal.period)
    rows = defaultdict(list)
    for row in serving(actor, proposal, semester):
        rows[row.person_id].append(row)
    status = _statuses(actor, rows.keys(), semester)
    rates = _rates(proposal, semester)
    paid = statuses_paid(settings.ALLOWANCE_EMPLOYMENT)
    return {person: _entitled(held, status.get(person), rates, paid) for person, held in rows.items()}


def serving(actor: User, proposal: AllowanceProposal, semester: Semester) -> Iterable[Assignment]:
    """Assignments of the pillar in the area that touch the semester, the latest first."""
    in_time = Q(valid_from__lte=semester.last) & (Q(valid_until__isnull=True) | Q(valid_until__gte=semester.first))
    rows = Assignment.objects.visible_to(actor).within(proposal.region_id).filter(in_time, pillar=proposal.pillar_id)
    return rows.order_by("-valid_from", "-pk")


def has_rate(proposal: AllowanceProposal) -> bool:
    return any(_rates(proposal, Semester.read(proposal.period)).values())


def _entitled(
    held: list[Assignment], status: dict[date, str] | None, rates: dict[date, int], paid: frozenset[str]
) -> Entitled:
    served = [day for day in rates if any(_runs(row, day) for row in held)]
    # a person kept by another office is not in sight; whoever decides the line knows him
    counted = [day for day in served if status is None or status[day] in paid]
    reason = "" if counted else "status_kepegawaian" if served else "tanpa_bulan"
    return Entitled(held[0].person_id, held[0].pk, len(counted), sum(rates[day] for day in counted), reason)


def _runs(row: Assignment, day: date) -> bool:
    return row.valid_from <= day and (row.valid_until is None or row.valid_until >= day)


def _statuses(actor: User, people: Collection[int], semester: Semester) -> dict[int, dict[date, str]]:
    """Status of employment of each person at each month's end."""
    now = dict(Personnel.objects.visible_to(actor).filter(pk__in=people).values_list("pk", "employment"))
    changes = defaultdict(list)
    for change in EmploymentChange.objects.filter(person__in=list(now)).order_by("on"):
        changes[change.person_id].append(change)
    return {pk: {day: status_on(status, changes[pk], day) for day in semester.month_ends} for pk, status in now.items()}


def status_on(now: str, changes: list[EmploymentChange], day: date) -> str:
    """`now` holds since the last change; before a change stood what it says it was."""
    later = [change for change in changes if change.on > day]
    return later[0].was if later else now


def _rates(proposal: AllowanceProposal, semester: Semester) -> dict[date, int]:
    """Rupiah for each month, by its last day: the rate of the smallest area that holds the kabupaten; 0 without one."""
    rows = AllowanceRate.objects.filter(pillar=proposal.pillar_id, region__in=regions.path(proposal.region_id))
    rates = sorted(rows, key=lambda rate: rate.region_id)

    def on(day: date) -> int:
        fits = [r for r in rates if r.valid_from <= day and (r.valid_until is None or r.valid_until >= day)]
        return fits[-1].amount if fits else 0

    return {day: on(day) for day in semester.month_ends}
