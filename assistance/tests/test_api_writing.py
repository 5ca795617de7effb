"""The REST door of assistance, writing: the same services and refusals as the pages."""

import pytest

from assistance.models import Batch, Beneficiary, Disbursement
from assistance.tests.entries import BATCHES, LINES, PEOPLE
from tests import factories as make


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def batch_body(**changes) -> dict[str, object]:
    body = {
        "program": "YAPI",
        "tahun": 2024,
        "tahap": "Tahap 1",
        "wilayah": "17.71",
        "dana": "apbn",
        "nomor_sk": "460/1/2024",
        "tanggal_sk": "2024-01-15",
        "pagu": 1_200_000,
    }
    return {**body, **changes}


def line_body(batch, person, **changes) -> dict[str, object]:
    group = "PAS03_LANSIA_TERLANTAR"
    return {"daftar": batch.pk, "penerima": person.pk, "kelompok": group, "jumlah": 600_000, **changes}


def person_body(**changes) -> dict[str, object]:
    body = {
        "nama": "Rohaya",
        "nik": make.nik(day=52, month=4, year=51),
        "jenis_kelamin": "P",
        "tanggal_lahir": "1951-04-12",
        "wilayah": "17.71.01",
        "kelompok": [{"kelompok": "PAS03_LANSIA_TERLANTAR", "sejak": "2022-01-01"}],
    }
    return {**body, **changes}


def post(api, url: str, body: dict[str, object]):
    return api.post(url, body, format="json")


def test_a_list_and_its_line_are_made(api):
    made = post(api, BATCHES, batch_body())
    assert made.status_code == 201
    batch = Batch.objects.get(pk=made.json()["id"])
    body = line_body(batch, make.make_beneficiary(), keadaan="salur", tanggal_salur="2024-03-15")
    line = post(api, LINES, body)
    assert line.status_code == 201
    assert api.get(f"{LINES}{line.json()['kunci']}/").json() == line.json()
    assert api.get(f"{BATCHES}{batch.pk}/").json()["jumlah"]["salur"] == 600_000


def test_a_person_is_registered(api):
    body = person_body()
    answer = post(api, PEOPLE, body)
    assert answer.status_code == 201
    assert [g["kode"] for g in answer.json()["kelompok"]] == ["PAS03_LANSIA_TERLANTAR"]
    assert body["nik"] not in answer.content.decode()


def test_a_line_goes_to_money_in_hand_and_a_returned_one_is_paid_again(api):
    made = [make.make_line(make.make_batch(), make.make_beneficiary(), state="sk") for _ in range(2)]
    first, second = (f"{LINES}2024-{line.pk}/" for line in made)
    steps = [{"keadaan": "salur", "tanggal": "2024-03-15"}, {"keadaan": "tidak_transaksi"}]
    for url in (first, second):
        assert [post(api, f"{url}keadaan/", step).status_code for step in steps] == [200, 200]
    received = post(api, f"{first}keadaan/", {"keadaan": "transaksi", "tanggal": "2024-04-02"}).json()
    assert (received["keadaan"], received["tanggal_diterima"]) == ("transaksi", "2024-04-02")
    assert post(api, f"{second}keadaan/", {"keadaan": "retur", "tanggal": "2024-04-02"}).status_code == 200
    again = post(api, f"{second}bayar-ulang/", {"tanggal": "2024-04-09"})
    assert (again.status_code, again.json()["membayar_ulang"]) == (201, made[1].pk)


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"jumlah": 1_200_001}, 409, "pagu"),
        ({"keadaan": "retur"}, 409, "urutan_keadaan"),
        ({"keadaan": "salur"}, 400, "tanggal_salur"),
        ({"wilayah": "17.02"}, 409, "wilayah_daftar"),
        ({"wilayah": "99"}, 400, "wilayah"),
        ({"kelompok": "PAS99"}, 400, "kelompok"),
        ({"jumlah": 0}, 400, "jumlah"),
    ],
)
def test_a_wrong_line_is_refused_by_rule_or_field(api, changes, status, said):
    batch = make.make_batch(ceiling=1_200_000)
    answer = post(api, LINES, line_body(batch, make.make_beneficiary(), **changes))
    assert answer.status_code == status
    assert said in answer.json().get("type", "") or said in answer.json().get("errors", {})
    assert answer["Content-Type"] == "application/problem+json"
    assert not Disbursement.objects.exists()


def test_a_second_line_is_refused(api):
    batch, person = make.make_batch(), make.make_beneficiary()
    assert post(api, LINES, line_body(batch, person)).status_code == 201
    answer = post(api, LINES, line_body(batch, person))
    assert (answer.status_code, answer.json()["type"]) == (409, "/api/galat/satu_baris_per_orang")


def test_foreign_people_and_lists_do_not_exist_as_choices(api):
    own, person = make.make_batch(), make.make_beneficiary()
    answer = post(api, LINES, line_body(own, make.make_beneficiary(region=make.CURUP)))
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"penerima"})
    answer = post(api, LINES, line_body(make.make_batch(region=make.REJANG_LEBONG), person))
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"daftar"})


@pytest.mark.parametrize("changes", [{"wilayah": "17.02"}, {"wilayah": "nasional"}])
def test_a_list_of_another_area_is_forbidden(api, changes):
    answer = post(api, BATCHES, batch_body(**changes))
    assert (answer.status_code, answer.json()["type"]) == (403, "/api/galat/wewenang")


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"tanggal_sk": "2099-01-01"}, "tanggal_sk"), ({"tahun": 1999}, "tahun"), ({"pagu": -1}, "pagu")],
)
def test_a_wrong_list_names_its_field(api, changes, field):
    answer = post(api, BATCHES, batch_body(**changes))
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {field})


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"nik": "1771"}, "nik"), ({"kelompok": []}, "kelompok"), ({"tanggal_lahir": "2099-01-01"}, "tanggal_lahir")],
)
def test_a_wrong_person_names_the_field(api, changes, field):
    answer = post(api, PEOPLE, person_body(**changes))
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {field})
    assert not Beneficiary.objects.exists()


def test_a_reader_writes_nothing(cast, api_of):
    api = api_of(cast.auditor)
    batch, person = make.make_batch(), make.make_beneficiary()
    answers = (post(api, BATCHES, batch_body()), post(api, LINES, line_body(batch, person)))
    assert [answer.status_code for answer in answers] == [403, 403]
    assert post(api, PEOPLE, person_body()).status_code == 403


def test_page_and_api_show_the_same_lists(cast, client_of, api):
    for _ in range(3):
        make.make_line(make.make_batch(), make.make_beneficiary())
    page = [item["batch"].pk for item in client_of(cast.owner).get("/penyaluran/").context["lists"]]
    assert page == [row["id"] for row in api.get(BATCHES).json()["results"]]
