"""Beneficiaries and their PAS groups from a file: the same rules as the form, asked of all rows at once."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from assistance.models import Beneficiary, GroupMembership
from assistance.tests.import_files import checked, counts, csv, faults, line, nik, saved, upload, work
from pilar.core.errors import Refusal
from pilar.core.imports.services import import_choose, import_undo
from pilar.core.models import AuditEvent, Job
from tests import factories as make


def test_a_file_is_checked_saved_and_unchanged_the_second_time(cast):
    rows = [line(1), line(2, groups='"Lanjut usia terlantar; 12"', since='"01/02/2024; 03/02/2024"'), line(3)]
    session = checked(cast.owner, *rows)
    assert Job.objects.get(kind="impor").error == ""
    assert (session.state, counts(session), faults(session)) == ("diperiksa", (3, 0, 0, 0), [])
    session = saved(cast.owner, session)
    assert Job.objects.filter(kind="impor").latest("pk").error == ""
    assert session.state == "selesai"
    assert session.counts["saved"] == {"penerima": {"baru": 3}, "kelompok": {"baru": 4}}
    person = Beneficiary.objects.get(name="Orang 2")
    assert person.reveal_nik() == nik(2)
    assert [(m.group_id, m.valid_from, m.written) for m in person.memberships.order_by("group_id")] == [
        (3, date(2024, 2, 1), "Lanjut usia terlantar"), (12, date(2024, 2, 3), "12"),
    ]  # fmt: skip
    assert AuditEvent.objects.filter(object_type="assistance.beneficiary", object_id=str(person.pk)).count() == 1
    again = checked(cast.owner, *rows, again=True)
    assert counts(again) == (0, 0, 3, 0)


def test_an_empty_cell_keeps_and_a_filled_one_changes(cast):
    saved(cast.owner, checked(cast.owner, line(1)))
    session = checked(cast.owner, f"{nik(1)};Siti Baru;;;17.71.02;;")
    assert counts(session) == (0, 1, 0, 0)
    saved(cast.owner, session)
    person = Beneficiary.objects.get(name="Siti Baru")
    assert (person.sex, person.region_id, person.version) == ("P", 1771020000, 2)
    assert person.memberships.get().region_id == 1771020000


def test_every_fault_is_told_at_once_with_its_cell(cast):
    make.make_beneficiary(name="Nama Sama", region=1771011001, birth_date=date(1950, 1, 1))
    session = checked(
        cast.owner,
        line(1, sex="X", born="31/02/1950", code="17.99"),
        f"123;;P;;{'17.71.01.1001'};;",
        line(2, groups="Kelompok gaib"),
        line(3, since=""),
        line(4, "Nama Sama"),
        line(5),
        line(5),
        line(6, code="17.02.09"),
        line(7, born="01/01/2050"),
    )
    assert faults(session) == [
        (2, "jenis_kelamin", "pilihan"), (2, "kode_wilayah", "wilayah_tidak_ada"), (2, "tanggal_lahir", "tanggal"),
        (3, "nik", "nik"), (4, "kelompok_pas", "kelompok_tidak_ada"), (5, "sejak", "sejak_kosong"),
        (6, "nama", "mirip"), (7, "nik", "ganda"), (8, "nik", "ganda"), (9, "kode_wilayah", "wilayah_luar"),
        (10, "sejak", "tanggal_batas"), (10, "tanggal_lahir", "tanggal_batas"),
    ]  # fmt: skip
    assert counts(session) == (0, 0, 0, 9)


def test_good_rows_now_and_the_repaired_rest_later(cast):
    bad = line(2, sex="?")
    session = checked(cast.owner, line(1), bad, line(3))
    with pytest.raises(Refusal, match="semua baris atau tidak sama sekali"):
        saved(cast.owner, session)
    session = saved(cast.owner, session, "baik")
    assert Beneficiary.objects.filter(name__startswith="Orang").count() == 2
    rest = checked(cast.owner, line(1), line(2), line(3))
    assert counts(rest) == (1, 0, 2, 0)


def test_an_undo_takes_back_all_but_what_changed_since(cast):
    kept = make.make_beneficiary(name="Lama", region=1771011001)
    session = checked(cast.owner, line(1), line(2), line(3), f"{kept.reveal_nik()};Lama Sekali;;;;12;05/05/2024")
    assert faults(session) == []
    saved(cast.owner, session)
    Beneficiary.objects.filter(name="Orang 1").update(name="Orang satu", version=2)
    make.make_circumstance(Beneficiary.objects.get(name="Orang 2"), "desil", "1")
    import_undo(actor=cast.owner, session=session, reason="salah berkas")
    work()
    session.refresh_from_db()
    assert session.state == "diurungkan", Job.objects.latest("pk").error
    assert set(Beneficiary.objects.values_list("name", flat=True)) == {"Lama", "Orang satu", "Orang 2"}
    assert GroupMembership.objects.count() == 0
    assert sorted(session.imported.exclude(kept="").values_list("number", "kept")) == [
        (2, "sudah diubah sesudah impor"), (3, "sudah dipakai catatan lain"),
    ]  # fmt: skip


def test_a_nik_of_another_area_says_no_more_than_the_form(cast):
    saved(cast.neighbour, checked(cast.neighbour, line(1, code="17.02.09"), region=1702000000))
    session = checked(cast.owner, line(1))
    assert faults(session) == [(2, "nik", "nik_di_luar")]
    assert session.faults.get().value == "•••• •••• •••• 0001"


def test_a_sensitive_group_needs_the_right(cast):
    session = checked(cast.clerk, line(1, groups="2"))
    assert faults(session) == [(2, "kelompok_pas", "kelompok_sensitif")]


def test_a_place_is_found_by_its_names_and_asked_for_when_two_are_called_so(cast):
    head = "NIK;Nama;JK;Tgl lahir;Kabupaten;Kecamatan;Desa;PAS;Sejak"
    row = "{};Orang {};P;01/01/1950;{};{};{};12;01/01/2024"
    session = checked(
        cast.province,
        row.format(nik(1), 1, "Kota Bengkulu", "Selebar", "Pagar Dewa"),
        row.format(nik(2), 2, "", "", "Pasar Baru"),
        row.format(nik(3), 3, "", "", "Entah Berantah"),
        head=head, region=1700000000,
    )  # fmt: skip
    assert [rule for _, _, rule in faults(session)] == ["wilayah_pilih", "wilayah_tidak_ada"]
    assert session.questions[0]["label"] == "Wilayah “Pasar Baru”"
    code = session.questions[0]["options"][0][0]
    assert len(session.questions[0]["options"]) > 1
    with pytest.raises(ValidationError):
        import_choose(actor=cast.province, session=session, choices={session.questions[0]["key"]: "1"})
    import_choose(actor=cast.province, session=session, choices={session.questions[0]["key"]: code})
    work()
    session.refresh_from_db()
    assert (session.questions, [rule for _, _, rule in faults(session)]) == ([], ["wilayah_tidak_ada"])
    saved(cast.province, session, "baik")
    assert Beneficiary.objects.get(name="Orang 2").region_id == int(code)


def test_a_ppks_word_of_several_groups_is_asked_and_kept_as_written(cast):
    word = "Keluarga bermasalah sosial psikologis"
    session = checked(cast.owner, line(1, groups=word), line(2, groups="Korban Bencana"))
    assert faults(session) == [(2, "kelompok_pas", "kelompok_pilih")]
    [question] = session.questions
    import_choose(actor=cast.owner, session=session, choices={question["key"]: question["options"][0][0]})
    work()
    saved(cast.owner, session)
    assert set(GroupMembership.objects.values_list("written", flat=True)) == {word, "Korban Bencana"}


def test_a_nik_in_the_name_of_a_file_is_not_kept(cast):
    session = upload(cast.owner, csv(line(1)), name="C:\\data\\1771014101500001 siti.csv")
    assert session.name == "(NIK) siti.csv"
    assert AuditEvent.objects.latest("pk").summary.startswith("Impor berkas (NIK) siti.csv diunggah")


def test_the_same_content_is_noticed(cast):
    upload(cast.owner, csv(line(1)))
    with pytest.raises(Refusal, match="sudah diimpor"):
        upload(cast.owner, csv(line(1)))
    assert upload(cast.owner, csv(line(1)), again=True).pk
