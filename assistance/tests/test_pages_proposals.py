"""Usulan in the browser's door: list, first and second step, detail, withdrawal, naming who checks."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import Proposal
from pilar.core.models import Programme
from tests import factories as make

LIST = "/usulan/"


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def companion(cast):
    return make.make_assignment(make.make_person(name="Desi Pendamping"), region=make.SELEBAR)


@pytest.fixture
def elder(land):
    return make.make_beneficiary(name="Rohaya", groups=[3])


def waiting(name: str = "Siti Aminah", *, region: int = make.SELEBAR, **fields) -> Proposal:
    person = make.make_beneficiary(name=name, region=region)
    return make.make_proposal(person, programme="PERMAKANAN", group=3, state="diajukan", **fields)


def shown(client, query: str = "") -> list[str]:
    return [item["name"] for item in client.get(LIST + query).context["proposals"]]


def form_of(person, **changes) -> dict[str, object]:
    programme = Programme.objects.get(code="PERMAKANAN").pk
    return {
        "beneficiary": person.pk, "programme": programme, "group": 3, "minutes_number": "BA/04/2024",
        "minutes_date": "2024-06-01", "proposed_on": "2024-06-03", **changes,
    }  # fmt: skip


# --- the list --------------------------------------------------------------


def test_each_filter_narrows_the_list(cast, client_of, companion):
    waiting("Satu", assigned_to=companion)
    waiting("Dua", region=make.CURUP, on=date(2023, 6, 1))
    make.make_proposal(make.make_beneficiary(name="Tiga"), programme="YAPI", state="layak")
    client = client_of(cast.province)
    assert shown(client) == ["Tiga", "Dua", "Satu"]
    assert shown(client, "?year=2023") == ["Dua"]
    assert shown(client, "?region=17.02") == ["Dua"]
    assert shown(client, "?programme=YAPI") == ["Tiga"]
    assert shown(client, "?state=layak") == ["Tiga"]
    assert shown(client, "?companion_name=desi") == ["Satu"]
    assert shown(client, f"?companion={companion.pk}") == ["Satu"]
    assert shown(client, "?unassigned=on") == ["Dua"]


def test_states_are_counted_under_the_other_filters(client):
    waiting()
    waiting()
    make.make_proposal(make.make_beneficiary(), programme="YAPI", state="layak")
    make.make_proposal(make.make_beneficiary(region=make.CURUP), programme="YAPI", state="layak")
    tabs = client.get(LIST + "?programme=PERMAKANAN&state=layak").context["tabs"]
    assert [(tab["label"], tab["count"]) for tab in tabs][:3] == [
        ("Semua", "2"), ("Menunggu verval", "2"), ("Layak, menunggu SK", "0"),
    ]  # fmt: skip
    assert [tab["current"] for tab in tabs][:3] == [False, False, True]
    assert shown(client, tabs[1]["url"]) == ["Siti Aminah", "Siti Aminah"]


def test_a_foreign_usulan_stays_unseen(client):
    foreign = waiting(region=make.CURUP)
    assert shown(client) == []
    assert client.get(f"{LIST}{foreign.pk}/").status_code == 404
    assert client.get(f"{LIST}{foreign.pk}/tarik/").status_code == 404


def test_a_sensitive_group_is_for_whoever_may_see_it(cast, client_of):
    hidden = make.make_proposal(make.make_beneficiary(), group=2, state="diajukan")
    assert shown(client_of(cast.clerk)) == []
    assert client_of(cast.clerk).get(f"{LIST}{hidden.pk}/").status_code == 404
    assert shown(client_of(cast.owner)) == ["Siti Aminah"]


def test_a_reader_ticks_and_enters_nothing(cast, client_of):
    row = waiting()
    page = client_of(cast.auditor).get(LIST)
    assert page.context["bulk"] == []
    assert "Usulan baru" not in page.content.decode()
    assert client_of(cast.auditor).get(f"{LIST}{row.pk}/").context["acts"] == []


def test_the_list_costs_the_same_for_two_and_for_thirty(client, companion):
    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST)
        return len(queries)

    for number in range(2):
        waiting(f"Orang {number}", assigned_to=companion)
    few = cost()
    for number in range(28):
        waiting(f"Orang lain {number}", assigned_to=companion)
    assert cost() == few


# --- proposing -------------------------------------------------------------


def test_somebody_is_found_and_proposed(client, elder):
    assert client.get("/usulan/baru/")["Location"] == "/usulan/cari/"
    page = client.post("/usulan/cari/", {"q": "roh"}, follow=True).content.decode()
    url = f"/usulan/baru/?penerima={elder.pk}"
    assert url in page
    assert "Rohaya" in client.get(url).content.decode()
    answer = client.post(url, form_of(elder))
    made = Proposal.objects.get()
    assert answer["Location"] == f"{LIST}{made.pk}/"
    assert (made.beneficiary, made.state) == (elder, "diajukan")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"minutes_number": ""}, "harus diisi"),
        ({"minutes_date": "2099-01-01"}, "belum tiba"),
        ({"proposed_on": "2024-05-01"}, "mendahului tanggal berita acara"),
        ({"reentry_reason": "Kembali"}, "belum pernah menerima"),
    ],
)
def test_a_wrong_field_comes_back_with_its_sentence(client, elder, changes, sentence):
    answer = client.post(f"/usulan/baru/?penerima={elder.pk}", form_of(elder, **changes))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_a_pkh_recipient_comes_back_with_rule_remedy_and_who_lifts_it(client, elder):
    make.make_participation(elder, programme="PKH")
    answer = client.post(f"/usulan/baru/?penerima={elder.pk}", form_of(elder))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Masih menerima PKH" in page
    assert "Pilih salah satu" in page
    assert "admin pusat" in page


def test_a_returner_is_asked_why_and_shown_as_one(client, elder):
    make.make_participation(elder, programme="PERMAKANAN", group=3, state="berakhir", active_from=date(2023, 1, 1))
    url = f"/usulan/baru/?penerima={elder.pk}"
    assert "pernah menerima Permakanan sampai 31 Mei 2024" in client.post(url, form_of(elder)).content.decode()
    page = client.post(url, form_of(elder, reentry_reason="Anaknya merantau."), follow=True).content.decode()
    assert "Kembali menerima" in page
    assert "Anaknya merantau." in page
    assert "kembali menerima" in client.get(LIST).content.decode()


def test_somebody_new_is_registered_and_proposed_in_one_go(client):
    assert "/usulan/baru/?baru=1" in client.get("/usulan/cari/").content.decode()
    person = {
        "name": "Rohaya binti Umar", "nik": make.nik(day=52, month=4, year=51), "sex": "P", "birth_date": "1951-04-12",
        "region": "17.71.01", "group_1": 3, "since_1": "2022-01-01",
    }  # fmt: skip
    entry = form_of(make.make_beneficiary(region=make.CURUP)) | {"beneficiary": ""} | person
    wrong = client.post("/usulan/baru/?baru=1", entry | {"minutes_date": "2099-01-01"})
    assert wrong.status_code == 422
    assert not Proposal.objects.exists()
    assert client.post("/usulan/baru/?baru=1", entry).status_code == 302
    assert Proposal.objects.get().beneficiary.name == "Rohaya binti Umar"


def test_a_foreign_person_cannot_be_proposed(client):
    person = make.make_beneficiary(region=make.CURUP)
    assert client.get(f"/usulan/baru/?penerima={person.pk}").status_code == 404
    assert client.post("/usulan/baru/", form_of(person)).status_code == 422
    assert not Proposal.objects.exists()


# --- one usulan ------------------------------------------------------------


def test_the_page_says_the_state_the_next_step_and_what_is_missing(client, elder):
    client.post(f"/usulan/baru/?penerima={elder.pk}", form_of(elder))
    page = client.get(f"{LIST}{Proposal.objects.get().pk}/").content.decode()
    assert "Sudah diusulkan dan belum diperiksa di lapangan." in page
    assert "Tunjuk petugas verval" in page
    assert "Belum ada data tinggal seorang diri" in page
    assert "BA/04/2024" in page
    assert "Dicatat oleh Owner" in page
    assert elder.nik_masked in page
    assert "belum ditunjuk" in page


def test_a_refused_usulan_says_why_and_offers_nothing(client):
    row = make.make_proposal(make.make_beneficiary(), state="tidak_layak", reason="mampu")
    page = client.get(f"{LIST}{row.pk}/")
    assert "Keluarga sudah mampu atau memiliki aset." in page.content.decode()
    assert page.context["acts"] == []
    assert page.context["findings"] == []


def test_a_usulan_is_withdrawn_with_a_reason(client):
    row = waiting()
    url = f"{LIST}{row.pk}/tarik/"
    assert client.post(url, {"note": ""}).status_code == 422
    assert client.post(url, {"note": "Salah orang."})["Location"] == f"{LIST}{row.pk}/"
    page = client.get(f"{LIST}{row.pk}/").content.decode()
    assert "Salah orang." in page
    assert "Ditarik pengusul" in page
    assert client.post(url, {"note": "Sekali lagi"}).status_code == 422


# --- naming who checks -----------------------------------------------------


def test_chosen_usulan_get_one_companion(client, companion):
    rows = [waiting("Satu"), waiting("Dua")]
    ids = [row.pk for row in rows]
    page = client.get("/usulan/petugas/", {"row": ids, "act": "petugas"}).content.decode()
    assert "Satu" in page
    assert "Desi Pendamping, TKSK, Selebar" in page
    answer = client.post("/usulan/petugas/", {"row": ids, "assignment": companion.pk}, follow=True)
    assert "2 usulan ditugaskan kepada Desi Pendamping." in answer.content.decode()
    assert set(Proposal.objects.values_list("assigned_to", flat=True)) == {companion.pk}
    assert answer.content.decode().count("Desi Pendamping</td>") == 2


def test_only_companions_whose_area_covers_all_are_offered(client, companion):
    near, far = waiting("Satu"), waiting("Dua", region=make.TELUK_SEGARA)
    ended = make.make_assignment(make.make_person(name="Sudah Selesai"), valid_until=date(2024, 1, 1))
    wide = make.make_assignment(make.make_person(name="Seluruh Kota"), pillar="REHSOS", region=make.KOTA)
    page = client.get("/usulan/petugas/", {"row": [near.pk, far.pk]}).content.decode()
    assert "Seluruh Kota" in page
    assert "Desi Pendamping" not in page
    assert "Sudah Selesai" not in page
    answer = client.post("/usulan/petugas/", {"row": [near.pk], "assignment": ended.pk})
    assert answer.status_code == 422
    assert client.post("/usulan/petugas/", {"row": [far.pk], "assignment": wide.pk}).status_code == 302


def test_nobody_to_choose_is_said(client):
    page = client.get("/usulan/petugas/", {"row": [waiting().pk]}).content.decode()
    assert "Tidak ada petugas yang wilayah kerjanya mencakup semua usulan ini." in page


def test_without_ticks_the_list_comes_back(client):
    answer = client.get("/usulan/petugas/", follow=True)
    assert answer.redirect_chain[0][0] == LIST
    assert "Belum ada usulan yang dipilih" in answer.content.decode()


def test_a_foreign_usulan_is_not_assigned(client, companion):
    foreign = waiting(region=make.CURUP)
    answer = client.post("/usulan/petugas/", {"row": [foreign.pk], "assignment": companion.pk})
    assert answer.status_code == 422
