"""What each companion must reach by rule: from assignments whose position looks after families, pro rata."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from django.db.models import Q

from personnel.models import Assignment, Personnel
from pilar.core import regions
from pilar.core.caseloads import caseloads
from pilar.core.errors import Refusal
from pilar.core.measures import Dim
from pilar.core.models import Region
from pilar.core.scoping import narrow_choices
from targets.models import PersonalRule, PublishedFigure, Target
from targets.seals import seal_of, state_of


@dataclass(frozen=True)
class Due:
    """One person's target by rule.

    Attributes:
        days: of the year, on which some such assignment holds; `year_days` of how many.
        caseload: families looked after; None unless the rule is a share of them.
        value: None where the rule needs a caseload and none is recorded.
        now: the newest version of the person's target, or None.
    """

    person: Personnel
    days: int
    year_days: int
    caseload: int | None
    value: int | None
    now: Target | None

    @property
    def whole_year(self) -> bool:
        return self.days == self.year_days

    @property
    def changes(self) -> bool:
        return self.value is not None and (self.now is None or self.now.value != self.value)


@dataclass(frozen=True)
class Dues:
    """`seal`: of all that was shown, so that what is applied is what somebody has seen."""

    rule: PersonalRule
    year: int
    lines: tuple[Due, ...]
    seal: str

    @property
    def total(self) -> int:
        return sum(line.value or 0 for line in self.lines)

    @property
    def changes(self) -> int:
        return sum(line.changes for line in self.lines)

    @property
    def without_caseload(self) -> int:
        return sum(line.value is None for line in self.lines)


def rules_for(user: Any, year: int, region: int) -> list[PersonalRule]:
    """Of each indicator and pillar the rule of the nearest area, as of the last day of the year."""
    rules = PersonalRule.objects.visible_to(user).on(date(year, 12, 31)).filter(region__in=regions.path(region))
    rows = rules.select_related("indicator", "pillar", "region").order_by("region__level")
    nearest = {(rule.indicator_id, rule.breakdown, rule.pillar_id): rule for rule in rows}
    return [nearest[key] for key in sorted(nearest)]


def dues(user: Any, *, year: int, region: int, rule: PersonalRule, today: date) -> Dues:
    """Of everybody managed in the kabupaten/kota, by name. Caseloads are those of today, within the year.

    Raises Refusal for another level: people are managed by a kabupaten/kota.
    """
    if regions.level_of(region) != regions.Level.REGENCY:
        raise Refusal(
            "Target perorangan dihitung per kabupaten/kota, yang mengelola orangnya.",
            "Pilih kabupaten/kotanya.",
            rule="tingkat_target",
        )
    days = days_by_person(user, year, region, rule)
    people = list(
        narrow_choices(Personnel.objects.select_related("region"), user).filter(pk__in=days).order_by("name_key", "id")
    )
    counted = _caseloads(user, year, rule, list(days), today)
    now = _targets(user, year, rule, list(days))
    length = (date(year, 12, 31) - date(year, 1, 1)).days + 1
    lines = tuple(
        Due(
            person=person,
            days=days[person.pk],
            year_days=length,
            caseload=counted.get(person.pk) if rule.way == PersonalRule.Way.SHARE else None,
            value=value_of(rule, Fraction(days[person.pk], length), counted.get(person.pk)),
            now=now.get(person.pk),
        )
        for person in people
    )
    return Dues(rule, year, lines, _seal(rule, year, lines))


def value_of(rule: PersonalRule, part: Fraction, caseload: int | None) -> int | None:
    """The rule's amount for that part of the year, rounded half up; None where it needs a caseload and has none."""
    if rule.way == PersonalRule.Way.NUMBER:
        exact = rule.amount * part
    elif caseload is None:
        return None
    else:
        exact = Fraction(caseload * rule.amount, 100) * part
    return int(exact + Fraction(1, 2))


def days_by_person(user: Any, year: int, region: int, rule: PersonalRule) -> dict[int, int]:
    """Days of the year on which somebody managed in the region holds a position with a caseload; each day once."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = narrow_choices(Assignment.objects.all(), user).filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=first),
        regions.in_range("person__region_id", *regions.bounds(region)),
        pillar=rule.pillar,
        valid_from__lte=last,
    )
    spells: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for person, position, start, end in rows.values_list("person", "position", "valid_from", "valid_until"):
        if rule.pillar.looks_after(position):
            spells[person].append((max(start, first), min(end or last, last)))
    return {person: _days(found) for person, found in spells.items()}


def _days(spells: Sequence[tuple[date, date]]) -> int:
    """Both ends count; a day in two spells counts once."""
    total, reached = 0, date.min
    for start, end in sorted(spells):
        fresh = max(start, reached + timedelta(days=1))
        if end >= fresh:
            total += (end - fresh).days + 1
            reached = end
    return total


def _caseloads(user: Any, year: int, rule: PersonalRule, people: list[int], today: date) -> dict[int, int]:
    if rule.way != PersonalRule.Way.SHARE or rule.indicator.dim != Dim.PROGRAMME:
        return {}
    day = min(max(today, date(year, 1, 1)), date(year, 12, 31))
    return caseloads(user, people, rule.breakdown, day)


def _targets(user: Any, year: int, rule: PersonalRule, people: list[int]) -> dict[int, Target]:
    rows = narrow_choices(Target.objects.all(), user).filter(
        year=year, indicator=rule.indicator, breakdown=rule.breakdown, person__in=people
    )
    rows = rows.select_related("indicator", "region")
    return {row.person_id: row for row in rows.order_by("version") if row.person_id}


def _seal(rule: PersonalRule, year: int, lines: Sequence[Due]) -> str:
    return seal_of(rule.pk, rule.amount, year, [(d.person.pk, d.value, state_of(d.now)) for d in lines])


# --- what it is held against -----------------------------------------------------


@dataclass(frozen=True)
class AreaDues:
    """How many people one area below has, and what they must reach together by a rule of a fixed number."""

    region: Region
    people: int


def people_below(user: Any, year: int, region: Region, rule: PersonalRule) -> list[AreaDues]:
    """Companions of each kabupaten/kota of a province, by code."""
    heads: dict[int, int] = defaultdict(int)
    days = days_by_person(user, year, region.code, rule)
    managed = narrow_choices(Personnel.objects.all(), user).filter(pk__in=days).values_list("region_id", flat=True)
    for code in managed:
        heads[regions.at_level(code, regions.Level.REGENCY)] += 1
    names = Region.objects.filter(code__in=heads).order_by("code")
    return [AreaDues(area, heads[area.code]) for area in names]


def printed_beside(user: Any, year: int, region: int, rule: PersonalRule) -> list[PublishedFigure]:
    """Printed figures of the same area, year and measure: shown beside, never made equal."""
    rows = narrow_choices(PublishedFigure.objects.all(), user)
    return list(rows.filter(region=region, year=year, measure=rule.indicator.measure).order_by("published_on"))


def target_beside(user: Any, year: int, region: int, rule: PersonalRule) -> Target | None:
    """The area's own target in force."""
    rows = Target.objects.visible_to(user).filter(
        year=year, region=region, indicator=rule.indicator, breakdown=rule.breakdown, person__isnull=True
    )
    return rows.in_force().first()
