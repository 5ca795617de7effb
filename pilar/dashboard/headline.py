"""The sentence above the dashboard, made from its figures: are we on target, where not."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from pilar.core.formatting import angka, persen, rupiah_ringkas, tanggal
from pilar.core.models import Region
from pilar.dashboard.sums import Sum, behind, by_shortfall, missed
from targets.achievement import Figure
from targets.place import short_name
from targets.states import PENDING
from targets.status import Status

WORST = 2


@dataclass(frozen=True)
class Bit:
    """A piece of the sentence; the strong ones carry the figures."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Facts:
    """What the sentence is made of.

    Attributes:
        money: rupiah of all programmes together.
        served: people or families reached by any programme, each once; None where closed.
        groups: the PAS groups.
        areas: one level down, for the group with the largest shortfall.
    """

    place: str
    year: int
    today: date
    money: Sum
    served: Figure | None
    groups: Sequence[Figure]
    areas: Sequence[tuple[Region, Figure]]


def headline(facts: Facts) -> list[Bit]:
    if facts.money.target is None and all(f.target is None for f in facts.groups):
        return list(_without_target(facts))
    return [*_money(facts), *_groups(facts), *_worst(facts)]


def headline_text(facts: Facts) -> str:
    return "".join(bit.text for bit in headline(facts))


def _without_target(facts: Facts) -> Iterable[Bit]:
    yield Bit(f"{facts.place} belum punya target rupiah dan target kelompok PAS tahun {facts.year}.", strong=True)
    if facts.money.realised:
        yield Bit(" Sudah tersalur ")
        yield Bit(rupiah_ringkas(facts.money.realised), strong=True)
        if facts.served and facts.served.realised:
            yield Bit(f" kepada {angka(facts.served.realised)} penerima")
        yield Bit(".")
    else:
        yield Bit(" Belum ada penyaluran yang tercatat.")


def _money(facts: Facts) -> Iterable[Bit]:
    if facts.money.percent is None:
        yield Bit(f"{facts.place} belum punya target rupiah tahun {facts.year}.")
        return
    yield Bit(f"{facts.place} menyalurkan ")
    yield Bit(persen(facts.money.percent), strong=True)
    yield Bit(f" dari target rupiah tahun {facts.year}{f' ({PENDING})' if facts.money.pending else ''}")
    if facts.today.year == facts.year:
        day = tanggal(facts.today).removesuffix(f" {facts.year}")
        yield Bit(f"; rencana sampai {day} ")
        yield Bit(persen(facts.money.pace), strong=True)
    yield Bit(".")


def _groups(facts: Facts) -> Iterable[Bit]:
    aimed = [f for f in facts.groups if f.percent is not None]
    if not aimed:
        return
    reached = sum(f.status == Status.REACHED for f in aimed)
    yield Bit(" ")
    if reached == len(aimed):
        yield Bit(f"Semua {reached} kelompok PAS yang bertarget sudah tercapai", strong=True)
    elif reached:
        yield Bit(f"{reached} dari {len(aimed)}", strong=True)
        yield Bit(" kelompok PAS sudah tercapai")
    else:
        yield Bit(f"Dari {len(aimed)} kelompok PAS ")
        yield Bit("belum ada", strong=True)
        yield Bit(" yang tercapai")
    yield Bit(".")


def _worst(facts: Facts) -> Iterable[Bit]:
    group = worst_group(facts.groups)
    if group is None:
        return
    yield Bit(" Kekurangan terbesar: ")
    yield Bit(lower_first(group.label), strong=True)
    yield Bit(f" ({persen(group.percent)}, kurang {angka(behind(group))} orang)")
    names = {id(f): short_name(area.name) for area, f in facts.areas}
    worst = [f for f in by_shortfall([f for _, f in facts.areas]) if missed(f)]
    if worst:
        yield Bit(", terutama di ")
        yield Bit(" dan ".join(names[id(f)] for f in worst[:WORST]), strong=True)
    yield Bit(".")


def worst_group(groups: Sequence[Figure]) -> Figure | None:
    """The group with the largest shortfall, if any is behind."""
    return next((f for f in by_shortfall(groups) if f.percent is not None and missed(f)), None)


def lower_first(name: str) -> str:
    """For the middle of a sentence; abbreviations stay: "NAPZA", "YAPI (anak yatim)"."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]
