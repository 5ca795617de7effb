"""What an officer does with a file: upload it, say what its columns are, decide, take it back, throw it away."""

from datetime import datetime, timedelta
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.db import transaction

from pilar.core import audit, jobs
from pilar.core.formatting import waktu
from pilar.core.imports import heads, refusals, staging
from pilar.core.imports.content import keep, opened
from pilar.core.imports.kinds import Kind, kind_of, plain
from pilar.core.imports.reading import Found, look
from pilar.core.media import clean_name
from pilar.core.models import ImportMapping, ImportSession, Job, Region, User
from pilar.core.models.imports import FALLBACK, IMPORT
from pilar.core.rights import Right
from pilar.core.scoping import require

JOB = "impor"
CHECK, APPLY, UNDO = "periksa", "simpan", "urungkan"
KEPT_DAYS = 14  # the file and what waits of it
SKIP = ""  # a heading that is passed over
REASON = "Alasan (diabaikan saat diunggah)"  # heads the last column of a file of bad rows
State = ImportSession.State


@transaction.atomic
def import_upload(
    *, actor: User, kind: str, region: Region, name: str, content: IO[bytes], again: bool = False
) -> ImportSession:
    """Keeps the file, encrypted, with the heading that was found in it; nothing is read into any register yet.

    Args:
        again: the officer knows that this content was imported before.
    Raises:
        Refusal: no right in the region, an unknown kind, or the same content again.
        ValidationError: on `content`, for a file that cannot be read at all.
    """
    declared = kind_of(kind)
    require(actor, Right.ENTER, region.code)
    try:
        found = look(content)
    except ValidationError as error:
        raise ValidationError({"content": error.messages}) from error
    if not again:
        _require_new(actor, declared, found.digest)
    session = ImportSession(
        kind=kind, region=region, office=actor.office, digest=found.digest, size=found.size, user=actor,
        name=clean_name(name),
    )  # fmt: skip
    _lay_out(actor, declared, session, found, heads.find(declared, found))
    session.save(force_insert=True)
    keep(session, content)
    _record(actor, session, audit.Action.CREATE, f"diunggah untuk {declared.label}")
    return session


def _require_new(actor: User, kind: Kind, digest: str) -> None:
    rows = ImportSession.objects.visible_to(actor).exclude(state__in=[State.DROPPED, State.UNDONE])
    if earlier := rows.filter(kind=kind.code, digest=digest).first():
        raise refusals.same_file(earlier, waktu(earlier.created_at))


def _lay_out(actor: User, kind: Kind, session: ImportSession, found: Found, layout: heads.Layout) -> None:
    """Where the heading stands, and what each column is taken for until somebody says otherwise."""
    said = dict(
        ImportMapping.objects.visible_to(actor)
        .filter(kind=kind.code, region_id=actor.region_id, office=actor.office)
        .values_list("heading", "column")
    )
    session.layout = {
        "format": found.format, "encoding": found.encoding, "delimiter": found.delimiter, "notes": found.notes,
        "sheets": list(found.tops), "sheet": layout.sheet, "row": layout.row, "lines": layout.lines,
        "heads": [head[:120] for head in layout.heads], "samples": layout.samples,
    }  # fmt: skip
    taken: set[str] = set()
    session.mapping = []
    for head in session.layout["heads"]:
        column = kind.column_of(head) or said.get(head)
        if plain(head) in ("", plain(REASON)):
            column = SKIP
        if column and (column in taken or column not in kind.by_key):
            column = None
        taken.add(column or "")
        session.mapping.append(column)


@transaction.atomic
def import_lay_out(*, actor: User, session: ImportSession, sheet: str, row: int) -> ImportSession:
    """Takes another sheet or another row for the heading. Raises Refusal once the session was decided on."""
    session = _locked(actor, session)
    if session.state not in (State.MAPPING, State.CHECKED):
        raise refusals.wrong_step(session)
    kind = kind_of(session.kind)
    found = look(opened(session))
    if sheet not in found.tops:
        raise ValidationError({"sheet": "Lembar itu tidak ada di berkas."})
    session.state = State.MAPPING
    _lay_out(actor, kind, session, found, heads.find(kind, found, sheet=sheet, row=max(row, 1)))
    session.save()
    return session


@transaction.atomic
def import_map(*, actor: User, session: ImportSession, mapping: list[str]) -> ImportSession:
    """Says what each column is ("" passes over it), keeps that for the office, and queues the check.

    Raises ValidationError on `mapping` when a required column is missing or one is named twice.
    """
    session = _locked(actor, session)
    _require_step(session, State.CHECKING)
    kind, heading = kind_of(session.kind), session.layout["heads"]
    named = [column for column in mapping if column]
    if len(mapping) != len(heading) or any(column not in kind.by_key for column in named):
        raise ValidationError(
            {"mapping": "Kolomnya tidak sama dengan kolom berkas. Muat ulang halaman, lalu pilih lagi."}
        )
    if double := sorted({column for column in named if named.count(column) > 1}):
        labels = ", ".join(kind.by_key[column].heading for column in double)
        raise ValidationError({"mapping": f"{labels} dipilih untuk dua kolom berkas; sisakan satu."})
    if missing := [kind.by_key[key].heading for key in kind.required if key not in named]:
        raise ValidationError(
            {"mapping": f"Kolom wajib belum ada: {', '.join(missing)}. Pilih kolom berkas yang berisi itu, atau "
                        "tambahkan kolomnya di berkas lalu unggah lagi."}
        )  # fmt: skip
    session.mapping = mapping
    _remember(actor, kind, dict(zip(heading, mapping, strict=True)))
    return _check(actor, session)


def _remember(actor: User, kind: Kind, said: dict[str, str]) -> None:
    """Headings that the kind does not know by itself."""
    of_office: dict[str, Any] = {"kind": kind.code, "region_id": actor.region_id, "office": actor.office}
    for heading, column in said.items():
        if heading.strip() and (not column or kind.column_of(heading) != column):
            ImportMapping.objects.update_or_create(**of_office, heading=heading, defaults={"column": column})


@transaction.atomic
def import_choose(*, actor: User, session: ImportSession, choices: dict[str, str]) -> ImportSession:
    """Answers the questions of the check, and checks again. Raises ValidationError for an answer nobody offered."""
    session = _locked(actor, session)
    if session.state != State.CHECKED:
        raise refusals.wrong_step(session)
    _require_step(session, State.CHECKING)
    offered = {question["key"]: {value for value, _ in question["options"]} for question in session.questions}
    if any(value not in offered.get(key, ()) for key, value in choices.items()):
        raise ValidationError({"choices": "Pilihan itu tidak ditawarkan. Muat ulang halaman, lalu pilih lagi."})
    session.choices = session.choices | choices
    return _check(actor, session)


def _check(actor: User, session: ImportSession) -> ImportSession:
    session.state, session.questions, session.counts, session.excluded = State.CHECKING, [], {}, []
    session.save()
    _queue(actor, session, CHECK)
    return session


@transaction.atomic
def import_apply(*, actor: User, session: ImportSession, mode: str) -> ImportSession:
    """Decides that the checked rows are saved: all of them or none, or the good ones now. Raises Refusal."""
    session = _locked(actor, session)
    _require_step(session, State.APPLYING)
    bad, good = session.counts["bad"], session.counts["create"] + session.counts["update"]
    if not good:
        raise refusals.nothing_to_save(session)
    if mode == ImportSession.Mode.ALL and bad:
        raise refusals.some_are_bad(bad)
    if mode not in ImportSession.Mode.values:
        raise ValidationError({"mode": "Pilih semua baris, atau baris yang benar saja."})
    session.state, session.mode = State.APPLYING, mode
    session.save(update_fields=["state", "mode"])
    _queue(actor, session, APPLY, expected=good)
    _record(actor, session, audit.Action.CHANGE, f"diputuskan disimpan: {good} baris, {bad} bermasalah tidak ikut")
    return session


@transaction.atomic
def import_undo(*, actor: User, session: ImportSession, reason: str) -> ImportSession:
    """Takes back what the import made; rows that somebody changed since stay and are listed. Raises Refusal."""
    session = _locked(actor, session, own=False)
    _require_step(session, State.UNDOING)
    if not reason.strip():
        raise ValidationError({"reason": "Tulis sebab impor diurungkan; tersimpan di jejak audit."})
    session.state = State.UNDOING
    session.save(update_fields=["state"])
    _queue(actor, session, UNDO)
    _record(actor, session, audit.Action.CHANGE, "diputuskan diurungkan", reason)
    return session


@transaction.atomic
def import_drop(*, actor: User, session: ImportSession) -> ImportSession:
    """Throws the file away before anything of it was saved. Raises Refusal."""
    session = _locked(actor, session, own=False)
    _require_step(session, State.DROPPED)
    session.state = State.DROPPED
    session.layout["samples"], session.excluded = [], []
    session.save()
    session.pieces.all().delete()
    session.faults.all().delete()
    _record(actor, session, audit.Action.CHANGE, "dibuang tanpa disimpan")
    return session


def clear_old(now: datetime) -> int:
    """As the engine: content of files that nobody needs any more, and staged rows of sessions that are over."""
    kept = ImportSession.objects.filter(cleared=False)
    late = kept.filter(created_at__lt=now - timedelta(days=KEPT_DAYS))
    over = kept.filter(state__in=[State.DROPPED, State.UNDONE])
    found = (late | over).order_by("pk").select_for_update(skip_locked=True)[:200]
    cleared = [session for session in found if not is_busy(session)]
    for session in cleared:
        staging.drop(session.pk)
        session.pieces.all().delete()
        session.state = resting(session, busy=False)
        if session.state in (State.MAPPING, State.CHECKED):
            session.state = State.DROPPED
        session.layout["samples"], session.excluded, session.questions, session.cleared = [], [], [], True
        session.save()
    return len(cleared)


# --- shared ---------------------------------------------------------------------


def resting(session: ImportSession, *, busy: bool) -> str:
    """The state, or the one it fell back to when no job is at work on it any more."""
    return session.state if busy else FALLBACK.get(State(session.state), State(session.state)).value


def is_busy(session: ImportSession) -> bool:
    return Job.objects.open().filter(kind=JOB, key=str(session.pk)).exists()


def _locked(actor: User, session: ImportSession, *, own: bool = True) -> ImportSession:
    """The session as it is now; `own`: only its uploader may, to whom alone the staged rows are shown.

    The right is asked for first: row security hides from a lock what may not be changed.
    """
    require(actor, Right.ENTER, session.region_id)
    rows = ImportSession.objects.visible_to(actor).select_related("region", "user")
    row = rows.select_for_update(of=("self",), no_key=True).get(pk=session.pk)
    if own and row.user_id != actor.pk:
        raise refusals.not_yours(row)
    row.state = resting(row, busy=is_busy(row))
    return row


def _require_step(session: ImportSession, then: ImportSession.State) -> None:
    if not IMPORT.may_follow(session.state, then):
        raise refusals.wrong_step(session)
    if then in (State.CHECKING, State.DROPPED) and session.cleared:
        raise refusals.cleared(session)


def _queue(actor: User, session: ImportSession, act: str, *, expected: int = 0) -> None:
    params = {"session": session.pk, "act": act, "kind": session.kind}
    jobs.job_open(kind=JOB, key=str(session.pk), region=session.region_id, user=actor, params=params, expected=expected)


def _record(actor: User, session: ImportSession, action: str, what: str, reason: str = "") -> None:
    audit.record(
        actor=actor, action=action, target=session, region=session.region_id,
        summary=f"Impor berkas {session.name} {what}", reason=reason,
    )  # fmt: skip
