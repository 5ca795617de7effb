"""The named cases of `named.py` that concern payments; their lines are not touched by fitting."""

from datetime import date
from random import Random
from typing import NamedTuple

from assistance.example import named
from assistance.example.identity import born, dice
from assistance.example.payments import MEAL, MONTHLY, YEARS, quarter, set_units
from assistance.example.places import KOTA, REJANG_LEBONG, SELEBAR, UTARA
from assistance.example.world import Draft, Membership, Resident, World
from assistance.models import Disbursement
from pilar.core.reference.catalogue import ATENSI, PERMAKANAN, YAPI

State = Disbursement.State
GROUPS_SINCE = date(2022, 3, 1)
OTHERS_OF_MERAUKE = 11
OLD_DISTRICT = 9101010000
CORRECTED_ON = date(2024, 2, 20)
#: Recipients of Merauke's 2023 lists were named before the new code existed (9 November 2022).
LISTED_ON = date(2022, 10, 17)


def make_special(world: World) -> None:
    rng = dice("khusus")
    for make in (
        _mover, _two_and_two, _returned, _late_correction, _no_district, _carry_over, _split_region,
    ):  # fmt: skip
        make(world, rng)


def _mover(world: World, rng: Random) -> None:
    child = _member(world, rng, world.places.village(rng, SELEBAR), named.MOVER, (1,), (2010, 2014))
    child.move(named.MOVED_ON, world.places.village(rng, REJANG_LEBONG))
    for year in YEARS:
        _stages(world, child, year)


def _two_and_two(world: World, rng: Random) -> None:
    child = _member(world, rng, world.places.village(rng, KOTA), named.TWO_AND_TWO, (1, 2), (2010, 2014))
    _stages(world, child, 2024)
    _pay(world, child, (ATENSI, 2), Payday(2024, "Tahap 3", date(2024, 8, 22)), 2_150_000)


def _returned(world: World, rng: Random) -> None:
    """The account was wrong at first: the same days are paid again in the same list."""
    diner = _member(world, rng, world.places.village(rng, KOTA), named.RETURNED, (3, 12), (1945, 1950), "P")
    first = _pay(world, diner, (PERMAKANAN, 3), Payday(2024, "Tahap 2", date(2024, 4, 15)))
    first.state, first.received_on, first.returned_on = State.RETURNED, None, date(2024, 5, 20)
    again = _pay(world, diner, (PERMAKANAN, 3), Payday(2024, "Tahap 2", date(2024, 6, 10)))
    again.repays = first
    for line in (first, again):
        set_units(line, 85, MEAL, 91)


def _late_correction(world: World, rng: Random) -> None:
    village = world.places.village(rng, REJANG_LEBONG)
    person = _member(world, rng, village, named.LATE_CORRECTION, (11, 12), (1978, 1990), "P")
    line = _pay(world, person, (ATENSI, 11), Payday(2023, "Koreksi 2023", date(2023, 12, 18)), 1_875_000)
    line.sk_date, line.detail = CORRECTED_ON, "nilai menurut asesmen; laporan terlambat"


def _no_district(world: World, rng: Random) -> None:
    person = _member(world, rng, KOTA, named.NO_DISTRICT, (4,), (1970, 1990))
    _pay(world, person, (ATENSI, 4), Payday(2024, "Tahap 2", date(2024, 5, 8)), 1_450_000)


def _carry_over(world: World, rng: Random) -> None:
    diner = _member(world, rng, world.places.village(rng, UTARA), named.CARRY_OVER, (3,), (1942, 1950), "P")
    line = _pay(world, diner, (PERMAKANAN, 3), Payday(2024, "Tahap 4", date(2025, 1, 14)))
    set_units(line, 92, MEAL, 92)


def _split_region(world: World, rng: Random) -> None:
    """Merauke: the old code until the end of 2023, villages of the new one from 2024."""
    for number in range(1 + OTHERS_OF_MERAUKE):
        sex = "P" if number == 0 else rng.choice("LP")
        name = world.identities.name(rng, sex, marind=True) if number else named.SPLIT_REGION
        person = _member(world, rng, named.OLD_CODE, name, (6,), (1975, 2000), sex)
        person.move(date(2024, 1, 1), world.places.village(rng, named.NEW_CODE))
        for year in YEARS:
            stage = rng.randint(1, 4)
            when = Payday(year, f"Tahap {stage}", quarter(year, stage)[0].replace(day=20))
            line = _pay(world, person, (ATENSI, 6), when, rng.randrange(1_200_000, 3_000_000, 50_000))
            line.sk_date = LISTED_ON if year == 2023 else None


class Payday(NamedTuple):
    """Budget year, stage, and the day the money went out."""

    year: int
    stage: str
    paid_on: date


def _member(
    world: World,
    rng: Random,
    home: int,
    name: str,
    groups: tuple[int, ...],
    born_in: tuple[int, int],
    sex: str = "L",
) -> Resident:
    """`home`: a village, or a kabupaten/kota when nobody wrote down the kecamatan."""
    origin = {named.OLD_CODE: OLD_DISTRICT, KOTA: SELEBAR}.get(home, 0)
    person = world.resident(rng, home, born(rng, *born_in), sex, name=name, origin=origin)
    person.groups = [Membership(group, GROUPS_SINCE) for group in groups]
    return person


def _stages(world: World, child: Resident, year: int) -> None:
    for stage in (1, 2, 3, 4):
        day = quarter(year, stage)[1].replace(day=12)
        set_units(_pay(world, child, (YAPI, 1), Payday(year, f"Tahap {stage}", day)), 3, MONTHLY, 3)


def _pay(world: World, person: Resident, aid: tuple[int, int], when: Payday, amount: int = 0) -> Draft:
    """A line of a programme and SK group that was paid and received on the same day."""
    line = Draft(
        resident=person,
        programme=aid[0],
        group=aid[1],
        year=when.year,
        stage=when.stage,
        state=State.RECEIVED,
        paid_on=when.paid_on,
        received_on=when.paid_on,
        amount=amount,
        region=person.home_on(when.paid_on),
        detail="nilai menurut asesmen",
        fixed=True,
    )
    world.drafts.append(line)
    return line
