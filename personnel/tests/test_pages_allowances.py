"""Tali asih through both doors: the list, its acts, and what the person himself reads."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from personnel.models import AllowanceLine, AllowanceProposal, EmploymentChange
from pilar.core.models import Pillar
from tests import factories as make

LIST, API, LINES = "/tali-asih/", "/api/v1/tali-asih/", "/api/v1/baris-tali-asih/"


def member(name: str = "Budi Santoso", **fields):
    person = make.make_person(name=name)
    make.make_assignment(person, pillar="TAGANA", **fields)
    return person


@pytest.fixture
def client(cast, client_of):
    return client_of(cast.owner)


@pytest.fixture
def api(cast, api_of):
    return api_of(cast.owner)


def made(client) -> str:
    form = {"pillar": Pillar.objects.get(code="TAGANA").pk, "region": "17.71", "period": "2024-s1", "funding": "apbn"}
    url = client.post(f"{LIST}baru/", form)["Location"]
    client.post(f"{url}isi/")
    return url


def text(client, url: str) -> str:
    return client.get(url).content.decode()


def line_url(url: str, person, act: str) -> str:
    return f"{url}{AllowanceLine.objects.get(person=person).pk}/{act}/"


def cost(client, url: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len(queries)


# --- the main way, page by page ----------------------------------------------


def test_a_member_who_was_dropped_sees_by_whom_when_and_why(cast, client, client_of):
    dropped, kept = member(), member("Kartini")
    url = made(client)
    form = {"reason": "tanpa_laporan", "note": "Tidak ada laporan tiga bulan"}
    client.post(line_url(url, dropped, "tidak-diusulkan"), form)
    client.post(f"{url}usulkan/")
    assert client.post(f"{url}ajukan/").status_code == 302
    page = text(client, f"/personel/{dropped.pk}/")
    assert "semester 1 2024" in page
    assert "tidak diusulkan" in page
    assert "Laporan tugas tidak ada. Tidak ada laporan tiga bulan. Oleh Owner, Dinas Sosial Kota Bengkulu" in page
    assert "Diusulkan untuk semester ini." in text(client, f"/personel/{kept.pk}/")


def test_the_dropped_member_is_told_through_the_api_too(cast, api):
    dropped = member()
    body = {"pilar": "TAGANA", "wilayah": "17.71", "semester": "2024-S1", "dana": "apbn"}
    made_list = api.post(API, body, format="json").json()
    assert api.post(f"{API}{made_list['id']}/isi/").json() == {"masuk": 1, "berubah": 0, "tidak_berlaku": 0}
    (line,) = api.get(LINES, {"personel": dropped.pk}).json()["results"]
    api.post(f"{LINES}{line['id']}/tidak-diusulkan/", {"alasan": "sanksi"}, format="json")
    (told,) = api.get(LINES, {"personel": dropped.pk, "semester": "2024-S1"}).json()["results"]
    names = ("keadaan", "alasan", "arti_alasan", "oleh", "kantor", "pada")
    assert [told[name] for name in names] == [
        "tidak_diusulkan", "sanksi", "Sedang dalam sanksi", "Owner", "Dinas Sosial Kota Bengkulu",
        timezone.localdate().isoformat(),
    ]  # fmt: skip


def test_the_list_goes_from_kab_to_prov_to_kemensos_to_the_bank(cast, client, client_of):
    paid, failed, rejected = member("Lunas"), member("Gagal"), member("Ditolak")
    url = made(client)
    client.post(f"{url}usulkan/")
    client.post(f"{url}ajukan/")
    province, staff = client_of(cast.province), client_of(cast.staff)
    assert "Teruskan ke Kemensos" in text(province, url)
    province.post(f"{url}teruskan/")
    staff.post(line_url(url, rejected, "tolak"), {"reason": "data_ganda"})
    staff.post(f"{url}setujui/")
    client.post(line_url(url, failed, "gagal-bayar"), {"reason": "rekening_tutup"})
    today = timezone.localdate().isoformat()
    client.post(f"{url}bayar/", {"on": today})
    assert AllowanceProposal.objects.get().state == "dibayar"
    assert "Data rekening" not in text(client, f"/personel/{paid.pk}/")
    assert "Dibayar " in text(client, f"/personel/{paid.pk}/")
    assert "Rekening tidak aktif atau ditutup" in text(client, f"/personel/{failed.pk}/")
    assert "Oleh Staff, Kementerian Sosial" in text(client, f"/personel/{rejected.pk}/")


def test_the_same_way_through_the_api(cast, api, api_of):
    member()
    body = {"pilar": "TAGANA", "wilayah": "17.71", "semester": "2024-S1", "dana": "apbn"}
    url = f"{API}{api.post(API, body, format='json').json()['id']}/"
    api.post(f"{url}isi/")
    refused = api.post(f"{url}ajukan/")
    assert (refused.status_code, refused.json()["type"]) == (409, "/api/galat/belum_diputuskan")
    assert api.post(f"{url}usulkan/").json() == {"banyak": 1}
    assert api.post(f"{url}ajukan/").json()["keadaan"] == "diajukan"
    assert api_of(cast.province).post(f"{url}setujui/").json()["type"] == "/api/galat/lewat_provinsi"
    assert api_of(cast.province).post(f"{url}teruskan/").json()["keadaan"] == "diteruskan"
    assert api_of(cast.province).post(f"{url}setujui/").json()["type"] == "/api/galat/empat_mata"
    assert api_of(cast.staff).post(f"{url}setujui/").json()["keadaan"] == "disetujui"
    day = {"tanggal": timezone.localdate().isoformat()}
    assert api.post(f"{url}bayar/", day, format="json").json() == {"banyak": 1}
    assert api.get(url).json()["keadaan"] == "dibayar"


def test_proposing_is_refused_in_words_while_anybody_is_undecided(client):
    member()
    url = made(client)
    answer = client.post(f"{url}ajukan/")
    assert answer.status_code == 422
    assert "1 orang yang berhak belum diputuskan" in answer.content.decode()
    assert "Belum bisa diajukan" in text(client, url)


def test_another_reason_must_be_written(client, api):
    person = member()
    url = made(client)
    answer = client.post(line_url(url, person, "tidak-diusulkan"), {"reason": "lain", "note": ""})
    assert answer.status_code == 422
    assert "Tulis alasannya" in answer.content.decode()
    line = AllowanceLine.objects.get()
    refused = api.post(f"{LINES}{line.pk}/tidak-diusulkan/", {"alasan": "lain"}, format="json")
    assert list(refused.json()["errors"]) == ["catatan"]


def test_a_second_list_is_refused_in_words(client, api):
    made(client)
    form = {"pillar": Pillar.objects.get(code="TAGANA").pk, "region": "17.71", "period": "2024-S1", "funding": "apbn"}
    assert "sudah ada" in client.post(f"{LIST}baru/", form).content.decode()
    body = {"pilar": "TAGANA", "wilayah": "17.71", "semester": "2024-S1", "dana": "apbn"}
    assert api.post(API, body, format="json").status_code == 400


def test_a_list_sent_back_shows_the_note(cast, client, client_of):
    member()
    url = made(client)
    client.post(f"{url}usulkan/")
    client.post(f"{url}ajukan/")
    client_of(cast.province).post(f"{url}kembalikan/", {"note": "NIA Budi keliru"})
    assert "NIA Budi keliru" in text(client, url)
    assert "dikembalikan" in text(client, LIST)


def test_the_proposer_is_told_that_another_approves(client):
    member()
    url = made(client)
    client.post(f"{url}usulkan/")
    client.post(f"{url}ajukan/")
    page = text(client, url)
    assert "Anda pengusul daftar ini" in page
    assert "Tarik kembali" in page
    assert ">Setujui<" not in page


def test_each_filter_narrows_the_list(cast, client_of):
    first = make.make_allowance(make.make_assignment(make.make_person(), pillar="TAGANA"))
    other = make.make_assignment(make.make_person(region=make.REJANG_LEBONG), pillar="PORDAM", region=make.CURUP)
    second = make.make_allowance(other, region=make.REJANG_LEBONG, period="2024-S2", funding="apbd_prov")
    client = client_of(cast.province)
    found = lambda query="": [item["row"] for item in client.get(LIST + query).context["lists"]]  # noqa: E731
    assert found() == [second, first]
    for query in ("?semester=2024-s1", "?pilar=TAGANA", "?region=17.71", "?dana=apbn"):
        assert found(query) == [first], query
    assert found("?keadaan=dibayar") == []


def test_people_of_a_list_are_found_by_name_and_state(client):
    member("Kartini")
    dropped = member()
    url = made(client)
    client.post(line_url(url, dropped, "tidak-diusulkan"), {"reason": "kuota"})
    names = lambda query: [item["name"] for item in client.get(url + query).context["lines"]]  # noqa: E731
    assert names("") == ["Kartini", "Budi Santoso"]
    assert names("?nama=santoso") == ["Budi Santoso"]
    assert names("?keadaan=tidak_diusulkan") == ["Budi Santoso"]


def test_who_is_kept_by_another_office_is_counted_but_not_named(client):
    person = make.make_person(name="Orang Rejang", region=make.REJANG_LEBONG)
    make.make_assignment(person, pillar="TAGANA")
    url = made(client)
    page = text(client, url)
    assert "tercatat di wilayah lain" in page
    assert "Orang Rejang" not in page
    assert AllowanceLine.objects.get().state == "belum"


def test_a_semester_without_a_list_is_said_on_the_members_page(client):
    person = member()
    assert "belum ada daftar tali asih dari kabupaten/kota" in text(client, f"/personel/{person.pk}/")


# --- status of employment ----------------------------------------------------


def test_the_status_changes_on_its_day(client):
    person = member()
    form = {"became": "pppk", "on": "2024-04-01", "source": "SK 12"}
    assert client.post(f"/personel/{person.pk}/status-kepegawaian/", form).status_code == 302
    made(client)
    assert AllowanceLine.objects.get().months == 3
    assert "sejak 1 April 2024, sebelumnya relawan" in text(client, f"/personel/{person.pk}/")


def test_the_status_changes_through_the_api(api):
    person = member()
    url = f"/api/v1/personel/{person.pk}/status-kepegawaian/"
    answer = api.post(url, {"status_kepegawaian": "pppk", "sejak": "2024-04-01"}, format="json")
    assert answer.json()["status_kepegawaian"] == "pppk"
    again = api.post(url, {"status_kepegawaian": "pns", "sejak": "2024-03-01"}, format="json")
    assert list(again.json()["errors"]) == ["sejak"]
    assert EmploymentChange.objects.get().on == date(2024, 4, 1)


# --- cost ---------------------------------------------------------------------


def test_more_people_and_lists_cost_no_more_queries(client):
    person = member()
    url = made(client)
    client.get(LIST)  # reads the message of the last act
    few = (cost(client, LIST), cost(client, url), cost(client, f"/personel/{person.pk}/"))
    for number in range(5):
        make.make_allowance(make.make_assignment(member(f"Orang {number}"), pillar="PORDAM"), period=f"202{number}-S2")
    client.post(f"{url}isi/")
    make.make_allowance(person.assignments.get(), period="2023-S1")
    client.get(LIST)
    assert few == (15, 17, 37)
    assert (cost(client, LIST), cost(client, url), cost(client, f"/personel/{person.pk}/")) == few
