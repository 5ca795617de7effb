"""The way of a file through both doors: upload, columns, preview, decision, undo."""

import io
from datetime import date

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from assistance.models import Beneficiary
from assistance.services.ceilings import Noted, batch_note
from assistance.tests.import_files import HEAD, checked, csv, line, nik, saved, work, xlsx
from pilar.core.imports.services import import_apply
from pilar.core.models import AuditEvent, ImportSession, Job
from tests import factories as make


def cells(response) -> list[list[str]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response)))
    return book.get_sheet_by_index(0).to_python()


def latest() -> ImportSession:
    return ImportSession.objects.latest("pk")


@pytest.fixture
def page(cast, client_of):
    return client_of(cast.owner)


def send(page, content, name="penerima.csv", **more):
    content.name = name
    return page.post("/impor/baru/", {"kind": "penerima", "region": "17.71", "content": content, **more})


def test_the_pages_lead_from_the_file_to_the_people_and_back(page, cast):
    assert send(page, csv(line(1), line(2, sex="?"), "JUMLAH;2")).status_code == 302
    session = latest()
    here = f"/impor/{session.pk}/"
    html = page.get(f"{here}kolom/").content.decode()
    assert "Judul kolom ditemukan di baris 1." in html
    assert "1779***" in html
    assert nik(1) not in html
    columns = {f"column_{at}": column for at, column in enumerate(session.mapping)}
    assert page.post(f"{here}kolom/", columns).status_code == 302
    assert "Belum dimulai" in page.get(here).content.decode()
    work()
    html = page.get(here).content.decode()
    for told in ("1 baris bermasalah", "isi di luar pilihan", "C3", "baris jumlah", "Unduh baris bermasalah"):
        assert told in html
    bad = cells(page.get(f"{here}bermasalah/"))
    assert [row[0] for row in bad] == ["NIK", nik(2)]
    assert bad[1][-1].startswith("Jenis kelamin: isi di luar pilihan")
    assert page.post(f"{here}simpan/", {"mode": "semua"}).status_code == 422
    assert page.post(f"{here}simpan/", {"mode": "baik"}).status_code == 302
    work()
    assert Beneficiary.objects.filter(name="Orang 1").exists()
    assert "tersimpan" in page.get("/impor/").content.decode()
    assert "Tidak ada catatan yang berubah" in page.get(f"{here}urungkan/").content.decode()
    assert page.post(f"{here}urungkan/", {"reason": "salah berkas"}).status_code == 302
    work()
    assert not Beneficiary.objects.filter(name="Orang 1").exists()
    assert "diurungkan" in page.get(here).content.decode()


def test_the_repaired_bad_rows_complete_the_import(page, cast):
    session = saved(cast.owner, checked(cast.owner, line(1), line(2, sex="?")), "baik")
    head, bad = cells(page.get(f"/impor/{session.pk}/bermasalah/"))
    bad[2] = "P"
    assert send(page, xlsx([head, bad]), "bermasalah.xlsx").status_code == 302
    assert latest().mapping[-1] == ""  # the reasons are passed over by themselves
    page.post(f"/impor/{latest().pk}/kolom/", {f"column_{at}": key or "-" for at, key in enumerate(latest().mapping)})
    work()
    saved(cast.owner, latest())
    assert Beneficiary.objects.count() == 2


def test_an_unknown_heading_is_asked_once_per_office(page, cast):
    head = HEAD.replace("Nama lengkap", "Nm KPM")
    send(page, csv(line(1), head=f"{head};Catatan"))
    here = f"/impor/{latest().pk}/kolom/"
    columns = {f"column_{at}": key or "?" for at, key in enumerate(latest().mapping)}
    answer = page.post(here, columns)
    assert answer.status_code == 422
    assert "Judul ini tidak dikenal" in answer.content.decode()
    assert page.post(here, columns | {"column_1": "nama", "column_7": "-"}).status_code == 302
    send(page, csv(line(2), head=f"{head};Catatan"))
    assert latest().mapping[1] == "nama"
    assert latest().mapping[7] == ""


def test_a_missing_required_column_is_named(page):
    send(page, csv("Siti;P", head="Nama;JK"))
    answer = page.post(f"/impor/{latest().pk}/kolom/", {"column_0": "nama", "column_1": "jenis_kelamin"})
    assert "Kolom wajib belum ada: NIK" in answer.content.decode()


def test_what_is_recorded_comes_out_and_goes_in_unchanged(page, cast):
    rows = [line(1), line(2, groups='"3; 12"', since='"01/02/2024; 03/02/2024"')]
    saved(cast.owner, checked(cast.owner, *rows))
    answer = page.post("/impor/data/penerima/", {"region": "17.71", "reason": "mencocokkan data tahunan"})
    event = AuditEvent.objects.filter(action=AuditEvent.Action.READ_PERSONAL).latest("pk")
    assert event.reason == "mencocokkan data tahunan"
    content = io.BytesIO(b"".join(answer))
    send(page, content, "data.xlsx")
    page.post(f"/impor/{latest().pk}/kolom/", {f"column_{at}": key or "-" for at, key in enumerate(latest().mapping)})
    work()
    assert latest().counts == {
        "rows": 2, "create": 0, "update": 0, "same": 2, "bad": 0, "faults": 0, "excluded": 0,
    }  # fmt: skip


def test_a_clerk_without_the_right_gets_no_nik(cast, client_of):
    answer = client_of(cast.clerk).post("/impor/data/penerima/", {"region": "17.71", "reason": "mencocokkan data"})
    assert answer.status_code == 403


def test_data_of_no_person_need_no_right_to_personal_data_and_are_recorded_as_what_they_are(cast, client_of):
    noted = Noted("sp2d", date(2024, 3, 3), "17", "")
    batch_note(actor=cast.clerk, batch=make.make_batch(), noted=noted, today=date(2024, 3, 4))
    browser = client_of(cast.clerk)
    assert "NIK" not in browser.get("/impor/data/status_luar/").content.decode()
    answer = browser.post("/impor/data/status_luar/", {"region": "17.71", "reason": "mencocokkan data"})
    assert len(cells(answer)) == 2
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.reason) == ("unduh", "mencocokkan data")


def test_the_template_holds_its_columns_explained(page):
    answer = page.get("/impor/templat/penerima/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer)))
    assert book.sheet_names == ["Data", "Penjelasan", "Pilihan", "Wilayah"]
    assert book.get_sheet_by_name("Data").to_python()[0][:2] == ["NIK", "Nama lengkap"]
    assert ["17.71.01.1001", "Pagar Dewa", "desa/kelurahan"] in book.get_sheet_by_name("Wilayah").to_python()


def test_two_thousand_faults_are_all_told_with_their_cells(page, cast):
    session = checked(cast.owner, *(line(at, born=f"31/02/{at}") for at in range(1, 2001)))
    assert (session.counts["faults"], session.faults.values("value").distinct().count()) == (2000, 2000)
    sheet = cells(page.get(f"/impor/{session.pk}/bermasalah/"))
    assert (len(sheet), "31/02/2000" in sheet[-1][-1]) == (2001, True)
    html = page.get(f"/impor/{session.pk}/?rule=tanggal").content.decode()
    assert "D2</th>" in html


def test_a_second_import_of_the_kind_and_area_waits_its_turn(cast):
    first, second = checked(cast.owner, line(1)), checked(cast.owner, line(2))
    import_apply(actor=cast.owner, session=second, mode="semua")
    running = Job.objects.create(
        kind="impor", key=str(first.pk), region_id=first.region_id, user=cast.owner, state="berjalan",
        stage="Menyimpan",
        params={"kind": "penerima", "session": first.pk, "act": "simpan"},
    )  # fmt: skip
    work()
    job = Job.objects.get(key=str(second.pk), state="antre")
    assert (job.stage, job.attempt) == (f"Menunggu impor {first.pk} selesai", 0)
    running.delete()
    work()
    second.refresh_from_db()
    assert second.state == "selesai"


def test_more_imports_and_faults_cost_no_more_queries(page, cast, django_assert_max_num_queries):
    first = checked(cast.owner, line(1, sex="?"))
    page.get("/impor/")
    with django_assert_max_num_queries(13) as few:
        page.get("/impor/")
    with django_assert_max_num_queries(16) as some:
        page.get(f"/impor/{first.pk}/")
    many = checked(cast.owner, *(line(at, sex="?", born="x") for at in range(2, 40)), "JUMLAH;38")
    with django_assert_max_num_queries(len(few)):
        page.get("/impor/")
    with django_assert_max_num_queries(len(some)):
        page.get(f"/impor/{many.pk}/")


def test_the_same_way_by_rest(cast, api_of):
    api = api_of(cast.owner)
    content = csv(line(1), line(2, sex="?"))
    content.name = "penerima.csv"
    made = api.post(
        reverse("api-import-list"), {"jenis": "penerima", "wilayah": "17.71", "berkas": content}, format="multipart"
    )
    assert made.status_code == 201, made.json()
    here = reverse("api-import-detail", args=[made.json()["id"]])
    assert made.json()["judul"][0] == "NIK"
    assert api.post(f"{here}judul/", {"baris": 2}, format="json").json()["judul"][0] == nik(1)
    assert api.post(f"{here}judul/", {"baris": 1}, format="json").json()["judul"][0] == "NIK"
    assert api.post(f"{here}kolom/", {"kolom": made.json()["kolom"]}, format="json").status_code == 200
    work()
    found = api.get(here).json()
    assert (found["keadaan"], found["hitungan"]["create"], found["kesalahan"][0]["aturan"]) == (
        "diperiksa",
        1,
        "pilihan",
    )
    assert api.get(f"{here}kesalahan/?aturan=pilihan").json()["results"][0]["sel"] == "C3"
    assert api.post(f"{here}simpan/", {"cara": "semua"}, format="json").status_code == 409
    assert api.post(f"{here}simpan/", {"cara": "baik"}, format="json").status_code == 200
    work()
    assert api.post(f"{here}urungkan/", {"sebab": "salah berkas"}, format="json").status_code == 200
    work()
    assert api.get(here).json()["keadaan"] == "diurungkan"
    asked = {"wilayah": "17.71", "alasan": "mencocokkan data"}
    data = api.post(reverse("api-import-data", args=["dukcapil"]), asked, format="json")
    assert cells(data)[0][:3] == ["NIK", "Nama", "Tanggal lahir"]
    refused = api_of(cast.clerk).post(reverse("api-import-data", args=["dukcapil"]), asked, format="json")
    assert refused.status_code == 403
    assert not Beneficiary.objects.exists()
