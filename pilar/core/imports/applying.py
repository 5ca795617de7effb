"""Saving what was checked, and taking it back: one transaction each, in the officer's own role."""

from datetime import date, datetime
from typing import Any

from django.db.models import Count

from pilar.core import audit, jobs
from pilar.core.formatting import angka
from pilar.core.imports import refusals, staging
from pilar.core.imports.kinds import kind_of
from pilar.core.imports.run import Run
from pilar.core.imports.turns import SAVING, UNDOING, actor_of, as_actor, end_in, session_of, take_turn
from pilar.core.models import ImportedRow, ImportSession, Job, User

State = ImportSession.State


def apply(job: Job, today: date, now: datetime) -> None:
    """All of it or nothing: a worker that dies leaves the registers as they were."""
    if not take_turn(job, SAVING):
        return
    with jobs.beating(job.pk, job.attempt), jobs.engine_transaction():
        actor, session = actor_of(job), session_of(job)
        if not staging.there(session.pk):
            raise refusals.cleared(session)
        kind = kind_of(session.kind)
        with as_actor(actor, session):
            run = Run(session, kind, actor, today)
            kind.save(run)
            lost = run.fetch("SELECT count(DISTINCT line) FROM {faults} WHERE rule = 'berubah'")[0][0]
            if lost and session.mode == ImportSession.Mode.ALL:
                raise refusals.changed_meanwhile(lost)
            saved = saved_counts(session)
            _record(actor, session, f"tersimpan: {_said(saved)}")
        session.faults.all().delete()
        staging.keep_faults(session.pk)
        staging.drop(session.pk)
        needed = bool(lost or session.counts["bad"])  # for the file of bad rows
        if not needed:
            session.pieces.all().delete()
        counts = session.counts | {"saved": saved, "lost": lost}
        ImportSession.objects.filter(pk=session.pk).update(counts=counts, applied_at=now, cleared=not needed)
        Job.objects.filter(pk=job.pk).update(done=job.expected)
        end_in(job, session, State.APPLIED)


def undo(job: Job, today: date, now: datetime) -> None:
    """What nobody changed since is as it was before; the rest stays, each with its reason in `kept`."""
    if not take_turn(job, UNDOING):
        return
    with jobs.beating(job.pk, job.attempt), jobs.engine_transaction():
        actor, session = actor_of(job), session_of(job)
        kind = kind_of(session.kind)
        with as_actor(actor, session):
            kind.undo(Run(session, kind, actor, today))
            kept = ImportedRow.objects.filter(session=session).exclude(kept="").count()
            _record(actor, session, f"diurungkan; {angka(kept)} catatan sudah berubah dan tetap")
        counts = session.counts | {"kept": kept}
        ImportSession.objects.filter(pk=session.pk).update(counts=counts, undone_at=now)
        end_in(job, session, State.UNDONE)


def saved_counts(session: ImportSession) -> dict[str, dict[str, int]]:
    """noun -> act -> rows."""
    found: dict[str, dict[str, int]] = {}
    rows = ImportedRow.objects.filter(session=session).order_by().values_list("noun", "act")
    for noun, act, many in rows.annotate(many=Count("pk")):
        found.setdefault(noun, {})[act] = many
    return found


def _said(saved: dict[str, dict[str, int]]) -> str:
    labels: dict[str, str] = dict(ImportedRow.Act.choices)
    parts = [f"{angka(n)} {noun} {labels[act]}" for noun, acts in sorted(saved.items()) for act, n in acts.items()]
    return ", ".join(parts) or "tidak ada yang berubah"


def _record(actor: User, session: ImportSession, what: str, **more: Any) -> None:
    audit.record(
        actor=actor, action=audit.Action.CHANGE, target=session, region=session.region_id,
        summary=f"Impor berkas {session.name} {what}", **more,
    )  # fmt: skip
