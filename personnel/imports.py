"""People of the pillars with their assignments: one row per assignment, each through the form's own services."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError

from personnel.models import Assignment, Personnel
from personnel.rules import AssignmentEntry, PersonEntry
from personnel.services.people import assignment_add, personnel_change, personnel_register
from personnel.services.twins import CONFIRM
from pilar.core import crypto, regions
from pilar.core.imports.kinds import Cell, Column, Kind, register
from pilar.core.imports.one_by_one import Made, delete_made, keep_changed, keep_used, restore, save_all, try_all
from pilar.core.imports.placing import PLACE_COLUMNS, place_rows
from pilar.core.imports.run import Run
from pilar.core.models import ImportedRow, Pillar, Region, User
from pilar.core.regions import Level

Act = ImportedRow.Act
SEX = {"l": "L", "p": "P", "laki laki": "L", "pria": "L", "perempuan": "P", "wanita": "P"}
EMPLOYMENT = {"relawan": "relawan", "kontrak": "kontrak", "pppk": "pppk", "p3k": "pppk", "pns": "pns", "asn": "pns"}
EDUCATION = {"sd": "sd", "smp": "smp", "sma": "sma", "smk": "sma", "slta": "sma", "d1": "d3", "d2": "d3", "d3": "d3",
             "d4": "s1", "s1": "s1", "s2": "s2", "s3": "s3"}  # fmt: skip
#: column of the file -> field of a person
FACTS = {"nama": "name", "jenis_kelamin": "sex", "tanggal_lahir": "birth_date", "status_kepegawaian": "employment",
         "telepon": "phone", "nia": "nia", "pendidikan": "education", "jurusan": "major"}  # fmt: skip
FIELDS = {field: column for column, field in FACTS.items()} | {
    "region": "kode_pengelola", "work_region": "kode_wilayah", "valid_from": "tmt", "sk_number": "nomor_sk",
    "sk_date": "tanggal_sk", "sk_until": "sk_sampai", "pillar": "pilar", "position": "jabatan",
}  # fmt: skip
RESTORED = {"name": "text", "sex": "text", "birth_date": "date", "employment": "text", "phone": "text", "nia": "text",
            "education": "text", "major": "text", "region_id": "bigint"}  # fmt: skip

COLUMNS = (
    Column("nik", "NIK", Cell.NIK, ("no nik", "nomor nik", "no ktp"), required=True, example="1771014101900001",
           help="16 angka, kolom berformat Teks. Satu orang boleh beberapa baris, satu untuk tiap penugasan."),
    Column("nama", "Nama lengkap", Cell.TEXT, ("nama", "nama personel"), example="Rina Marlina",
           help="Wajib bagi orang baru; kosong berarti tidak berubah."),
    Column("jenis_kelamin", "Jenis kelamin", Cell.CHOICE, ("jk", "l p"), values=SEX, offered=("L", "P"), example="P"),
    Column("tanggal_lahir", "Tanggal lahir", Cell.DAY, ("tgl lahir",), example="01/01/1990"),
    Column("status_kepegawaian", "Status kepegawaian", Cell.CHOICE, ("status", "kepegawaian"), values=EMPLOYMENT,
           offered=("relawan", "kontrak", "pppk", "pns"), example="kontrak"),
    Column("telepon", "Nomor telepon", Cell.TEXT, ("telepon", "no hp", "hp", "no telepon"), most=20,
           example="081234567890"),
    Column("nia", "NIA", Cell.TEXT, ("nomor induk anggota",), most=20, help="Nomor induk anggota, bila ada."),
    Column("pendidikan", "Pendidikan terakhir", Cell.CHOICE, ("pendidikan",), values=EDUCATION,
           offered=("sd", "smp", "sma", "d3", "s1", "s2", "s3"), example="s1"),
    Column("jurusan", "Jurusan", Cell.TEXT, (), most=80, example="Kesejahteraan sosial"),
    Column("kode_pengelola", "Kode pengelola", Cell.CODE, ("kode kabupaten pengelola", "pengelola"), example="17.71",
           help="Kabupaten/kota atau provinsi yang mengelola datanya; kosong berarti wilayah impor."),
    Column("pilar", "Pilar", Cell.TEXT, ("kode pilar",), most=40, example="PKH", help="Kode atau nama pilar."),
    Column("jabatan", "Jabatan", Cell.TEXT, ("jenjang", "posisi"), most=60, example="Pendamping sosial"),
    *PLACE_COLUMNS,
    Column("tmt", "TMT", Cell.DAY, ("mulai tugas", "tanggal mulai tugas"), example="01/01/2024", help="Mulai tugas."),
    Column("nomor_sk", "Nomor SK", Cell.TEXT, ("no sk",), most=80, example="800/12/2024"),
    Column("tanggal_sk", "Tanggal SK", Cell.DAY, ("tgl sk",), example="02/01/2024"),
    Column("sk_sampai", "SK berlaku sampai", Cell.DAY, ("sk sampai",), example="31/12/2024"),
    Column("penerbit_sk", "Penerbit SK", Cell.TEXT, (), example="Kementerian Sosial"),
    Column("berbeda", "Orangnya berbeda", Cell.YES, ("orang berbeda",), example="",
           help=f"Isi ya bila PILAR menyebut orang mirip dan Anda sudah memastikannya berbeda ({CONFIRM})."),
)  # fmt: skip
CHANGED = """
SELECT r.id FROM core_importedrow r WHERE r.session_id = %(session)s AND (
  r.noun = 'personel' AND NOT EXISTS (
    SELECT 1 FROM personnel_personnel p WHERE p.id = r.object_id AND p.version::text = r.mark)
  OR r.noun = 'penugasan' AND NOT EXISTS (
    SELECT 1 FROM personnel_assignment a
    WHERE a.id = r.object_id AND a.valid_from::text = r.mark AND a.valid_until IS NULL))
"""


def checks(run: Run) -> list[dict[str, Any]]:
    questions = place_rows(run, required="s.pilar IS NOT NULL", highest=Level.NATION)
    try_all(run, record, fields=FIELDS)
    return questions


def record(run: Run, row: dict[str, Any]) -> list[Made]:
    """Registers or changes the person, and adds the assignment unless it is recorded already."""
    rows = Personnel.objects.visible_to(run.actor).select_related("region")
    person = rows.filter(nik_index=bytes(row["nik_index"])).first()
    assignment = _assignment(row)
    if person is None:
        if assignment is None:
            raise ValidationError({"pillar": "Orang baru dicatat bersama penugasannya: pilar, jabatan, wilayah, TMT."})
        return _registered(run, row, assignment)
    made = _changed(run, row, person)
    if assignment is not None and not _recorded(run, person, assignment):
        added = assignment_add(actor=run.actor, person=person, entry=assignment, today=run.today)
        made.append(Made("penugasan", added.pk, Act.CREATE, str(added.valid_from)))
    return made


def _registered(run: Run, row: dict[str, Any], assignment: AssignmentEntry) -> list[Made]:
    if missing := [name for name in ("nama", "jenis_kelamin", "tanggal_lahir", "status_kepegawaian") if not row[name]]:
        raise ValidationError({FACTS[name]: "Wajib bagi orang yang belum terdaftar." for name in missing})
    person = personnel_register(
        actor=run.actor, nik_text=crypto.decrypt(row["nik_cipher"]), person=_person(run, row, None),
        assignment=assignment, today=run.today, different=bool(row["berbeda"]),
    )  # fmt: skip
    first = person.assignments.get()
    return [
        Made("personel", person.pk, Act.CREATE, str(person.version)),
        Made("penugasan", first.pk, Act.CREATE, str(first.valid_from)),
    ]


def _changed(run: Run, row: dict[str, Any], person: Personnel) -> list[Made]:
    entry = _person(run, row, person)
    before = {name: getattr(person, name) for name in RESTORED}
    now = {name: getattr(entry, name) for name in FACTS.values()} | {"region_id": entry.region.code}
    if now == before:
        return []
    changed = personnel_change(actor=run.actor, person=person, entry=entry, version=person.version, today=run.today)
    kept = before | {"birth_date": str(before["birth_date"])}
    return [Made("personel", person.pk, Act.UPDATE, str(changed.version), kept)]


def _person(run: Run, row: dict[str, Any], known: Personnel | None) -> PersonEntry:
    """What the row says; an empty cell keeps what is known."""
    said: dict[str, Any] = {
        field: row[column] or (getattr(known, field) if known else "") for column, field in FACTS.items()
    }
    code = row["kode_pengelola"] or (known.region_id if known else run.session.region_id)
    region = Region.objects.filter(pk=code).first()
    if region is None:
        raise ValidationError({"region": f"Kode wilayah {code} tidak ada."})
    return PersonEntry(**said, region=region)


def _assignment(row: dict[str, Any]) -> AssignmentEntry | None:
    if not row["pilar"]:
        return None
    name = row["pilar"].lower()
    pillar = next((one for one in Pillar.objects.all() if name in (one.code.lower(), one.name.lower())), None)
    if pillar is None:
        raise ValidationError({"pillar": f"Pilar “{row['pilar']}” tidak dikenal. Tulis kodenya; lihat lembar Pilihan."})
    if missing := [column for column in ("jabatan", "tmt") if not row[column]]:
        raise ValidationError(dict.fromkeys(missing, "Wajib bila pilarnya diisi."))
    return AssignmentEntry(
        pillar=pillar, position=row["jabatan"], region=Region.objects.get(pk=row["place"]), valid_from=row["tmt"],
        sk_number=row["nomor_sk"] or "", sk_date=row["tanggal_sk"], sk_until=row["sk_sampai"],
        sk_issuer=row["penerbit_sk"] or "",
    )  # fmt: skip


def _recorded(run: Run, person: Personnel, entry: AssignmentEntry) -> bool:
    same = Assignment.objects.visible_to(run.actor).filter(
        person=person, pillar=entry.pillar, region=entry.region, valid_from=entry.valid_from
    )
    return same.filter(position__iexact=" ".join(entry.position.split())).exists()


def undo(run: Run) -> None:
    keep_changed(run)
    keep_used(run, "penugasan", Assignment)
    delete_made(run, "penugasan", "personnel_assignment")
    restore(run, "personel", "personnel_personnel", RESTORED, versioned=True)
    keep_used(run, "personel", Personnel)
    delete_made(run, "personel", "personnel_personnel")


def cells(actor: User, people: Sequence[Personnel]) -> list[Sequence[Any]]:
    """One row per assignment; people without any have one row."""
    served: dict[int, list[Assignment]] = {}
    held = Assignment.objects.visible_to(actor).filter(person__in=people).select_related("pillar")
    for assignment in held.order_by("valid_from", "pk"):
        served.setdefault(assignment.person_id, []).append(assignment)
    return [
        (*_facts(person), *_place(assignment))
        for person in people
        for assignment in served.get(person.pk) or [None]  # type: ignore[list-item]
    ]


def _facts(person: Personnel) -> tuple[Any, ...]:
    return (
        person.reveal_nik(), person.name, person.sex, f"{person.birth_date:%d/%m/%Y}", person.employment, person.phone,
        person.nia, person.education, person.major, regions.dotted(person.region_id),
    )  # fmt: skip


def _place(assignment: Assignment | None) -> tuple[Any, ...]:
    if assignment is None:
        return ()
    days = (assignment.valid_from, assignment.sk_date, assignment.sk_until)
    tmt, dated, until = (f"{day:%d/%m/%Y}" if day else "" for day in days)
    place = regions.slug(assignment.region_id)
    named = (assignment.pillar.code, assignment.position, place, "", "", "")
    return (*named, tmt, assignment.sk_number, dated, until, assignment.sk_issuer, "")


PEOPLE = register(
    Kind(
        code="personel",
        label="Personel pilar dan penugasan",
        row="orang atau penugasan",
        intro="Mencatat orang baru bersama penugasannya, memperbarui data orang, dan menambah penugasan, "
        "dikenali dari NIK.",
        columns=COLUMNS,
        key=(),
        checks=checks,
        save=lambda run: save_all(run, record),
        undo=undo,
        changed=CHANGED,
        placed=True,
        recorded=Personnel.objects.visible_to,
        cells=cells,
        nouns={"personel": ("Personel", "personnel-detail"), "penugasan": ("Penugasan", "")},
        order=30,
        offered=lambda: {
            "pilar": list(Pillar.objects.filter(shape=Pillar.Shape.PERSON).values_list("code", flat=True))
        },
    )
)
