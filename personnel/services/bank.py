"""The account that tali asih is paid to: set, replaced, and opened with a reason."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from personnel.models import BankAccount, Personnel
from pilar.core import audit
from pilar.core.formatting import tanggal
from pilar.core.models import User
from pilar.core.personal import SHORTEST_REASON
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, require

SHORTEST, LONGEST = 6, 20


@dataclass(frozen=True)
class AccountEntry:
    """`number` as it was typed; `since`: the first day it is used."""

    bank: str
    number: str
    holder: str
    since: date


@transaction.atomic
def account_set(*, actor: User, person: Personnel, entry: AccountEntry, today: date) -> BankAccount:
    """From `since` the person is paid there; the account before ends the day before and stays readable.

    Raises Refusal (right) or ValidationError per field.
    """
    require(actor, Right.ENTER, person.region_id)  # before the lock: row security hides from it what one only reads
    owner = Personnel.objects.select_for_update(of=("self",), no_key=True).get(pk=person.pk)
    require(actor, Right.ENTER, owner.region_id)
    number = _number(entry.number)
    if entry.since > today:
        raise ValidationError({"since": f"Tanggal {tanggal(entry.since)} belum tiba; catat bila sudah dipakai."})
    before = BankAccount.objects.filter(person=owner).first()
    if before is not None and entry.since <= before.valid_from:
        raise ValidationError(
            {"since": f"Tanggal harus sesudah rekening sebelumnya dipakai ({tanggal(before.valid_from)})."}
        )
    if before is not None and before.valid_until is None:
        before.valid_until = entry.since - timedelta(days=1)
        before.save(update_fields=["valid_until"])
    row = BankAccount(
        person=owner,
        bank=" ".join(entry.bank.split()),
        holder=" ".join(entry.holder.split()),
        valid_from=entry.since,
    )
    row.set_number(number)
    row.clean_fields(exclude=("person", "number_cipher", "number_index", "valid_until"))
    row.validate_constraints()
    row.save()
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=owner,
        region=owner.region_id,
        summary=f"Rekening {row.bank} dipakai sejak {tanggal(row.valid_from)}",
    )
    return row


def _number(text: str) -> str:
    digits = re.sub(r"[\s.-]", "", text)
    if not (digits.isascii() and digits.isdigit()) or not SHORTEST <= len(digits) <= LONGEST:
        raise ValidationError(
            {"number": f"Nomor rekening terdiri atas {SHORTEST} sampai {LONGEST} angka; yang ditulis {len(digits)}."}
        )
    return digits


def account_warnings(*, actor: User, account: BankAccount) -> list[str]:
    """What is allowed and should be looked at: another holder's name, the same number with somebody else in sight."""
    found = []
    if account.holder.lower() != account.person.name.lower():
        found.append("Nama pemilik rekening berbeda dari nama orangnya; bank dapat menolak pembayaran.")
    others = narrow_choices(BankAccount.objects.select_related("person"), actor)
    twin = others.filter(number_index=bytes(account.number_index)).exclude(person=account.person_id).first()
    if twin is not None:
        found.append(f"Nomor rekening ini juga tercatat untuk {twin.person.name}. Periksa mana yang benar.")
    return found


@transaction.atomic
def account_reveal(*, actor: User, account: BankAccount, reason: str) -> str:
    """The plain number of one account; the act is recorded with its reason.

    Raises Refusal without the right in the person's region, ValidationError on `reason` when it says too little.
    """
    region = account.person.region_id
    require(actor, Right.PERSONAL_DATA, region)
    said = " ".join(reason.split())
    if len(said) < SHORTEST_REASON:
        raise ValidationError({"reason": f"Tulis untuk apa nomor dilihat, paling sedikit {SHORTEST_REASON} huruf."})
    audit.record(
        actor=actor,
        action=audit.Action.READ_PERSONAL,
        target=account.person,
        region=region,
        summary="Nomor rekening ditampilkan",
        reason=said,
    )
    return account.reveal_number()
