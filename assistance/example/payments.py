"""Payment lines of 2023 and 2024: four stages a year, all states of the chain (domain.md 3.1 to 3.5)."""

from calendar import monthrange
from datetime import date, timedelta
from random import Random

from assistance.example.identity import day_between, dice
from assistance.example.recipients import Recipient
from assistance.example.world import Draft, World
from assistance.models import Disbursement
from pilar.core.formatting import angka, rupiah
from pilar.core.reference.catalogue import ATENSI, PERMAKANAN, YAPI

YEARS = (2023, 2024)
CLOSED_YEAR, CLOSING = 2023, date(2023, 12, 27)
STAGES = (1, 2, 3, 4)
MEAL, MEAL_AND_DELIVERY, MONTHLY = 30_000, 32_000, 200_000
State = Disbursement.State
SETTLED = {State.RECEIVED: 95, State.UNCLAIMED: 3, State.RETURNED: 2}
RECENT = {State.RECEIVED: 70, State.PAID: 18, State.UNCLAIMED: 6, State.DECIDED: 4, State.RETURNED: 2}


def quarter(year: int, stage: int) -> tuple[date, date]:
    last = 3 * stage
    return date(year, last - 2, 1), date(year, last, monthrange(year, last)[1])


def make_payments(world: World, recipients: list[Recipient]) -> None:
    makers = {YAPI: _orphan_aid, PERMAKANAN: _meals, ATENSI: _assistance}
    rngs = {programme: dice(f"penyaluran:{programme}") for programme in makers}
    for recipient in recipients:
        for year in YEARS:
            makers[recipient.programme](world, rngs[recipient.programme], recipient, year)


def _orphan_aid(world: World, rng: Random, recipient: Recipient, year: int) -> None:
    """Rp200.000 a month; who joins or leaves in the middle of a stage gets its months only."""
    for stage in STAGES:
        first, last = quarter(year, stage)
        months = [m for m in range(first.month, last.month + 1) if _covers(recipient, date(year, m, 1))]
        paid_on = date(year, last.month, rng.randint(5, 20))
        if months:
            line = _line(recipient, year, stage, paid_on, rng)
            set_units(line, len(months), MONTHLY, 3)
            world.drafts.append(line)


def _meals(world: World, rng: Random, recipient: Recipient, year: int) -> None:
    """Rp30.000 a day for two meals, Rp32.000 where a Pokmas also delivers (domain.md 3.1)."""
    rate = MEAL_AND_DELIVERY if rng.random() < 0.55 else MEAL
    for stage in STAGES:
        first, last = quarter(year, stage)
        paid_on = first + timedelta(days=rng.randint(7, 24))
        days = (last - first).days + 1
        if _covers(recipient, first):
            line = _line(recipient, year, stage, paid_on, rng)
            set_units(line, days - rng.randint(2, 14), rate, days)
            world.drafts.append(line)


def _assistance(world: World, rng: Random, recipient: Recipient, year: int) -> None:
    """One payment a year as assessed, sometimes a second; the value differs per person."""
    for stage in sorted(rng.sample(STAGES, 2 if rng.random() < 0.12 else 1)):
        paid_on = day_between(rng, *quarter(year, stage))
        amount = rng.randrange(900_000, 3_600_000, 25_000)
        if _covers(recipient, paid_on):
            line = _line(recipient, year, stage, paid_on, rng)
            line.amount, line.detail = amount, "nilai menurut asesmen"
            world.drafts.append(line)


def _covers(recipient: Recipient, day: date) -> bool:
    return recipient.since <= day <= recipient.until


def _line(recipient: Recipient, year: int, stage: int, paid_on: date, rng: Random) -> Draft:
    chances = RECENT if (year, stage) == (2024, 4) else SETTLED
    state = rng.choices(list(chances), list(chances.values()))[0]
    line = Draft(
        resident=recipient.resident,
        programme=recipient.programme,
        group=recipient.group,
        year=year,
        stage=f"Tahap {stage}",
        state=state,
        paid_on=paid_on,
        amount=0,
        region=recipient.resident.home_on(paid_on),
    )
    settle(line, waited=rng.randint(0, 14))
    return line


def settle(line: Draft, *, waited: int) -> None:
    """The dates that belong to the state: received or returned some days after the payment.

    What came back in 2023 and was not paid again went to the treasury when the year was closed.
    """
    if line.state == State.DECIDED or line.paid_on is None:
        line.paid_on = None
    elif line.state == State.RECEIVED:
        line.received_on = line.paid_on + timedelta(days=waited)
    elif line.state == State.RETURNED:
        line.returned_on = line.paid_on + timedelta(days=30 + waited)
        if line.year == CLOSED_YEAR:
            line.state, line.deposited_on = State.DEPOSITED, max(line.returned_on, CLOSING)


def set_units(line: Draft, units: int, rate: int, limit: int) -> None:
    """Amount and wording of a line that is days or months times a rate."""
    line.units, line.rate, line.limit, line.amount = units, rate, limit, units * rate
    noun = "bulan" if rate == MONTHLY else "hari"
    line.detail = f"{angka(units)} {noun} × {rupiah(rate)}"
    if rate == MEAL_AND_DELIVERY:
        line.detail += " (termasuk antar)"
