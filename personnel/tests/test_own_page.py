"""Halaman saya: how a member gets his account, what he reads there, and how he files what he did."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from personnel.models import Activity, AllowanceLine
from personnel.tests.acting import companion
from personnel.tests.test_pages_activities import body, form
from pilar.core.models import User
from tests import factories as make

OWN, API = "/saya/", "/api/v1/kegiatan/"


@pytest.fixture
def person(cast):
    return companion()


@pytest.fixture
def member(person, client_of):
    return client_of(make.member_of(person))


def text(client, url: str = OWN) -> str:
    return client.get(url).content.decode()


# --- the account -------------------------------------------------------------


def test_the_office_makes_the_account_and_hands_over_the_link(cast, person, client_of):
    page = client_of(cast.owner).post(f"/personel/{person.pk}/akun/", {"username": "Rina.Marlina"})
    assert page.status_code == 200
    assert "/sandi/baru/" in page.content.decode()
    user = User.objects.get(personnel_id=person.pk)
    assert (user.username, user.role_id, user.region_id) == ("rina.marlina", "anggota", make.KOTA)
    assert not user.has_usable_password()


def test_one_person_has_one_account(cast, person, client_of):
    make.member_of(person)
    page = client_of(cast.owner).post(f"/personel/{person.pk}/akun/", {"username": "lain"})
    assert page.status_code == 422
    assert "sudah punya akun anggota" in page.content.decode()


def test_the_office_may_renew_and_close_it_but_gives_it_no_area(cast, person, client_of):
    user, office = make.member_of(person), client_of(cast.owner)
    grant = {"grant_region": "17.71", "valid_from": "2024-01-01"}
    refused = office.post(f"/pengguna/{user.pk}/wewenang/", grant)
    assert "tidak memegang wewenang wilayah" in refused.content.decode()
    assert office.post(f"/pengguna/{user.pk}/tautan/").status_code == 200
    assert office.post(f"/pengguna/{user.pk}/nonaktif/").status_code == 302


def test_the_invitation_of_officers_offers_no_member(cast, client_of):
    assert "Anggota pilar" not in text(client_of(cast.admin), "/pengguna/undang/")


# --- what he reads -----------------------------------------------------------


def test_the_start_leads_to_his_page(member):
    assert member.get("/")["Location"] == OWN


def test_he_reads_his_data_assignments_caseload_and_target(person, member):
    assignment = person.assignments.get()
    make.make_caseload(assignment, make.make_beneficiary(name="Keluarga Umar"))
    make.make_caseload(assignment, make.make_beneficiary(name="Keluarga Lama"), valid_until=date(2024, 2, 1))
    make.make_beneficiary(name="Keluarga Orang Lain")
    make.make_target(value=10, indicator="GRADUASI", breakdown=4, person=person)
    page = text(member, f"{OWN}?year=2024")
    assert "Rina Marlina" in page
    assert "Selebar" in page
    assert "Keluarga Umar" in page
    assert "Keluarga Lama" not in page
    assert "Keluarga Orang Lain" not in page
    assert "0</b> dari 10" in page
    assert f"/personel/{person.pk}/" not in page


def test_a_dropped_member_reads_by_whom_when_and_why(cast, person, member, client_of):
    make.make_allowance(person.assignments.get())
    line = AllowanceLine.objects.get()
    url = f"/tali-asih/{line.proposal_id}/{line.pk}/tidak-diusulkan/"
    client_of(cast.owner).post(url, {"reason": "tanpa_laporan", "note": "Tidak ada laporan tiga bulan"})
    page = text(member)
    assert "Laporan tugas tidak ada. Tidak ada laporan tiga bulan. Oleh Owner, Dinas Sosial Kota Bengkulu" in page
    assert f"/tali-asih/{line.proposal_id}/" not in page


def test_it_asks_the_same_number_of_questions_whatever_he_has(cast, person, member):
    assert spent(person, member, 1) == spent(person, member, 12)


def spent(person, member, size: int) -> int:
    assignment = person.assignments.get()
    for _ in range(size):
        make.make_caseload(assignment, make.make_beneficiary())
        make.make_activity(person, pillar="PKH", on=timezone.localdate())
    member.get(OWN)
    with CaptureQueriesContext(connection) as queries:
        member.get(OWN)
    return len(queries)


# --- what he files -----------------------------------------------------------


def test_he_files_his_own_and_an_officer_verifies(cast, person, member, client_of):
    url = member.post(f"/kegiatan/baru/{person.pk}/PKH/p2k2/", form())["Location"]
    assert "menunggu pemeriksaan" in text(member, url)
    assert member.get(f"{url}verifikasi/").status_code == 403
    refused = member.post(f"{url}ubah/", form(version=1))
    assert "tidak bisa diubah" in refused.content.decode()
    assert client_of(cast.owner).post(f"{url}verifikasi/").status_code == 302
    assert "1 terverifikasi" in text(member)


def test_he_mends_what_came_back(cast, person, member, client_of):
    url = member.post(f"/kegiatan/baru/{person.pk}/PKH/p2k2/", form(act="draf"))["Location"]
    assert member.post(f"{url}ajukan/").status_code == 302
    client_of(cast.owner).post(f"{url}kembalikan/", {"note": "Daftar hadir 22"})
    assert "Daftar hadir 22" in text(member, url)
    assert member.post(f"{url}ubah/", form(quantity=22, version=3)).status_code == 302
    assert Activity.objects.get().state == "diajukan"


def test_he_files_nothing_outside_his_work_area(person, member):
    refused = member.post(f"/kegiatan/baru/{person.pk}/PKH/p2k2/", form(region="17.71.03"))
    assert "di luar wilayah kerjanya" in refused.content.decode()


def test_the_same_through_the_api(cast, person, api_of):
    api = api_of(make.member_of(person))
    made = api.post(API, body(person), format="json")
    assert made.status_code == 201, made.content
    assert api.post(f"{API}{made.json()['id']}/verifikasi/").status_code == 403
    other = companion("Budi")
    assert list(api.post(API, body(other), format="json").json()["errors"]) == ["personel"]
