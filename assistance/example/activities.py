"""What personnel did: each pillar's kinds of work, with the PAS groups reached; some not verified yet."""

from dataclasses import dataclass
from datetime import date
from random import Random

from assistance.example.identity import day_between, dice
from assistance.example.places import KOTA, REJANG_LEBONG, first_of, last_of
from assistance.example.world import World
from personnel.models import Activity, Assignment
from pilar.core.models import User
from pilar.core.reference.catalogue import (
    ATENSI,
    PERMAKANAN,
    PKH,
    PORDAM,
    PROGRAMME_PKH,
    REHSOS,
    TAGANA,
    TKSK,
    YAPI,
)
from pilar.core.regions import Level, at_level

State = Activity.State
YEARS = (2023, 2024)


@dataclass(frozen=True)
class Kind:
    """A kind of work: programme or None, groups reached, fewest and most people."""

    name: str
    programme: int | None
    groups: tuple[int, ...]
    reach: tuple[int, int]


KINDS = {
    PKH: (
        Kind("P2K2 (pertemuan peningkatan kemampuan keluarga)", PROGRAMME_PKH, (12,), (15, 40)),
        Kind("Kunjungan rumah", PROGRAMME_PKH, (12,), (1, 5)),
        Kind("Verifikasi komitmen", PROGRAMME_PKH, (12, 1), (10, 60)),
        Kind("Ground check DTSEN", None, (12, 11), (5, 30)),
    ),
    TAGANA: (
        Kind("Layanan darurat bencana", None, (5,), (20, 400)),
        Kind("Dapur umum", None, (5,), (50, 600)),
        Kind("Dukungan psikososial", None, (5, 1), (10, 80)),
        Kind("Kampung siaga bencana", None, (5,), (20, 90)),
    ),
    TKSK: (
        Kind("Pendampingan permakanan", PERMAKANAN, (3, 2), (5, 30)),
        Kind("Pendampingan YAPI", YAPI, (1,), (5, 40)),
        Kind("Verifikasi dan validasi data", None, (12, 4), (10, 80)),
        Kind("Pendampingan klien", None, (11,), (1, 6)),
        Kind("Penjangkauan komunitas adat", None, (6,), (5, 40)),
    ),
    PORDAM: (
        Kind("Mediasi warga", None, (10,), (4, 40)),
        Kind("Kampanye perdamaian", None, (10, 5), (30, 200)),
        Kind("Pemetaan sosial", None, (10,), (10, 60)),
    ),
    REHSOS: (
        Kind("Asesmen", ATENSI, (2,), (1, 4)),
        Kind("Respons kasus", ATENSI, (8, 1), (1, 3)),
        Kind("Manajemen kasus", ATENSI, (9,), (1, 3)),
        Kind("Pendampingan reintegrasi", ATENSI, (7,), (1, 5)),
        Kind("Pendampingan lansia", ATENSI, (3,), (1, 10)),
        Kind("Pendampingan gelandangan dan pengemis", ATENSI, (4,), (1, 8)),
    ),
}
#: Activities per person and year
PER_YEAR = {PKH: 3, TAGANA: 4, TKSK: 5, PORDAM: 4, REHSOS: 5}


def make_activities(world: World) -> None:
    rng = dice("kegiatan")
    for assignment in world.assignments:
        if assignment.is_primary:
            for year in YEARS:
                _year(world, rng, assignment, year)


def _year(world: World, rng: Random, assignment: Assignment, year: int) -> None:
    """In proportion to the part of the year that the assignment holds."""
    first = max(first_of(year), assignment.valid_from)
    last = min(last_of(year), assignment.valid_until or last_of(year))
    if first > last:
        return
    mean = PER_YEAR[assignment.pillar_id] * ((last - first).days + 1) / 365
    for _ in range(round(mean * rng.uniform(0.6, 1.4))):
        world.activities.append(_activity(world, rng, assignment, day_between(rng, first, last)))


def _activity(world: World, rng: Random, assignment: Assignment, day: date) -> Activity:
    kind = rng.choice(KINDS[assignment.pillar_id])
    state = _state(rng, day)
    filed_by, checker = _hands(world, assignment)
    return Activity(
        year=day.year,
        date=day,
        person=assignment.person,
        pillar_id=assignment.pillar_id,
        programme_id=kind.programme,
        region_id=assignment.region_id,
        kind=kind.name,
        target_groups=sorted(rng.sample(kind.groups, rng.randint(1, len(kind.groups)))),
        quantity=rng.randint(*kind.reach),
        state=state,
        filed_by=filed_by,
        verified_by=checker if state == State.VERIFIED else None,
        is_example=True,
    )


def _state(rng: Random, day: date) -> str:
    """Older reports are nearly all checked; those of December 2024 still wait."""
    waiting = 50 if day >= date(2024, 12, 1) else 8
    return rng.choices((State.VERIFIED, State.FILED, State.RETURNED), (88, waiting, 4))[0]


def _hands(world: World, assignment: Assignment) -> tuple[User | None, User]:
    """Who filed and who checked: never the same, and each inside his own area."""
    regency = at_level(assignment.region_id, Level.REGENCY)
    filed_by = world.office_of(regency) if regency in (KOTA, REJANG_LEBONG) else None
    if assignment.pillar_id == PKH:
        return filed_by, world.users["koordinator.pkh"]
    return filed_by, world.users["kabid.kotabengkulu" if regency == KOTA else "dinsos.bengkulu"]
