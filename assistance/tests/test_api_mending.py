"""What the pages mend, the REST door mends too: a line corrected or taken back, a graduation recorded and cancelled."""

import pytest

from assistance.models import Disbursement, Graduation
from assistance.tests.entries import GRADUATIONS, LINES
from tests import factories as make
from tests import factories_lists as lists


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def post(api, url: str, **body):
    return api.post(url, body, format="json")


def of(line) -> str:
    return f"{LINES}{line.year}-{line.pk}/"


def test_a_line_is_corrected_with_its_reason(api):
    line = make.make_line(make.make_batch(), make.make_beneficiary())
    answer = post(api, f"{of(line)}koreksi/", jumlah=550_000, tanggal="2024-03-16", sebab="salah ketik")
    assert (answer.status_code, answer.json()["jumlah"], answer.json()["tanggal_salur"]) == (200, 550_000, "2024-03-16")
    assert post(api, f"{of(line)}koreksi/", jumlah=550_000, sebab="lagi").json()["errors"].keys() == {"tanggal"}


def test_a_line_is_taken_back_before_its_money_moves(api):
    waiting = make.make_line(make.make_batch(), make.make_beneficiary(), state="sk")
    assert post(api, f"{of(waiting)}hapus/", sebab="salah orang").status_code == 204
    assert not Disbursement.objects.filter(pk=waiting.pk).exists()
    paid = make.make_line(make.make_batch(), make.make_beneficiary())
    answer = post(api, f"{of(paid)}hapus/", sebab="salah orang")
    assert (answer.status_code, answer.json()["type"]) == (409, "/api/galat/hapus_baris")


def test_the_contents_of_a_closed_list_stand_still(cast, api):
    line = lists.make_closed(make.make_beneficiary(), programme="YAPI").lines.get()
    for act, body in (("hapus", {}), ("koreksi", {"jumlah": 1})):
        assert post(api, f"{of(line)}{act}/", sebab="ubah", **body).json()["type"] == "/api/galat/isi_beku"


def test_a_graduation_is_recorded_and_cancelled(api):
    family = make.make_beneficiary()
    row = make.make_participation(family, programme="PKH")
    body = {"penerima": family.pk, "program": "PKH", "jenis": "mandiri", "diputuskan_pada": "2024-06-01"}
    made = post(api, GRADUATIONS, **body)
    assert (made.status_code, made.json()["dihitung"], made.json()["dikonfirmasi_pada"]) == (201, False, None)
    row.refresh_from_db()
    assert row.state == "berakhir"
    assert post(api, GRADUATIONS, **body).json()["type"] == "/api/galat/graduasi_sekali"
    url = f"{GRADUATIONS}{made.json()['id']}/batal/"
    assert post(api, url, tanggal="2024-07-01", sebab="keliru").json()["dihitung"] is False
    assert Graduation.objects.counted().count() == 0
