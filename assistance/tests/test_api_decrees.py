"""SK penetapan and participation through the REST door: the same services, filters and refusals."""

import pytest

from assistance.models import Decree, Participation
from assistance.tests.test_services_decrees import candidate
from tests import factories as make

DECREES, ROWS = "/api/v1/sk/", "/api/v1/kepesertaan/"


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


@pytest.fixture
def draft(cast):
    return make.make_decree(programme="PKH")


def post(api, url: str, **body):
    return api.post(url, body, format="json")


def test_an_sk_goes_from_draft_to_decided(cast, api, api_of):
    body = {"program": "PKH", "tahun": 2024, "wilayah": "17.71", "dana": "apbn", "judul": "PKH tahap 1"}
    made = post(api, DECREES, **body)
    assert (made.status_code, made.json()["keadaan"], made.json()["banyak_nama"]) == (201, "disusun", 0)
    candidate("Zubaidah")
    url = f"{DECREES}{made.json()['id']}/"
    assert post(api, f"{url}isi/").json() == {"masuk": 1, "tidak_masuk": []}
    assert post(api, f"{url}ajukan/").json()["keadaan"] == "diajukan"
    done = post(api_of(cast.staff), f"{url}tetapkan/", nomor="460/7/2024", tanggal_sk="2024-02-01").json()
    assert (done["keadaan"], done["nomor"], done["banyak_nama"]) == ("ditetapkan", "460/7/2024", 1)
    row = api.get(f"{ROWS}?sk={done['id']}").json()["results"][0]
    assert (row["keadaan"], row["aktif_sejak"], row["nama_penerima"]) == ("aktif", "2024-02-01", "Zubaidah")


def test_whoever_is_left_out_is_named_with_every_reason(api, draft):
    row = candidate("Almarhum")
    make.make_circumstance(row.beneficiary, "meninggal", "ya")
    left = post(api, f"{DECREES}{draft.pk}/isi/").json()["tidak_masuk"]
    assert [(item["nama"], item["kepesertaan"]) for item in left] == [("Almarhum", row.pk)]
    assert "Tercatat meninggal dunia" in left[0]["sebab"][0]


@pytest.mark.parametrize(
    ("who", "act", "body", "rule"),
    [
        ("owner", "ajukan", {}, "sk_kosong"),
        ("staff", "tetapkan", {"nomor": "1", "tanggal_sk": "2024-02-01"}, "urutan_keadaan"),
        ("staff", "kembalikan", {"catatan": "periksa"}, "urutan_keadaan"),
    ],
)
def test_a_refusal_carries_its_rule(cast, api_of, draft, who, act, body, rule):
    answer = post(api_of(getattr(cast, who)), f"{DECREES}{draft.pk}/{act}/", **body)
    assert (answer.status_code, answer.json()["type"]) == (409, f"/api/galat/{rule}")


def test_the_proposer_and_the_wrong_level_do_not_decide(cast, api_of, draft):
    candidate(decree=draft)
    staff = api_of(cast.staff)
    post(staff, f"{DECREES}{draft.pk}/ajukan/")
    given = {"nomor": "1", "tanggal_sk": "2024-02-01"}
    rules = [
        post(api_of(user), f"{DECREES}{draft.pk}/tetapkan/", **given).json()["type"]
        for user in (cast.staff, cast.province)
    ]
    assert rules == ["/api/galat/empat_mata", "/api/galat/tingkat_pendana"]


def test_an_sk_is_sent_back_with_a_name_to_verval(cast, api, api_of, draft):
    row = candidate(decree=draft)
    post(api, f"{DECREES}{draft.pk}/ajukan/")
    body = {"catatan": "rumah kosong", "kembali_ke_verval": [row.pk]}
    answer = post(api_of(cast.staff), f"{DECREES}{draft.pk}/kembalikan/", **body).json()
    assert (answer["keadaan"], answer["catatan_pengembalian"], answer["banyak_nama"]) == ("disusun", "rumah kosong", 0)


def test_a_name_is_taken_out(api, draft):
    row = candidate(decree=draft)
    answer = post(api, f"{DECREES}{draft.pk}/keluarkan/", kepesertaan=row.pk, sebab="alamat keliru")
    assert (answer.status_code, answer.json()["banyak_nama"]) == (200, 0)
    foreign = make.make_participation(make.make_beneficiary(region=make.CURUP), state="calon")
    answer = post(api, f"{DECREES}{draft.pk}/keluarkan/", kepesertaan=foreign.pk, sebab="x")
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"kepesertaan"})


def test_number_and_date_come_back_under_their_names(cast, api_of, draft):
    candidate(decree=draft)
    Decree.objects.update(state="diajukan", proposed_by=cast.owner)
    answer = post(api_of(cast.staff), f"{DECREES}{draft.pk}/tetapkan/", nomor="1", tanggal_sk="2024-01-01")
    assert (answer.status_code, set(answer.json()["errors"])) == (400, {"tanggal_sk"})


def test_filters_of_both_lists(api):
    decree = make.make_decree(programme="PKH")
    make.make_decree(year=2023, state="diajukan")
    assert [row["id"] for row in api.get(f"{DECREES}?program=PKH&tahun=2024&keadaan=disusun").json()["results"]] == [
        decree.pk
    ]
    row = make.make_participation(make.make_beneficiary(), programme="PKH", returning=True)
    make.make_participation(make.make_beneficiary(), state="calon")
    query = f"?program=PKH&keadaan=aktif&kembali_menerima=true&penerima={row.beneficiary_id}&wilayah=17.71"
    assert [item["id"] for item in api.get(ROWS + query).json()["results"]] == [row.pk]


def test_a_participation_is_suspended_resumed_and_ended(api):
    row = make.make_participation(make.make_beneficiary())
    url = f"{ROWS}{row.pk}/"
    suspended = post(api, f"{url}tangguhkan/", tanggal="2024-03-01", alasan="tidak_transaksi").json()
    assert (suspended["keadaan"], suspended["alasan"]) == ("ditangguhkan", "tidak_transaksi")
    assert post(api, f"{url}lanjutkan/", tanggal="2024-03-09", catatan="rekening aktif").json()["keadaan"] == "aktif"
    ended = post(api, f"{url}akhiri/", tanggal="2024-04-01", alasan="pindah").json()
    assert (ended["keadaan"], ended["berakhir_pada"]) == ("berakhir", "2024-04-01")
    again = post(api, f"{url}akhiri/", tanggal="2024-04-01", alasan="pindah")
    assert (again.status_code, again.json()["type"]) == (409, "/api/galat/urutan_keadaan")


def test_days_and_reasons_come_back_under_their_names(api):
    row = make.make_participation(make.make_beneficiary())
    early = post(api, f"{ROWS}{row.pk}/akhiri/", tanggal="2024-01-01", alasan="pindah")
    assert set(early.json()["errors"]) == {"tanggal"}
    unknown = post(api, f"{ROWS}{row.pk}/akhiri/", tanggal="2024-03-01", alasan="graduasi")
    assert set(unknown.json()["errors"]) == {"alasan"}
    silent = post(api, f"{ROWS}{row.pk}/akhiri/", tanggal="2024-03-01", alasan="lain")
    assert set(silent.json()["errors"]) == {"catatan"}


def test_a_candidate_goes_back_to_verval(api):
    row = candidate()
    answer = post(api, f"{ROWS}{row.pk}/verval-ulang/", catatan="alamat tidak ditemukan").json()
    assert (answer["keadaan"], answer["usulan"]) == ("berakhir", None)


def test_a_hidden_group_is_no_row_for_a_clerk(cast, api_of):
    make.make_participation(make.make_beneficiary(), group=9)
    assert api_of(cast.clerk).get(ROWS).json()["results"] == []
    assert Participation.objects.count() == 1
