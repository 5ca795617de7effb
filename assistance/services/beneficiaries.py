from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assistance.models import Beneficiary, GroupMembership
from assistance.services.entry import day_within, require_entry, require_group, require_valid, save_checked
from pilar.core import audit, regions
from pilar.core.errors import Refusal
from pilar.core.models import Region, TargetGroup, User

OLDEST = 130  # years


@dataclass(frozen=True)
class Belonging:
    """A PAS group, or a sub-category of one, and the first day of belonging to it."""

    group: TargetGroup
    since: date


@dataclass(frozen=True)
class BeneficiaryEntry:
    """Attributes: sex "L" or "P"; nik as written, checked here; belongings at least one."""

    name: str
    nik: str
    sex: str
    birth_date: date
    region: Region
    belongings: Sequence[Belonging]


@transaction.atomic
def beneficiary_register(*, actor: User, entry: BeneficiaryEntry, today: date) -> Beneficiary:
    """Registers a person (or a family by its head) with the PAS groups he belongs to.

    Raises:
        Refusal: no right in the region, a sensitive group without the right, or a NIK registered already.
        ValidationError: NIK, dates, region above kabupaten, no group or one group twice.
    """
    require_entry(actor, entry.region.code)
    _check(actor, entry, today)
    person = Beneficiary(
        name=" ".join(entry.name.split()), sex=entry.sex, birth_date=entry.birth_date, region=entry.region
    )
    try:
        person.set_nik(entry.nik)
    except ValidationError as error:
        raise ValidationError({"nik": error.messages}) from error
    _save_once(actor, person)
    for belonging in entry.belongings:
        save_checked(
            GroupMembership(beneficiary=person, group=belonging.group, region=person.region, valid_from=belonging.since)
        )
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=person,
        region=person.region_id,
        summary=f"Penerima manfaat {person.name}, {len(entry.belongings)} kelompok PAS",
    )
    return person


def _check(actor: User, entry: BeneficiaryEntry, today: date) -> None:
    require_valid(entry.region, today=today)
    if entry.region.level < regions.Level.REGENCY:
        raise ValidationError({"region": "Tempat tinggal diisi paling sedikit sampai kabupaten/kota."})
    birth = entry.birth_date
    day_within("birth_date", birth, earliest=date(today.year - OLDEST, 1, 1), why="batas umur yang wajar", today=today)
    if not entry.belongings:
        raise ValidationError({"belongings": "Pilih paling sedikit satu kelompok PAS."})
    groups = [belonging.group.pk for belonging in entry.belongings]
    if len(groups) != len(set(groups)):
        raise ValidationError({"belongings": "Satu kelompok PAS tertulis dua kali; hapus salah satunya."})
    for belonging in entry.belongings:
        require_group(actor, belonging.group)
        day_within("belongings", belonging.since, earliest=birth, why="tanggal lahir", today=today)


def _save_once(actor: User, person: Beneficiary) -> None:
    """The NIK is unique in the nation; a person whom the gate hides is met only at the constraint."""
    if known := Beneficiary.objects.visible_to(actor).filter(nik_index=person.nik_index).first():
        raise _registered(f"atas nama {known.name} di wilayah Anda", "Cari orang itu, lalu pilih namanya.")
    try:
        with transaction.atomic():
            save_checked(person)
    except IntegrityError as error:
        raise _registered(
            "di wilayah lain",
            "Periksa angkanya; bila orangnya memang pindah, minta Dinas Sosial provinsi memindahkan datanya.",
        ) from error


def _registered(where: str, remedy: str) -> Refusal:
    return Refusal(f"NIK ini sudah terdaftar {where}; satu orang terdaftar satu kali.", remedy, rule="nik_terdaftar")
