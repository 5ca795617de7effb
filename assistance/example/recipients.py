"""Who receives what: children of YAPI, elders and disabled people of permakanan, clients of ATENSI."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import NamedTuple

from assistance.example.identity import born, day_between, dice
from assistance.example.places import KOTA, REGENCIES
from assistance.example.world import Membership, Resident, World
from pilar.core.reference.catalogue import ATENSI, PERMAKANAN, YAPI
from pilar.core.reference.groups import PAS, subcategory_id

#: People per kabupaten/kota in the order of REGENCIES, over both years.
CHILDREN = (84, 128, 152, 58, 92, 73, 45, 61, 49, 562)
DINERS = (40, 52, 56, 30, 42, 31, 20, 26, 24, 95)
CLIENTS = (44, 62, 70, 34, 48, 40, 28, 36, 32, 85)
#: How often each PAS group is the main one of an ATENSI client.
CLIENT_GROUPS = {1: 14, 2: 18, 3: 12, 4: 8, 5: 8, 6: 3, 7: 6, 8: 7, 9: 7, 10: 6, 11: 7, 12: 4}
AGES = {1: (2008, 2018), 3: (1938, 1962)}
ADULT = (1965, 2003)
BOTH_YEARS = date(2023, 1, 1), date(2024, 12, 31)
MOVERS = 0.015
#: share of YAPI children who are clients of ATENSI as well
ALSO_CLIENT = 0.025
FAKIR_MISKIN = 12


@dataclass(frozen=True)
class Recipient:
    """A resident in one programme, with its SK group and the days the aid may fall on."""

    resident: Resident
    programme: int
    group: int
    since: date
    until: date


class Seat(NamedTuple):
    """The n-th recipient of a programme in a kabupaten/kota, from 1."""

    regency: int
    number: int


def make_recipients(world: World) -> list[Recipient]:
    found: list[Recipient] = []
    makers: tuple[tuple[int, tuple[int, ...], Callable[[World, Random, Seat], tuple[Resident, int]]], ...] = (
        (YAPI, CHILDREN, _child),
        (PERMAKANAN, DINERS, _diner),
        (ATENSI, CLIENTS, _client),
    )
    for programme, counts, make in makers:
        rng = dice(f"penerima:{programme}")
        for regency, count in zip(REGENCIES, counts, strict=True):
            for number in range(1, count + 1):
                seat = Seat(regency, number)
                resident, group = make(world, rng, seat)
                since, until = BOTH_YEARS if _stands_for_group(programme, seat) else _span(rng, programme)
                found.append(Recipient(resident, programme, group, since, until))
                if programme == YAPI and rng.random() < ALSO_CLIENT:
                    found.append(Recipient(resident, ATENSI, group, since, until))
                maybe_move(world, rng, resident)
    return found


def maybe_move(world: World, rng: Random, resident: Resident) -> date | None:
    """A few families move between spring 2023 and autumn 2024."""
    if rng.random() >= MOVERS:
        return None
    day = day_between(rng, date(2023, 3, 1), date(2024, 10, 31))
    resident.move(day, world.places.elsewhere(rng, resident.homes[-1][1]))
    return day


def join(rng: Random, resident: Resident, group: int, since: date = date(2021, 6, 1)) -> None:
    """Puts a resident into a PAS group; one in five at a sub-category where there are any."""
    if any(held.group in (group, *range(group * 100, group * 100 + 100)) for held in resident.groups):
        return
    subcategories = PAS[group].subcategories
    exact = group
    if subcategories and rng.random() < 0.2:
        exact = subcategory_id(group, rng.randint(1, len(subcategories)))
    resident.groups.append(Membership(exact, day_between(rng, since, date(2022, 12, 31))))


def _stands_for_group(programme: int, seat: Seat) -> bool:
    """In Kota Bengkulu the first clients stand for the twelve PAS, two for each, so that none is empty there."""
    return programme == ATENSI and seat.regency == KOTA and seat.number <= 2 * len(CLIENT_GROUPS)


def _span(rng: Random, programme: int) -> tuple[date, date]:
    """Most receive through both years; some stop, some begin, YAPI also in the middle of a stage."""
    first, last = BOTH_YEARS
    kind = rng.random()
    if kind < 0.10:
        last = date(2023, rng.choice((8, 10, 11)), 28) if programme == YAPI else date(2023, 12, 31)
    elif kind < 0.22:
        first = date(2024, rng.randint(1, 9), 1) if programme == YAPI else date(2024, rng.choice((1, 4)), 1)
    return first, last


def _child(world: World, rng: Random, seat: Seat) -> tuple[Resident, int]:
    resident = world.resident(rng, world.places.village(rng, seat.regency), born(rng, 2008, 2018), rng.choice("LP"))
    join(rng, resident, 1)
    for group, chance in ((FAKIR_MISKIN, 0.35), (2, 0.04), (8, 0.02)):
        if rng.random() < chance:
            join(rng, resident, group)
    return resident, 1


def _diner(world: World, rng: Random, seat: Seat) -> tuple[Resident, int]:
    """Lives alone, 70 or older, or disabled (domain.md 3.1; the age limit differs by year)."""
    old = rng.random() < 0.75
    birth = born(rng, 1936, 1952) if old else born(rng, 1960, 2000)
    resident = world.resident(rng, world.places.village(rng, seat.regency), birth, rng.choice("LPP"))
    main, other, chance = (3, 2, 0.1) if old else (2, 5, 0.03)
    join(rng, resident, main)
    if rng.random() < chance:
        join(rng, resident, other)
    if rng.random() < 0.5:
        join(rng, resident, FAKIR_MISKIN)
    return resident, main


def _client(world: World, rng: Random, seat: Seat) -> tuple[Resident, int]:
    main = rng.choices(list(CLIENT_GROUPS), list(CLIENT_GROUPS.values()))[0]
    if _stands_for_group(ATENSI, seat):
        main = 1 + (seat.number - 1) % len(CLIENT_GROUPS)
    sex = "P" if main == 11 else rng.choice("LP")
    birth = born(rng, *AGES.get(main, ADULT))
    resident = world.resident(rng, world.places.village(rng, seat.regency), birth, sex)
    join(rng, resident, main)
    if rng.random() < 0.3:
        join(rng, resident, FAKIR_MISKIN)
    if main in (1, 11) and rng.random() < 0.15:
        join(rng, resident, 8)
    return resident, main
