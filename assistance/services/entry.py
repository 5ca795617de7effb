"""What every entry into this app must satisfy, whatever the noun."""

from datetime import date
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet

from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import BudgetYear, Programme, Region, TargetGroup, User
from pilar.core.rights import Right
from pilar.core.scoping import reach_of, require

M = TypeVar("M", bound=Model)
HIGHER_ADMIN = "Wewenang diatur oleh admin wilayah di atas Anda di halaman Pengguna & wewenang."


def require_entry(actor: User, region: int, programme: Programme | None = None) -> None:
    """Raises Refusal unless the actor may enter rows there, and of that programme."""
    require_for(actor, Right.ENTER, region, programme)


def require_for(actor: User, right: Right, region: int, programme: Programme | None) -> None:
    """Raises Refusal unless the actor holds that right there, and for that programme."""
    require(actor, right, region)
    if programme is None:
        return
    slots = [slot for slot in reach_of(actor).slots_for(right) if slot.covers(region)]
    if not any(not slot.programmes or programme.pk in slot.programmes for slot in slots):
        raise Refusal(
            f"Wewenang Anda di wilayah ini tidak mencakup program {programme.name}.", HIGHER_ADMIN, rule="wewenang"
        )


def held_row(rows: QuerySet[M], pk: int) -> M:
    """The row as it is now, which nobody changes until this transaction ends.

    Raises Refusal for a row that the actor may read and not change: row security hides it from a lock, so that the
    acts that ask for their right on what they hold would not find it. DoesNotExist for one that he may not read.
    """
    row = rows.select_for_update(of=("self",), no_key=True).filter(pk=pk).first()
    if row is None:
        rows.get(pk=pk)  # a foreign row is not there at all
        raise Refusal("Anda hanya boleh membaca data ini, tidak mengubahnya.", HIGHER_ADMIN, rule="wewenang")
    return row


def may_see_sensitive(actor: User) -> bool:
    """Whether sensitive PAS groups are shown to the actor: the same answer as the gate's."""
    return bool(reach_of(actor).personal)


def require_group(actor: User, group: TargetGroup) -> None:
    """Raises Refusal when the group is specific personal data that the actor may not see."""
    if group.sensitive and not may_see_sensitive(actor):
        raise Refusal(
            f"Kelompok {group.name} adalah data pribadi spesifik, dan Anda belum berwenang membuka data pribadi.",
            f"Minta petugas yang berwenang mengisinya. {HIGHER_ADMIN}",
            rule="data_pribadi",
        )


def day_within(name: str, day: date | None, *, earliest: date, why: str, today: date) -> date:
    """`day` itself when it lies from `earliest` to `today`.

    Args:
        why: what happened on `earliest`, for the sentence.
    Raises ValidationError on the field `name`.
    """
    if day is None:
        raise ValidationError({name: "Tanggal wajib diisi."})
    if day > today:
        raise ValidationError({name: f"Tanggal {tanggal(day)} belum tiba; yang dicatat adalah yang sudah terjadi."})
    if day < earliest:
        raise ValidationError({name: f"Tanggal {tanggal(day)} mendahului {why} ({tanggal(earliest)})."})
    return day


def require_note(year: BudgetYear, note: str, *, field: str, today: date) -> None:
    """A closed year takes corrections, each with its reason in writing. Raises ValidationError on `field`."""
    if year.closed_on and year.closed_on <= today and not note.strip():
        raise ValidationError(
            {
                field: f"Tahun anggaran {year} sudah ditutup ({tanggal(year.closed_on)}). "
                "Koreksi masih boleh, tetapi sebabnya wajib ditulis di sini."
            }
        )


def require_valid(region: Region, *, today: date) -> None:
    """Raises ValidationError when the code ended: a code is never reused, rows are never re-coded."""
    if region.valid_until and region.valid_until <= today:
        raise ValidationError(
            {"region": f"Kode {region.dotted} ({region.name}) tidak berlaku lagi. Pakai kode penerusnya."}
        )


def save_checked(row: Model) -> None:
    """Saves after field and constraint checks. Related rows are taken as they are: callers hold them already.

    Raises ValidationError with the sentences of the model's own constraints.
    """
    fields = row._meta.concrete_fields
    skipped = {f.name for f in fields if f.is_relation or (f.null and getattr(row, f.attname) is None)}
    row.clean_fields(exclude=skipped)
    row.clean()
    row.validate_constraints()
    row.save()
