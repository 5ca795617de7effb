"""Beban kerja: per area one level down, who serves, whom they look after, and what was said to be needed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, QuerySet

from assistance.models import Caseload
from personnel.models import Assignment, Need, valid_on
from personnel.services.service_rules import Kind, rules_of
from pilar.core import regions
from pilar.core.errors import Refusal
from pilar.core.formatting import half_up
from pilar.core.models import Pillar, Region
from pilar.core.regions import SPAN, Level
from pilar.core.scoping import narrow_choices, reach_of


@dataclass(frozen=True)
class Workload:
    """One area.

    Attributes:
        direct: the area asked about itself: who works for all of it, and what is needed for it as a whole.
        serving: people of the pillar in office; companions: those of them in a position that looks after families.
        families: families or clients looked after, each once, where they live.
        need: None where nobody stated one; norm: families per companion, None where no rule holds.
    """

    region: Region
    direct: bool
    serving: int
    companions: int
    families: int
    need: int | None
    norm: int | None

    @property
    def each(self) -> Decimal | None:
        """Families per companion, one decimal; None without a companion."""
        return half_up(Decimal(self.families) / self.companions, 1) if self.companions else None

    @property
    def missing(self) -> int | None:
        """People that are needed and do not serve; None when the need is not known."""
        return None if self.need is None else max(self.need - self.serving, 0)

    @property
    def heavy(self) -> bool:
        """More families than the norm gives each companion, also where there is no companion at all."""
        return self.norm is not None and self.families > self.norm * self.companions


def workload(user: Any, region: Region, pillar: Pillar, day: date) -> list[Workload]:
    """The area itself first, then those one level below it by code. The caller holds the area inside the grant."""
    level = Level(min(region.level + 1, Level.DISTRICT))
    below = list(Region.objects.children_of(region.pk).valid_on(day)) if region.level < Level.DISTRICT else []
    here = Assignment.objects.current(on=day).within(region.pk)
    served = narrow_choices(here.filter(pillar=pillar), user)
    held = narrow_choices(Caseload.objects.within(region.pk), user).filter(valid_on(day), assignment__pillar=pillar)
    by_area = _by_area(level)
    serving = by_area(served, "person")
    companions = by_area(narrow_choices(here.looking_after([pillar]), user), "person")
    families = by_area(held, "beneficiary")
    needs = _needs(user, region, pillar, day)
    rule = rules_of(pillar, day).get(Kind.CASELOAD)
    return [
        Workload(
            region=area,
            direct=area.pk == region.pk,
            serving=serving.get(area.pk, 0),
            companions=companions.get(area.pk, 0),
            families=families.get(area.pk, 0),
            need=needs.get(area.pk),
            norm=rule.value if rule else None,
        )
        for area in [region, *below]
    ]


def require_whole(user: Any, region: Region, pillar: Pillar) -> None:
    """Raises Refusal unless a grant holds the whole area and the pillar: people and families would be missing."""
    lo, hi = regions.bounds(region.pk)
    slots = (s for s in reach_of(user).view if not s.programmes and (not s.pillars or pillar.pk in s.pillars))
    if not any(slot.lo <= lo and hi <= slot.hi for slot in slots):
        raise Refusal(
            f"Beban kerja {region.name} dihitung dari data orang, dan wilayah atau pilar itu di luar wewenang Anda.",
            "Pilih wilayah dan pilar Anda sendiri. Wewenang diatur oleh admin wilayah di atas Anda di halaman "
            "Pengguna & wewenang.",
            rule="wewenang",
        )


def _by_area(level: Level) -> Callable[[QuerySet[Any], str], dict[int, int]]:
    """Counts each subject once per area of that level; rows above it stay with their own code."""
    span = SPAN[level]

    def count(rows: QuerySet[Any], subject: str) -> dict[int, int]:
        areas = rows.order_by().values(area=F("region_id") / span * span)
        return dict(areas.annotate(n=Count(subject, distinct=True)).values_list("area", "n"))

    return count


def _needs(user: Any, region: Region, pillar: Pillar, day: date) -> dict[int, int]:
    """Area -> the latest need stated for it by that day."""
    rows = narrow_choices(Need.objects.within(region.pk), user).filter(pillar=pillar, valid_from__lte=day)
    return dict(rows.order_by("valid_from", "id").values_list("region_id", "people"))


def default_pillar() -> Pillar:
    return Pillar.objects.get(code="PKH")
