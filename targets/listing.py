"""What the list of targets shows of each: its name, its figure and its other versions."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from pilar.core.measures import Dim
from pilar.core.models import Region
from pilar.core.scoping import narrow_choices
from targets import achievement, breakdowns, states
from targets.models import Indicator, Target, TargetStep


def lines_of(
    targets: Iterable[Target], user: Any, year: int, region: Region, *, personal: bool, version: int | None = None
) -> list[dict[str, Any]]:
    """Targets with their other versions, names and figures."""
    targets = list(targets)
    names = {dim: breakdowns.catalogue(dim) for dim in {Dim(t.indicator.dim) for t in targets}}
    versions = versions_of(user, targets)
    comments = comments_on(user, [t for found in versions.values() for t in found])
    reached = _reached_by_people(user, year, targets, version) if personal else _reached(user, year, region, version)
    return [
        {
            "target": t,
            "label": names[Dim(t.indicator.dim)].get(t.breakdown) or breakdowns.WHOLE[Dim(t.indicator.dim)],
            "form": form_of(t.indicator),
            "figure": reached.get((t.indicator_id, t.person_id if personal else t.breakdown)),
            "tone": states.tone(t.state),
            "comment": comments.get(t.pk),
            "older": [old for old in versions[address_of(t)] if old.version < t.version],
            "newer": [
                {"target": new, "tone": states.tone(new.state), "comment": comments.get(new.pk)}
                for new in versions[address_of(t)]
                if new.version > t.version
            ],
        }
        for t in targets
    ]


def seen_by(user: Any) -> QuerySet[Target]:
    """Versions the reader sees, with what their pages show of each."""
    return Target.objects.visible_to(user).select_related(
        "indicator", "region", "person", "set_by", "submitted_by", "approved_by"
    )


def form_of(indicator: Indicator) -> str:
    """The name of the number form the templates use."""
    return "rupiah" if indicator.unit == "rupiah" else "angka"


def address_of(target: Target) -> tuple[Any, ...]:
    return target.indicator_id, target.breakdown, target.region_id, target.person_id


def versions_of(user: Any, targets: Sequence[Target]) -> dict[tuple[Any, ...], list[Target]]:
    """All versions of these targets that the reader sees, newest first, in one query."""
    found: dict[tuple[Any, ...], list[Target]] = defaultdict(list)
    if targets:
        people = Target.objects.select_related("indicator", "set_by", "submitted_by", "approved_by")
        rows = narrow_choices(people, user).filter(
            year__in={t.year_id for t in targets},
            region__in={t.region_id for t in targets},
            indicator__in={t.indicator_id for t in targets},
        )
        for row in rows.order_by("-version"):
            found[address_of(row)].append(row)
    return found


def comments_on(user: Any, targets: Sequence[Target]) -> dict[int, TargetStep]:
    """What was said when drafts among these were sent back, the last time; for readers in the region."""
    drafts = [t.pk for t in targets if t.state == Target.State.DRAFT]
    if not drafts:
        return {}
    steps = TargetStep.objects.visible_to(user).filter(target__in=drafts, became=Target.State.DRAFT)
    return {step.target_id: step for step in steps.order_by("at", "id")}


Reached = dict[tuple[int, int | None], achievement.Figure]


def _reached(user: Any, year: int, region: Region, version: int | None) -> Reached:
    """By indicator and breakdown."""
    found = achievement.figures(user, year=year, region=region.code, today=timezone.localdate(), version=version)
    return {(f.indicator.pk, f.breakdown): f for f in found}


def _reached_by_people(user: Any, year: int, targets: list[Target], version: int | None) -> Reached:
    """By indicator and person."""
    people = list({t.person_id: t.person for t in targets if t.person}.values())
    found = achievement.personal_of(user, year=year, people=people, today=timezone.localdate(), version=version)
    return {(f.indicator.pk, f.cell.person): f for f in found}
