"""Who is registered, once in the nation, and what an officer may mend of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from assistance.models import Beneficiary, Circumstance, GroupMembership
from assistance.services.entry import day_within, held_row, require_entry, require_group, require_valid, save_checked
from assistance.services.twins import CONFIRM, ProbableTwin, twins_of
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


@dataclass(frozen=True)
class PersonFacts:
    """What may be mended of a registered person; the NIK may not."""

    name: str
    sex: str
    birth_date: date
    region: Region


@transaction.atomic
def beneficiary_register(*, actor: User, entry: BeneficiaryEntry, today: date, different: bool = False) -> Beneficiary:
    """Registers a person (or a family by its head) with the PAS groups he belongs to.

    Args:
        different: an officer confirms that people of that name are somebody else.
    Raises:
        Refusal: no right in the region, a sensitive group without the right, or a NIK registered already.
        ProbableTwin: somebody alike is registered, and `different` was not said.
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
    _require_new(actor, person)
    twins = twins_of(actor, name=person.name, birth_date=person.birth_date, region=entry.region)
    if twins and not different:
        raise ProbableTwin(twins)
    _save_once(person)
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
        reason=f"{CONFIRM}: {', '.join(str(twin.pk) for twin in twins)}" if twins else "",
    )
    return person


@transaction.atomic
def beneficiary_change(
    *, actor: User, person: Beneficiary, facts: PersonFacts, version: int, today: date
) -> Beneficiary:
    """Mends name, sex, birth date and home; PAS groups and circumstances move along with the person.

    Raises Refusal without the right in the old and the new home, or when somebody else saved since
    `version` was read: nothing is overwritten unseen. Raises ValidationError per field.
    """
    rows = Beneficiary.objects.visible_to(actor).select_related("region")
    row = held_row(rows, person.pk)
    require_entry(actor, row.region_id)
    require_entry(actor, facts.region.code)
    if row.version != version:
        raise Refusal(
            "Orang lain menyimpan data ini lebih dahulu, jadi isian Anda belum disimpan.",
            "Bandingkan isian Anda dengan data sekarang, lalu simpan lagi.",
            rule="versi",
        )
    moved = facts.region.code != row.region_id
    _check_home(facts.region, facts.birth_date, today, moved=moved)
    name = " ".join(facts.name.split())
    said = {
        "nama": name != row.name,
        "jenis kelamin": facts.sex != row.sex,
        "tanggal lahir": facts.birth_date != row.birth_date,
        f"tempat tinggal dari {row.region} ke {facts.region}": moved,
    }
    row.name, row.sex, row.birth_date, row.region = name, facts.sex, facts.birth_date, facts.region
    row.version += 1
    save_checked(row)
    if moved:
        Circumstance.objects.filter(beneficiary=row).update(region=facts.region)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pilar_follow_home(%s)", [row.pk])
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=row,
        region=row.region_id,
        summary="Diubah: " + (", ".join(what for what, changed in said.items() if changed) or "tidak ada"),
    )
    return row


def _check_home(region: Region, birth: date, today: date, *, moved: bool = True) -> None:
    """A home lies in a kabupaten/kota at least; an ended code stays where it stands but takes nobody new."""
    if moved:
        require_valid(region, today=today)
    if region.level < regions.Level.REGENCY:
        raise ValidationError({"region": "Tempat tinggal diisi paling sedikit sampai kabupaten/kota."})
    day_within("birth_date", birth, earliest=date(today.year - OLDEST, 1, 1), why="batas umur yang wajar", today=today)


def _check(actor: User, entry: BeneficiaryEntry, today: date) -> None:
    birth = entry.birth_date
    _check_home(entry.region, birth, today)
    if not entry.belongings:
        raise ValidationError({"belongings": "Pilih paling sedikit satu kelompok PAS."})
    groups = [belonging.group.pk for belonging in entry.belongings]
    if len(groups) != len(set(groups)):
        raise ValidationError({"belongings": "Satu kelompok PAS tertulis dua kali; hapus salah satunya."})
    for belonging in entry.belongings:
        require_group(actor, belonging.group)
        day_within("belongings", belonging.since, earliest=birth, why="tanggal lahir", today=today)


def _require_new(actor: User, person: Beneficiary) -> None:
    if known := Beneficiary.objects.visible_to(actor).filter(nik_index=person.nik_index).first():
        raise _registered(f"atas nama {known.name} di wilayah Anda", "Cari orang itu, lalu pilih namanya.")


def _save_once(person: Beneficiary) -> None:
    """The NIK is unique in the nation; a person whom the gate hides is met only at the constraint."""
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
