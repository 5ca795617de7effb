"""Surat peringatan in their order, and putusan Komisi Etik; what was wrong is withdrawn with a reason."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from personnel.models import Assignment, Sanction
from personnel.rules import require_pillar
from pilar.core import audit
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import User

Kind = Sanction.Kind


@dataclass(frozen=True)
class SanctionEntry:
    """`on`: the date of the letter."""

    kind: str
    number: str
    on: date
    issuer: str
    about: str


@transaction.atomic
def sanction_record(*, actor: User, assignment: Assignment, entry: SanctionEntry, today: date) -> Sanction:
    """Raises Refusal (right, SP2 before SP1) or ValidationError (fields, day, the letter exists)."""
    require_pillar(actor, assignment.region_id, assignment.pillar)
    rows = Assignment.objects.select_for_update(of=("self",), no_key=True).select_related("pillar", "region")
    held = rows.get(pk=assignment.pk)
    if entry.kind not in Kind.values:
        raise ValidationError({"kind": f"Pilih satu jenis: {', '.join(Kind.values)}."})
    if entry.on > today:
        raise ValidationError({"on": f"Tanggal {tanggal(entry.on)} belum tiba; yang dicatat adalah surat yang terbit."})
    if entry.on < held.valid_from:
        raise ValidationError({"on": f"Surat mendahului TMT penugasan ini ({tanggal(held.valid_from)})."})
    _require_order(held, entry)
    row = Sanction(
        assignment=held,
        person_id=held.person_id,
        pillar_id=held.pillar_id,
        region_id=held.region_id,
        kind=entry.kind,
        on=entry.on,
        **{name: " ".join(getattr(entry, name).split()) for name in ("number", "issuer", "about")},
    )
    row.validate_constraints()
    row.save()
    _audited(actor, row, f"{row.get_kind_display()} tercatat", created=True)
    return row


def _require_order(assignment: Assignment, entry: SanctionEntry) -> None:
    """A letter comes after the one before it."""
    if entry.kind not in Sanction.LETTERS[1:]:
        return
    before = Sanction.LETTERS[Sanction.LETTERS.index(Kind(entry.kind)) - 1]
    given = Sanction.objects.filter(assignment=assignment, kind=before, withdrawn_on=None).first()
    if given is None:
        raise Refusal(
            f"{entry.kind.upper()} belum bisa dicatat: {before.upper()} untuk penugasan ini belum ada.",
            f"Catat {before.upper()} dahulu. Urutan ini tidak dapat dikecualikan.",
            rule="urutan_peringatan",
        )
    if entry.on < given.on:
        raise ValidationError({"on": f"Tanggal mendahului {before.upper()} ({tanggal(given.on)})."})


@transaction.atomic
def sanction_withdraw(*, actor: User, sanction: Sanction, why: str, today: date) -> Sanction:
    """It counts no more and stays readable. Raises Refusal (right, withdrawn already, a later letter) or
    ValidationError without a reason."""
    require_pillar(actor, sanction.region_id, sanction.pillar)
    row = Sanction.objects.select_for_update(of=("self",), no_key=True).select_related("pillar").get(pk=sanction.pk)
    if row.withdrawn_on:
        raise Refusal(
            f"Catatan ini sudah dicabut pada {tanggal(row.withdrawn_on)}.",
            "Tidak ada yang perlu dilakukan.",
            rule="sudah_dicabut",
        )
    if not why.strip():
        raise ValidationError({"why": "Tulis sebab pencabutan; orangnya membacanya."})
    later = Sanction.LETTERS[Sanction.LETTERS.index(Kind(row.kind)) + 1 :] if row.kind in Sanction.LETTERS else ()
    if Sanction.objects.filter(assignment=row.assignment_id, kind__in=later, withdrawn_on=None).exists():
        raise Refusal(
            f"{row.kind.upper()} belum bisa dicabut: surat sesudahnya masih berlaku.",
            "Cabut surat peringatan yang terakhir dahulu.",
            rule="urutan_peringatan",
        )
    row.withdrawn_on, row.withdrawn_why = today, " ".join(why.split())
    row.save(update_fields=["withdrawn_on", "withdrawn_why"])
    _audited(actor, row, f"{row.get_kind_display()} dicabut", row.withdrawn_why)
    return row


def letters_missing(assignment: Assignment) -> list[str]:
    """Of SP1, SP2, SP3 those that are not in force for the assignment."""
    given = set(Sanction.objects.filter(assignment=assignment, withdrawn_on=None).values_list("kind", flat=True))
    return [kind.upper() for kind in Sanction.LETTERS if kind not in given]


def _audited(actor: User, row: Sanction, what: str, reason: str = "", *, created: bool = False) -> None:
    audit.record(
        actor=actor,
        action=audit.Action.CREATE if created else audit.Action.CHANGE,
        target=row,
        region=row.region_id,
        summary=f"Disiplin: {what} untuk {row.person}",
        reason=reason,
    )
