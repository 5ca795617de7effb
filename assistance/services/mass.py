"""Many lines of a list in one act: paid on one day, or handed over with one BAST. One history row each."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.db.models import Max, QuerySet

from assistance.models import Batch, BatchNote, Disbursement
from assistance.reading import people_names
from assistance.services import refusals_batch as refusals
from assistance.services.entry import day_within, require_note, save_checked
from assistance.services.line_parts import require_paying
from assistance.services.list_parts import held
from assistance.services.pay_rules import bars_on, sentences
from assistance.words import channel_of
from pilar.core import audit
from pilar.core.formatting import angka, rupiah, tanggal
from pilar.core.models import User

State = Disbursement.State

#: moves every line of the list that is in state `was`, except those of `barred`, and writes its history; without a
#: join of lines with lines, which a planner that knows nothing yet of a new year's partition would make quadratic
MOVE = """
WITH moved AS (
  UPDATE assistance_disbursement SET state = %(then)s, {column} = %(on)s
  WHERE batch_id = %(batch)s AND year = %(year)s AND state = %(was)s
    AND beneficiary_id <> ALL (%(barred)s::bigint[])
    AND (paid_on IS NULL OR paid_on <= %(on)s)  -- one paid meanwhile, on a later day
  RETURNING id, year, beneficiary_id, programme_id, region_id, amount
), written AS (
  INSERT INTO assistance_step
    (kind, object_id, object_year, beneficiary_id, programme_id, region_id, was, became, "on", actor_id, actor_name,
     reason, note)
  SELECT 'baris', id, year, beneficiary_id, programme_id, region_id, %(was)s, %(then)s, %(on)s, %(actor)s, %(name)s, '',
         %(note)s
  FROM moved RETURNING 1
)
SELECT count(*), coalesce(sum(amount), 0) FROM moved
"""


@dataclass(frozen=True)
class Barred:
    """Somebody whose line stays as it is, and why; `name` is empty when recorded elsewhere by now."""

    person: int
    name: str
    sentence: str


@dataclass(frozen=True)
class Moved:
    """How many lines moved, their rupiah, and who was left out."""

    lines: int
    amount: int
    barred: list[Barred]


def payable_of(*, actor: User, batch: Batch, on: date) -> tuple[int, list[Barred]]:
    """How many decided lines `lines_pay` would pay on that day, and whom it would leave out."""
    people = list(_lines(batch, State.DECIDED).values_list("beneficiary_id", flat=True))
    barred = _barred(actor, batch, people, on)
    return len(people) - len(barred), barred


@transaction.atomic
def lines_pay(*, actor: User, batch: Batch, on: date | None, today: date, note: str = "") -> Moved:
    """sk -> salur for every decided line of the list on one day. Whoever may not be paid that day is left out.

    Raises Refusal (right, approval, nothing to pay) or ValidationError (day, no reason in a closed year).
    """
    batch = held(actor, batch)
    require_paying(batch)
    require_note(batch.year, note, field="note", today=today)
    day = day_within("on", on, earliest=batch.sk_date, why="tanggal SK", today=today)
    many, barred = payable_of(actor=actor, batch=batch, on=day)
    if not many:
        raise refusals.nothing_to_move("belum disalurkan")
    moved = _move(actor, batch, (State.DECIDED,), State.PAID, "paid_on", day, note, barred)
    _audit(actor, batch, f"{angka(moved.lines)} baris disalurkan {tanggal(day)}, {rupiah(moved.amount)}", note)
    return moved


@transaction.atomic
def lines_hand_over(*, actor: User, batch: Batch, on: date | None, number: str, today: date, note: str = "") -> Moved:
    """salur | tidak_transaksi -> transaksi (diserahkan) for all goods of the list, by one BAST.

    Raises Refusal (right, approval, money instead of goods, nothing to hand over) or ValidationError (day, number).
    """
    batch = held(actor, batch)
    require_paying(batch)
    if not channel_of(batch.programme):
        raise refusals.not_goods(batch)
    require_note(batch.year, note, field="note", today=today)
    if not number.strip():
        raise ValidationError({"number": "Tulis nomor BAST; tersimpan di riwayat tiap baris."})
    waiting = _lines(batch, State.PAID, State.UNCLAIMED)
    latest = waiting.aggregate(day=Max("paid_on"))["day"]
    if latest is None:
        raise refusals.nothing_to_move("sudah disalurkan dan belum diserahkan")
    day = day_within("on", on, earliest=latest, why="tanggal salur baris yang terakhir", today=today)
    words = "; ".join(filter(None, (f"BAST {number.strip()}", note.strip())))
    moved = _move(actor, batch, (State.PAID, State.UNCLAIMED), State.RECEIVED, "received_on", day, words, [])
    save_checked(
        BatchNote(
            batch=batch, code=BatchNote.Code.BAST, number=number.strip(), on=day, by=actor,
            note=f"{angka(moved.lines)} baris diserahkan",
        )
    )  # fmt: skip
    _audit(actor, batch, f"{angka(moved.lines)} baris diserahkan {tanggal(day)}, {words}", note)
    return moved


def _lines(batch: Batch, *states: State) -> QuerySet[Disbursement]:
    return Disbursement.objects.filter(batch=batch, year=batch.year_id, state__in=states).order_by()


def _barred(actor: User, batch: Batch, people: list[int], on: date) -> list[Barred]:
    bars = bars_on(people=people, programme=batch.programme, on=on)
    names = people_names(actor, bars)
    return [Barred(person, names.get(person, ""), sentences(found)) for person, found in bars.items()]


def _move(  # noqa: PLR0913 - one statement's values
    actor: User, batch: Batch, before: tuple[State, ...], then: State, column: str, on: date, note: str,
    barred: list[Barred],
) -> Moved:  # fmt: skip
    values: dict[str, Any] = {
        "batch": batch.pk,
        "year": batch.year_id,
        "then": then.value,
        "barred": [person.person for person in barred],
        "on": on,
        "actor": actor.pk,
        "name": str(actor),
        "note": note.strip()[:300],
    }
    lines = amount = 0
    with connection.cursor() as cursor:
        for was in before:
            cursor.execute(MOVE.format(column=column), values | {"was": was.value})
            moved, rupiah_moved = cursor.fetchone()
            lines, amount = lines + int(moved), amount + int(rupiah_moved)
    return Moved(lines, amount, barred)


def _audit(actor: User, batch: Batch, what: str, reason: str) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=batch,
        region=batch.region_id,
        summary=f"Daftar {batch}: {what}",
        reason=reason,
    )
