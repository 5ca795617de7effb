"""Downloads and result files on the pages: the whole path, what is shown to whom, and at what cost."""

import csv
import io
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assistance.models import ResultFile
from assistance.tests.result_files import HEAD, checked, key, lines_of, row, states, work
from pilar.core.models import AuditEvent, Job
from tests import factories as make
from tests import factories_lists as lists


@pytest.fixture
def batch(cast):
    return make.make_batch()


def url_of(name: str, batch, file=None) -> str:
    return reverse(name, args=[batch.pk, file.pk] if file else [batch.pk])


def sent(client, batch, content: bytes, name: str = "hasil.csv"):
    return client.post(url_of("result-upload", batch), {"content": SimpleUploadedFile(name, content)})


def table_of(answer) -> list[dict[str, str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


# --- the download ----------------------------------------------------------------


def test_a_download_holds_every_line_and_can_be_sent_back(cast, client_of, batch, monkeypatch):
    monkeypatch.setattr("assistance.services.exports.AT_ONCE", 3)
    lines = lines_of(batch, 8)
    client = client_of(cast.owner)
    rows = table_of(client.get(url_of("batch-export", batch)))
    assert [found["kunci"] for found in rows] == [key(line) for line in lines]
    assert (rows[0]["nama"], rows[0]["jumlah"], rows[0]["hasil"], rows[0]["keadaan"]) == (
        "Orang 0", "600000", "", "disalurkan ke Pokmas",
    )  # fmt: skip
    filled = [HEAD, *(f"{found['kunci']};x;diterima;{found['jumlah']};2024-03-20" for found in rows)]
    sent(client, batch, "\n".join(filled).encode())
    work()
    assert ResultFile.objects.get().contents.filter(match="cocok").count() == 8


def test_a_download_of_money_does_not_speak_of_goods(cast, client_of):
    money = make.make_batch(programme="YAPI")
    make.make_line(money, make.make_beneficiary(), state="salur")
    (found,) = table_of(client_of(cast.owner).get(url_of("batch-export", money)))
    assert found["keadaan"] == "disalurkan"


def test_a_download_runs_nothing_in_a_spreadsheet_and_shows_no_nik(cast, client_of, batch):
    number = make.nik()
    person = make.make_beneficiary(name='=HYPERLINK("http://x")')
    person.set_nik(number)
    person.save()
    make.make_line(batch, person, detail="@sum; baris\ndua")
    (found,) = table_of(client_of(cast.owner).get(url_of("batch-export", batch)))
    assert (found["nama"], found["keterangan"]) == ('\'=HYPERLINK("http://x")', "'@sum; baris dua")
    assert number not in str(found)


def test_a_download_is_recorded_as_a_read_of_personal_data(cast, client_of, api_of, batch):
    client_of(cast.auditor).get(url_of("batch-export", batch))
    api_of(cast.owner).get(f"/api/v1/daftar-penyaluran/{batch.pk}/unduh/")
    told = AuditEvent.objects.filter(action="buka_data", object_type="assistance.batch", object_id=str(batch.pk))
    assert sorted(told.values_list("actor_name", flat=True)) == ["Auditor", "Owner"]


def test_a_person_who_moved_away_stays_in_the_download_without_a_name(cast, client_of, batch):
    line = lines_of(batch, 1)[0]
    type(line.beneficiary).objects.filter(pk=line.beneficiary_id).update(region_id=make.CURUP)
    (found,) = table_of(client_of(cast.owner).get(url_of("batch-export", batch)))
    assert (found["kunci"], found["nama"]) == (key(line), "tercatat di wilayah lain")


# --- the path of a file ------------------------------------------------------------


def test_a_file_goes_from_upload_to_money_in_hand(cast, client_of, batch):
    client, lines = client_of(cast.owner), lines_of(batch, 2)
    answer = sent(client, batch, "\n".join((HEAD, row(lines[0]), row(lines[1], amount=5))).encode())
    file = ResultFile.objects.get()
    assert answer["Location"] == url_of("result-detail", batch, file)
    assert "Pemeriksaan" in client.get(answer["Location"]).content.decode()
    work()
    page = client.get(answer["Location"]).content.decode()
    assert "Terapkan 1 baris yang cocok" in page
    assert "Di berkas Rp5, di daftar Rp600.000" in page
    asked = client.get(url_of("result-apply", batch, file)).content.decode()
    assert "1 baris daftar berubah: 1 diterima (transaksi). 1 baris bermasalah tidak diterapkan" in asked
    client.post(url_of("result-apply", batch, file), {"note": ""})
    work()
    page = client.get(answer["Location"]).content.decode()
    assert "Selesai diterapkan" in page
    assert states(lines) == ["transaksi", "salur"]
    assert "hasil.csv" in client.get(url_of("result-list", batch)).content.decode()


def test_bad_rows_are_downloaded_with_their_reason_and_no_nik(cast, client_of, batch):
    number, line = make.nik(), lines_of(batch, 1)[0]
    rows = (f";{number};diterima;600000;20/03/2024", f"{key(line)};;entah;600000;20/03/2024", f";{number}1;retur;1;x")
    file = checked(cast.owner, batch, *rows, head="kunci;nik;hasil;jumlah;tanggal")
    answer = client_of(cast.owner).get(url_of("result-faults", batch, file))
    unknown, broken, wrong = table_of(answer)
    assert (unknown["baris ke"], unknown["kunci"], unknown["nik tersamar"][-2:]) == ("2", "", number[-2:])
    assert (broken["kunci"], "Tulis diterima" in broken["alasan"]) == (key(line), True)
    assert all(word in wrong["alasan"] for word in ("Kolom nik", "Kolom tanggal"))
    assert number not in str(
        (unknown, broken, wrong, client_of(cast.owner).get(url_of("result-detail", batch, file)).content)
    )


def test_rows_are_filtered_by_kind(cast, client_of, batch):
    lines = lines_of(batch, 2)
    file = checked(cast.owner, batch, row(lines[0]), row(lines[1], "entah"))
    client, url = client_of(cast.owner), url_of("result-detail", batch, file)
    shown = {kind: client.get(url, {"match": kind}).context["rows"] for kind in ("rusak", "cocok", "bermasalah")}
    assert {kind: [item["row"].number for item in rows] for kind, rows in shown.items()} == {
        "rusak": [3], "cocok": [2], "bermasalah": [3],
    }  # fmt: skip


def test_a_script_that_polls_gets_the_progress_and_then_the_page(cast, client_of, batch):
    client, line = client_of(cast.owner), lines_of(batch, 1)[0]
    sent(client, batch, "\n".join((HEAD, row(line))).encode())
    url = url_of("result-detail", batch, ResultFile.objects.get())
    asked = client.get(url, headers={"HX-Request": "true"})
    assert f'hx-get="{url}"' in asked.content.decode()
    assert "<html" not in asked.content.decode()
    work()
    assert client.get(url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"


def test_a_stopped_check_is_taken_up_and_a_file_is_dropped(cast, client_of, batch):
    client, line = client_of(cast.owner), lines_of(batch, 1)[0]
    sent(client, batch, "\n".join((HEAD, row(line))).encode())
    file = ResultFile.objects.get()
    Job.objects.update(state="gagal", error="Pekerja mati.")
    page = client.get(url_of("result-detail", batch, file)).content.decode()
    assert "Pekerja mati." in page
    assert "Periksa lagi" in page
    client.post(url_of("result-check", batch, file))
    work()
    client.post(url_of("result-drop", batch, file), {"note": "salah berkas"})
    file.refresh_from_db()
    assert file.state == "dibuang"


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "kosong"),
        (b"nama,alamat,umur\na,b,c\n", "Kolom kunci (atau nik), hasil, jumlah, tanggal tidak ada"),
        (b"PK\x03\x04", "berkas Excel"),
    ],
)
def test_an_unreadable_file_comes_back_on_the_form(cast, client_of, batch, content, word):
    answer = sent(client_of(cast.owner), batch, content)
    assert (answer.status_code, word in answer.content.decode()) == (422, True)
    assert not ResultFile.objects.exists()


@pytest.mark.parametrize("door", ["page", "api"])
def test_sixty_megabytes_are_refused_soon_and_not_kept(cast, client_of, api_of, batch, door, settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path)
    content = SimpleUploadedFile("besar.csv", b"kunci;hasil;jumlah;tanggal\n" + b"x" * 60 * 1024**2)
    start = time.monotonic()
    if door == "page":
        answer = client_of(cast.owner).post(url_of("result-upload", batch), {"content": content})
    else:
        answer = api_of(cast.owner).post(
            "/api/v1/berkas-hasil/", {"daftar": batch.pk, "berkas": content}, format="multipart"
        )
    assert time.monotonic() - start < 20
    assert "lebih besar dari 50 MB" in answer.content.decode()
    assert not ResultFile.objects.exists()


def test_a_foreign_list_is_404_in_both_doors(cast, client_of, api_of):
    batch = make.make_batch(region=make.REJANG_LEBONG)
    file = lists.make_result_file(batch, make.make_line(batch, make.make_beneficiary(region=make.CURUP)))
    client, api = client_of(cast.owner), api_of(cast.owner)
    pages = [url_of(name, batch) for name in ("batch-export", "result-list", "result-upload")]
    pages += [url_of(f"result-{name}", batch, file) for name in ("detail", "faults", "apply", "drop", "check")]
    assert {client.get(url).status_code for url in pages} == {404}
    assert sent(client, batch, b"x").status_code == 404
    ends = ("", "baris/", "bermasalah/")
    assert {api.get(f"/api/v1/berkas-hasil/{file.pk}/{end}").status_code for end in ends} == {404}
    acts = ("terapkan", "buang", "periksa")
    assert {api.post(f"/api/v1/berkas-hasil/{file.pk}/{act}/").status_code for act in acts} == {404}
    body = {"daftar": batch.pk, "berkas": SimpleUploadedFile("x.csv", b"x")}
    assert "daftar" in api.post("/api/v1/berkas-hasil/", body, format="multipart").json()["errors"]


def test_a_file_of_another_list_is_404(cast, client_of, batch):
    file = lists.make_result_file(make.make_batch())
    assert client_of(cast.owner).get(url_of("result-detail", batch, file)).status_code == 404


def cost(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_pages_cost_the_same_for_two_and_for_forty(cast, client_of, batch):
    client = client_of(cast.owner)
    few = lists.make_result_file(batch, *lines_of(batch, 2), uploaded_by=cast.owner, applied_by=cast.owner)
    cost(client, url_of("result-detail", batch, few))  # places and words are looked up once
    before = [cost(client, url_of("result-detail", batch, few)), cost(client, url_of("result-list", batch))]
    many = lists.make_result_file(batch, *lines_of(batch, 40), uploaded_by=cast.owner, applied_by=cast.owner)
    for _ in range(10):
        lists.make_result_file(batch, uploaded_by=cast.colleague, applied_by=cast.owner)
    assert [cost(client, url_of("result-detail", batch, many)), cost(client, url_of("result-list", batch))] == before
