"""Usulan in the API: the same services, refusals and filters as the pages."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import Proposal
from tests import factories as make

URL = "/api/v1/usulan/"


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


@pytest.fixture
def elder(land):
    return make.make_beneficiary(name="Rohaya", groups=[3])


def entry_of(person, **changes) -> dict[str, object]:
    return {
        "penerima": person.pk, "program": "PERMAKANAN", "kelompok": "PAS03_LANSIA_TERLANTAR",
        "nomor_berita_acara": "BA/04/2024", "tanggal_berita_acara": "2024-06-01", "diusulkan_pada": "2024-06-03",
        **changes,
    }  # fmt: skip


def waiting(region: int = make.SELEBAR, **fields) -> Proposal:
    return make.make_proposal(
        make.make_beneficiary(region=region), programme="PERMAKANAN", group=3, state="diajukan", **fields
    )


def test_a_usulan_is_made_with_its_words_history_and_what_is_missing(api, elder):
    answer = api.post(URL, entry_of(elder), format="json")
    body = answer.json()
    assert answer.status_code == 201
    assert (body["keadaan"], body["nama_penerima"], body["wilayah"]) == ("diajukan", "Rohaya", "17.71.01")
    assert body["langkah_berikut"] == "Tunjuk petugas verval, lalu catat hasilnya."
    assert [(s["aturan"], s["belum_ada_data"]) for s in body["syarat"]] == [("keadaan", True)]
    assert [(s["dari"], s["menjadi"]) for s in body["riwayat"]] == [("", "diajukan")]
    assert api.get(f"{URL}{body['id']}/").json() == body


def test_a_refusal_names_its_rule(api, elder):
    make.make_participation(elder, programme="PKH")
    answer = api.post(URL, entry_of(elder), format="json")
    assert (answer.status_code, answer.json()["type"]) == (409, "/api/galat/bukan_penerima")
    assert "Masih menerima PKH" in answer.json()["title"]


def test_errors_carry_the_names_of_the_api(api, elder):
    make.make_graduation(elder, programme="PERMAKANAN", on=date(2024, 2, 1))
    errors = api.post(URL, entry_of(elder), format="json").json()["errors"]
    assert set(errors) == {"alasan_masuk_kembali"}
    again = entry_of(elder, alasan_masuk_kembali="Sakit lagi.", tanggal_berita_acara="2099-01-01")
    assert set(api.post(URL, again, format="json").json()["errors"]) == {"tanggal_berita_acara"}


def test_a_returner_is_reported_as_one(api, elder):
    make.make_graduation(elder, programme="PERMAKANAN", on=date(2024, 2, 1))
    body = api.post(URL, entry_of(elder, alasan_masuk_kembali="Sakit lagi."), format="json").json()
    assert (body["kembali_menerima"], body["alasan_masuk_kembali"]) == (True, "Sakit lagi.")


def test_a_foreign_person_does_not_exist(api):
    answer = api.post(URL, entry_of(make.make_beneficiary(region=make.CURUP)), format="json")
    assert set(answer.json()["errors"]) == {"penerima"}


def test_a_usulan_is_withdrawn(api):
    row = waiting()
    assert set(api.post(f"{URL}{row.pk}/tarik/", {}).json()["errors"]) == {"catatan"}
    body = api.post(f"{URL}{row.pk}/tarik/", {"catatan": "Salah orang."}).json()
    assert (body["keadaan"], body["catatan"], body["syarat"]) == ("ditarik", "Salah orang.", [])
    assert api.post(f"{URL}{row.pk}/tarik/", {"catatan": "Lagi."}).json()["type"] == "/api/galat/urutan_keadaan"


def test_several_get_one_companion_or_none_does(api):
    companion = make.make_assignment(make.make_person(), region=make.SELEBAR)
    near, far = waiting(), waiting(region=make.TELUK_SEGARA)
    wrong = api.post(f"{URL}petugas/", {"usulan": [near.pk, far.pk], "penugasan": companion.pk}, format="json")
    assert wrong.json()["type"] == "/api/galat/wilayah_petugas"
    assert not Proposal.objects.filter(assigned_to__isnull=False).exists()
    right = api.post(f"{URL}petugas/", {"usulan": [near.pk], "penugasan": companion.pk}, format="json")
    assert right.json() == {"ditugaskan": 1}
    assert api.get(f"{URL}?petugas={companion.pk}").json()["results"][0]["petugas"] == companion.pk


def test_each_filter_narrows(cast, api_of):
    one = waiting(on=date(2024, 6, 1))
    two = make.make_proposal(make.make_beneficiary(region=make.CURUP), programme="YAPI", on=date(2023, 2, 1))
    api = api_of(cast.province)

    def found(query: str) -> list[int]:
        return [row["id"] for row in api.get(f"{URL}?{query}").json()["results"]]

    assert found("") == [two.pk, one.pk]
    assert found("tahun=2023") == [two.pk]
    assert found("wilayah=17.71") == [one.pk]
    assert found("program=YAPI") == [two.pk]
    assert found("keadaan=diajukan") == [one.pk]
    assert found(f"penerima={one.beneficiary_id}") == [one.pk]
    assert found("belum_ada_petugas=true") == [one.pk]


def test_a_foreign_or_hidden_usulan_is_404(cast, api_of):
    foreign, hidden = waiting(region=make.CURUP), make.make_proposal(make.make_beneficiary(), group=2)
    assert api_of(cast.owner).get(f"{URL}{foreign.pk}/").status_code == 404
    assert api_of(cast.clerk).get(f"{URL}{hidden.pk}/").status_code == 404
    assert api_of(cast.owner).get(f"{URL}{hidden.pk}/").json()["kelompok"] == "PAS02_DISABILITAS"


def test_the_list_costs_the_same_for_two_and_for_thirty(api):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            api.get(URL)
        return len(queries)

    for _ in range(2):
        waiting()
    cost()  # the token's first use of the day is noted
    few = cost()
    for _ in range(28):
        waiting()
    assert cost() == few
