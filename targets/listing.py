"""What the list of targets shows of each: its name, its figure and its older versions."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from pilar.core.measures import Dim
from pilar.core.models import Region
from pilar.core.scoping import narrow_choices
from targets import achievement
from targets.models import Target


def lines_of(
    targets: Iterable[Target], user: Any, year: int, region: Region, *, personal: bool
) -> list[dict[str, Any]]:
    """Targets with their older versions, names and figures."""
    targets = list(targets)
    names = {dim: achievement.catalogue(dim) for dim in {Dim(t.indicator.dim) for t in targets}}
    older = _versions(user, targets)
    reached = _reached_by_people(user, year, targets) if personal else _reached(user, year, region)
    return [
        {
            "target": t,
            "label": names[Dim(t.indicator.dim)].get(t.breakdown) or achievement.WHOLE[Dim(t.indicator.dim)],
            "form": "rupiah" if t.indicator.unit == "rupiah" else "angka",
            "figure": reached.get((t.indicator_id, t.person_id if personal else t.breakdown)),
            "older": [old for old in older[_key(t)] if old.version < t.version],
        }
        for t in targets
    ]


def _key(target: Target) -> tuple[Any, ...]:
    return target.indicator_id, target.breakdown, target.region_id, target.person_id


def _versions(user: Any, targets: list[Target]) -> dict[tuple[Any, ...], list[Target]]:
    """All versions of the targets shown, newest first, in one query."""
    found: dict[tuple[Any, ...], list[Target]] = defaultdict(list)
    if any(t.version > 1 for t in targets):
        rows = narrow_choices(Target.objects.select_related("set_by"), user).filter(
            year__in={t.year_id for t in targets}, region__in={t.region_id for t in targets}
        )
        for row in rows.order_by("-version"):
            found[_key(row)].append(row)
    return found


Reached = dict[tuple[int, int | None], achievement.Figure]


def _reached(user: Any, year: int, region: Region) -> Reached:
    """By indicator and breakdown."""
    found = achievement.figures(user, year=year, region=region.code, today=timezone.localdate())
    return {(f.indicator.pk, f.breakdown): f for f in found}


def _reached_by_people(user: Any, year: int, targets: list[Target]) -> Reached:
    """By indicator and person."""
    people = list({t.person_id: t.person for t in targets if t.person}.values())
    found = achievement.personal_of(user, year=year, people=people, today=timezone.localdate())
    return {(f.indicator.pk, f.cell.person): f for f in found}
