"""SK penetapan (`states.DECREE`): filled with candidates, proposed, and decided by the level that funds.

Lock order: the SK, then its names, then their proposals.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max, QuerySet

from assistance.models import Decree, Participation, Step
from assistance.services import refusals_decree as refusals
from assistance.services.activation import activate
from assistance.services.authority import may_decide, require_decider
from assistance.services.decree_names import Fault, faults_of, names_in, require_ready, waiting_for
from assistance.services.entry import day_within, held_row, require_entry, require_for, require_valid, save_checked
from assistance.services.history import Move, record, step
from assistance.services.participation import candidates_release
from assistance.services.refusals import who, wrong_step
from assistance.states import DECREE
from pilar.core import audit
from pilar.core.formatting import tanggal
from pilar.core.models import BudgetYear, Programme, Region, User
from pilar.core.rights import Right

State = Decree.State


@dataclass(frozen=True)
class DecreeEntry:
    """Attributes: region: whose candidates and those below it; funding: one of Batch.Funding, it says who decides."""

    programme: Programme
    year: BudgetYear
    region: Region
    funding: str
    title: str


@dataclass(frozen=True)
class Filled:
    """Attributes: added: how many names came in; left_out: whom the rules keep out, each with its sentences."""

    added: int
    left_out: list[Fault]


@transaction.atomic
def decree_create(*, actor: User, entry: DecreeEntry, today: date) -> Decree:
    """An empty draft. Raises Refusal (right) or ValidationError (fields, a code that ended)."""
    require_entry(actor, entry.region.code, entry.programme)
    require_valid(entry.region, today=today)
    decree = Decree(
        programme=entry.programme,
        year=entry.year,
        region=entry.region,
        funding=entry.funding,
        title=" ".join(entry.title.split()),
    )
    save_checked(decree)
    _note(actor, decree, Move("", State.DRAFT, today), f"disusun, dana {decree.get_funding_display()}")
    return decree


@transaction.atomic
def decree_fill(*, actor: User, decree: Decree, today: date) -> Filled:
    """Takes in every candidate of the area and programme whom nothing stands against; the others stay candidates.

    Candidates of PAS groups that the actor may not see wait for somebody who may.
    Raises Refusal (right, no draft any more).
    """
    decree = _draft(actor, decree)
    waiting = waiting_for(actor, decree)
    held = _hold(waiting)  # whoever becomes a candidate from here on waits for the next time
    left_out = faults_of(actor, waiting.filter(pk__in=held), decree.programme, today)
    fit = set(held) - {fault.row for fault in left_out}
    added = Participation.objects.filter(pk__in=fit).update(decree=decree, version=F("version") + 1)
    _audit(actor, decree, f"diisi {added} nama, {len(left_out)} calon tidak masuk")
    return Filled(added, left_out)


@transaction.atomic
def decree_remove_candidate(
    *, actor: User, decree: Decree, participation: Participation, note: str, today: date
) -> None:
    """The name leaves the draft and stays a candidate for another SK. Raises Refusal or ValidationError (no note)."""
    decree = _draft(actor, decree)
    row = _names_of(actor, decree, [participation.pk])[0]
    if not note.strip():
        raise ValidationError({"note": "Tulis sebab nama ini dikeluarkan; tersimpan di jejak audit."})
    Participation.objects.filter(pk=row.pk).update(decree=None, version=F("version") + 1)
    _audit(actor, decree, f"{who(row)} dikeluarkan", note)


@transaction.atomic
def decree_propose(*, actor: User, decree: Decree, today: date) -> Decree:
    """disusun -> diajukan: its names are fixed until it is decided or sent back.

    Raises Refusal: right, step, empty, names out of sight, names that no longer satisfy the rules.
    """
    require_for(actor, Right.PROPOSE, decree.region_id, decree.programme)
    decree = _moved(actor, decree, State.PROPOSED)
    total = require_ready(actor, decree, today)
    decree.proposed_by, decree.proposed_on, decree.note = actor, today, ""
    return _save(actor, decree, Move(State.DRAFT, State.PROPOSED, today), f"diajukan dengan {total} nama")


@transaction.atomic
def decree_send_back(
    *, actor: User, decree: Decree, note: str, today: date, candidates: Collection[int] = ()
) -> Decree:
    """diajukan -> disusun, with the note of whoever sends it back: who decides, or its proposer himself.

    Args:
        candidates: ids of participations in it whose verval is doubted; they leave the SK and are verified anew.
    Raises Refusal (right, step) or ValidationError (no note).
    """
    decree = _moved(actor, decree, State.DRAFT)
    if actor.pk != decree.proposed_by_id and not may_decide(
        actor, funding=decree.funding, region=decree.region_id, programme=decree.programme
    ):
        raise refusals.no_returner(decree)
    if not note.strip():
        raise ValidationError({"note": "Tulis apa yang harus diperbaiki; pengusul membacanya di halaman SK ini."})
    if candidates:
        rows = _names_of(actor, decree, candidates)
        candidates_release(actor=actor, candidates=rows, on=today, note=note)
    decree.note = note.strip()
    return _save(actor, decree, Move(State.PROPOSED, State.DRAFT, today, note=decree.note), "dikembalikan")


@transaction.atomic
def candidate_send_back(*, actor: User, participation: Participation, note: str, today: date) -> None:
    """One candidate goes to a new verval, out of the draft he may stand in.

    Raises Refusal (right, no candidate, in an SK that waits for its decision) or ValidationError (no note).
    """
    require_entry(actor, participation.region_id, participation.programme)
    drafts = Decree.objects.visible_to(actor).filter(pk=participation.decree_id or 0, state=State.DRAFT)
    draft = drafts.select_for_update(of=("self",), no_key=True).first()
    row = _locked_rows(actor, [participation.pk])[0]
    if row.state != Participation.State.CANDIDATE:
        raise refusals.no_candidate(row)
    if row.decree_id is not None and (draft is None or draft.pk != row.decree_id):
        raise refusals.candidate_in_proposal(row)
    if not note.strip():
        raise ValidationError({"note": "Tulis apa yang harus diperiksa lagi; petugas verval membacanya."})
    candidates_release(actor=actor, candidates=[row], on=today, note=note)


@transaction.atomic
def decree_decide(*, actor: User, decree: Decree, number: str, sk_date: date | None, today: date) -> Decree:
    """diajukan -> ditetapkan: every name is active from the date of the SK, its usulan is closed.

    Raises Refusal: step, the proposer himself, a level that does not fund, empty, names out of sight or at fault.
    ValidationError: number or date missing, a date to come or before the last verval in it.
    """
    decree = _moved(actor, decree, State.DECIDED)
    require_decider(
        actor,
        funding=decree.funding,
        region=decree.region_id,
        programme=decree.programme,
        proposed_by=decree.proposed_by_id,
        what="SK ini",
    )
    _hold(names_in(actor, decree))
    total = require_ready(actor, decree, today)
    if not number.strip():
        raise ValidationError({"number": "Nomor SK wajib diisi."})
    day = day_within(
        "sk_date", sk_date, earliest=_ready_on(actor, decree), why="verval terakhir di dalamnya", today=today
    )
    decree.number, decree.sk_date, decree.decided_by, decree.decided_on = number.strip(), day, actor, today
    activate(actor=actor, decree=decree, number=decree.number, on=day)
    return _save(
        actor, decree, Move(State.PROPOSED, State.DECIDED, day, note=decree.number), f"ditetapkan untuk {total} nama"
    )


def _ready_on(actor: User, decree: Decree) -> date:
    """The day on which the last of its names became a candidate; of one without history, the day of his usulan."""
    names = names_in(actor, decree)
    steps = Step.objects.filter(kind=Step.Kind.PARTICIPATION, object_id__in=names.order_by().values("pk"))
    days = (
        names.aggregate(last=Max("proposal__proposed_on"))["last"], steps.order_by().aggregate(last=Max("on"))["last"],
    )  # fmt: skip
    return max((day for day in days if day), default=date(decree.year_id - 1, 1, 1))


def _locked(actor: User, decree: Decree) -> Decree:
    rows = Decree.objects.visible_to(actor).select_related("programme", "year", "region")
    return held_row(rows, decree.pk)


def _draft(actor: User, decree: Decree) -> Decree:
    require_entry(actor, decree.region_id, decree.programme)
    decree = _locked(actor, decree)
    if decree.state != State.DRAFT:
        raise refusals.not_a_draft(decree)
    return decree


def _moved(actor: User, decree: Decree, then: str) -> Decree:
    """Locked; its new state is set by `_save`, so that refusals still name the present one."""
    decree = _locked(actor, decree)
    if not DECREE.may_follow(decree.state, then):
        raise wrong_step(DECREE, f"“{decree.title}”", decree.state, then)
    return decree


def _hold(rows: QuerySet[Participation]) -> list[int]:
    """Their ids; nobody changes them until this transaction ends."""
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk", flat=True))


def _locked_rows(actor: User, ids: Collection[int]) -> list[Participation]:
    rows = Participation.objects.visible_to(actor).filter(pk__in=ids).select_related("programme", "region", "proposal")
    return list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))


def _names_of(actor: User, decree: Decree, ids: Collection[int]) -> list[Participation]:
    """Those candidates, held. Raises Refusal when one of them stands in this SK no more."""
    rows = _locked_rows(actor, ids)
    for row in rows:
        if row.decree_id != decree.pk or row.state != Participation.State.CANDIDATE:
            raise refusals.name_elsewhere(row)
    if len(rows) < len(set(ids)):
        raise refusals.unknown_name()
    return rows


def _save(actor: User, decree: Decree, move: Move, what: str) -> Decree:
    decree.state, decree.version = move.became, decree.version + 1
    save_checked(decree)
    _note(actor, decree, move, what)
    return decree


def _note(actor: User, decree: Decree, move: Move, what: str) -> None:
    record([step(actor=actor, kind=Step.Kind.DECREE, row=decree, move=move)])
    dated = f", SK {decree.number} {tanggal(decree.sk_date)}" if decree.sk_date else ""
    _audit(actor, decree, what + dated, move.note, created=not move.was)


def _audit(actor: User, decree: Decree, what: str, note: str = "", *, created: bool = False) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.CREATE if created else audit.Action.CHANGE,
        target=decree,
        region=decree.region_id,
        summary=f"SK penetapan “{decree.title}”, {decree.programme}: {what}",
        reason=note,
    )
