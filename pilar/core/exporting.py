"""Taking a list away: at once when it is short, as a job when it is long; scoped, recorded, for a time."""

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.storage import storages
from django.db import transaction
from django.db.models import QuerySet

from pilar.core import audit, exports
from pilar.core.errors import Refusal
from pilar.core.export_files import FORMATS, write
from pilar.core.exports import ListExport
from pilar.core.formatting import WIB, angka
from pilar.core.jobs import job_open
from pilar.core.models import Job, User
from pilar.core.personal import SHORTEST_REASON
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.sealed import Sealing, unsealed

KIND = "unduhan"
SPOOL = 8 * 1024 * 1024  # bytes that stay in memory


@dataclass(frozen=True)
class ExportEntry:
    """Attributes:
    query: the list's own filters, as in its address.
    reason: why personal data are opened; empty leaves them masked.
    """

    export: ListExport
    form: str
    query: str = ""
    reason: str = ""

    @property
    def personal(self) -> bool:
        return bool(self.reason)


@dataclass(frozen=True)
class Made:
    """A file to hand out at once (from its beginning), or the job that makes it."""

    name: str
    content: IO[bytes] | None = None
    job: Job | None = None


@transaction.atomic
def export_make(*, actor: User, entry: ExportEntry, now: datetime, at_once: bool = True) -> Made:
    """The file when the list is short and `at_once`; else a job. Recorded either way.

    Raises Refusal (list not open to the actor, no right to personal data) or ValidationError (filter, format, reason).
    """
    entry = checked(actor, entry)
    rows = exports.rows_of(entry.export, actor, entry.query)
    if at_once and is_short(rows):
        content = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - handed out
        count = write(entry.export, rows, actor, entry.form, content, personal=entry.personal)
        content.seek(0)
        _record(actor, entry, f"{angka(count)} baris")
        return Made(file_name(entry, now), content=content)
    _record(actor, entry, "di belakang layar")
    return Made(file_name(entry, now), job=_open(actor, entry))


def is_short(rows: QuerySet[Any]) -> bool:
    """Asked with a limit: a long list is not counted to its end."""
    limit: int = settings.EXPORT_AT_ONCE
    count: int = rows.order_by()[: limit + 1].count()
    return count <= limit


def checked(actor: User, entry: ExportEntry) -> ExportEntry:
    """With its reason in one line."""
    reach = reach_of(actor)
    export, reason = entry.export, " ".join(entry.reason.split())
    if not reach.view:
        raise Refusal(
            f"{export.title} tidak bisa diunduh: akun Anda belum punya wewenang di wilayah mana pun.",
            "Minta admin wilayah Anda memberikannya di halaman Pengguna & wewenang.",
            rule="wewenang",
        )
    if entry.form not in FORMATS:
        raise ValidationError({"form": f"Pilih salah satu bentuk: {', '.join(FORMATS)}."})
    if reason and not may_open(actor, export):
        raise Refusal(
            f"Data pribadi dalam {export.title} tidak bisa dibuka: Anda tidak memegang hak membuka data pribadi.",
            "Kosongkan alasannya untuk mengunduh dengan data pribadi disamarkan, atau minta hak itu kepada admin.",
            rule="wewenang",
        )
    if reason and len(reason) < SHORTEST_REASON:
        raise ValidationError(
            {"reason": f"Tulis untuk apa data pribadi dibuka, paling sedikit {SHORTEST_REASON} huruf."}
        )
    return replace(entry, reason=reason)


def may_open(actor: User, export: ListExport) -> bool:
    return export.has_personal and bool(reach_of(actor).slots_for(Right.PERSONAL_DATA))


def file_name(entry: ExportEntry, now: datetime) -> str:
    return f"{entry.export.name}-{now.astimezone(WIB):%Y%m%d-%H%M}.{entry.form}"


def _open(actor: User, entry: ExportEntry) -> Job:
    """One job for each user, list, filter and format at a time."""
    asked = f"{actor.pk} {entry.query} {entry.form} {entry.reason}"
    key = f"{entry.export.name} {hashlib.sha256(asked.encode()).hexdigest()[:8]}"
    parameters = {"list": entry.export.name, "form": entry.form, "query": entry.query, "reason": entry.reason}
    return job_open(kind=KIND, key=key, region=reach_of(actor).view[0].lo, user=actor, params=parameters)


def _record(actor: User, entry: ExportEntry, count: str) -> None:
    filters = f", saringan {entry.query}" if entry.query else ""
    audit.record(
        actor=actor,
        action=audit.Action.READ_PERSONAL if entry.personal else audit.Action.EXPORT,
        target=entry.export.rows().model,
        region=actor.region_id,
        summary=f"Daftar {entry.export.title} diunduh sebagai {entry.form}, {count}{filters}",
        reason=entry.reason,
    )


# --- in the worker ---------------------------------------------------------------------


def entry_of(job: Job) -> ExportEntry:
    """Raises Refusal for a list that this version no longer has."""
    export = exports.get(job.params["list"])
    if export is None:
        raise Refusal("Daftar ini tidak ada lagi.", "Unduh lagi dari halamannya.", rule="daftar")
    return ExportEntry(export, job.params["form"], job.params["query"], job.params["reason"])


def export_write(*, actor: User, job: Job, check: Callable[[int], None]) -> tuple[str, int]:
    """Writes the sealed file and stores it; gives its name in the storage and its rows. In the actor's own scope."""
    entry = checked(actor, entry_of(job))
    with tempfile.TemporaryFile() as file:
        sealing = Sealing(file)
        rows = exports.rows_of(entry.export, actor, entry.query)
        count = write(entry.export, rows, actor, entry.form, sealing, personal=entry.personal, check=check)
        sealing.finish()
        file.seek(0)
        return storages["exports"].save(f"{job.pk}-{job.attempt}", File(file)), count


def discard(name: str) -> None:
    """What a job wrote that was taken over or cancelled meanwhile."""
    storages["exports"].delete(name)


# --- fetching ----------------------------------------------------------------------------


def own_exports(user: Any) -> QuerySet[Job]:
    rows: QuerySet[Job] = narrow_choices(Job.objects.all(), user).filter(kind=KIND, user=user)
    return rows


def expires_at(job: Job) -> datetime | None:
    return job.finished_at + timedelta(hours=settings.EXPORT_HOURS) if job.finished_at else None


def is_ready(job: Job, now: datetime) -> bool:
    end = expires_at(job)
    return job.state == Job.State.DONE and "file" in job.params and end is not None and now < end


def mark_of(actor: User) -> str:
    """What the actor may read and open, in one word; it is another one as soon as that changes."""
    reach = reach_of(actor)
    said = (reach.national, *sorted(map(repr, reach.view)), "buka", *sorted(map(repr, reach.personal)))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def export_fetch(*, actor: User, job: Job) -> tuple[str, Iterator[bytes]]:
    """Name and content of a file that is ready. Raises Refusal when the actor's reach changed since it was written."""
    if job.params.get("reach") != mark_of(actor):
        raise Refusal(
            "Berkas ini tidak bisa diambil: wewenang Anda berubah sejak berkas dibuat.",
            "Unduh lagi dari halaman daftarnya; isinya menurut wewenang Anda sekarang.",
            rule="wewenang",
        )
    return file_name(entry_of(job), job.created_at), _read(job.params["file"])


def _read(name: str) -> Iterator[bytes]:
    with storages["exports"].open(name) as file:
        yield from unsealed(file)


def expire(now: datetime) -> int:
    """Deletes files whose time is over, and what a killed worker left; how many. Run as the engine."""
    limit = now - timedelta(hours=settings.EXPORT_HOURS)
    named = Job.objects.filter(kind=KIND, params__has_key="file")
    for job in named.filter(finished_at__lt=limit):
        del job.params["file"]
        job.save(update_fields=["params"])
    storage = storages["exports"]
    stored = storage.listdir("")[1] if storage.exists("") else []
    kept = set(named.values_list("params__file", flat=True))
    over = [name for name in stored if name not in kept and storage.get_modified_time(name) < limit]
    for name in over:
        discard(name)
    return len(over)
