"""Example targets: what the example holds, divided by a stated factor, or a rule per head or kecamatan."""

import math
from collections import defaultdict
from typing import NamedTuple

from assistance.example import named
from assistance.example.families import companions
from assistance.example.identity import dice
from assistance.example.places import KOTA, PROVINCE, REGENCIES, last_of
from assistance.example.world import FAR, World
from assistance.models import Disbursement
from personnel.models import Personnel
from pilar.core.reference.catalogue import PROGRAMME_PKH, TKSK
from pilar.core.regions import Level, at_level
from targets.models import Target
from targets.reference.indicators import (
    GRADUASI,
    KEGIATAN,
    PENERIMA_PAS,
    PENERIMA_PROGRAM,
    PERSONEL_TERDAFTAR,
    RUPIAH_SALUR,
)

YEARS = (2023, 2024)
SOURCE = "target contoh"
#: Reached share in hundredths: a target is what was reached, divided by one of these.
SHARES = (42, 55, 63, 71, 78, 84, 90, 96, 103, 112, 118)
GRADUATIONS_PER_HEAD = {2023: 2, 2024: named.COMPANION_TARGET}
PER_HEAD = {
    2023: "2 keluarga per pendamping (aturan contoh)",
    2024: "10 keluarga per pendamping per tahun (Kemensos, 20 Desember 2024)",
}
RUPIAH_STEP = 100_000

#: (year, indicator, breakdown, kabupaten or kecamatan) -> keys; a key counts once, with its value
Cells = dict[tuple[int, int, int, int], dict[object, int]]


def make_targets(world: World) -> None:
    cells: Cells = defaultdict(dict)
    for read in (_payments, _headcount, _work):
        read(world, cells)
    local = _local_values(world, cells)
    for (year, indicator, breakdown), values in local.items():
        _area_targets(world, year, indicator, breakdown, values)
    _personal(world)


def _put(cells: Cells, year: int, indicator: int, breakdown: int, region: int, key: object, value: int = 1) -> None:
    """Counts for the kabupaten, and in Kota Bengkulu for the kecamatan as well."""
    regency, district = at_level(region, Level.REGENCY), at_level(region, Level.DISTRICT)
    if regency not in REGENCIES:
        return
    cells[year, indicator, breakdown, regency][key] = value
    if regency == KOTA and district != KOTA:
        cells[year, indicator, breakdown, district][key] = value


def _payments(world: World, cells: Cells) -> None:
    for line in world.drafts:
        if line.state in Disbursement.PAID and line.paid_on:
            person = id(line.resident)
            _put(cells, line.year, RUPIAH_SALUR, line.programme, line.region, id(line), line.amount)
            _put(cells, line.year, PENERIMA_PROGRAM, line.programme, line.region, person)
            for held in line.resident.groups:
                if held.holds(line.paid_on):
                    _put(cells, line.year, PENERIMA_PAS, _top(held.group), line.region, person)


def _top(group: int) -> int:
    return group // 100 or group


def _headcount(world: World, cells: Cells) -> None:
    for year in YEARS:
        for held in world.assignments:
            if held.valid_from <= last_of(year) <= (held.valid_until or FAR):
                _put(cells, year, PERSONEL_TERDAFTAR, held.pillar_id, held.region_id, held.person.name)


def _work(world: World, cells: Cells) -> None:
    for act in world.activities:
        if act.verified_by:
            _put(cells, act.year, KEGIATAN, act.pillar_id, act.region_id, id(act))


#: target and rule per area
Values = dict[int, tuple[int, str]]
Local = dict[tuple[int, int, int], Values]


def _local_values(world: World, cells: Cells) -> Local:
    """Target and rule per (year, indicator, breakdown) and area; areas with nothing get none."""
    local: Local = defaultdict(dict)
    for (year, indicator, breakdown, region), keys in sorted(cells.items()):
        share = _share(f"{year}:{indicator}:{breakdown}", region)
        step = RUPIAH_STEP if indicator == RUPIAH_SALUR else 1
        value = math.ceil(sum(keys.values()) * 100 / share / step) * step
        rule = f"angka data contoh dibagi {share / 100:.2f}".replace(".", ",")
        local[year, indicator, breakdown][region] = value, f"{rule}, dibulatkan ke atas"
    for year in YEARS:
        local[year, PERSONEL_TERDAFTAR, TKSK] = _one_per_district(world)
        local[year, GRADUASI, PROGRAMME_PKH] = _per_head(world, year)
    return local


def _share(topic: str, region: int) -> int:
    """Areas lie round the middle of their topic, so that the province as a whole is good or bad too."""
    middle = dice(f"target:{topic}").randrange(len(SHARES))
    place = middle + dice(f"target:{topic}:{region}").randint(-2, 2)
    return SHARES[min(max(place, 0), len(SHARES) - 1)]


def _one_per_district(world: World) -> Values:
    rule = "satu TKSK per kecamatan (Permensos 28/2018)"
    areas: Values = {r: (len(world.places.districts[r]), rule) for r in REGENCIES}
    return areas | dict.fromkeys(world.places.districts[KOTA], (1, rule))


def _per_head(world: World, year: int) -> Values:
    heads: dict[int, int] = defaultdict(int)
    for main, *_others in companions(world):
        if main.valid_from <= last_of(year):
            heads[at_level(main.region_id, Level.REGENCY)] += 1
            if at_level(main.region_id, Level.REGENCY) == KOTA:
                heads[main.region_id] += 1
    return {region: (count * GRADUATIONS_PER_HEAD[year], PER_HEAD[year]) for region, count in heads.items()}


class Aim(NamedTuple):
    year: int
    indicator: int
    breakdown: int
    region: int
    value: int
    rule: str


def _area_targets(world: World, year: int, indicator: int, breakdown: int, values: Values) -> None:
    """Kecamatan of Kota Bengkulu, the ten kabupaten/kota, and their sum for the province."""
    for region, (value, rule) in sorted(values.items()):
        world.targets.append(_target(world, Aim(year, indicator, breakdown, region, value, rule)))
    total = sum(value for region, (value, _rule) in values.items() if region in REGENCIES)
    whole = Aim(year, indicator, breakdown, PROVINCE, total, "jumlah target kabupaten/kota")
    world.targets.append(_target(world, whole))


def _personal(world: World) -> None:
    """The named companion first: the printed table shows the first personal target of an area."""
    mains = sorted((main for main, *_others in companions(world)), key=lambda m: m.person.name != named.COMPANION)
    for year in YEARS:
        value, rule = GRADUATIONS_PER_HEAD[year], PER_HEAD[year]
        for main in mains:
            if main.valid_from <= last_of(year):
                aim = Aim(year, GRADUASI, PROGRAMME_PKH, main.person.region_id, value, rule)
                world.targets.append(_target(world, aim, main.person))


def _target(world: World, aim: Aim, person: Personnel | None = None) -> Target:
    return Target(
        year_id=aim.year,
        indicator_id=aim.indicator,
        breakdown=aim.breakdown,
        region_id=aim.region,
        person=person,
        value=aim.value,
        source=SOURCE,
        reason=f"Target contoh: {aim.rule}.",
        set_by=world.office_of(aim.region) if aim.region != PROVINCE else world.users["staf.pusat"],
        is_example=True,
    )
