"""Filling a drafted list from the active participants, in one set-based act; whoever is left out is named."""

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from assistance.models import Batch, Participation
from assistance.reading import live_sum, people_names
from assistance.services import refusals_batch as refusals
from assistance.services.eligibility import findings
from assistance.services.list_parts import held
from assistance.services.pay_rules import remedies, sentences
from assistance.words import REASONS
from pilar.core import audit
from pilar.core.formatting import angka, rupiah, tanggal
from pilar.core.models import User

#: one line and one history row for each, in one statement whatever their number
INSERT = """
WITH made AS (
  INSERT INTO assistance_disbursement
    (year, batch_id, beneficiary_id, programme_id, group_id, region_id, amount, detail, state, is_example)
  SELECT %(year)s, %(batch)s, c.person, %(programme)s, c.group_id, c.region_id,
         %(amount)s, %(detail)s, 'sk', %(example)s
  FROM pilar_list_candidates(%(batch)s) c
  WHERE c.id = ANY (%(chosen)s::bigint[]) AND c.state = 'aktif'
  ORDER BY c.region_id, c.id
  RETURNING id, year, beneficiary_id, programme_id, region_id
)
INSERT INTO assistance_step
  (kind, object_id, object_year, beneficiary_id, programme_id, region_id, was, became, "on", actor_id, actor_name,
   reason, note)
SELECT 'baris', id, year, beneficiary_id, programme_id, region_id, '', 'sk', %(on)s, %(actor)s, %(name)s, '', ''
FROM made
"""


@dataclass(frozen=True)
class Candidate:
    """A participation that a list could take in, visible to the actor or not (`sql/list_candidates.sql`)."""

    pk: int
    person: int
    state: str
    reason: str
    ended_on: date | None


@dataclass(frozen=True)
class Skip:
    """Somebody who gets no line, and why. `name` is empty when the person is recorded elsewhere by now."""

    person: int
    rule: str
    sentence: str
    remedy: str
    name: str = ""


@dataclass(frozen=True)
class Filling:
    """What filling would do now, or did: participations to take in, rupiah they need, and who is left out."""

    chosen: list[int]
    amount: int
    skipped: list[Skip]

    @property
    def added(self) -> int:
        return len(self.chosen)


def filling_of(*, actor: User, batch: Batch, today: date) -> Filling:
    """What `batch_fill` would do now; a constant number of queries, the same for whoever fills it."""
    candidates = _candidates(batch)
    waiting = {row.person: row.pk for row in candidates if row.state == Participation.State.ACTIVE}
    bars = _bars(batch, list(waiting), today)
    chosen = [pk for person, pk in waiting.items() if person not in bars]
    skipped = _named(actor, [*bars.values(), *(_pause(row) for row in candidates if row.person not in waiting)])
    return Filling(chosen, len(chosen) * (batch.portion or 0), skipped)


@transaction.atomic
def batch_fill(*, actor: User, batch: Batch, today: date) -> Filling:
    """A line in state sk for each active participant of programme and region who has none in this list.

    Raises Refusal: right, not drafted, above the ceiling (nothing is added then).
    """
    batch = held(actor, batch)
    if batch.approval != Batch.Approval.DRAFT:
        raise refusals.contents_frozen(batch)
    filling = filling_of(actor=actor, batch=batch, today=today)
    if filling.added and (total := live_sum(batch) + filling.amount) > batch.ceiling:
        raise refusals.filled_over_ceiling(batch, filling.added, total)
    added = _insert(actor, batch, filling.chosen, today)
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=batch,
        region=batch.region_id,
        summary=f"Daftar {batch} diisi: {angka(added)} baris, {rupiah(filling.amount)}; "
        f"{angka(len(filling.skipped))} orang dilewati",
    )
    return filling


def _insert(actor: User, batch: Batch, chosen: list[int], today: date) -> int:
    if not chosen:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(
            INSERT,
            {
                "year": batch.year_id,
                "batch": batch.pk,
                "programme": batch.programme_id,
                "amount": batch.portion,
                "detail": f"{angka(batch.units)} × {rupiah(batch.unit_price)}",
                "example": batch.is_example,
                "chosen": chosen,
                "on": today,
                "actor": actor.pk,
                "name": str(actor),
            },
        )
        return int(cursor.rowcount)


def _candidates(batch: Batch) -> list[Candidate]:
    """Who takes part, is suspended, or left in the list's budget year or later, and has no line in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, person, state, reason, ended_on FROM pilar_list_candidates(%s) ORDER BY id", [batch.pk]
        )
        return [Candidate(*row) for row in cursor.fetchall()]


def _bars(batch: Batch, people: list[int], today: date) -> dict[int, Skip]:
    """Beneficiary id -> everything that stands against a line, as one Skip."""
    found = findings(people=people, programme=batch.programme, on=today)
    return {person: Skip(person, hits[0].rule, sentences(hits), remedies(hits)) for person, hits in found.items()}


def _pause(row: Candidate) -> Skip:
    """Whoever is suspended, or left."""
    why = REASONS[row.reason].meaning if row.reason in REASONS else row.reason
    if row.state == Participation.State.SUSPENDED:
        return Skip(
            row.person,
            "ditangguhkan",
            f"Kepesertaannya ditangguhkan: {why}",
            "Selesaikan sebabnya, lalu lanjutkan kepesertaannya sebelum mengisi daftar lagi.",
        )
    return Skip(
        row.person,
        "berakhir",
        f"Kepesertaannya berakhir pada {tanggal(row.ended_on)}: {why}",
        "Kembali menerima hanya lewat usulan baru.",
    )


def _named(actor: User, skipped: list[Skip]) -> list[Skip]:
    names = people_names(actor, [skip.person for skip in skipped])
    named = [Skip(skip.person, skip.rule, skip.sentence, skip.remedy, names.get(skip.person, "")) for skip in skipped]
    return sorted(named, key=lambda skip: (skip.name == "", skip.name, skip.person))
