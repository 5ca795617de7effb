"""Registering and changing people through the page: what is saved, what is refused and in which words."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from personnel.models import Assignment, Personnel
from personnel.tests.entries import LIST, NEW, form, pillar
from pilar.core.models import AuditEvent, Pillar, RegionGrant
from pilar.core.personal import PROBES_PER_HOUR
from tests import factories as make


@pytest.fixture
def browser(cast, client_of):
    return client_of(cast.owner)


def text(response) -> str:
    return response.content.decode()


def test_an_officer_registers_a_tksk(browser):
    response = browser.post(NEW, form(name="  Dewi   Lestari "))
    person = Personnel.objects.get(name="Dewi Lestari")
    assert response["Location"] == f"{LIST}{person.pk}/"
    assert person.assignments.get().region_id == make.SELEBAR


def test_registering_is_recorded_without_the_nik(browser):
    entry = form()
    browser.post(NEW, entry)
    said = "".join(AuditEvent.objects.filter(action="buat").values_list("summary", flat=True))
    assert "Personel baru: Dewi Lestari" in said
    assert entry["nik"] not in said


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"nik": "177101520390001"}, "NIK harus 16 angka; yang ditulis 15 tanda."),
        ({"nik": "1771013102900001"}, "Tanggal lahir di NIK (310290) tidak ada di kalender."),
        ({"nik": "1771015213900001"}, "bukan bulan 01–12"),
        ({"birth_date": "31/02/1990"}, "Tanggal ini tidak ada."),
        ({"birth_date": "2090-01-01"}, "Tanggal lahir tidak boleh sesudah hari ini."),
        ({"sk_until": "2023-01-01"}, "SK tidak boleh berakhir sebelum tanggalnya."),
        ({"sk_number": ""}, "Tanggal SK sudah diisi, tetapi nomornya belum."),
        ({"valid_from": "1980-01-01"}, "tidak sesudah tanggal lahir"),
        ({"valid_from": "2204-01-01"}, "lebih dari setahun di depan"),
        ({"work_region": "17.02.09"}, "Anda tidak berwenang mengisi data di"),
        ({"work_region": "17.71.01.1001"}, "bertugas paling rendah di kecamatan"),
        ({"region": "17.71.01"}, "di sini diperlukan"),
        ({"pillar": ""}, "Bidang ini"),
        ({"reason": "", "employment": "raja"}, "Masukkan pilihan yang valid"),
    ],
)
def test_wrong_input_is_answered_in_plain_words_and_nothing_is_saved(browser, changes, sentence):
    response = browser.post(NEW, form(**changes))
    assert response.status_code == 422
    assert sentence in text(response)
    assert not Personnel.objects.exists()


def test_every_fault_of_an_entry_is_told_at_once(browser):
    page = text(browser.post(NEW, form(valid_from="1980-01-01", sk_until="2023-01-01")))
    assert "tidak sesudah tanggal lahir" in page
    assert "SK tidak boleh berakhir sebelum tanggalnya." in page


def test_what_was_typed_is_not_lost(browser):
    page = text(browser.post(NEW, form(nik="123", name="Nama Yang Diketik", sk_number="SK-TETAP")))
    assert "Nama Yang Diketik" in page
    assert "SK-TETAP" in page


def test_an_institution_is_never_a_person(browser):
    lks = Pillar.objects.create(id=90, code="LKS", name="LKS", shape="lembaga", area_level=2)
    assert ">LKS<" not in text(browser.get(NEW))
    assert browser.post(NEW, form(pillar=lks.pk)).status_code == 422
    assert not Personnel.objects.exists()


def test_the_database_keeps_institutions_free_of_people(cast):
    lks = Pillar.objects.create(id=90, code="LKS", name="LKS", shape="lembaga", area_level=2)
    held = make.make_assignment(make.make_person())
    with pytest.raises(IntegrityError, match="pilar ini lembaga"), transaction.atomic():
        Assignment.objects.filter(pk=held.pk).update(pillar=lks)
    with pytest.raises(IntegrityError, match="ada orang yang ditugaskan"), transaction.atomic():
        Pillar.objects.filter(pk=held.pillar_id).update(shape="lembaga")


def test_a_koordinator_may_work_above_the_pillars_level_and_a_tagana_in_one_kecamatan(browser):
    browser.post(NEW, form(name="Atas", work_region="17.71"))
    browser.post(NEW, form(name="Bawah", pillar=pillar("TAGANA")))
    assert Assignment.objects.get(person__name="Atas").region_id == make.KOTA
    assert Assignment.objects.get(person__name="Bawah").region_id == make.SELEBAR


def test_differences_between_nik_and_record_are_told_and_stop_nothing(browser):
    response = browser.post(NEW, form(sex="L", birth_date="1991-03-12"), follow=True)
    page = text(response)
    assert "Jenis kelamin menurut NIK berbeda" in page
    assert "Tanggal lahir di NIK berbeda" in page
    assert Personnel.objects.exists()


# --- a NIK that is known already ----------------------------------------------


def test_a_nik_known_elsewhere_is_answered_with_the_place_only(browser):
    other = make.make_person(region=make.REJANG_LEBONG, name="Orang Lain")
    page = text(browser.post(NEW, form(nik=other.reveal_nik())))
    assert "NIK ini sudah terdaftar di Kabupaten Rejang Lebong." in page
    assert "Orang Lain" not in page


def test_each_such_answer_stays_on_record(browser):
    other = make.make_person(region=make.REJANG_LEBONG)
    browser.post(NEW, form(nik=other.reveal_nik()))
    assert AuditEvent.objects.filter(action="periksa_nik").count() == 1


def test_the_register_is_no_way_around_the_limit_of_questions(browser):
    niks = [make.make_person(region=make.REJANG_LEBONG).reveal_nik() for _ in range(PROBES_PER_HOUR + 1)]
    pages = [text(browser.post(NEW, form(nik=nik))) for nik in niks]
    assert "Rejang Lebong" in pages[-2]
    assert "Rejang Lebong" not in pages[-1]
    assert "Lanjutkan satu jam lagi" in pages[-1]


def test_a_faulty_entry_learns_nothing_about_a_nik(browser):
    other = make.make_person(region=make.REJANG_LEBONG)
    page = text(browser.post(NEW, form(nik=other.reveal_nik(), sk_until="2023-01-01")))
    assert "terdaftar" not in page.replace("disimpan terenkripsi", "")
    assert not AuditEvent.objects.filter(action="periksa_nik").exists()


def test_registering_new_people_is_not_limited(browser):
    statuses = {browser.post(NEW, form(name=f"Orang {n}")).status_code for n in range(PROBES_PER_HOUR + 2)}
    assert statuses == {302}


def test_a_nik_of_the_own_area_leads_to_that_persons_page(browser):
    known = make.make_person(name="Sudah Ada")
    page = text(browser.post(NEW, form(nik=known.reveal_nik())))
    assert "NIK ini sudah terdaftar atas nama Sudah Ada." in page
    assert f'href="{LIST}{known.pk}/"' in page
    assert not AuditEvent.objects.filter(action="periksa_nik").exists()


def test_submitting_twice_registers_once(browser):
    data = form()
    browser.post(NEW, data)
    assert browser.post(NEW, data).status_code == 422
    assert Personnel.objects.count() == Assignment.objects.count() == 1


# --- grants narrowed to pillars ------------------------------------------------


@pytest.fixture
def tksk_only(cast, client_of):
    RegionGrant.objects.filter(user=cast.owner).update(pillars=[pillar("TKSK")])
    return client_of(cast.owner)


def test_a_grant_narrowed_to_a_pillar_offers_only_that_one(tksk_only):
    page = text(tksk_only.get(NEW))
    assert "TKSK (Tenaga" in page
    assert "Tagana (Taruna" not in page


def test_a_grant_narrowed_to_a_pillar_enters_only_that_one(tksk_only):
    assert tksk_only.post(NEW, form(pillar=pillar("TAGANA"))).status_code == 422
    assert tksk_only.post(NEW, form()).status_code == 302


# --- change and conflict -------------------------------------------------------


def test_a_second_officers_save_is_shown_and_overwrites_nothing(browser):
    person = make.make_person(name="Semula", sex="P")
    Personnel.objects.filter(pk=person.pk).update(name="Dari Rekan", version=2)
    response = browser.post(f"{LIST}{person.pk}/ubah/", form(name="Dari Saya", version="1"))
    assert "Orang lain menyimpan data ini lebih dahulu" in text(response)
    assert Personnel.objects.get().name == "Dari Rekan"
    browser.post(f"{LIST}{person.pk}/ubah/", form(name="Dari Saya", version="2"))
    assert Personnel.objects.get().name == "Dari Saya"


def test_a_conflict_marks_only_what_differs_in_the_words_of_the_page(browser):
    person = make.make_person(name="Semula", sex="P")
    Personnel.objects.filter(pk=person.pk).update(name="Dari Rekan", version=2)
    response = browser.post(f"{LIST}{person.pk}/ubah/", form(name="Dari Saya", version="1"))
    rows = {row["label"]: row for row in response.context["compared"]}
    assert [label for label, row in rows.items() if row["changed"]] == ["Nama lengkap"]
    assert (rows["Nama lengkap"]["before"], rows["Nama lengkap"]["after"]) == ("Dari Saya", "Dari Rekan")
    assert rows["Tanggal lahir"]["before"] == "12 Maret 1990"
    assert 'name="version" value="2"' in text(response)


def test_the_trail_names_what_changed_and_not_to_what(browser):
    person = make.make_person(name="Semula", sex="P")
    browser.post(f"{LIST}{person.pk}/ubah/", form(name="Sesudah", version="1"))
    assert AuditEvent.objects.get(action="ubah").summary == "Diubah: nama lengkap"


def test_a_record_is_not_handed_to_an_office_out_of_reach(browser):
    person = make.make_person()
    response = browser.post(f"{LIST}{person.pk}/ubah/", form(region="17.02", version="1"))
    assert "Anda tidak berwenang mengisi data di" in text(response)
    assert Personnel.objects.get().region_id == make.KOTA


# --- assignments -----------------------------------------------------------------


def test_an_overlapping_assignment_is_refused(browser):
    person = make.make_person()
    make.make_assignment(person, position="TKSK")
    response = browser.post(f"{LIST}{person.pk}/penugasan/", form())
    assert "sudah bertugas di pilar, jabatan, dan wilayah yang sama" in text(response)
    assert person.assignments.count() == 1


def test_a_second_kecamatan_is_covered_beside_the_first(browser):
    person = make.make_person()
    make.make_assignment(person)
    browser.post(f"{LIST}{person.pk}/penugasan/", form(work_region="17.71.03", is_primary=""))
    assert [a.is_primary for a in person.assignments.order_by("pk")] == [True, False]


def test_an_assignment_ends_with_a_reason_and_not_twice(browser):
    assignment = make.make_assignment(make.make_person())
    url = f"{LIST}{assignment.person_id}/penugasan/{assignment.pk}/akhiri/"
    browser.post(url, {"on": "2024-06-30", "reason": "mundur"})
    assert Assignment.objects.get().valid_until == date(2024, 6, 30)
    assert "sudah diakhiri pada 30 Juni 2024" in text(browser.post(url, {"on": "2024-07-30", "reason": "mundur"}))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"reason": ""}, "Bidang ini"),
        ({"on": "2021-12-31"}, "Hari terakhir tidak boleh sebelum TMT (1 Januari 2022)."),
        ({"on": "31/02/2024"}, "Tanggal ini tidak ada."),
    ],
)
def test_an_end_without_reason_or_before_its_beginning_is_refused(browser, changes, sentence):
    assignment = make.make_assignment(make.make_person())
    url = f"{LIST}{assignment.person_id}/penugasan/{assignment.pk}/akhiri/"
    assert sentence in text(browser.post(url, {"on": "2024-06-30", "reason": "mundur", **changes}))
    assert Assignment.objects.get().valid_until is None


def test_an_end_may_be_known_ahead(browser):
    assignment = make.make_assignment(make.make_person())
    url = f"{LIST}{assignment.person_id}/penugasan/{assignment.pk}/akhiri/"
    ahead = date(timezone.localdate().year + 1, 6, 30)
    browser.post(url, {"on": ahead.isoformat(), "reason": "masa_tugas"})
    assert Assignment.objects.get().valid_until == ahead


def test_an_assignment_of_another_person_is_not_found_under_this_one(browser):
    mine, other = make.make_person(), make.make_assignment(make.make_person())
    assert browser.get(f"{LIST}{mine.pk}/penugasan/{other.pk}/akhiri/").status_code == 404
