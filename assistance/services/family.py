"""Family cards, guardians and payees of a beneficiary, each with its time."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from assistance.models import Beneficiary, FamilyCard, Guardian
from assistance.services.entry import day_within, held_row, require_entry, save_checked
from pilar.core import audit
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import User

CARD_LENGTH = 16


@dataclass(frozen=True)
class GuardianEntry:
    """Attributes: role one of Guardian.Role; nik may be empty."""

    role: str
    name: str
    relation: str
    since: date | None
    nik: str = ""


def card_number(text: str) -> str:
    """The number without blanks. Raises ValidationError; nothing but its length can be checked (domain.md 5.4)."""
    number = text.replace(" ", "").replace(".", "")
    if not (number.isascii() and number.isdigit()) or len(number) != CARD_LENGTH:
        raise ValidationError({"number": f"Nomor KK harus {CARD_LENGTH} angka; yang ditulis {len(number)} tanda."})
    return number


@transaction.atomic
def card_record(*, actor: User, person: Beneficiary, number: str, since: date | None, today: date) -> FamilyCard:
    """A new card takes the place of the one before, which ends on the day before. The number is never audited.

    Raises Refusal without the right, ValidationError for the number or the day.
    """
    require_entry(actor, person.region_id)
    day = day_within("since", since, earliest=person.birth_date, why="tanggal lahir", today=today)
    row = FamilyCard(beneficiary=person, valid_from=day)
    row.set_number(card_number(number))
    _succeed(FamilyCard.objects.filter(beneficiary=person), day)
    save_checked(row)
    _record(actor, person, row, audit.Action.CREATE, f"{person.name}: kartu keluarga sejak {tanggal(day)}")
    return row


@transaction.atomic
def guardian_record(*, actor: User, person: Beneficiary, entry: GuardianEntry, today: date) -> Guardian:
    """A new guardian or payee takes the place of the one before, who ends on the day before.

    Raises Refusal (right, the person himself) or ValidationError per field.
    """
    require_entry(actor, person.region_id)
    day = day_within("since", entry.since, earliest=person.birth_date, why="tanggal lahir", today=today)
    row = Guardian(
        beneficiary=person,
        role=entry.role,
        name=" ".join(entry.name.split()),
        relation=" ".join(entry.relation.split()),
        valid_from=day,
    )
    if entry.nik.strip():
        try:
            row.set_nik(entry.nik)
        except ValidationError as error:
            raise ValidationError({"nik": error.messages}) from error
        if bytes(row.nik_index) == bytes(person.nik_index):
            raise Refusal(
                f"NIK itu milik {person.name} sendiri; wali atau penerima kuasa adalah orang lain.",
                "Periksa angkanya menurut KTP walinya, atau kosongkan. Aturan ini tidak dapat dikecualikan.",
                rule="wali_diri_sendiri",
            )
    _succeed(Guardian.objects.filter(beneficiary=person, role=row.role), day)
    save_checked(row)
    said = f"{person.name}: {row.get_role_display()} {row.name} sejak {tanggal(day)}"
    _record(actor, person, row, audit.Action.CREATE, said)
    return row


@transaction.atomic
def guardian_end(*, actor: User, guardian: Guardian, on: date | None, today: date) -> Guardian:
    """`on` is the last day. Raises Refusal (right, ended already) or ValidationError (day)."""
    rows = Guardian.objects.visible_to(actor).select_related("beneficiary")
    row = held_row(rows, guardian.pk)
    person = row.beneficiary
    require_entry(actor, person.region_id)
    if row.valid_until:
        raise Refusal(
            f"{row.name} sudah berakhir sebagai {row.get_role_display()} pada {tanggal(row.valid_until)}.",
            "Catat lagi bila ia kembali menjadi wali atau kuasa. Yang sudah berakhir tidak diubah.",
            rule="wali_berakhir",
        )
    row.valid_until = day_within("on", on, earliest=row.valid_from, why="tanggal mulainya", today=today)
    save_checked(row)
    said = f"{person.name}: {row.get_role_display()} {row.name} berakhir {tanggal(row.valid_until)}"
    _record(actor, person, row, audit.Action.CHANGE, said)
    return row


def _succeed(rows: Any, day: date) -> None:
    """Ends the open row on the day before. Raises ValidationError when it began that day or later."""
    before = rows.filter(valid_until=None).select_for_update(no_key=True).first()
    if before is None:
        return
    if before.valid_from >= day:
        raise ValidationError(
            {"since": f"Yang sekarang tercatat sejak {tanggal(before.valid_from)}; tulis tanggal sesudahnya."}
        )
    before.valid_until = day - timedelta(days=1)
    before.save(update_fields=["valid_until"])


def _record(actor: User, person: Beneficiary, row: FamilyCard | Guardian, action: str, summary: str) -> None:
    audit.record(actor=actor, action=action, target=row, region=person.region_id, summary=summary)
