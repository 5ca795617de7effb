"""Closing a year: one officer of the ministry proposes, another decides, and the engine then keeps the figures."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from pilar.core import audit, jobs, regions
from pilar.core.errors import Refusal
from pilar.core.models import Job, User
from pilar.core.rights import Right
from pilar.core.scoping import reach_of, require
from targets.closing_states import CLOSURE
from targets.models import YearClosure

State = YearClosure.State
JOB = "close_year"
FINAL = "Tahun yang sudah ditutup tidak dibuka lagi; kesalahan dikoreksi dengan versi penutupan baru."


@transaction.atomic
def closure_propose(*, actor: User, year: int, reason: str, decree: str = "", today: date) -> YearClosure:
    """The first closing of a year, or with a decree a corrected version beside the kept one.

    Raises Refusal (right, year not over, one is open already) or ValidationError (reason, decree).
    """
    require(actor, Right.PROPOSE, regions.NATION)
    if year >= today.year:
        raise Refusal(
            f"Tahun {year} belum berakhir, jadi angkanya belum dapat ditutup.",
            f"Usulkan sesudah 31 Desember {year}.",
            rule="tahun_belum_berakhir",
        )
    if (waiting := YearClosure.objects.open().filter(year=year).first()) is not None:
        raise Refusal(
            f"Penutupan tahun {year} versi {waiting.version} masih {waiting.get_state_display()}.",
            "Selesaikan atau batalkan usulan itu dahulu.",
            rule="penutupan_ganda",
        )
    kept = YearClosure.objects.closed().filter(year=year).last()
    if kept is not None:
        _require_ground(reason, decree)
    closure = YearClosure(
        year_id=year,
        version=kept.version + 1 if kept else 1,
        reason=reason.strip(),
        decree=decree.strip(),
        proposed_by=actor,
        proposed_on=today,
    )
    closure.full_clean()
    closure.save()
    _record(actor, closure, audit.Action.CREATE, "diusulkan untuk ditutup", reason)
    return closure


@transaction.atomic
def closure_decide(*, actor: User, closure: YearClosure, today: date) -> YearClosure:
    """Another officer closes: the figures are kept by a job, and the year is closed when it has ended."""
    require(actor, Right.DECIDE, regions.NATION)
    closure = _held(closure, State.DECIDED)
    if actor.pk == closure.proposed_by_id:
        raise Refusal(
            "Tidak bisa ditutup: Anda pengusul penutupan ini.",
            "Minta petugas lain Kementerian Sosial menutupnya. Aturan ini tidak dapat dikecualikan.",
            rule="empat_mata",
        )
    closure.state, closure.decided_by, closure.decided_on = State.DECIDED, actor, today
    closure.full_clean()
    closure.save(update_fields=["state", "decided_by", "decided_on"])
    _record(actor, closure, audit.Action.CHANGE, "penutupan diputuskan", closure.reason)
    _queue(actor, closure)
    return closure


@transaction.atomic
def closure_drop(*, actor: User, closure: YearClosure, note: str) -> YearClosure:
    """Withdrawn by who proposed it or turned down by who decides; nothing was closed."""
    require(actor, Right.PROPOSE if actor.pk == closure.proposed_by_id else Right.DECIDE, regions.NATION)
    closure = _held(closure, State.DROPPED)
    if not note.strip():
        raise ValidationError({"note": "Sebab pembatalan belum diisi."})
    closure.state, closure.note = State.DROPPED, note.strip()
    closure.save(update_fields=["state", "note"])
    _record(actor, closure, audit.Action.CHANGE, "usulan penutupan dibatalkan", note)
    return closure


@transaction.atomic
def closure_repeat(*, actor: User, closure: YearClosure) -> Job:
    """Queues the copy again after its job failed or was cancelled; the decision stands."""
    require(actor, Right.DECIDE, regions.NATION)
    if not may_repeat(closure):
        raise Refusal(
            f"Salinan tahun {closure.year_id} tidak perlu diulang: {closure.get_state_display()}.",
            "Lihat kemajuannya di halaman Pekerjaan.",
            rule="salinan_tahun",
        )
    return _queue(actor, closure)


def may_propose(user: User) -> bool:
    return reach_of(user).can(Right.PROPOSE, regions.NATION)


def may_decide_any(user: User) -> bool:
    return reach_of(user).can(Right.DECIDE, regions.NATION)


def may_decide(user: User, closure: YearClosure) -> bool:
    return may_decide_any(user) and closure.state == State.PROPOSED and closure.proposed_by_id != user.pk


def may_drop(user: User, closure: YearClosure) -> bool:
    mine = closure.proposed_by_id == user.pk and may_propose(user)
    return closure.state == State.PROPOSED and (mine or may_decide(user, closure))


def may_repeat(closure: YearClosure) -> bool:
    waits = closure.state == State.DECIDED
    return waits and not Job.objects.open().filter(kind=JOB, key=str(closure.pk)).exists()


def _queue(actor: User, closure: YearClosure) -> Job:
    params = {"closure": closure.pk, "year": closure.year_id}
    return jobs.job_open(kind=JOB, key=str(closure.pk), region=regions.NATION, user=actor, params=params)


def _require_ground(reason: str, decree: str) -> None:
    missing = {
        name: sentence
        for name, text, sentence in (
            ("reason", reason, "Sebab koreksi belum diisi: tahun ini sudah ditutup."),
            ("decree", decree, "Nomor dan tanggal dasar koreksi belum diisi: tahun ini sudah ditutup."),
        )
        if not text.strip()
    }
    if missing:
        raise ValidationError(missing)


def _held(closure: YearClosure, then: str) -> YearClosure:
    """Locked, once the table of steps allows what is asked."""
    locked = YearClosure.objects.select_for_update(of=("self",), no_key=True)
    closure = locked.get(pk=closure.pk)
    if not CLOSURE.may_follow(closure.state, then):
        raise Refusal(
            f"Penutupan tahun {closure} sudah {closure.get_state_display()}.",
            f"Muat ulang halaman. {FINAL}",
            rule="langkah_penutupan",
        )
    return closure


def _record(actor: User, closure: YearClosure, action: str, what: str, reason: str) -> None:
    summary = f"Tahun {closure}: {what}"
    audit.record(actor=actor, action=action, target=closure, region=regions.NATION, summary=summary, reason=reason)
