"""The example data: who signs in, and with what."""

from django.core.management import call_command
from django.db import transaction

from assistance.example import logins, named
from assistance.example.places import KOTA
from personnel.models import Activity
from pilar.core.models import ApiToken, RegionGrant, User
from tests.example.conftest import PASSWORD

# --- logins ---------------------------------------------------------------


def test_one_login_per_role_with_a_grant(example):
    users = User.objects.filter(username__in=[o.username for o in logins.OFFICERS])
    assert users.values("role").distinct().count() == 8
    assert RegionGrant.objects.filter(user__in=users).count() == len(users) == 10


def test_narrowed_logins(example):
    sentra, coordinator = (
        RegionGrant.objects.get(user__username=name) for name in ("sentra.dharmaguna", "koordinator.pkh")
    )
    assert (sentra.programmes, sentra.pillars) == ([3], [])
    assert (coordinator.programmes, coordinator.pillars) == ([], [1])


def test_two_officers_of_one_office_share_the_work(example):
    enters, approves = (
        RegionGrant.objects.get(user__username=name) for name in ("dinsos.kotabengkulu", "kabid.kotabengkulu")
    )
    assert (enters.may_enter, enters.may_approve) == (True, False)
    assert approves.may_approve
    assert enters.region_id == approves.region_id == KOTA


def test_passwords_are_kept_for_their_owner_only(example):
    assert logins.logins_path().stat().st_mode & 0o777 == 0o600
    kept = {login.username: login.password for login in logins.read_logins()}
    assert kept == {officer.username: PASSWORD for officer in (*logins.OFFICERS, logins.MEMBER)}


def test_the_named_companion_signs_in_for_herself(example):
    user = User.objects.get(username="pendamping.selebar")
    states = set(Activity.objects.filter(person=user.personnel_id).values_list("state", flat=True))
    assert (user.role_id, user.name) == ("anggota", named.COMPANION)
    assert states == set(Activity.State.values)


def test_the_stored_token_is_the_api_clients(example):
    token = next(login.token for login in logins.read_logins() if login.username == "klien.api")
    assert ApiToken.objects.get(user__username="klien.api").hint == token[:8]


def test_passwords_are_random_without_the_override(example, monkeypatch):
    monkeypatch.delenv("PILAR_EXAMPLE_PASSWORD")
    assert logins.new_password() != logins.new_password()
    assert len(logins.new_password()) == 14


def test_lost_passwords_can_be_renewed(example, monkeypatch, capsys):
    monkeypatch.setenv("PILAR_EXAMPLE_PASSWORD", "sandi-baru-untuk-uji")
    with transaction.atomic():
        logins.logins_path().unlink()
        call_command("load_example", "--new-passwords")
        assert User.objects.get(username="auditor").check_password("sandi-baru-untuk-uji")
        assert "sudah ada" in capsys.readouterr().out
        monkeypatch.setenv("PILAR_EXAMPLE_PASSWORD", PASSWORD)
        logins.renew_passwords()
