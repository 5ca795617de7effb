"""Writing down data dasar wilayah: a correction is a new version of the same day, the old one stays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from pilar.core import audit
from pilar.core.errors import Refusal
from pilar.core.formatting import angka, tanggal
from pilar.core.models import Programme, Region, User
from pilar.core.rights import Right
from pilar.core.scoping import reach_of, require
from targets.models import BaseFigure


@dataclass(frozen=True)
class BaseEntry:
    """Attributes:
    programme: of a caseload; None for the population.
    number: people, or families where the programme counts families.
    """

    region: Region
    kind: str
    programme: Programme | None
    as_of: date
    number: int
    source: str
    reason: str = ""


@transaction.atomic
def basefigure_enter(*, actor: User, entry: BaseEntry, today: date) -> BaseFigure:
    """Raises Refusal (right, a correction without reason) or ValidationError (day, kind, number, source)."""
    require(actor, Right.ENTER, entry.region.code)
    _require_whole(actor, entry)
    if entry.as_of > today:
        raise ValidationError({"as_of": f"Tanggal {tanggal(entry.as_of)} belum tiba; data dasar dicatat sesudahnya."})
    newest = _newest(entry)
    if newest is not None and not entry.reason.strip():
        raise Refusal(
            f"{_named(newest)} {entry.region.name} per {tanggal(entry.as_of)} sudah tercatat: {angka(newest.number)}. "
            "Pembetulan memerlukan alasan.",
            "Isi kolom alasan, atau pakai tanggal lain bila ini data baru.",
            rule="alasan_versi_baru",
        )
    row = BaseFigure(
        region=entry.region,
        kind=entry.kind,
        programme=entry.programme,
        as_of=entry.as_of,
        number=entry.number,
        source=entry.source.strip(),
        version=newest.version + 1 if newest else 1,
        reason=entry.reason.strip() if newest else "",
        set_by=actor,
    )
    row.full_clean()
    row.save()
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=row,
        region=entry.region.code,
        summary=f"{_named(row)} per {tanggal(row.as_of)}: {angka(row.number)} (versi {row.version})",
        reason=row.reason or row.source,
    )
    return row


@transaction.atomic
def basefigures_enter(*, actor: User, entries: Sequence[BaseEntry], today: date) -> list[BaseFigure]:
    """All or none. What is stored with the same number already is left alone. Raises as `basefigure_enter`."""
    written = []
    for entry in entries:
        newest = _newest(entry)
        if newest is None or newest.number != entry.number:
            written.append(basefigure_enter(actor=actor, entry=entry, today=today))
    return written


def _newest(entry: BaseEntry) -> BaseFigure | None:
    """The newest version of that day, held until this transaction ends; a first one has no row to lock."""
    programme = entry.programme.pk if entry.programme else 0
    address = f"base {entry.region.code} {entry.kind} {programme} {entry.as_of}"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [address])
    same = BaseFigure.objects.filter(region=entry.region, kind=entry.kind, programme=entry.programme, as_of=entry.as_of)
    return same.order_by("-version").first()


def _require_whole(actor: User, entry: BaseEntry) -> None:
    """A grant for some programmes writes their caseloads only; one for pillars writes nothing here."""
    programme = entry.programme.pk if entry.programme else 0
    slots = [slot for slot in reach_of(actor).slots_for(Right.ENTER) if slot.covers(entry.region.code)]
    if not any(not slot.pillars and (not slot.programmes or programme in slot.programmes) for slot in slots):
        raise Refusal(
            "Wewenang Anda di wilayah ini hanya untuk program atau pilar tertentu, dan data dasar ini di luarnya.",
            "Minta petugas Dinas Sosial yang memegang seluruh wilayah ini mencatatnya.",
            rule="wewenang",
        )


def _named(row: BaseFigure) -> str:
    of = f" {row.programme.code}" if row.programme else ""
    return f"{row.get_kind_display().capitalize()}{of}"
