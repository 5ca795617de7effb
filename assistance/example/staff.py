"""Personnel and assignments: 257 PKH, 30 Tagana, 60 TKSK, 14 Pordam, 32 Rehsos, all active at the end of 2024."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import cycle, islice
from random import Random

from assistance.example import named
from assistance.example.identity import born, day_between, dice
from assistance.example.places import KOTA, REGENCIES, SELEBAR
from assistance.example.world import World
from personnel.models import Assignment, Personnel
from pilar.core.reference.catalogue import PKH, PORDAM, REHSOS, TAGANA, TKSK

Employment = Personnel.Employment
COMPANION = "Pendamping sosial"
LEADERS = ("Koordinator kabupaten/kota", "Supervisor", "Administrator pangkalan data")
NAMED_SINCE = date(2019, 3, 1)


@dataclass(frozen=True)
class Plan:
    """How many of a pillar per kabupaten/kota (in the order of REGENCIES), and what they are like.

    Attributes:
        in_district: share whose work area is a kecamatan; the others work in the whole kabupaten.
        extra: share of the former who cover a second kecamatan.
    """

    pillar: int
    counts: tuple[int, ...]
    employment: Personnel.Employment
    born: tuple[int, int]
    hired: tuple[int, int]
    in_district: float
    extra: float
    issuer: str


PLANS = (
    Plan(
        PKH,
        (22, 34, 36, 19, 27, 23, 17, 19, 22, 38),
        Employment.CONTRACT,
        (1978, 1998),
        (2014, 2023),
        1,
        0.06,
        "Direktur Jaminan Sosial Keluarga",
    ),
    Plan(
        TAGANA, (3, 4, 4, 2, 3, 3, 2, 2, 2, 5), Employment.VOLUNTEER, (1975, 2000), (2010, 2022), 0.5, 0,
        "Dinas Sosial Provinsi Bengkulu",
    ),
    Plan(
        TKSK, (5, 8, 9, 6, 7, 6, 5, 3, 5, 6), Employment.VOLUNTEER, (1989, 1999), (2020, 2023), 1, 0.15,
        "Dirjen Pemberdayaan Sosial",
    ),
    Plan(
        PORDAM, (1, 2, 2, 1, 1, 1, 1, 1, 1, 3), Employment.VOLUNTEER, (1975, 1996), (2018, 2022), 0, 0,
        "Dirjen Perlindungan dan Jaminan Sosial",
    ),
    Plan(
        REHSOS, (3, 5, 4, 2, 3, 2, 2, 2, 2, 7), Employment.CONTRACT, (1980, 1997), (2017, 2023), 0, 0,
        "Sentra Dharma Guna",
    ),
)  # fmt: skip
TAGANA_LEVELS = ("Muda", "Muda", "Muda", "Muda", "Madya", "Muda", "Muda", "Muda", "Muda", "Utama")
REHSOS_POSITIONS = ("Pekerja sosial", "Tenaga kesejahteraan sosial", "Relawan", "Konselor")


def make_staff(world: World) -> None:
    for plan in PLANS:
        rng = dice(f"personel:{plan.pillar}")
        for regency, count in zip(REGENCIES, plan.counts, strict=True):
            positions = list(islice(_positions(plan.pillar, count), count))
            districts = _districts(world, rng, regency, count)
            for position, district in zip(positions, districts, strict=True):
                _hire(world, rng, plan, position, regency, district)
    _check(world)


def _positions(pillar: int, count: int) -> Iterator[str]:
    """PKH: one coordinator per kabupaten, in larger ones a supervisor and a data administrator."""
    if pillar == PKH:
        leaders = LEADERS if count > 25 else LEADERS[:1]
        return cycle([*leaders, *[COMPANION] * (count - len(leaders))])
    return cycle(
        {TAGANA: TAGANA_LEVELS, TKSK: ("TKSK",), PORDAM: ("Pelopor Perdamaian",), REHSOS: REHSOS_POSITIONS}[pillar]
    )


def _districts(world: World, rng: Random, regency: int, count: int) -> list[int]:
    """A kecamatan for each, in turn, so that none has two before all have one."""
    order = list(world.places.districts[regency])
    rng.shuffle(order)
    return list(islice(cycle(order), count))


def _hire(world: World, rng: Random, plan: Plan, position: str, regency: int, district: int) -> None:
    name = _named(world, plan, position, district)
    person = _person(world, rng, plan, regency, district, name=name)
    in_district = position not in LEADERS and rng.random() < plan.in_district
    main = _assign(world, person, plan, position, district if in_district else regency, _start(rng, plan))
    restless, doubled = rng.random() < 0.05, rng.random() < plan.extra
    if name:
        main.valid_from, main.sk_date, main.sk_until = NAMED_SINCE, NAMED_SINCE, None
    elif restless and in_district and main.valid_from < date(2022, 1, 1):
        _moved_before(world, rng, main)
    if name == named.TWO_DISTRICTS or (doubled and in_district and not name):
        _second_area(world, rng, main, regency)


def _start(rng: Random, plan: Plan) -> date:
    """Some joined during 2024, so that the headcount of the months differs."""
    start = day_between(rng, date(plan.hired[0], 1, 2), date(plan.hired[1], 12, 1))
    late = day_between(rng, date(2024, 1, 15), date(2024, 9, 2))
    return late if rng.random() < 0.04 else start


def _named(world: World, plan: Plan, position: str, district: int) -> str:
    """The two named companions: the first in Selebar and the first outside it, both in Kota Bengkulu."""
    given = {person.name for person in world.personnel}
    if plan.pillar != PKH or position != COMPANION or district // 10**6 != KOTA // 10**6:
        return ""
    wanted = named.COMPANION if district == SELEBAR else named.TWO_DISTRICTS
    return "" if wanted in given else wanted


def _person(world: World, rng: Random, plan: Plan, regency: int, district: int, *, name: str) -> Personnel:
    sex = "P" if name == named.COMPANION or (not name and rng.random() < 0.45) else "L"
    birth = born(rng, *plan.born)
    person = Personnel(
        name=name or world.identities.new_name(rng, sex),
        sex=sex,
        birth_date=birth,
        phone=f"0812-0000-{len(world.personnel):04d}",
        employment=plan.employment,
        region_id=regency,
        is_example=True,
    )
    person.set_nik(world.identities.nik(district, birth, sex))
    world.personnel.append(person)
    return person


def _assign(world: World, person: Personnel, plan: Plan, position: str, area: int, start: date) -> Assignment:
    """One in twelve works on an SK that ended ("bekerja tanpa SK berlaku")."""
    number = len(world.assignments) + 1
    assignment = Assignment(
        person=person,
        pillar_id=plan.pillar,
        position=position,
        region_id=area,
        sk_number=f"CONTOH/{plan.pillar}/{number:04d}/{start.year}",
        sk_date=start - timedelta(days=7),
        sk_until=date(2024, 6, 30) if number % 12 == 0 and start.year < 2024 else None,
        sk_issuer=plan.issuer,
        valid_from=start,
        is_example=True,
    )
    world.assignments.append(assignment)
    return assignment


def _moved_before(world: World, rng: Random, main: Assignment) -> None:
    """An earlier work area of the same person, ended when the present one began."""
    others = [d for d in world.places.districts[main.region_id // 10**6 * 10**6] if d != main.region_id]
    began = main.valid_from
    main.valid_from = main.sk_date = day_between(rng, date(2022, 2, 1), date(2023, 10, 1))
    world.assignments.append(
        Assignment(
            person=main.person,
            pillar_id=main.pillar_id,
            position=main.position,
            region_id=rng.choice(others),
            sk_number=f"{main.sk_number}/A",
            sk_date=began,
            sk_issuer=main.sk_issuer,
            valid_from=began,
            valid_until=main.valid_from - timedelta(days=1),
            end_reason=Assignment.EndReason.MOVED,
            is_example=True,
        )
    )


def _second_area(world: World, rng: Random, main: Assignment, regency: int) -> None:
    """Merangkap: a second kecamatan of the same kabupaten."""
    others = [d for d in world.places.districts[regency] if d != main.region_id]
    world.assignments.append(
        Assignment(
            person=main.person,
            pillar_id=main.pillar_id,
            position=main.position,
            region_id=rng.choice(others),
            is_primary=False,
            sk_number=f"{main.sk_number}/B",
            sk_date=main.sk_date,
            sk_issuer=main.sk_issuer,
            valid_from=max(main.valid_from, date(2023, 3, 1)),
            is_example=True,
        )
    )


def _check(world: World) -> None:
    missing = {named.COMPANION, named.TWO_DISTRICTS} - {person.name for person in world.personnel}
    if missing:
        raise AssertionError(f"the plan leaves no place for {missing}")
