"""PKH families, their companions, and who graduated (domain.md 2.1, 4.4)."""

from datetime import date, timedelta
from random import Random

from assistance.example import named
from assistance.example.identity import born, day_between, dice
from assistance.example.places import REGENCIES, UTARA, first_of, last_of
from assistance.example.recipients import FAKIR_MISKIN, join, maybe_move
from assistance.example.staff import COMPANION
from assistance.example.world import Resident, World
from assistance.models import Caseload, Graduation
from personnel.models import Assignment, Personnel
from pilar.core.reference.catalogue import PKH, PROGRAMME_PKH
from pilar.core.regions import Level, at_level

Kind = Graduation.Kind
KINDS = {Kind.ABLE: 58, Kind.NATURAL: 31, Kind.SYSTEM: 9, Kind.FORCED: 2}
#: Example rule: removal by the system or by force is no success of the companion.
COUNTED = (Kind.ABLE, Kind.NATURAL)
ALONE_PER_REGENCY = 3
YEAR_FIRST, YEAR_SECOND = 2023, 2024


def make_families(world: World) -> None:
    rng = dice("keluarga")
    for areas in companions(world):
        if areas[0].person.name == named.COMPANION:
            _named_companion(world, rng, areas[0])
        else:
            _companion(world, rng, areas)
    for regency in REGENCIES:
        for _ in range(ALONE_PER_REGENCY):
            _alone(world, rng, regency)
    _alone(world, rng, UTARA, name=named.NO_COMPANION)


def companions(world: World) -> list[list[Assignment]]:
    """Present work areas of each PKH companion, the primary first."""
    areas: dict[str, list[Assignment]] = {}
    for assignment in world.assignments:
        if (assignment.pillar_id, assignment.position, assignment.valid_until) == (PKH, COMPANION, None):
            areas.setdefault(assignment.person.name, []).append(assignment)
    return [sorted(found, key=lambda a: not a.is_primary) for found in areas.values()]


def _companion(world: World, rng: Random, areas: list[Assignment]) -> None:
    """Most of the families graduate over the two years; who joined in 2024 had little time."""
    new = areas[0].valid_from.year == YEAR_SECOND
    before = 0 if new else rng.choices((0, 1, 2, 3), (2, 3, 4, 1))[0]
    after = rng.randint(1, 3) if new else rng.randint(4, 9) + rng.choices((0, 5), (14, 1))[0]
    cases = [_case(world, rng, rng.choice(areas)) for _ in range(before + after + rng.randint(2, 4))]
    for number, case in enumerate(cases):
        if number < before + after:
            _graduate(world, rng, case, YEAR_FIRST if number < before else YEAR_SECOND)
        else:
            _maybe_move(world, rng, case)


def _family(world: World, rng: Random, area: int, name: str = "") -> Resident:
    sex = "P" if name or rng.random() < 0.85 else "L"
    family = world.resident(rng, world.places.village(rng, area), born(rng, 1968, 1996), sex, name=name)
    join(rng, family, FAKIR_MISKIN)
    if sex == "P" and rng.random() < 0.1:
        join(rng, family, 11)
    return family


def _case(world: World, rng: Random, area: Assignment) -> tuple[Resident, Caseload]:
    family = _family(world, rng, area.region_id)
    since = max(area.valid_from, day_between(rng, date(2022, 1, 3), date(2022, 11, 30)))
    return family, _accompany(world, family, area, since)


def _accompany(world: World, family: Resident, area: Assignment, since: date) -> Caseload:
    case = Caseload(
        assignment=area,
        beneficiary=family.row,
        programme_id=PROGRAMME_PKH,
        region_id=family.home_on(since),
        valid_from=since,
    )
    world.caseload.append(case)
    return case


def _graduate(world: World, rng: Random, found: tuple[Resident, Caseload], year: int) -> None:
    """Decided after at least two months together; one in sixty is cancelled and stays in the caseload."""
    family, case = found
    earliest = max(first_of(year), case.valid_from + timedelta(days=60))
    if earliest > last_of(year):
        return
    day = day_between(rng, earliest, last_of(year))
    kind = rng.choices(list(KINDS), list(KINDS.values()))[0]
    decide(world, family, case, kind, day, cancelled=rng.random() < 1 / 60)


def decide(
    world: World, family: Resident, case: Caseload | None, kind: str, day: date, *, cancelled: bool = False
) -> None:  # fmt: skip
    """Ends the caseload with the decision; without one the graduation is credited to nobody."""
    companion: Personnel | None = case.assignment.person if case else None
    if case and not cancelled:
        case.valid_until = day
    world.graduations.append(
        Graduation(
            beneficiary=family.row,
            programme_id=PROGRAMME_PKH,
            region_id=family.home_on(day),
            kind=kind,
            decided_on=day,
            credited_to=companion,
            counts=kind in COUNTED,
            confirmed_on=day,
            cancelled_on=min(day + timedelta(days=40), last_of(day.year)) if cancelled else None,
            is_example=True,
        )
    )


def _maybe_move(world: World, rng: Random, found: tuple[Resident, Caseload]) -> None:
    """A family that moves away changes companion, or has none where nobody works."""
    family, case = found
    day = maybe_move(world, rng, family)
    if day is None or day <= case.valid_from:
        return
    case.valid_until = day - timedelta(days=1)
    here = at_level(family.row.region_id, Level.DISTRICT)
    nearby = [a for areas in companions(world) for a in areas if a.region_id == here and a.valid_from <= day]
    if nearby:
        _accompany(world, family, rng.choice(nearby), day)


def _alone(world: World, rng: Random, regency: int, name: str = "") -> None:
    """A family nobody looks after; half of them graduated all the same."""
    family = _family(world, rng, regency, name)
    if name or rng.random() < 0.5:
        day = day_between(rng, date(2024, 2, 1), date(2024, 11, 30))
        decide(world, family, None, Kind.NATURAL, day)


def _named_companion(world: World, rng: Random, area: Assignment) -> None:
    """Seven count in 2024; a system removal, a cancelled one, one of 2023 and one handed over do not."""
    cases = [_case(world, rng, area) for _ in range(24)]
    days = [date(2024, month, 10 + month) for month in (2, 3, 5, 6, 8, 9, 11)]
    kinds = [Kind.ABLE, Kind.NATURAL, Kind.ABLE, Kind.ABLE, Kind.NATURAL, Kind.ABLE, Kind.ABLE]
    for (family, case), kind, day in zip(cases, kinds, days, strict=False):
        decide(world, family, case, kind, day)
    rest = cases[named.COMPANION_GRADUATED :]
    decide(world, *rest[0], Kind.SYSTEM, date(2024, 7, 4))
    decide(world, *rest[1], Kind.ABLE, date(2024, 9, 2), cancelled=True)
    decide(world, *rest[2], Kind.ABLE, date(2023, 10, 19))
    family, case = rest[3]
    case.valid_until = date(2024, 3, 31)
    colleague = next(a for areas in companions(world) for a in areas if a.person.name == named.TWO_DISTRICTS)
    taken_over = _accompany(world, family, colleague, date(2024, 4, 1))
    decide(world, family, taken_over, Kind.ABLE, date(2024, 8, 15))
