"""How far a version is shared out to the areas right below, and what is left over ("belum dialokasikan")."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pilar.core import regions
from pilar.core.models import Region
from pilar.core.scoping import narrow_choices, reach_of
from targets.models import AcceptedRest, Target
from targets.models.plan import COUNTED
from targets.sharing import children_of, same_target


@dataclass(frozen=True)
class Gap:
    """How far a version is shared out.

    Attributes:
        areas, aimed: how many areas lie below, how many have a submitted or approved target.
        shared: the sum of their newest submitted or approved versions.
        drafted: the same with drafts that are newer.
        drafts: how many such drafts there are.
        accepted: who took the present rest upon himself, if somebody did.
    """

    value: int
    areas: int
    aimed: int
    shared: int
    drafted: int
    drafts: int
    accepted: AcceptedRest | None = None

    @property
    def rest(self) -> int:
        return self.value - self.shared

    @property
    def rest_with_drafts(self) -> int:
        return self.value - self.drafted

    @property
    def begun(self) -> bool:
        return bool(self.aimed or self.drafts)

    @property
    def open(self) -> bool:
        """Begun, does not add up, and nobody accepted the rest."""
        return self.begun and self.rest != 0 and self.accepted is None


def gap_of(user: Any, parent: Target) -> Gap | None:
    """None where nothing lies below, or where the reader does not see the kecamatan."""
    areas = [] if parent.person_id else children_of(parent)
    if not areas or (parent.region.level >= regions.Level.REGENCY and not reach_of(user).sees(parent.region_id)):
        return None
    return _gap(
        parent, areas, narrow_choices(Target.objects.all(), user), narrow_choices(AcceptedRest.objects.all(), user)
    )


def gap_for_decision(parent: Target) -> Gap | None:
    """The same for a service, whose actor's office lies above."""
    areas = [] if parent.person_id else children_of(parent)
    return _gap(parent, areas, Target.objects.all(), AcceptedRest.objects.all()) if areas else None


def _gap(parent: Target, areas: Sequence[Region], targets: Any, rests: Any) -> Gap:
    counted: dict[int, int] = {}
    newest: dict[int, Target] = {}
    rows = targets.filter(same_target(parent), region__in=[area.code for area in areas])
    for row in rows.order_by("version"):
        newest[row.region_id] = row
        if row.state in COUNTED:
            counted[row.region_id] = row.value
    shared = sum(counted.values())
    rest = rests.filter(target=parent.pk).order_by("-id").first() if parent.value != shared else None
    return Gap(
        value=parent.value,
        areas=len(areas),
        aimed=len(counted),
        shared=shared,
        drafted=sum(row.value for row in newest.values()),
        drafts=sum(row.state == Target.State.DRAFT for row in newest.values()),
        accepted=rest if rest and rest.amount == parent.value - shared else None,
    )
