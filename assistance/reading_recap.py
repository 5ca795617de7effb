"""A year of checks, exits and objections: not eligible by reason, graduated by kind, answered in time.

Counted from the rows inside the reader's grant when the page is opened.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet

from assistance.models import Graduation, Objection, Verification
from assistance.words import reason_words
from pilar.core.models import Programme, Region
from pilar.core.scoping import RegionScopedQuerySet


@dataclass(frozen=True)
class Part:
    """One line of a recap: a code, its words, and how many."""

    code: str
    label: str
    count: int


@dataclass(frozen=True)
class Recap:
    """Attributes:
    reasons: acts with result tidak layak, by reason, most frequent first; an act counts, not a person.
    kinds: graduations decided and not cancelled, by kind, whether or not the kind counts toward a target.
    in_time, late: objections filed in the year and answered within, or after, their 14 days.
    waiting, lapsed: unanswered on the day asked for, still within their days or past them.
    """

    reasons: list[Part]
    kinds: list[Part]
    in_time: int
    late: int
    waiting: int
    lapsed: int

    @property
    def objections(self) -> int:
        return self.in_time + self.late + self.waiting + self.lapsed


def recap(user: Any, region: Region, programme: Programme | None, year: int, on: date) -> Recap:
    """Three queries, whatever the size of the area. The caller has made sure that the area is the reader's."""
    refused = _rows(Verification.objects.all(), user, region, programme)
    refused = refused.filter(verified_on__year=year, result=Verification.Result.UNFIT)
    left = _rows(Graduation.objects.all(), user, region, programme)
    left = left.filter(decided_on__year=year, cancelled_on__isnull=True, confirmed_on__isnull=False)
    filed = _rows(Objection.objects.all(), user, region, programme).filter(filed_on__year=year)
    open_ = Q(answered_on__isnull=True)
    clock = filed.order_by().aggregate(
        in_time=Count("pk", filter=Q(answered_on__lte=F("due_on"))),
        late=Count("pk", filter=Q(answered_on__gt=F("due_on"))),
        waiting=Count("pk", filter=open_ & Q(due_on__gte=on)),
        lapsed=Count("pk", filter=open_ & Q(due_on__lt=on)),
    )
    return Recap(
        reasons=[Part(code, _reason(code), n) for code, n in _counted(refused, "reason")],
        kinds=[Part(kind, str(Graduation.Kind(kind).label), n) for kind, n in _counted(left, "kind")],
        **clock,
    )


def _rows(
    rows: RegionScopedQuerySet[Any], user: Any, region: Region, programme: Programme | None
) -> RegionScopedQuerySet[Any]:
    seen = rows.visible_to(user).within(region.code)
    return seen if programme is None else seen.filter(programme=programme)


def _counted(rows: QuerySet[Any], column: str) -> list[tuple[str, int]]:
    return list(rows.order_by().values_list(column).annotate(n=Count("pk")).order_by("-n", column))


def _reason(code: str) -> str:
    words = reason_words(code)
    return words.meaning.rstrip(".") if words else "tanpa kode"
