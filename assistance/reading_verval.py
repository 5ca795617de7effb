"""Reads of verval: who must be checked again, how many of an area were, and the last finding of each person."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Mod

from assistance.models import Caseload, Participation, Verification
from assistance.reading import names_of
from personnel.models import Assignment, Personnel, valid_on
from pilar.core import regions
from pilar.core.errors import Refusal
from pilar.core.formatting import percent_of
from pilar.core.models import Programme, Region
from pilar.core.places import name_of
from pilar.core.regions import SPAN, Level, level_of
from pilar.core.scoping import reach_of


def months_before(day: date, months: int) -> date:
    """The same day `months` earlier; the last of its month where that month is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def fresh(*, on: date, months: int) -> Exists:
    """Whether a participation's person was verified for its programme in the `months` up to `on`, that day included."""
    return Exists(
        Verification.objects.filter(
            beneficiary=OuterRef("beneficiary"),
            programme=OuterRef("programme"),
            verified_on__gte=months_before(on, months),
            verified_on__lte=on,
        )
    )


def unverified(*, programme: Programme | None, region: int, months: int, on: date) -> QuerySet[Participation]:
    """Active participants of an area whom nobody verified in the `months` up to `on`.

    Any finding counts as verified: whoever was found not eligible is active only by a decision after it.
    Not narrowed to a reader; doors narrow it.
    """
    rows = Participation.objects.active().filter(_inside(region), ~fresh(on=on, months=months))
    return rows if programme is None else rows.filter(programme=programme)


def never_verified() -> Q:
    """Of participations: no verval at all for that programme."""
    acts = Verification.objects.filter(beneficiary=OuterRef("beneficiary"), programme=OuterRef("programme"))
    return ~Q(Exists(acts))


def _inside(region: int) -> Q:
    return regions.in_range("region_id", *regions.bounds(region))


@dataclass(frozen=True)
class Coverage:
    """Of one area: active participants, and how many of them were verified lately.

    People, each once: of all programmes together, verified is who was so in every programme that he takes part in.
    """

    region: Region
    active: int = 0
    verified: int = 0

    @property
    def percent(self) -> Decimal | None:
        """None where nobody is active, which is not zero percent."""
        return percent_of(self.verified, self.active)

    @property
    def missing(self) -> int:
        return self.active - self.verified


def coverage(
    user: Any, region: Region, programme: Programme | None, on: date, months: int
) -> tuple[Coverage, list[Coverage]]:
    """The area and its children (itself among them for participants registered right at its level).

    Counts of all children come in one query. The area is counted apart: somebody may take part in two programmes in
    two of its children. Only what the reader sees is counted: ask for areas inside his grant.
    """
    level = Level(min(level_of(region.code) + 1, Level.VILLAGE))
    rows: Any = Participation.objects.visible_to(user).active().filter(_inside(region.code))
    if programme is not None:
        rows = rows.filter(programme=programme)
    rows = rows.order_by().annotate(area=_area(level), is_fresh=fresh(on=on, months=months))
    people = {
        "active": Count("beneficiary", distinct=True),
        "missing": Count("beneficiary", distinct=True, filter=Q(is_fresh=False)),
    }
    counted = {row["area"]: _pair(row) for row in rows.values("area").annotate(**people)}
    areas = list(Region.objects.valid_on(on).children_of(region.code)) if level > level_of(region.code) else []
    known = {area.code for area in areas}
    areas = [*Region.objects.filter(code__in=counted.keys() - known).order_by("code"), *areas]
    children = [Coverage(area, *counted.get(area.code, (0, 0))) for area in areas]
    return Coverage(region, *_pair(rows.aggregate(**people))), children


def _pair(row: dict[str, int]) -> tuple[int, int]:
    return row["active"], row["active"] - row["missing"]


def require_inside(user: Any, region: Region) -> None:
    """Raises Refusal for an area outside the reader's grant: its rows would be missing from the count."""
    lo, hi = regions.bounds(region.code)
    if not any(slot.lo <= lo and hi <= slot.hi for slot in reach_of(user).view):
        raise Refusal(
            f"Cakupan verval {name_of(region)} dihitung dari data orang, dan wilayah itu di luar wewenang Anda.",
            "Pilih wilayah Anda sendiri, atau minta Dinas Sosial wilayah itu. Wewenang diatur oleh admin wilayah "
            "di atas Anda di halaman Pengguna & wewenang.",
            rule="wewenang",
        )


def _area(level: Level) -> CombinedExpression:
    """The code of the row's ancestor at `level`, by arithmetic of its digits."""
    code = F("region_id")
    return code - Mod(code, Value(SPAN[level]), output_field=BigIntegerField())


def latest_of(user: Any, people: Iterable[int]) -> dict[tuple[int, int], Verification]:
    """(beneficiary, programme) -> the last verval the reader sees, in one query."""
    rows = Verification.objects.visible_to(user).filter(beneficiary__in=set(people))
    last = rows.order_by("beneficiary_id", "programme_id", "-verified_on", "-id")
    return {(v.beneficiary_id, v.programme_id): v for v in last.distinct("beneficiary_id", "programme_id")}


def holders_of(user: Any, assignments: Iterable[int | None]) -> dict[int, str]:
    """Assignment id -> its holder's name, as far as the reader may know him; two queries for all."""
    rows = Assignment.objects.visible_to(user).filter(pk__in={pk for pk in assignments if pk is not None})
    person_of = dict(rows.order_by().values_list("pk", "person_id"))
    names = names_of(Personnel.objects.all(), user, person_of.values())
    return {pk: names[person] for pk, person in person_of.items() if person in names}


def caretakers_of(user: Any, people: Iterable[int], on: date) -> dict[tuple[int, int], int]:
    """(beneficiary, programme) -> the assignment that looks after the family that day, as far as the reader sees."""
    rows = Caseload.objects.visible_to(user).filter(valid_on(on), beneficiary__in=set(people)).order_by()
    return {(b, p): a for b, p, a in rows.values_list("beneficiary_id", "programme_id", "assignment_id")}
