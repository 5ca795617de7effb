"""Where a beneficiary stands today, in one plain sentence, and what is to be done next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistance.dossier import Dossier
from assistance.models import (
    Disbursement,
    GraduationCase,
    Objection,
    Participation,
    Proposal,
)
from assistance.services.eligibility import keeps_out, short_name
from assistance.words import REASONS, words_of
from pilar.core.formatting import tanggal
from pilar.core.models import Programme

NEVER = "Terdaftar, tetapi belum pernah diusulkan atau menerima program apa pun."
PROPOSE = "Usulkan untuk program yang sesuai dengan keadaannya."
SHOWN = 4
#: the lower, the sooner somebody must do something
URGENT, WAITING, GOING_ON, OVER = range(4)


@dataclass(frozen=True)
class Where:
    """The page on which a next step is taken: its name, its keys, its query; `enters`: only for who enters data."""

    page: str
    keys: dict[str, int]
    query: str = ""
    enters: bool = False
    label: str = "Buka halamannya"


@dataclass(frozen=True)
class Situation:
    """`tone` for state_pill.html; `pill` in two or three words; sentence and next step in full; `where` it is taken."""

    pill: str
    tone: str
    sentence: str
    next_step: str
    where: Where | None = None


@dataclass(frozen=True)
class Part:
    """What one programme, or the person's own state, adds to the sentence."""

    rank: int
    pill: str
    tone: str
    phrase: str
    next_step: str
    where: Where | None = None


def situation_of(dossier: Dossier, on: date) -> Situation:
    """All programmes in one sentence; the next step is that of the most pressing one."""
    parts = sorted([*_person(dossier), *_objections(dossier, on), *_programmes(dossier, on)], key=lambda p: p.rank)
    if not parts:
        return Situation("belum menerima", "neutral", NEVER, PROPOSE, _propose(dossier.person.pk))
    first, shown = parts[0], [part.phrase for part in parts[:SHOWN]]
    more = len(parts) - len(shown)
    text = "; ".join([*shown, *([f"dan {more} hal lain di riwayat"] if more else [])])
    return Situation(first.pill, first.tone, f"{text[:1].upper()}{text[1:]}.", first.next_step, first.where)


def _person(dossier: Dossier) -> Iterator[Part]:
    died = dossier.known("meninggal")
    if died is None or died.value != "ya":
        return
    running = [short_name(p.programme) for p in dossier.participations if p.state in Participation.OPEN]
    step = f"Akhiri kepesertaan {', '.join(running)} dengan alasan meninggal." if running else "Tidak ada tindakan."
    yield Part(
        URGENT if running else OVER,
        "meninggal dunia",
        "back" if running else "neutral",
        f"meninggal dunia per {tanggal(died.as_of)} menurut {died.source}",
        step,
    )


def _objections(dossier: Dossier, on: date) -> Iterator[Part]:
    for row in dossier.objections:
        if row.state == Objection.State.FILED:
            late = row.due_on < on
            phrase = f"ada {row.get_kind_display()} untuk {short_name(row.programme)}, diperiksa paling lambat " + (
                f"{tanggal(row.due_on)} dan sudah lewat" if late else tanggal(row.due_on)
            )
            step = words_of(row.state, Objection.State).next_step
            yield Part(URGENT, "ada sanggahan", "back", phrase, step, Where("objection-detail", {"pk": row.pk}))


def _programmes(dossier: Dossier, on: date) -> Iterator[Part]:
    rows: list[Any] = [*dossier.participations, *dossier.proposals, *dossier.graduations, *dossier.lines]
    programmes = {row.programme_id: row.programme for row in rows}
    for pk in sorted(programmes):
        yield _programme(dossier, programmes[pk], on)


def _programme(dossier: Dossier, programme: Programme, on: date) -> Part:
    """The latest thing that holds: participation, usulan, graduation, else the last line of a list."""
    name, pk = short_name(programme), programme.pk
    taking_part = next((p for p in dossier.participations if p.programme_id == pk), None)
    if taking_part and taking_part.state in Participation.OPEN:
        return _running(dossier, taking_part, name, on)
    proposal = next((p for p in dossier.proposals if p.programme_id == pk), None)
    if proposal and proposal.state in Proposal.OPEN:
        phrase = f"diusulkan untuk {name} pada {tanggal(proposal.proposed_on)}, {proposal.get_state_display()}"
        step = words_of(proposal.state, Proposal.State).next_step
        return Part(WAITING, "diusulkan", "wait", phrase, step, Where("proposal-detail", {"pk": proposal.pk}))
    graduation = next((g for g in dossier.graduations if g.programme_id == pk and g.cancelled_on is None), None)
    if graduation:
        return Part(
            OVER,
            "lulus (graduasi)",
            "done",
            f"lulus ({graduation.get_kind_display()}) dari {name} pada {tanggal(graduation.decided_on)}",
            words_of("keluar", GraduationCase.State).next_step,
        )
    if taking_part:
        return _ended(taking_part, name)
    line = next((line for line in dossier.lines if line.programme_id == pk), None)
    if line:
        return _listed(dossier, line, name)
    return _closed(proposal, name)


def _propose(person: int) -> Where:
    return Where("proposal-create", {}, f"?penerima={person}", enters=True, label="Usulkan")


def _running(dossier: Dossier, row: Participation, name: str, on: date) -> Part:
    transition = GraduationCase.State.TRANSITION
    mine = (case for case in dossier.cases if case.programme_id == row.programme_id and case.state == transition)
    leaving = next((case.pk for case in mine), None)
    step = words_of(row.state, Participation.State).next_step
    here = Where("participation-detail", {"pk": row.pk})
    if row.state == Participation.State.SUSPENDED:
        return Part(URGENT, "ditangguhkan", "back", f"{name} ditangguhkan{_why(row)}", step, here)
    if leaving:
        step, case = (
            words_of("transisi", GraduationCase.State).next_step,
            Where("graduation-case-detail", {"pk": leaving}),
        )
        return Part(WAITING, "masa transisi", "wait", f"dalam masa transisi graduasi dari {name}", step, case)
    if row.state == Participation.State.CANDIDATE:
        if missing := keeps_out(row.beneficiary_id, programme=row.programme, on=on):
            phrase = f"calon penerima {name} yang belum bisa masuk SK"
            record = Where("circumstance-record", {"pk": row.beneficiary_id}, enters=True, label="Catat keadaannya")
            return Part(URGENT, "belum bisa masuk SK", "back", phrase, missing, record)
        return Part(WAITING, "calon penerima", "wait", f"calon penerima {name}, menunggu SK penetapan", step, here)
    since = f" sejak {tanggal(row.active_from)}" if row.active_from else ""
    again = ", kembali menerima" if row.returning else ""
    return Part(GOING_ON, "penerima aktif", "done", f"penerima aktif {name}{since}{again}", step)


def _ended(row: Participation, name: str) -> Part:
    step = words_of(row.state, Participation.State).next_step
    return Part(OVER, "berakhir", "neutral", f"{name} berakhir pada {tanggal(row.ended_on)}{_why(row)}", step)


def _why(row: Participation) -> str:
    """ ": penerima meninggal dunia", within a sentence."""
    words = REASONS.get(row.reason)
    return f": {words.meaning[:1].lower()}{words.meaning[1:].rstrip('.')}" if words else ""


def _listed(dossier: Dossier, line: Disbursement, name: str) -> Part:
    """Named in a list that only records an SK outside PILAR."""
    day = line.received_on or line.returned_on or line.paid_on
    when = f" pada {tanggal(day)}" if day else ""
    where = Where("disbursement-detail", {"batch": line.batch_id, "line": line.pk})
    waits = line.state not in (Disbursement.State.RECEIVED, Disbursement.State.DECIDED)
    return Part(
        WAITING if waits else GOING_ON,
        "di daftar penyaluran",
        "wait" if waits else "neutral",
        f"tercatat di daftar {name} {line.year}, {line.get_state_display()}{when}",
        words_of(line.state, Disbursement.State).next_step,
        where if line.batch_id in dossier.batches else None,
    )


def _closed(proposal: Proposal | None, name: str) -> Part:
    """An usulan that came to nothing and nothing else."""
    if proposal is None:
        return Part(OVER, "tercatat", "neutral", f"tercatat untuk {name}", PROPOSE)
    phrase = f"usulan {name} {tanggal(proposal.proposed_on)}: {proposal.get_state_display()}"
    step = words_of(proposal.state, Proposal.State).next_step
    return Part(OVER, str(proposal.get_state_display()), "neutral", phrase, step)
