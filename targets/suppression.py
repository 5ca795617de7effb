"""What of the figures a reader may not see: small numbers of sensitive groups outside the owning
region (domain.md 7), and kecamatan outside the grant.

Counts of one group form a tree: the nation is its provinces, a province its kabupaten/kota and its direct rows. A
hidden cell alone in such a sum would be given back by subtraction, so each sum has none or two of them (ADR 0012).
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db.models import Count, Q, Sum

from pilar.core import regions
from pilar.core.measures import OUTSIDE_YEAR, Dim, get
from pilar.core.models import TargetGroup
from pilar.core.scoping import Reach, reach_of
from targets.cells import periods_of
from targets.closed import facts
from targets.status import Status

if TYPE_CHECKING:
    from targets.achievement import Figure

#: counts from 1 to this, of people in a sensitive group, can point at a person
SMALL = 4

#: level and code of a cell; direct rows of an area stand one level down under the area's own code
Place = tuple[int, int]
#: measure and group: two indicators over one measure show the same counts
Table = tuple[int, int]


@dataclass(frozen=True)
class Hidden:
    """Places whose figures are hidden from one reader: those of the year, and those of its months and quarters.

    A place with a hidden year has hidden months; one small month hides all months, since the year is known.
    """

    year: dict[Table, Set[Place]] = field(default_factory=dict)
    parts: dict[Table, Set[Place]] = field(default_factory=dict)

    def hides(self, figure: "Figure") -> bool:
        tables = self.parts if figure.cell.period else self.year
        table = get(figure.indicator.measure).number, figure.cell.breakdown
        return place_of(figure) in tables.get(table, frozenset())


def hide_small(user: Any, found: list["Figure"], year: int, today: date) -> list["Figure"]:
    """The figures with those emptied that are small, or would give a small one back.

    What is hidden depends on the cell and the reader's grants, never on the question.
    """
    guarded = guarded_among(found, reach_of(user))
    if not guarded:
        return found
    hidden = _hidden_from(user, guarded, year, today)
    unseen = {id(figure) for figure in guarded if hidden.hides(figure)}
    return [_emptied(f) if id(f) in unseen else f for f in found]


def guarded_among(found: Sequence["Figure"], reach: Reach) -> list["Figure"]:
    """Those of sensitive groups outside the reader's own area."""
    foreign = [f for f in found if f.indicator.dim == Dim.GROUP and not reach.covers(f.cell.region)]
    sensitive = sensitive_groups() if foreign else frozenset()
    return [f for f in foreign if f.breakdown in sensitive]


def place_of(figure: "Figure") -> Place:
    cell = figure.cell
    return regions.level_of(cell.region) + cell.direct, cell.region


def parent_of(place: Place) -> Place:
    level, code = place
    above = max(level - 1, 0)
    return above, regions.at_level(code, regions.Level(above))


# --- which places are hidden --------------------------------------------------


def hidden_places(counts: Mapping[Place, int], small: Iterable[Place], known: Set[Place]) -> set[Place]:
    """Small places, and as many more that no sum over the tree holds exactly one unknown.

    `known`: what the reader sees anyway, which neither needs hiding nor hides anything. The partner is the next
    smallest sibling; where every sibling is known, the parent, which its own sum must then cover in turn.
    """
    families: dict[Place, list[Place]] = {}
    for place in counts:
        if place[0]:
            families.setdefault(parent_of(place), []).append(place)
    order = sorted(families)
    known = set(known)
    for parent in reversed(order):  # who sees all the parts knows the sum; of a kabupaten he may not see all
        if parent[0] < regions.Level.REGENCY and all(place in known for place in families[parent] if counts[place]):
            known.add(parent)
    hidden = set(small) - known
    changed = True
    while changed:
        changed = False
        for parent in order:
            if (partner := _partner(parent, families[parent], counts, hidden, known)) is not None:
                hidden.add(partner)
                changed = True
    return hidden


def _partner(
    parent: Place, below: Sequence[Place], counts: Mapping[Place, int], hidden: Set[Place], known: Set[Place]
) -> Place | None:
    """Whom to hide beside a lone unknown of this sum; None when there is no lone one, or nobody left to hide."""
    if sum(place in hidden for place in [parent, *below]) != 1:
        return None
    free = [place for place in below if counts[place] and place not in hidden and place not in known]
    if free:
        return min(free, key=lambda place: (counts[place], place))
    return parent if parent not in hidden and parent not in known else None


def _hidden_from(user: Any, guarded: Sequence["Figure"], year: int, today: date) -> Hidden:
    reach = reach_of(user)
    counts: dict[Table, dict[Place, int]] = {}
    small: dict[Table, set[Place]] = {}
    small_parts: dict[Table, set[Place]] = {}
    for row in _counted(user, guarded, year, today):
        table, place = (row["measure"], row["breakdown"]), (row["level"], row["region_id"])
        rows = row["rows"] or 0
        counts.setdefault(table, {})[place] = rows
        if 0 < rows <= SMALL:
            small.setdefault(table, set()).add(place)
        if row["small"]:
            small_parts.setdefault(table, set()).add(place)
    hidden = Hidden()
    for table, places in counts.items():
        known = {place for place in places if reach.covers(place[1])}
        of_year = hidden_places(places, small.get(table, ()), known)
        hidden.year[table] = of_year
        hidden.parts[table] = hidden_places(places, of_year | small_parts.get(table, set()), known)
    return hidden


def _counted(user: Any, guarded: Sequence["Figure"], year: int, today: date) -> Iterable[dict[str, Any]]:
    """Rows of the trees the guarded figures stand in, in one query: nation and provinces whole, of the rest the
    provinces (or kabupaten) that were asked about and those the reader's own areas lie in."""
    measures = {f.indicator.measure: get(f.indicator.measure) for f in guarded}.values()
    slots = [s for s in reach_of(user).view if s.lo]
    asked = {parent_of(place_of(f)) for f in guarded} | {parent_of((regions.level_of(s.lo), s.lo)) for s in slots}
    where = Q(level__lte=1)
    for level, code in sorted(asked):
        if level >= 1:
            where |= Q(level=level + 1) & regions.in_range("region_id", *regions.bounds(code))
            if level == regions.Level.REGENCY:  # its own sum stands in its province's
                province = regions.at_level(code, regions.Level.PROVINCE)
                where |= Q(level=level) & regions.in_range("region_id", *regions.bounds(province))
    rows: Iterable[dict[str, Any]] = (
        facts(user, year)
        .filter(
            where,
            measure__in=[m.number for m in measures],
            dim=Dim.GROUP,
            breakdown__in={f.cell.breakdown for f in guarded},
        )
        .values("level", "region_id", "measure", "breakdown")
        .annotate(
            rows=Sum("n", filter=periods_of(measures, year, today)),
            small=Count("n", filter=Q(period__range=(1, OUTSIDE_YEAR), n__range=(1, SMALL))),
        )
    )
    return rows


# --- kecamatan ----------------------------------------------------------------


def is_open(reach: Reach, region: int) -> bool:
    """Figures down to kabupaten/kota are open to all; below it, only inside the grant."""
    above = regions.level_of(region) <= regions.Level.REGENCY
    return above or reach.national or reach.sees(region)


def close_districts(found: list["Figure"], reach: Reach) -> list["Figure"]:
    """Figures the gate gave no rows for are closed, which is not the same as zero."""
    return [f if is_open(reach, f.cell.region) else replace(_emptied(f), target=None, closed=True) for f in found]


def sensitive_groups() -> frozenset[int]:
    return frozenset(TargetGroup.objects.filter(sensitive=True).values_list("id", flat=True))


def _emptied(figure: "Figure") -> "Figure":
    return replace(
        figure,
        realised=None,
        rows=None,
        percent=None,
        projected=None,
        carry_over=0,
        status=Status.NO_TARGET,
        suppressed=True,
    )
