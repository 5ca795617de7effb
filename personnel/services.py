"""Changes to people and their assignments; both doors call these."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from personnel.models import Assignment, Personnel
from pilar.core import audit, crypto, nik, regions
from pilar.core.errors import Refusal
from pilar.core.models import Pillar, Region, User
from pilar.core.personal import nik_probe
from pilar.core.regions import LEVEL_NAMES, Level
from pilar.core.rights import Right
from pilar.core.scoping import require


@dataclass(frozen=True)
class PersonEntry:
    """What an officer states about a person; `region` is the office that manages the record."""

    name: str
    sex: str
    birth_date: date
    employment: str
    region: Region
    phone: str = ""


@dataclass(frozen=True)
class AssignmentEntry:
    """A place in a pillar; the SK may be missing and is then shown as missing."""

    pillar: Pillar
    position: str
    region: Region
    valid_from: date
    sk_number: str = ""
    sk_date: date | None = None
    sk_until: date | None = None
    sk_issuer: str = ""
    is_primary: bool = True


@transaction.atomic
def personnel_register(
    *, actor: User, nik_text: str, person: PersonEntry, assignment: AssignmentEntry, today: date
) -> Personnel:
    """A new person together with the first assignment.

    Raises ValidationError per field, and Refusal when the NIK is registered already: it says where.
    """
    require(actor, Right.ENTER, person.region.pk)
    number = nik.validate(nik_text)
    if (known := nik_probe(actor=actor, nik=number)).regency:
        raise ValidationError(
            {"nik": f"NIK ini sudah {known}. Cari orangnya, atau minta daerah itu melepas lebih dahulu."}
        )
    if person.birth_date > today:
        raise ValidationError({"birth_date": "Tanggal lahir tidak boleh sesudah hari ini."})
    row = Personnel(nik_cipher=crypto.encrypt(number), nik_index=crypto.blind_index(number), **_person(person))
    row.full_clean(exclude=["nik_cipher", "nik_index"])
    row.save()
    assignment_add(actor=actor, person=row, entry=assignment)
    audit.record(
        actor=actor, action=audit.Action.CREATE, target=row, region=row.region_id, summary=f"Personel baru: {row.name}"
    )
    return row


@transaction.atomic
def personnel_change(*, actor: User, person: Personnel, entry: PersonEntry, version: int, today: date) -> Personnel:
    """Corrects a person's data.

    Raises Refusal when somebody else saved since `version` was read: nothing is overwritten unseen.
    """
    row = Personnel.objects.select_for_update().get(pk=person.pk)
    require(actor, Right.ENTER, row.region_id)
    require(actor, Right.ENTER, entry.region.pk)
    if row.version != version:
        raise Refusal(
            "Orang lain menyimpan data ini lebih dahulu, jadi isian Anda belum disimpan.",
            "Bandingkan isian Anda dengan data sekarang di bawah, lalu simpan lagi.",
            rule="versi",
        )
    if entry.birth_date > today:
        raise ValidationError({"birth_date": "Tanggal lahir tidak boleh sesudah hari ini."})
    before = _stated(row)
    for name, value in _person(entry).items():
        setattr(row, name, value)
    row.version += 1
    row.full_clean(exclude=["nik_cipher", "nik_index"])
    row.save()
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=row,
        region=row.region_id,
        summary="Diubah: " + (", ".join(_changed(before, _stated(row))) or "tidak ada"),
    )
    return row


@transaction.atomic
def assignment_add(*, actor: User, person: Personnel, entry: AssignmentEntry) -> Assignment:
    """Raises ValidationError when the area does not fit the pillar, or the period overlaps another."""
    require(actor, Right.ENTER, entry.region.pk)
    _check_area(entry)
    row = Assignment(
        person=person,
        pillar=entry.pillar,
        position=entry.position,
        region=entry.region,
        valid_from=entry.valid_from,
        sk_number=entry.sk_number,
        sk_date=entry.sk_date,
        sk_until=entry.sk_until,
        sk_issuer=entry.sk_issuer,
        is_primary=entry.is_primary,
    )
    row.full_clean()
    row.save()
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=row,
        region=row.region_id,
        summary=f"Penugasan {row.pillar} di {row.region} untuk {person.name}",
    )
    return row


@transaction.atomic
def assignment_end(*, actor: User, assignment: Assignment, on: date, reason: str) -> Assignment:
    """`on` is the last day of service. Raises Refusal when it has ended already."""
    row = Assignment.objects.select_for_update(of=("self",)).select_related("pillar", "region").get(pk=assignment.pk)
    require(actor, Right.ENTER, row.region_id)
    if row.valid_until is not None and row.end_reason:
        raise Refusal(
            "Penugasan ini sudah diakhiri.",
            "Tambahkan penugasan baru bila orangnya bertugas lagi.",
            rule="sudah_berakhir",
        )
    row.valid_until, row.end_reason = on, reason
    row.full_clean()
    row.save(update_fields=["valid_until", "end_reason"])
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=row,
        region=row.region_id,
        summary=f"Penugasan {row.pillar} di {row.region} berakhir: {row.get_end_reason_display()}",
    )
    return row


def _check_area(entry: AssignmentEntry) -> None:
    """A work area lies at the pillar's level or above (a TKSK at a kecamatan, a korwil at a province)."""
    level, lowest = regions.level_of(entry.region.pk), Level(entry.pillar.area_level)
    if level > max(lowest, Level.DISTRICT):
        raise ValidationError(
            {"work_region": f"{entry.pillar} bertugas paling rendah di {LEVEL_NAMES[lowest]}; "
                            f"{entry.region} adalah {LEVEL_NAMES[level]}."}
        )  # fmt: skip


def _person(entry: PersonEntry) -> dict[str, object]:
    return {
        "name": entry.name,
        "sex": entry.sex,
        "birth_date": entry.birth_date,
        "employment": entry.employment,
        "region": entry.region,
        "phone": entry.phone,
    }


def _stated(row: Personnel) -> dict[str, str]:
    """Label -> text of what an entry states; also shown when two officers edit at once."""
    return {
        "Nama": row.name,
        "Jenis kelamin": row.get_sex_display(),
        "Tanggal lahir": row.birth_date.isoformat(),
        "Status kepegawaian": row.get_employment_display(),
        "Telepon": row.phone,
        "Pengelola": str(row.region),
    }


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Names only: the trail keeps no personal data."""
    return [name.lower() for name in before if before[name] != after[name]]
