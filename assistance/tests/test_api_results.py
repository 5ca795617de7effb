"""Result files by REST: the same service, the same refusals."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import ResultFile
from assistance.tests.result_files import HEAD, lines_of, row, states, work
from pilar.core.models import BudgetYear
from tests import factories as make
from tests import factories_lists as lists

FILES = "/api/v1/berkas-hasil/"


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


@pytest.fixture
def batch(cast):
    return make.make_batch()


def send(api, batch, *rows: str):
    content = SimpleUploadedFile("hasil.csv", "\n".join((HEAD, *rows)).encode())
    return api.post(FILES, {"daftar": batch.pk, "berkas": content}, format="multipart")


def test_a_file_is_sent_looked_at_and_applied(api, batch):
    lines = lines_of(batch, 3)
    made = send(api, batch, row(lines[0]), row(lines[1], "retur"), row(lines[2], amount=1))
    assert (made.status_code, made.json()["keadaan"], made.json()["pekerjaan"]["keadaan"]) == (201, "diunggah", "antre")
    work()
    url = f"{FILES}{made.json()['id']}/"
    found = api.get(url).json()
    assert found["hitungan"] == {
        "pencocokan": {"cocok": 2, "jumlah_beda": 1}, "hasil_cocok": {"transaksi": 1, "retur": 1}, "diterapkan": 0,
    }  # fmt: skip
    (bad,) = api.get(f"{url}baris/?pencocokan=jumlah_beda").json()["results"]
    assert (bad["nomor"], bad["baris"], bad["jumlah"]) == (4, lines[2].pk, 1)
    assert api.post(f"{url}terapkan/").status_code == 200
    work()
    assert states(lines) == ["transaksi", "retur", "salur"]
    assert api.get(url).json()["keadaan"] == "selesai"
    again = api.post(f"{url}terapkan/")
    assert (again.status_code, again.json()["type"]) == (409, "/api/galat/berkas_hasil_dua_kali")
    assert send(api, batch, row(lines[0]), row(lines[1], "retur"), row(lines[2], amount=1)).status_code == 409


def test_rows_come_in_the_order_of_the_sheet(api, batch):
    lines = lines_of(batch, 3)
    made = send(api, batch, *map(row, lines)).json()
    rows = api.get(f"{FILES}{made['id']}/baris/?page_size=2").json()
    assert [found["nomor"] for found in rows["results"]] == [2, 3]
    assert rows["next"]


def test_faults_of_an_entry_are_named(api, batch):
    content = SimpleUploadedFile("x.csv", b"nama,alamat,umur\na,b,c")
    answer = api.post(FILES, {"daftar": batch.pk, "berkas": content}, format="multipart")
    assert "tidak ada di baris judul" in answer.json()["errors"]["berkas"][0]
    assert set(api.post(FILES, {}, format="multipart").json()["errors"]) == {"daftar", "berkas"}
    assert api.get(f"{FILES}?daftr=1").status_code == 400


def test_a_closed_year_asks_for_its_reason_and_a_drop_too(api, batch):
    made = send(api, batch, row(lines_of(batch, 1)[0])).json()
    work()
    BudgetYear.objects.filter(pk=2024).update(closed_on="2024-06-01")
    assert set(api.post(f"{FILES}{made['id']}/terapkan/").json()["errors"]) == {"catatan"}
    assert set(api.post(f"{FILES}{made['id']}/buang/").json()["errors"]) == {"sebab"}
    assert api.post(f"{FILES}{made['id']}/buang/", {"sebab": "salah"}).json()["keadaan"] == "dibuang"


def test_a_clerk_of_another_office_sees_nothing(cast, api_of, batch):
    lists.make_result_file(batch)
    assert api_of(cast.neighbour).get(FILES).json()["results"] == []
    assert len(api_of(cast.province).get(f"{FILES}?daftar={batch.pk}&keadaan=diperiksa").json()["results"]) == 1
    assert ResultFile.objects.count() == 1


def cost(api, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert api.get(url).status_code == 200
    return len(queries)


def test_answers_cost_the_same_for_two_and_for_twenty(api, batch):
    one = lists.make_result_file(batch, *lines_of(batch, 2))
    api.get(FILES)  # the key's last use is noted once
    few = [cost(api, FILES), cost(api, f"{FILES}{one.pk}/"), cost(api, f"{FILES}{one.pk}/baris/")]
    many = lists.make_result_file(batch, *lines_of(batch, 20))
    for _ in range(10):
        lists.make_result_file(batch)
    assert [cost(api, FILES), cost(api, f"{FILES}{many.pk}/"), cost(api, f"{FILES}{many.pk}/baris/")] == few
