"""What personnel did: each pillar's kinds of work, with the PAS groups reached; some not verified yet."""

from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from assistance.example import named
from assistance.example.identity import day_between, dice
from assistance.example.places import KOTA, REJANG_LEBONG, first_of, last_of
from assistance.example.world import World
from personnel.models import Activity, Assignment
from personnel.reference.kinds import kinds
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
RETURNED = "Jumlah yang dijangkau belum sesuai daftar hadir"


@dataclass(frozen=True)
class Kind:
    """A kind of the catalogue: programme or None, groups reached, fewest and most people, the kind's own fields."""

    code: str
    programme: int | None
    groups: tuple[int, ...]
    reach: tuple[int, int]
    details: dict[str, Any] = field(default_factory=dict)


CLIENT = {"layanan": "Konseling dan pengurusan dokumen", "hasil": "Klien terhubung ke layanan"}
PARTIES = {"pihak": "Tokoh masyarakat dan kelurahan"}

KINDS = {
    PKH: (
        Kind(
            "p2k2", PROGRAMME_PKH, (12,), (15, 40), {"modul": "Pengasuhan dan pendidikan anak", "anggota": 42}
        ),
        Kind(
            "kunjungan_rumah", PROGRAMME_PKH, (12,), (1, 5),
            {"tujuan": "Memeriksa kehadiran sekolah anak", "hasil": "Anak kembali bersekolah"},
        ),
        Kind(
            "verifikasi_komitmen", PROGRAMME_PKH, (12, 1), (10, 60),
            {"bidang": "Kesehatan", "layanan": "Posyandu", "tidak_memenuhi": 2},
        ),
        Kind("ground_check", None, (12, 11), (5, 30), {"tidak_ditemukan": 1}),
    ),
    TAGANA: (
        Kind(
            "bencana", None, (5,), (20, 400),
            {"kejadian": "Banjir", "tugas": "Reaksi cepat", "lokasi": "Bantaran sungai"},
        ),
        Kind(
            "bencana", None, (5,), (50, 600),
            {"kejadian": "Banjir", "tugas": "Dapur umum", "lokasi": "Posko pengungsian"},
        ),
        Kind("ldp", None, (5, 1), (10, 80), {"lokasi": "Posko pengungsian"}),
        Kind("kampung_siaga", None, (5,), (20, 90), {"bahasan": "Jalur evakuasi dan titik kumpul"}),
    ),
    TKSK: (
        Kind("pemantauan", PERMAKANAN, (3, 2), (5, 30), {"temuan": "Tidak ada"}),
        Kind("pemantauan", YAPI, (1,), (5, 40), {"temuan": "Dua anak pindah sekolah"}),
        Kind("ground_check", None, (12, 4), (10, 80), {"tidak_ditemukan": 3}),
        Kind("pendampingan", None, (11,), (1, 6), CLIENT),
        Kind("penjangkauan", None, (6,), (5, 40), {"lokasi": "Dusun terluar", "hasil": "Data warga dilengkapi"}),
    ),
    PORDAM: (
        Kind("rekonsiliasi", None, (10,), (4, 40), {**PARTIES, "kesepakatan": "Batas lahan disepakati"}),
        Kind("kampanye", None, (10, 5), (30, 200), {"tema": "Hidup rukun antarwarga"}),
        Kind("pemetaan", None, (10,), (10, 60), {**PARTIES, "kerawanan": "Sengketa batas lahan"}),
    ),
    REHSOS: (
        Kind("pendampingan", ATENSI, (2,), (1, 4), CLIENT),
        Kind("respons_kasus", ATENSI, (8, 1), (1, 3), CLIENT),
        Kind("manajemen_kasus", ATENSI, (9,), (1, 3), CLIENT),
        Kind("pendampingan", ATENSI, (7,), (1, 5), CLIENT),
        Kind("pendampingan", ATENSI, (3,), (1, 10), CLIENT),
        Kind("penjangkauan", ATENSI, (4,), (1, 8), {"lokasi": "Pasar", "hasil": "Diantar ke rumah singgah"}),
    ),
}  # fmt: skip
KIND_IDS = {kind.code: kind.pk for kind in kinds()}
#: Activities per person and year
PER_YEAR = {PKH: 3, TAGANA: 4, TKSK: 5, PORDAM: 4, REHSOS: 5}


def make_activities(world: World) -> None:
    rng = dice("kegiatan")
    for assignment in world.assignments:
        if assignment.is_primary:
            for year in YEARS:
                _year(world, rng, assignment, year)
    _of_the_companion(world)


def _of_the_companion(world: World) -> None:
    """One of each state that waits for somebody, for whoever signs in as the named companion; none of them counts."""
    held = next(row for row in world.assignments if row.person.name == named.COMPANION and row.is_primary)
    for day, state in enumerate((State.DRAFT, State.FILED, State.RETURNED), start=10):
        row = _activity(world, dice(f"pendamping {state}"), held, date(2024, 12, day))
        row.state, row.verified_by = state.value, None
        row.returned_note = RETURNED if state == State.RETURNED else ""
        world.activities.append(row)


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
        kind_id=KIND_IDS[kind.code],
        target_groups=sorted(rng.sample(kind.groups, rng.randint(1, len(kind.groups)))),
        quantity=rng.randint(*kind.reach),
        details=kind.details,
        state=state,
        returned_note=RETURNED if state == State.RETURNED else "",
        filed_by=filed_by,
        verified_by=checker if state == State.VERIFIED else None,
        is_example=True,
    )


def _state(rng: Random, day: date) -> str:
    """Older reports are nearly all checked; those of December 2024 still wait."""
    waiting = 50 if day >= date(2024, 12, 1) else 8
    return rng.choices((State.VERIFIED, State.FILED, State.RETURNED, State.DRAFT), (88, waiting, 4, 2))[0]


def _hands(world: World, assignment: Assignment) -> tuple[User | None, User]:
    """Who filed and who checked: never the same, and each inside his own area."""
    regency = at_level(assignment.region_id, Level.REGENCY)
    filed_by = world.office_of(regency) if regency in (KOTA, REJANG_LEBONG) else None
    if assignment.pillar_id == PKH:
        return filed_by, world.users["koordinator.pkh"]
    return filed_by, world.users["kabid.kotabengkulu" if regency == KOTA else "dinsos.bengkulu"]
