"""Kota Bengkulu 2024 brought into the printed intervals of the founding article (figure C02)."""

from collections.abc import Callable
from itertools import cycle

from assistance.example.payments import MEAL, MEAL_AND_DELIVERY, MONTHLY, set_units
from assistance.example.places import KOTA
from assistance.example.world import Draft, World
from assistance.models import Disbursement
from pilar.core.reference.catalogue import ATENSI, PERMAKANAN, YAPI

#: Rp879,77 juta, Rp1,13 miliar and Rp206,90 juta; any value that prints so would do.
GOALS = {PERMAKANAN: 879_770_000, YAPI: 1_129_600_000, ATENSI: 206_898_500}
SMALLEST_ASSESSED, LARGEST_ASSESSED = 500_000, 4_500_000
#: Rp30.000 and Rp32.000 in their common unit of Rp2.000
COMMON, PLAIN_DAY, DELIVERED_DAY = 2_000, MEAL // 2_000, MEAL_AND_DELIVERY // 2_000


def fit_city(world: World) -> None:
    """Changes days, months or assessed values of paid lines until each programme's sum is its goal.

    Raises ValueError when the lines are too few or too many for it.
    """
    tools: dict[int, Callable[[list[Draft], int], None]] = {
        PERMAKANAN: _fit_meals,
        YAPI: _fit_months,
        ATENSI: _fit_assessed,
    }
    for programme, goal in GOALS.items():
        lines = [d for d in world.drafts if _counts(d, programme)]
        gap = goal - sum(line.amount for line in lines)
        tools[programme]([line for line in lines if not line.fixed], gap)


def _counts(line: Draft, programme: int) -> bool:
    return (line.programme, line.year, line.regency) == (programme, 2024, KOTA) and line.state in Disbursement.PAID


def _fit_months(lines: list[Draft], gap: int) -> None:
    _spread(lines, gap // MONTHLY, gap % MONTHLY)


def _fit_meals(lines: list[Draft], gap: int) -> None:
    """Days at 15 and at 16 common units add up to any gap: with t days in all, 16t - gap are plain ones."""
    units, rest = divmod(gap, COMMON)
    days = round(units / ((PLAIN_DAY + DELIVERED_DAY) / 2))
    plain = DELIVERED_DAY * days - units
    _spread([line for line in lines if line.rate == MEAL], plain, rest)
    _spread([line for line in lines if line.rate == MEAL_AND_DELIVERY], days - plain, rest)


def _spread(lines: list[Draft], units: int, rest: int) -> None:
    """One unit more or less on line after line, never below one nor above what the stage allows."""
    step = 1 if units > 0 else -1
    room = sum(line.limit - line.units if step > 0 else line.units - 1 for line in lines)
    if rest or room < abs(units):
        raise ValueError(f"{units} units do not fit into {len(lines)} lines (rest {rest})")
    left = abs(units)
    turns = cycle(lines)
    while left:
        line = next(turns)
        if 1 <= line.units + step <= line.limit:
            set_units(line, line.units + step, line.rate, line.limit)
            left -= 1


def _fit_assessed(lines: list[Draft], gap: int) -> None:
    """An equal share on every line, the remainder on the first."""
    share, rest = divmod(gap, len(lines))
    for number, line in enumerate(lines):
        line.amount += share - share % 500
        rest += share % 500
        if not SMALLEST_ASSESSED <= line.amount <= LARGEST_ASSESSED:
            raise ValueError(f"line {number} would be worth {line.amount}")
    lines[0].amount += rest
