"""People and their assignments from a file: each row is told what the form would have told."""

from assistance.tests.import_files import checked, counts, faults, round_trip, saved, work
from personnel.models import Assignment, Personnel
from pilar.core.imports.services import import_undo
from pilar.core.models import AuditEvent
from tests import factories as make

HEAD = (
    "NIK;Nama;JK;Tanggal lahir;Status kepegawaian;Pilar;Jabatan;Kode wilayah;TMT;Nomor SK;Tanggal SK;Orangnya berbeda"
)


def nik(serial: int) -> str:
    return f"177999410190{serial:04d}"


def line(serial: int, name="", *, born="01/01/1990", pillar="PKH", place="17.71.01", since="01/02/2024", different=""):
    named = name or f"Orang {serial}"
    return f"{nik(serial)};{named};P;{born};kontrak;{pillar};Pendamping;{place};{since};SK/1;01/02/2024;{different}"


def people(actor, *rows: str, head: str = HEAD):
    return checked(actor, *rows, head=head, kind="personel")


def test_people_and_assignments_go_in_and_are_unchanged_the_second_time(cast):
    rows = [line(1), line(2), line(2, pillar="TAGANA", place="17.71")]
    session = people(cast.owner, *rows)
    assert (faults(session), counts(session)) == ([], (3, 0, 0, 0))
    assert not Personnel.objects.exists()  # only tried
    session = saved(cast.owner, session)
    assert session.counts["saved"] == {"personel": {"baru": 2}, "penugasan": {"baru": 3}}
    assert Personnel.objects.get(name="Orang 2").assignments.count() == 2
    assert AuditEvent.objects.filter(object_type="personnel.personnel").count() == 2
    assert counts(people(cast.owner, *rows, line(3))) == (1, 0, 3, 0)
    assert counts(round_trip(cast.owner, "personel")) == (0, 0, 3, 0)
    import_undo(actor=cast.owner, session=session, reason="salah berkas")
    work()
    session.refresh_from_db()
    assert (session.state, session.counts["kept"]) == ("diurungkan", 0)
    assert not Personnel.objects.exists()
    assert not Assignment.objects.exists()


def test_an_empty_cell_keeps_and_an_undo_brings_back(cast):
    person = make.make_person(name="Rina")
    before = (person.sex, person.birth_date, person.region_id)
    session = saved(cast.owner, people(cast.owner, f"{person.reveal_nik()};Rina Marlina", head="NIK;Nama"))
    person.refresh_from_db()
    assert (person.name, person.sex, person.birth_date, person.region_id) == ("Rina Marlina", *before)
    import_undo(actor=cast.owner, session=session, reason="salah berkas")
    work()
    person.refresh_from_db()
    assert person.name == "Rina"


def test_each_row_is_told_what_the_form_would_have_told(cast):
    make.make_person(name="Orang Sama", birth_date="1990-01-01")
    session = people(
        cast.owner,
        line(1, pillar="ENTAH"),
        line(2, since="01/01/1980"),
        line(3, "Orang Sama"),
        line(4, "Orang Sama", different="ya"),
        line(5, born="01/01/2050"),
        f"{nik(6)};Tanpa penugasan",
        line(7, place="17.02.09"),
    )
    assert faults(session) == [
        (2, "pilar", "aturan"), (3, "tmt", "aturan"), (4, "", "aturan"), (6, "tanggal_lahir", "aturan"),
        (7, "pilar", "aturan"), (8, "kode_wilayah", "wilayah_luar"),
    ]  # fmt: skip
    assert "personel yang mirip" in session.faults.get(number=4).detail
    assert counts(session) == (1, 0, 0, 6)


def test_who_serves_by_now_stays_when_an_import_is_undone(cast):
    session = saved(cast.owner, people(cast.owner, line(1), line(2)))
    assignment = Assignment.objects.get(person__name="Orang 1")
    make.make_caseload(assignment, make.make_beneficiary())
    import_undo(actor=cast.owner, session=session, reason="salah berkas")
    work()
    assert list(Personnel.objects.values_list("name", flat=True)) == ["Orang 1"]
    assert set(session.imported.exclude(kept="").values_list("noun", flat=True)) == {"personel", "penugasan"}
