"""Signing in, passwords, and what the pages say when it does not work."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from pilar.core import services
from pilar.core.models import ApiToken, AuditEvent, Region, RegionGrant, User
from pilar.core.scoping import SLOTS
from pilar.core.tokens import token_issue
from tests.harness.people import PASSWORD

NEW = "kata-sandi-baru-yang-panjang"


def sign_in(username, password=PASSWORD, **extra):
    browser = Client()
    return browser, browser.post("/masuk/", {"username": username, "password": password, **extra})


def set_password(user):
    """Walks the one-time link; returns the last page."""
    key = services.one_time_key(user)
    browser = Client()
    first = browser.get(f"/sandi/baru/{key['uidb64']}/{key['token']}/", follow=True)
    if not first.redirect_chain:
        return first
    return browser.post(first.redirect_chain[-1][0], {"new_password1": NEW, "new_password2": NEW}, follow=True)


def test_a_wrong_password_is_answered_in_words(cast):
    _, response = sign_in("owner", "salah")
    assert "tidak cocok" in response.content.decode()
    assert not AuditEvent.objects.filter(action="masuk").exists()


def test_five_wrong_passwords_hold_the_door(cast):
    responses = [sign_in("owner", "salah")[1] for _ in range(5)]
    assert responses[-1].status_code == 429
    assert "Tunggu 15 menit" in responses[-1].content.decode()
    assert sign_in("owner")[1].status_code == 429


def test_a_deactivated_account_stays_outside(cast):
    User.objects.filter(pk=cast.owner.pk).update(is_active=False)
    assert sign_in("owner")[1].status_code == 200


def test_more_areas_than_the_database_can_hold_are_refused_with_a_remedy(cast):
    areas = Region.objects.filter(level=3, code__range=(1701000000, 1701999999))[: SLOTS + 1]
    RegionGrant.objects.bulk_create(
        RegionGrant(user=cast.stranger, region=area, valid_from=date(2023, 1, 1)) for area in areas
    )
    _, response = sign_in("stranger")
    page = response.content.decode()
    assert f"memegang {SLOTS + 1} wilayah" in page
    assert "Minta admin pusat menggabungkan" in page


def test_areas_that_grew_after_signing_in_are_refused_on_every_page(cast, client_of):
    browser = client_of(cast.stranger)
    areas = Region.objects.filter(level=3, code__range=(1701000000, 1701999999))[: SLOTS + 1]
    RegionGrant.objects.bulk_create(
        RegionGrant(user=cast.stranger, region=area, valid_from=date(2023, 1, 1)) for area in areas
    )
    response = browser.get("/peran/")
    assert response.status_code == 403
    assert "lebih dari 8" in response.content.decode()


def test_the_way_back_stays_inside(cast):
    _, response = sign_in("owner", next="https://jahat.example/")
    assert "jahat" not in response.headers["Location"]
    assert sign_in("owner", next="/peran/")[1].headers["Location"] == "/peran/"


def test_a_link_works_once(cast):
    User.objects.get(username="clerk")
    assert "Kata sandi tersimpan" in set_password(cast.clerk).content.decode()
    old = services.one_time_key(cast.clerk)  # made from the password before
    page = Client().get(f"/sandi/baru/{old['uidb64']}/{old['token']}/", follow=True).content.decode()
    assert "tidak berlaku lagi" in page
    assert sign_in("clerk", NEW)[1].status_code == 302


def test_a_new_password_by_link_ends_the_tokens_made_before(cast):
    token_issue(user=cast.clerk, name="lama", now=timezone.now(), life=timedelta(days=9))
    set_password(cast.clerk)
    assert ApiToken.objects.get(user=cast.clerk).revoked_at is not None


def test_a_weak_password_is_refused(cast):
    key = services.one_time_key(cast.clerk)
    browser = Client()
    url = browser.get(f"/sandi/baru/{key['uidb64']}/{key['token']}/", follow=True).redirect_chain[-1][0]
    page = browser.post(url, {"new_password1": "pendek", "new_password2": "pendek"}).content.decode()
    assert "12 karakter" in page


def test_changing_ones_own_password_keeps_this_session_and_is_recorded(cast, client_of):
    browser = client_of(cast.owner)
    data = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert browser.post("/sandi/", data).status_code == 302
    assert browser.get("/peran/").status_code == 200
    assert AuditEvent.objects.filter(action="ubah", summary__contains="kata sandi sendiri").exists()


def test_password_pages_show_no_secret_to_caches(cast, client_of):
    response = client_of(cast.province).post(f"/pengguna/{cast.owner.pk}/tautan/")
    assert "no-store" in response.headers["Cache-Control"]
    assert re.search(r"/sandi/baru/\w+/[\w-]+/", response.content.decode())


def test_a_form_without_its_mark_is_answered_in_words(cast):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(cast.owner, backend="django.contrib.auth.backends.ModelBackend")
    response = browser.post("/sandi/", {"old_password": PASSWORD})
    assert response.status_code == 403
    assert "Formulir kedaluwarsa" in response.content.decode()


@pytest.mark.parametrize(
    "url", ["/pengguna/", "/akun/token/", "/pekerjaan/", "/audit/", "/wilayah/", "/peran/", "/sandi/"]
)
def test_strangers_are_sent_to_the_door(land, url):
    assert Client().get(url).headers["Location"] == f"/masuk/?next={url}"


def test_a_new_password_is_asked_for_in_the_words_of_the_other_pages(cast, client_of):
    page = client_of(cast.clerk).get("/sandi/").content.decode()
    assert "Kata sandi sekarang" in page
    assert "Paling sedikit 12 karakter" in page
    assert "Sandi anda" not in page
