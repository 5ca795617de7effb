"""Riwayat of one beneficiary: usulan, verval, kepesertaan, penyaluran, usul-sanggah and graduasi in one line of time.

Steps come from the history rows; what was recorded before there was a history (payments, graduations) is read
from the rows' own dates, and only where an object has no step.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistance.dossier import Dossier
from assistance.models import Batch, Disbursement, Graduation, Objection, Participation, Proposal, Step
from assistance.services.eligibility import short_name
from assistance.states import (
    ATENSI,
    BATCH,
    DECREE,
    GRADUATION,
    LINE,
    OBJECTION,
    PARTICIPATION,
    PROPOSAL,
    State,
)
from assistance.words import REASONS
from pilar.core.formatting import rupiah, tanggal
from pilar.core.machines import Machine
from pilar.core.models import Programme

VERVAL = "verval"
Kind = Step.Kind
MACHINES: dict[str, Machine] = {
    Kind.PROPOSAL: PROPOSAL,
    Kind.PARTICIPATION: PARTICIPATION,
    Kind.DECREE: DECREE,
    Kind.BATCH: BATCH,
    Kind.LINE: LINE,
    Kind.GRADUATION: GRADUATION,
    Kind.OBJECTION: OBJECTION,
    Kind.ATENSI: ATENSI,
}
NOUNS: dict[str, str] = {
    Kind.PROPOSAL: "Usulan",
    VERVAL: "Verval",
    Kind.PARTICIPATION: "Kepesertaan",
    Kind.DECREE: "SK",
    Kind.BATCH: "Daftar",
    Kind.OBJECTION: "Usul-sanggah",
    Kind.ATENSI: "Kasus",
    Kind.LINE: "Penyaluran",
    Kind.GRADUATION: "Graduasi",
}
#: of one day, what usually comes first stands first
RANKS = {kind: rank for rank, kind in enumerate(NOUNS)}
GOOD = {"aktif", "transaksi", "keluar", "ditetapkan", "selesai"}
BAD = {"tidak_layak", "ditarik", "retur", "ditolak", "ditangguhkan", "batal", "tidak_transaksi", "dihentikan"}
FOUND = {Proposal.State.FIT.value, Proposal.State.UNFIT.value}
DRAFTED = "dimuat di daftar yang belum disetujui"
ELSEWHERE = "petugas di luar wilayah Anda"


@dataclass(frozen=True)
class Event:
    """Attributes:
    kind: a Step.Kind, or "verval"; object_id and parent name its row, parent the list of a line.
    stepped: read from a history row, whose graduation is the case and not the Graduation.
    title, text: words for the reader; tone: good, bad or empty.
    """

    on: date
    kind: str
    object_id: int
    programme: Programme
    title: str
    text: str = ""
    tone: str = ""
    parent: int | None = None
    order: int = 0
    stepped: bool = False


def timeline_of(dossier: Dossier) -> list[Event]:
    """Newest first."""
    events = [*_stepped(dossier), *_verified(dossier), *_unstepped(dossier)]
    return sorted(events, key=lambda e: (e.on, RANKS[e.kind], e.order), reverse=True)


def _stepped(dossier: Dossier) -> Iterator[Event]:
    """One event per history row; a verval says itself what its step on the usulan would say again."""
    verified = {(row.proposal_id, row.verified_on) for row in dossier.verifications}
    lines = {line.pk: line for line in dossier.lines}
    for order, step in enumerate(reversed(dossier.steps)):
        said_by_verval = step.kind == Kind.PROPOSAL and step.became in FOUND
        if said_by_verval and (step.object_id, step.on) in verified:
            continue
        line = lines.get(step.object_id) if step.kind == Kind.LINE else None
        words = [_reason(step.reason), step.note, _list_of(dossier, line), f"oleh {step.actor_name}"]
        yield Event(
            on=step.on,
            kind=step.kind,
            object_id=step.object_id,
            programme=step.programme,
            title=_title(step.kind, step.programme, _became(step, line), line),
            text=_joined(words),
            tone=_tone(step.became),
            parent=line.batch_id if line else None,
            order=order,
            stepped=True,
        )


def _became(step: Step, line: Disbursement | None) -> str:
    """The state's words; a line of a list that nobody approved is decided by no SK yet."""
    if line and line.decided_on is None and step.became == State.DECIDED:
        return DRAFTED
    return MACHINES[step.kind].label(step.became)


def _verified(dossier: Dossier) -> Iterator[Event]:
    for row in dossier.verifications:
        by = f"oleh {dossier.companions.get(row.companion_id, ELSEWHERE)}"
        yield Event(
            on=row.verified_on,
            kind=VERVAL,
            object_id=row.pk,
            programme=row.programme,
            title=_title(VERVAL, row.programme, row.get_result_display()),
            text=_joined([_reason(row.reason), row.evidence, by]),
            tone=_tone(row.result),
        )


def _unstepped(dossier: Dossier) -> Iterator[Event]:
    """From the rows' own dates, where nobody recorded a step."""
    stepped = {(step.kind, step.object_id) for step in dossier.steps}
    for proposal in dossier.proposals:
        if (Kind.PROPOSAL, proposal.pk) not in stepped:
            yield _proposed(proposal)
    for participation in dossier.participations:
        if (Kind.PARTICIPATION, participation.pk) not in stepped:
            yield from _took_part(participation)
    yield from _unstepped_later(dossier, stepped)


def _unstepped_later(dossier: Dossier, stepped: set[tuple[str, int]]) -> Iterator[Event]:
    for objection in dossier.objections:
        if (Kind.OBJECTION, objection.pk) not in stepped:
            yield from _objected(objection)
    for line in dossier.lines:
        if (Kind.LINE, line.pk) not in stepped:
            yield from _money(dossier, line)
    by_case = {case.graduation_id for case in dossier.cases if (Kind.GRADUATION, case.pk) in stepped}
    for graduation in dossier.graduations:
        if graduation.pk not in by_case:
            yield from _left(graduation)


def _proposed(row: Proposal) -> Event:
    text = f"Berita acara {row.minutes_number}, {tanggal(row.minutes_date)}"
    return _dated(Kind.PROPOSAL, row, row.proposed_on, Proposal.State.PROPOSED.label, text)


def _took_part(row: Participation) -> Iterator[Event]:
    if row.active_from:
        yield _dated(Kind.PARTICIPATION, row, row.active_from, Participation.State.ACTIVE.label, tone="good")
    if row.ended_on:
        why = _joined([_reason(row.reason), row.note])
        yield _dated(Kind.PARTICIPATION, row, row.ended_on, Participation.State.ENDED.label, why, order=1)


def _objected(row: Objection) -> Iterator[Event]:
    yield _dated(Kind.OBJECTION, row, row.filed_on, row.get_kind_display(), row.note)
    if row.answered_on:
        yield _dated(
            Kind.OBJECTION, row, row.answered_on, row.get_state_display(), row.answer, _tone(row.state), order=1
        )


def _money(dossier: Dossier, line: Disbursement) -> Iterator[Event]:
    stage = _list_of(dossier, line)
    batch: Batch | None = dossier.batches.get(line.batch_id)
    days = (
        (State.PAID, line.paid_on),
        (State.RECEIVED, line.received_on),
        (State.RETURNED, line.returned_on),
        (State.DEPOSITED, line.deposited_on),
        (State.DECIDED, None if line.paid_on or batch is None else batch.sk_date),
    )
    for order, (state, day) in enumerate(days):
        if day:
            title = _title(Kind.LINE, line.programme, str(state.label), line)
            yield Event(day, Kind.LINE, line.pk, line.programme, title, stage, _tone(state), line.batch_id, order)


def _left(row: Graduation) -> Iterator[Event]:
    yield _dated(Kind.GRADUATION, row, row.decided_on, row.get_kind_display(), tone="good")
    if row.cancelled_on:
        yield _dated(Kind.GRADUATION, row, row.cancelled_on, "dibatalkan", tone="bad", order=1)


def _dated(kind: str, row: Any, day: date, what: Any, text: str = "", tone: str = "", order: int = 0) -> Event:
    title = _title(kind, row.programme, str(what))
    return Event(day, kind, row.pk, row.programme, title, text, tone, order=order)


def _title(kind: str, programme: Programme, what: str, line: Disbursement | None = None) -> str:
    amount = f" {rupiah(line.amount)}" if line else ""
    return f"{NOUNS[kind]} {short_name(programme)}{amount}: {what}"


def _list_of(dossier: Dossier, line: Disbursement | None) -> str:
    """Stage and year of the line's list, when the reader may see it."""
    if line is None:
        return ""
    batch = dossier.batches.get(line.batch_id)
    return f"{batch.stage} {batch.year_id}, SK {batch.sk_number}" if batch else f"tahun anggaran {line.year}"


def _reason(code: str) -> str:
    words = REASONS.get(code)
    return words.meaning.rstrip(".") if words else code


def _tone(state: str) -> str:
    return "good" if state in GOOD else "bad" if state in BAD else ""


def _joined(words: list[str]) -> str:
    """One line of pieces, each as somebody wrote it, without the full stop it may end in."""
    text = "; ".join(plain for word in words if (plain := word.strip().rstrip(".")))
    return text[:1].upper() + text[1:]
