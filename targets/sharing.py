"""Sharing a target out to the areas right below: by what, and with which result."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import models

from pilar.core import regions
from pilar.core.errors import Refusal
from pilar.core.formatting import angka, percent_of, tanggal_ringkas
from pilar.core.measures import Dim
from pilar.core.models import Region
from pilar.core.scoping import narrow_choices
from targets import achievement
from targets.allocation import apportion
from targets.models import BaseFigure, Target
from targets.place import full_name
from targets.seals import seal_of, state_of

#: so many names stand in a refusal
NAMED = 5


class Way(models.TextChoices):
    """How a target is shared out."""

    EQUAL = "rata", "sama rata"
    POPULATION = "penduduk", "menurut jumlah penduduk"
    CASELOAD = "dampingan", "menurut jumlah dampingan"
    LAST_YEAR = "tahun_lalu", "menurut capaian tahun lalu"
    BY_HAND = "tangan", "diisi sendiri"


@dataclass(frozen=True)
class Basis:
    """What an area's share follows from; `note` says of which day or year, and by which source."""

    weight: int
    note: str = ""


@dataclass(frozen=True)
class Share:
    """One area below. `result`: None where nothing was written by hand; `now`: its newest version, or None."""

    region: Region
    basis: Basis | None
    percent: Decimal | None
    result: int | None
    now: Target | None

    @property
    def difference(self) -> int | None:
        """Result less present target; None where there is no result."""
        return None if self.result is None else self.result - (self.now.value if self.now else 0)

    @property
    def changes(self) -> bool:
        return self.result is not None and (self.now is None or self.now.value != self.result)


@dataclass(frozen=True)
class Preview:
    """`seal`: of all that was shown, so that what is applied is what somebody has seen."""

    parent: Target
    way: Way
    shares: tuple[Share, ...]
    seal: str

    @property
    def shared(self) -> int:
        return sum(share.result or 0 for share in self.shares)

    @property
    def rest(self) -> int:
        """Negative when more was given out than there is."""
        return self.parent.value - self.shared

    @property
    def changes(self) -> int:
        return sum(share.changes for share in self.shares)


def children_of(parent: Target) -> list[Region]:
    """Areas right below, as of the end of the target's year."""
    if parent.region.level >= regions.Level.DISTRICT:
        return []
    return list(Region.objects.valid_on(date(parent.year_id, 12, 31)).children_of(parent.region_id))


def preview(
    user: Any, parent: Target, way: Way, today: date, by_hand: Mapping[int, int | None] | None = None
) -> Preview:
    """What each area would get. `by_hand`: area -> value, for Way.BY_HAND; None: as it is now.

    Raises Refusal: not a target of an area with areas below, overtaken, or no basis for some of them.
    """
    areas = require_shareable(parent)
    now = {
        t.region_id: t
        for t in narrow_choices(Target.objects.all(), user)
        .filter(same_target(parent), region__in=[a.code for a in areas])
        .order_by("version")
    }
    if way == Way.BY_HAND:
        given = by_hand if by_hand is not None else {code: target.value for code, target in now.items()}
        shares = [Share(a, None, None, given.get(a.code), now.get(a.code)) for a in areas]
    else:
        bases = _bases(user, parent, way, areas, today)
        _require_all(parent, way, areas, bases)
        weights = {code: basis.weight for code, basis in bases.items()}
        results, whole = apportion(parent.value, weights), sum(weights.values())
        shares = [
            Share(a, bases[a.code], percent_of(weights[a.code], whole), results[a.code], now.get(a.code)) for a in areas
        ]
    return Preview(parent, way, tuple(shares), _seal(parent, way, shares))


def same_target(parent: Target) -> models.Q:
    return models.Q(year=parent.year_id, indicator=parent.indicator_id, breakdown=parent.breakdown, person__isnull=True)


def require_shareable(parent: Target) -> list[Region]:
    """The areas below. Raises Refusal for a person's target, a kecamatan's and an overtaken version."""
    areas = [] if parent.person_id else children_of(parent)
    if not areas:
        raise Refusal(
            "Target ini tidak bisa dibagi: target orang dan target kecamatan tidak punya wilayah di bawahnya.",
            "Buka target provinsi, kabupaten/kota, atau nasional.",
            rule="alokasi_target",
        )
    newer = Target.objects.filter(same_target(parent), region=parent.region_id, version__gt=parent.version)
    if (newest := newer.order_by("-version").first()) is not None:
        raise Refusal(
            f"Versi {parent.version} sudah digantikan versi {newest.version} dengan nilai {angka(newest.value)}.",
            "Buka versi yang terbaru, lalu bagikan dari sana.",
            rule="versi_target",
        )
    return areas


# --- bases -----------------------------------------------------------------------


def _bases(user: Any, parent: Target, way: Way, areas: Sequence[Region], today: date) -> dict[int, Basis]:
    """By area; an area without a basis is left out."""
    if way == Way.EQUAL:
        return {area.code: Basis(1) for area in areas}
    if way == Way.LAST_YEAR:
        return _last_year(user, parent, areas, today)
    return _stored(user, parent, way, areas)


def _stored(user: Any, parent: Target, way: Way, areas: Sequence[Region]) -> dict[int, Basis]:
    rows = BaseFigure.objects.visible_to(user).filter(kind=way.value, region__in=[a.code for a in areas])
    if way == Way.CASELOAD:
        if parent.indicator.dim != Dim.PROGRAMME or not parent.breakdown:
            raise Refusal(
                "Cara menurut jumlah dampingan hanya untuk target satu program: dampingan dicatat per program.",
                "Pilih cara lain, misalnya menurut jumlah penduduk.",
                rule="alokasi_target",
            )
        rows = rows.filter(programme=parent.breakdown)
    return {
        row.region_id: Basis(row.number, f"per {tanggal_ringkas(row.as_of)}, {row.source}")
        for row in rows.on(date(parent.year_id, 12, 31))
    }


def _last_year(user: Any, parent: Target, areas: Sequence[Region], today: date) -> dict[int, Basis]:
    """What each area reached the year before; an area that did not exist then has none."""
    year = parent.year_id - 1
    found = achievement.children(
        user,
        year=year,
        region=parent.region_id,
        indicator=parent.indicator,
        breakdown=parent.breakdown,
        today=today,
    )
    wanted = {area.code for area in areas}
    return {
        area.code: Basis(figure.realised, f"capaian {year}")
        for area, figure in found
        if area.code in wanted and not figure.cell.direct and figure.realised is not None
    }


def _require_all(parent: Target, way: Way, areas: Sequence[Region], bases: Mapping[int, Basis]) -> None:
    missing = [area.name for area in areas if area.code not in bases]
    lacking = _LACKING[way].format(year=parent.year_id - 1)
    if missing:
        more = len(missing) - NAMED
        names = ", ".join(missing[:NAMED]) + (f", dan {angka(more)} wilayah lain" if more > 0 else "")
        raise Refusal(
            f"Tidak bisa dibagi {way.label}: {lacking} belum ada untuk {names}.", _REMEDY[way], rule="dasar_alokasi"
        )
    if not any(basis.weight for basis in bases.values()):
        raise Refusal(
            f"Tidak bisa dibagi {way.label}: {lacking} semua wilayah di bawah {full_name(parent.region)} nol.",
            "Pilih cara lain.",
            rule="dasar_alokasi",
        )


_LACKING = {
    Way.EQUAL: "dasar",
    Way.POPULATION: "jumlah penduduk",
    Way.CASELOAD: "jumlah dampingan",
    Way.LAST_YEAR: "capaian tahun {year}",
}
_REMEDY = {
    Way.EQUAL: "",
    Way.POPULATION: "Isi di halaman Data dasar wilayah, atau pilih cara lain.",
    Way.CASELOAD: "Isi di halaman Data dasar wilayah, atau pilih cara lain.",
    Way.LAST_YEAR: "Pilih cara lain; wilayah yang baru dibentuk belum punya capaian.",
}


def _seal(parent: Target, way: Way, shares: Sequence[Share]) -> str:
    seen = [(s.region.code, s.result, state_of(s.now)) for s in shares]
    return seal_of(parent.pk, parent.value, way.value, seen)
