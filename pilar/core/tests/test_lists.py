"""Pages of users, jobs and the audit trail as lists: filters, paging, progress, and what they cost."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pilar.core import audit
from pilar.core.models import Job, Pillar, RegionGrant, User
from tests import factories as make


def text_of(browser, url, **kwargs):
    return browser.get(url, **kwargs).content.decode()


def officers(count):
    User.objects.bulk_create(
        User(username=f"petugas{i}", name=f"Petugas {i:03d}", office="Dinas", role_id="sentra", region_id=make.KOTA)
        for i in range(count)
    )


def event(user, *, at=datetime(2024, 5, 6, 3, tzinfo=UTC), action="ubah", summary="contoh", kind="personnel.personnel"):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pilar_audit(%s, %s, %s, %s, %s, %s, '7', %s, '')",
            [at, user.pk, user.name, action, user.region_id, kind, summary],
        )


def test_users_are_paged_by_key_both_ways(cast, client_of):
    officers(60)
    browser = client_of(cast.owner)
    first = browser.get("/pengguna/")
    second = browser.get("/pengguna/", {"cursor": first.context["page"].next})
    again = browser.get("/pengguna/", {"cursor": second.context["page"].previous})
    assert "Berikutnya" in first.content.decode()
    assert "Sebelumnya" in second.content.decode()
    assert list(again.context["rows"]) == list(first.context["rows"])


def test_a_page_of_users_costs_the_same_for_four_and_for_fifty(cast, client_of):
    browser = client_of(cast.owner)
    browser.get("/pengguna/")
    with CaptureQueriesContext(connection) as few:
        browser.get("/pengguna/")
    officers(50)
    with CaptureQueriesContext(connection) as many:
        browser.get("/pengguna/")
    assert len(many) == len(few)


def test_users_are_found_by_name_role_and_state(cast, client_of):
    User.objects.filter(pk=cast.clerk.pk).update(is_active=False)
    browser = client_of(cast.owner)
    assert "Colleague" not in text_of(browser, "/pengguna/?state=False")
    assert "Clerk" in text_of(browser, "/pengguna/?q=cler&role=dinsos_kabkota")


def test_active_filters_can_be_taken_off_one_by_one(cast, client_of):
    page = text_of(client_of(cast.owner), "/pengguna/?q=cler&state=True&cursor=abc")
    assert 'href="?q=cler"' in page
    assert 'href="?state=True"' in page


def test_a_wrong_filter_shows_nothing_and_says_why(cast, client_of):
    page = text_of(client_of(cast.owner), "/pengguna/?region=99.99")
    assert "Tidak ada wilayah “99.99”" in page
    assert "Clerk" not in page


def test_a_users_page_tells_grants_narrowing_and_state(cast, client_of):
    pkh = Pillar.objects.get(code="PKH")
    RegionGrant.objects.create(
        user=cast.clerk,
        region_id=make.KOTA,
        valid_from=date(2023, 1, 1),
        valid_until=date(2023, 2, 1),
        pillars=[pkh.pk],
    )
    page = text_of(client_of(cast.owner), f"/pengguna/{cast.clerk.pk}/")
    assert pkh.name in page
    assert "berakhir" in page


def test_acts_are_not_offered_on_an_account_one_may_not_manage(cast, client_of):
    page = text_of(client_of(cast.owner), f"/pengguna/{cast.colleague.pk}/")
    assert "memegang wewenang yang tidak Anda pegang" in page
    assert "Buat tautan baru" not in page


def test_grants_outside_ones_area_are_not_shown(cast, client_of):
    RegionGrant.objects.create(user=cast.clerk, region_id=make.REJANG_LEBONG, valid_from=date(2023, 1, 1))
    assert "Rejang Lebong" not in text_of(client_of(cast.owner), f"/pengguna/{cast.clerk.pk}/")
    assert "Rejang Lebong" in text_of(client_of(cast.province), f"/pengguna/{cast.clerk.pk}/")


@pytest.mark.parametrize(
    ("state", "polls"), [("antre", True), ("berjalan", True), ("selesai", False), ("gagal", False)]
)
def test_progress_is_asked_for_again_while_a_job_is_open(cast, client_of, state, polls):
    job = Job.objects.create(
        kind="rollup", key="2024", region_id=0, state=state, stage="Menghitung", done=3, expected=38
    )
    part = text_of(client_of(cast.admin), f"/pekerjaan/{job.pk}/", headers={"HX-Request": "true"})
    assert ("hx-get" in part) == polls
    assert "3 dari 38" in part
    assert "<html" not in part


def test_a_job_can_be_watched_without_a_script(cast, client_of):
    job = Job.objects.create(kind="rollup", key="2024", region_id=0, state="berjalan")
    page = text_of(client_of(cast.admin), f"/pekerjaan/{job.pk}/")
    assert "Hitung ulang tahun 2024" in page
    assert "<noscript>" in page


def test_jobs_of_another_area_are_not_listed(cast, client_of):
    Job.objects.create(kind="impor", key="berkas-rejang", region_id=make.REJANG_LEBONG)
    Job.objects.create(kind="impor", key="berkas-kota", region_id=make.KOTA)
    page = text_of(client_of(cast.owner), "/pekerjaan/")
    assert "berkas-kota" in page
    assert "berkas-rejang" not in page


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ("actor=own", {"satu", "dua"}),
        ("action=hapus", {"dua"}),
        ("object_type=core.user", {"dua"}),
        ("object_type=personnel.personnel&object_id=7", {"satu"}),
        ("since=2024-05-07", {"dua"}),
        ("until=06/05/2024", {"satu"}),
        ("since=2024-05-06&until=2024-05-08", {"satu", "dua"}),
        ("region=17.02", set()),
    ],
)
def test_the_trail_is_filtered(cast, client_of, query, seen):
    event(cast.owner, summary="satu")
    event(cast.owner, summary="dua", action="hapus", kind="core.user", at=datetime(2024, 5, 8, 3, tzinfo=UTC))
    rows = client_of(cast.owner).get(f"/audit/?{query}").context["rows"]
    assert {row.summary for row in rows} == seen


def test_a_day_in_the_trail_is_a_day_in_jakarta(cast, client_of):
    event(cast.owner, at=datetime(2024, 5, 5, 18, tzinfo=UTC), summary="lewat tengah malam WIB")
    assert "lewat tengah malam WIB" in text_of(client_of(cast.owner), "/audit/?since=2024-05-06")


def test_the_trail_stays_closed_without_the_right(cast, client_of):
    audit.record(actor=cast.owner, action="ubah", target=cast.owner, region=make.KOTA, summary="rahasia")
    response = client_of(cast.staff).get("/audit/")
    assert response.status_code == 403
    assert "rahasia" not in response.content.decode()
