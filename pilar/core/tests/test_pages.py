"""Users, grants, tokens, jobs and the audit trail through the pages."""

import re
from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from pilar.core import audit
from pilar.core.models import ApiToken, AuditEvent, Job, RegionGrant, User
from tests import factories as make


def invitation(**changes):
    return {
        "username": "petugas.baru", "name": "Petugas Baru", "office": "Dinas Sosial Kota Bengkulu",
        "role": "dinsos_kabkota", "region": "17.71", "grant_region": "17.71", "valid_from": "2024-01-01",
        "may_enter": "on", **changes,
    }  # fmt: skip


def test_signing_in_and_out(cast):
    from tests.harness.people import PASSWORD  # noqa: PLC0415

    browser = Client()
    response = browser.post("/masuk/", {"username": "owner", "password": PASSWORD})
    assert response.status_code == 302
    assert browser.get("/personel/").status_code == 200
    browser.post("/keluar/")
    assert browser.get("/personel/").status_code == 302
    assert AuditEvent.objects.filter(action="masuk", actor_name="Owner").exists()


def test_an_invited_officer_sets_a_password_by_the_link_shown_once(cast, client_of):
    response = client_of(cast.owner).post("/pengguna/undang/", invitation())
    link = re.search(r"http://testserver(/sandi/baru/[^\"]+)", response.content.decode())[1]
    newcomer = Client()
    page = newcomer.get(link, follow=True)
    url = page.redirect_chain[-1][0]
    newcomer.post(url, {"new_password1": "kata-sandi-baru-1771", "new_password2": "kata-sandi-baru-1771"})
    signed = newcomer.post("/masuk/", {"username": "petugas.baru", "password": "kata-sandi-baru-1771"})
    assert signed.status_code == 302
    assert RegionGrant.objects.get(user__username="petugas.baru").region_id == make.KOTA


@pytest.mark.parametrize(
    "changes",
    [
        {"region": "17.02", "grant_region": "17.02"},
        {"role": "admin_pusat"},
        {"may_approve": "on"},
        {"grant_region": "17"},
    ],
)
def test_nobody_gives_more_than_he_holds(cast, client_of, changes):
    response = client_of(cast.owner).post("/pengguna/undang/", invitation(**changes))
    assert response.status_code == 422
    assert not User.objects.filter(username="petugas.baru").exists()


def test_a_deactivated_officer_is_out_and_his_open_work_passes_on(cast, client_of):
    batch = make.make_batch(responsible=cast.clerk)
    url = f"/pengguna/{cast.clerk.pk}/nonaktif/"
    client_of(cast.owner).post(url, {"successor": cast.colleague.pk})
    batch.refresh_from_db()
    cast.clerk.refresh_from_db()
    assert batch.responsible == cast.colleague
    assert not cast.clerk.is_active


@pytest.mark.parametrize("url", ["/pengguna/", "/pengguna/{pk}/"])
def test_foreign_accounts_are_not_seen(cast, client_of, url):
    response = client_of(cast.neighbour).get(url.format(pk=cast.owner.pk))
    assert response.status_code == 404 or "Owner" not in response.content.decode()


def test_a_grant_is_added_and_ended(cast, client_of):
    browser = client_of(cast.province)
    browser.post(f"/pengguna/{cast.clerk.pk}/wewenang/", {"grant_region": "17.71", "valid_from": "2024-02-02"})
    grant = RegionGrant.objects.get(user=cast.clerk, valid_from="2024-02-02")
    browser.post(f"/pengguna/{cast.clerk.pk}/wewenang/{grant.pk}/akhiri/")
    assert not RegionGrant.objects.valid_on(timezone.localdate()).filter(pk=grant.pk).exists()


def test_a_token_is_shown_once_works_and_can_be_revoked(cast, client_of):
    browser = client_of(cast.owner)
    key = re.search(
        r"pilar_[\w-]{20,}", browser.post("/akun/token/baru/", {"name": "uji", "days": 30}).content.decode()
    )[0]
    call = {"HTTP_AUTHORIZATION": f"Bearer {key}"}
    assert Client().get("/api/v1/wilayah/", **call).status_code == 200
    assert key not in browser.get("/akun/token/").content.decode()
    browser.post(f"/akun/token/{ApiToken.objects.get(user=cast.owner).pk}/cabut/")
    assert Client().get("/api/v1/wilayah/", **call).status_code == 401


def test_a_queued_job_is_cancelled_by_whoever_may(cast, client_of):
    job = Job.objects.create(kind="rollup", key="2024", region_id=0, user=cast.admin, params={"year": 2024})
    assert client_of(cast.owner).get(f"/pekerjaan/{job.pk}/").status_code == 404
    client_of(cast.admin).post(f"/pekerjaan/{job.pk}/batal/")
    job.refresh_from_db()
    assert job.state == Job.State.CANCELLED


def test_the_trail_shows_ones_own_area_only(cast, client_of):
    for user in (cast.owner, cast.neighbour):
        audit.record(actor=user, action="ubah", target=user, region=user.region_id, summary=f"oleh {user.username}")
    page = client_of(cast.owner).get("/audit/").content.decode()
    assert "oleh owner" in page
    assert "oleh neighbour" not in page


def test_refusals_are_recorded_and_answered_with_rule_and_remedy(committed, client_of):
    owner = User.objects.get(username="clerk")
    person = make.make_person(birth_date=date(1990, 1, 1))
    response = client_of(owner).post(f"/personel/{person.pk}/nik/", {"reason": "Mencocokkan dengan KTP"})
    assert response.status_code == 403
    assert "wewenang" in response.content.decode()
    assert AuditEvent.objects.filter(action="tolak", actor_id=owner.pk).exists()


def test_the_trail_is_chained(committed):
    from pilar.core.jobs import engine_transaction  # noqa: PLC0415

    user = User.objects.get(username="owner")
    for number in range(3):
        audit.record(actor=user, action="ubah", target=user, region=user.region_id, summary=str(number))
    with engine_transaction():
        assert audit.seal() == 3
    rows = list(AuditEvent.objects.order_by("id"))
    previous = b""
    for row in rows:
        previous = audit.digest(previous, row)
        assert bytes(row.seal) == previous


def test_the_trail_offers_no_tables_of_the_engine(cast, client_of):
    page = client_of(cast.owner).get("/audit/").content.decode()
    assert '<option value="personnel.personnel">personel</option>' in page
    assert "capaian sementara" not in page
