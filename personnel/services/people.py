"""Changes to people and their assignments; both doors call these."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from personnel.models import Assignment, Personnel, Termination
from personnel.rules import AssignmentEntry, PersonEntry, check_assignment, check_person, require_pillar
from personnel.services.photos import photos_follow
from personnel.services.service_rules import age_finding
from personnel.services.twins import SimilarPerson, twins_of
from pilar.core import audit, crypto, nik
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import User
from pilar.core.personal import nik_probe
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, require

#: code of the error on `nik` that `nik_holder` explains
TAKEN = "nik_terdaftar"
SEALED = ("nik_cipher", "nik_index")
LIFTS_AGE = (
    "Bila ia melanjutkan tugas sebelumnya, tandai “Melanjutkan tugas”. Batas umur adalah data acuan yang diubah "
    "admin pusat."
)
NIA_TAKEN = "NIA ini sudah dipakai orang lain, di sini atau di daerah lain; NIA tidak pernah dipakai ulang."


@transaction.atomic
def personnel_register(
    *,
    actor: User,
    nik_text: str,
    person: PersonEntry,
    assignment: AssignmentEntry,
    today: date,
    different: bool = False,
) -> Personnel:
    """A new person together with the first assignment; `different`: the officer compared those who are alike.

    The NIK is held against the register last: whether it is known can only be learnt by an entry
    that would otherwise register a person.
    Raises ValidationError per field; on `nik` with code TAKEN when somebody has it already; SimilarPerson.
    """
    require(actor, Right.ENTER, person.region.pk)
    require_pillar(actor, assignment.region.pk, assignment.pillar)
    number = _number(nik_text)
    check_person(person, today)
    check_assignment(assignment, born=person.birth_date, today=today)
    _require_age(assignment, person.birth_date)
    row = Personnel(nik_cipher=crypto.encrypt(number), nik_index=crypto.blind_index(number), **_fields(person))
    row.full_clean(exclude=SEALED)
    _placed(assignment).full_clean(exclude=["person"])
    _save_once(row)
    if not different:
        twins = twins_of(actor, name=row.name, birth_date=row.birth_date, phone=row.phone, but=row.pk)
        if twins:
            raise SimilarPerson(twins)
    _assign(actor, row, assignment)
    audit.record(
        actor=actor, action=audit.Action.CREATE, target=row, region=row.region_id, summary=f"Personel baru: {row.name}"
    )
    return row


def _number(text: str) -> str:
    try:
        return nik.validate(text)
    except ValidationError as error:
        raise ValidationError({"nik": error.messages}) from error


def _save_once(row: Personnel) -> None:
    """The unique key decides, also between two officers who press at the same moment."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "personnel_nia_once" in str(error):
            raise ValidationError({"nia": NIA_TAKEN}) from error
        if "nik_index" not in str(error):
            raise
        taken = ValidationError("NIK ini sudah terdaftar; satu orang dicatat sekali.", code=TAKEN)
        raise ValidationError({"nik": taken}) from error


@dataclass(frozen=True)
class Holder:
    """Who has a NIK already: `person` where the asker may see the record, else the sentence names the place."""

    person: Personnel | None
    sentence: str


def nik_holder(*, actor: User, nik_text: str) -> Holder:
    """Explains a refusal with code TAKEN. Call it after the refused entry is rolled back.

    A question about people out of sight is recorded and limited per hour (`nik_probe`); inside the
    refused entry's transaction that record would be lost with it.
    """
    number = _number(nik_text)
    own = narrow_choices(Personnel.objects.all(), actor).filter(nik_index=crypto.blind_index(number)).first()
    if own:
        return Holder(own, f"NIK ini sudah terdaftar atas nama {own.name}. Tambahkan penugasan di halamannya.")
    try:
        place = nik_probe(actor=actor, nik=number)
    except Refusal as refusal:
        return Holder(None, f"NIK ini sudah terdaftar di daerah lain. {refusal}")
    return Holder(None, f"NIK ini sudah {place}. Satu orang dicatat sekali; minta daerah itu melepasnya lebih dahulu.")


def nik_warnings(person: Personnel) -> list[str]:
    """Differences between NIK and record that are allowed, as sentences; the number itself stays here."""
    female = person.sex == Personnel.Sex.FEMALE
    return nik.warnings(person.reveal_nik(), birth_date=person.birth_date, female=female)


@transaction.atomic
def personnel_change(*, actor: User, person: Personnel, entry: PersonEntry, version: int, today: date) -> Personnel:
    """Corrects a person's data.

    Raises Refusal when somebody else saved since `version` was read: nothing is overwritten unseen.
    """
    require(actor, Right.ENTER, person.region_id)  # before the lock: row security hides from it what one only reads
    row = Personnel.objects.select_for_update(of=("self",)).select_related("region").get(pk=person.pk)
    require(actor, Right.ENTER, row.region_id)
    require(actor, Right.ENTER, entry.region.pk)
    if row.version != version:
        raise Refusal(
            "Orang lain menyimpan data ini lebih dahulu, jadi isian Anda belum disimpan.",
            "Bandingkan isian Anda dengan data sekarang, lalu simpan lagi.",
            rule="versi",
        )
    check_person(entry, today)
    before = stated(row)
    for name, value in _fields(entry).items():
        setattr(row, name, value)
    row.version += 1
    row.full_clean(exclude=SEALED)
    _save_once(row)
    photos_follow(row)
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=row,
        region=row.region_id,
        summary="Diubah: " + (", ".join(_changed(before, stated(row))) or "tidak ada"),
    )
    return row


@transaction.atomic
def assignment_add(*, actor: User, person: Personnel, entry: AssignmentEntry, today: date) -> Assignment:
    """Raises ValidationError when the area does not fit the pillar, or the period overlaps another."""
    require_pillar(actor, entry.region.pk, entry.pillar)
    check_assignment(entry, born=person.birth_date, today=today)
    if not Assignment.objects.filter(person=person, pillar=entry.pillar).exists():
        _require_age(entry, person.birth_date)
    _placed(entry, person=person).full_clean()
    return _assign(actor, person, entry)


def _require_age(entry: AssignmentEntry, born: date) -> None:
    """At recruitment only (domain.md 2.3); who served before keeps his place whatever his age."""
    if not entry.continues and (finding := age_finding(entry.pillar, born, entry.valid_from)):
        raise ValidationError({"valid_from": f"{finding} {LIFTS_AGE}"})


def assignment_warnings(assignment: Assignment) -> list[str]:
    """Differences to the rules of recruitment that are allowed, as sentences."""
    finding = age_finding(assignment.pillar, assignment.person.birth_date, assignment.valid_from)
    return [finding] if finding and assignment.continues else []


def _placed(entry: AssignmentEntry, **fields: Personnel) -> Assignment:
    """The row of an entry, not saved."""
    return Assignment(**vars(entry) | {"position": " ".join(entry.position.split())}, **fields)


def _assign(actor: User, person: Personnel, entry: AssignmentEntry) -> Assignment:
    row = _placed(entry, person=person)
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
    """`on` is the last day of service; a dismissal goes through `services.terminations`.

    Raises Refusal when it has ended already, is a dismissal, or a termination is under way.
    """
    require_pillar(actor, assignment.region_id, assignment.pillar)
    row = Assignment.objects.select_for_update(of=("self",)).select_related("pillar", "region").get(pk=assignment.pk)
    if row.valid_until is not None and row.end_reason:
        raise Refusal(
            f"Penugasan ini sudah diakhiri pada {tanggal(row.valid_until)}.",
            "Tambahkan penugasan baru bila orangnya bertugas lagi.",
            rule="sudah_berakhir",
        )
    _require_no_termination(row, reason)
    if on < row.valid_from:
        raise ValidationError({"on": f"Hari terakhir tidak boleh sebelum TMT ({tanggal(row.valid_from)})."})
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


def _require_no_termination(row: Assignment, reason: str) -> None:
    if reason == Assignment.EndReason.DISMISSED:
        raise Refusal(
            "Pemberhentian tidak dicatat di sini: kabupaten/kota mengusulkan, provinsi meneruskan, Kementerian Sosial "
            "memutuskan.",
            "Pakai “Usulkan pengakhiran” di halaman orangnya. Aturan ini tidak dapat dikecualikan.",
            rule="lewat_pengakhiran",
        )
    if Termination.objects.filter(assignment=row, state__in=Termination.OPEN).exists():
        raise Refusal(
            "Usulan pengakhiran penugasan ini masih berjalan.",
            "Tunggu keputusannya, atau minta pengusul menariknya dahulu.",
            rule="pengakhiran_berjalan",
        )


def _fields(entry: PersonEntry) -> dict[str, object]:
    tidy = {name: " ".join(getattr(entry, name).split()) for name in ("name", "nia", "major")}
    return vars(entry) | tidy


def stated(row: Personnel) -> dict[str, str]:
    """Field -> text of what an entry states, as pages show it; also when two officers edit at once."""
    return {
        "name": row.name,
        "sex": row.get_sex_display(),
        "birth_date": tanggal(row.birth_date),
        "phone": row.phone or "kosong",
        "nia": row.nia or "kosong",
        "education": row.get_education_display() or "kosong",
        "major": row.major or "kosong",
        "employment": row.get_employment_display(),
        "region": str(row.region),
    }


def _changed(before: Mapping[str, str], after: Mapping[str, str]) -> list[str]:
    """Names only: the trail keeps no personal data."""
    labels = {f.name: str(f.verbose_name) for f in Personnel._meta.concrete_fields}
    return [labels[name] for name in before if before[name] != after[name]]
