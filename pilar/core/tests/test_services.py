"""Who may manage whom: nobody hands out, resets or ends more than he holds himself."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from pilar.core import services
from pilar.core.errors import Refusal
from pilar.core.models import ApiToken, AuditEvent, Job, Pillar, Region, RegionGrant, Role, User
from pilar.core.scoping import SLOTS, reach_of
from pilar.core.services import Terms
from pilar.core.tokens import token_user
from tests import factories as make

TODAY = date(2026, 11, 24)


def terms(code=make.KOTA, **changes):
    return Terms(region=Region.objects.get(pk=code), valid_from=TODAY, **changes)


def invite(actor, *, role="dinsos_kabkota", region=make.KOTA, **changes):
    return services.user_invite(
        actor=actor,
        username=changes.pop("username", "baru.sekali"),
        name="Baru Sekali",
        office="Dinas Sosial",
        role=Role.objects.get(pk=role),
        region=Region.objects.get(pk=region),
        terms=terms(**changes),
    )


def test_an_invitation_gives_one_grant_and_no_password(cast):
    user = invite(cast.owner, may_enter=True)
    assert not user.has_usable_password()
    assert reach_of(user).write[0].lo == make.KOTA
    assert AuditEvent.objects.filter(action="wewenang", object_id=str(user.pk)).count() == 2


@pytest.mark.parametrize(
    ("actor", "changes", "said"),
    [
        ("owner", {"may_approve": True}, "menyetujui di Kota Bengkulu"),
        ("clerk", {"may_view_personal_data": True}, "membuka data pribadi di Kota Bengkulu"),
        ("owner", {"role": "dinsos_provinsi"}, "meneruskan usulan"),
        ("province", {"role": "dinsos_provinsi"}, "hanya untuk tingkat provinsi"),
        ("owner", {"region": make.REJANG_LEBONG, "code": make.REJANG_LEBONG}, "tidak berwenang mengatur pengguna"),
        ("owner", {"code": make.REJANG_LEBONG}, "tidak berwenang mengatur pengguna"),
        ("province", {"code": 1700000000}, "di dalam wilayah kantor"),
        (
            "province",
            {"role": "koordinator", "code": make.KOTA, "may_view_personal_data": True},
            "tidak memuat hak membuka",
        ),
        ("province", {"role": "klien_api", "may_enter": True}, "tidak memuat hak mengisi"),
        ("province", {"role": "koordinator", "may_approve": True}, "tidak memuat hak menyetujui"),
        ("staff", {}, "tidak berwenang mengatur pengguna"),
        ("auditor", {}, "tidak berwenang mengatur pengguna"),
        ("stranger", {}, "tidak berwenang mengatur pengguna"),
    ],
)
def test_an_invitation_beyond_ones_own_is_refused(cast, actor, changes, said):
    with pytest.raises((Refusal, ValidationError), match=said):
        invite(getattr(cast, actor), **changes)


def test_a_role_with_more_rights_than_ones_own_is_refused(cast):
    Role.objects.filter(pk="koordinator").update(rights=["verify", "rollup"])
    with pytest.raises(Refusal, match="menghitung ulang capaian"):
        invite(cast.owner, role="koordinator")


def test_a_narrowed_admin_narrows_what_he_gives(cast):
    tksk, pkh = Pillar.objects.get(code="TKSK").pk, Pillar.objects.get(code="PKH").pk
    RegionGrant.objects.filter(user=cast.owner).update(pillars=[tksk])
    with pytest.raises(Refusal, match="mengisi data di Kota Bengkulu"):
        invite(cast.owner, may_enter=True)
    with pytest.raises(Refusal, match="mengisi data di Kota Bengkulu"):
        invite(cast.owner, may_enter=True, pillars=[tksk, pkh])
    invite(cast.owner, may_enter=True, pillars=[tksk])
    assert AuditEvent.objects.filter(summary__endswith="hanya TKSK").exists()


def test_a_taken_name_is_refused_in_words(cast):
    with pytest.raises(ValidationError, match="sudah dipakai"):
        invite(cast.owner, username="neighbour")


def test_nobody_manages_himself(cast):
    with pytest.raises(Refusal, match="akun sendiri"):
        services.user_reset(actor=cast.owner, user=cast.owner, today=TODAY)
    with pytest.raises(Refusal, match="akun sendiri"):
        services.grant_add(actor=cast.owner, user=cast.owner, terms=terms(may_approve=True), today=TODAY)


def test_who_holds_more_cannot_be_taken_over_by_a_reset(cast):
    with pytest.raises(Refusal, match="menyetujui di Kota Bengkulu"):
        services.user_reset(actor=cast.owner, user=cast.colleague, today=TODAY)


def test_a_grant_that_ended_does_not_protect(cast):
    RegionGrant.objects.filter(user=cast.colleague).update(may_approve=False)
    RegionGrant.objects.create(
        user=cast.colleague,
        region_id=make.KOTA,
        valid_from=date(2023, 1, 1),
        valid_until=date(2023, 2, 1),
        may_approve=True,
    )
    assert services.user_reset(actor=cast.owner, user=cast.colleague, today=TODAY).pk


def test_a_reset_ends_password_and_sessions_and_opens_the_account(cast, client_of):
    browser = client_of(cast.clerk)
    services.user_deactivate(actor=cast.province, user=cast.clerk, successor=None, today=TODAY)
    services.user_reset(actor=cast.province, user=cast.clerk, today=TODAY)
    assert cast.clerk.is_active
    assert not cast.clerk.has_usable_password()
    assert browser.get("/peran/").status_code == 302


def test_open_work_needs_a_successor_who_can_do_it(cast):
    make.make_batch(responsible=cast.clerk)
    with pytest.raises(ValidationError, match="1 daftar penyaluran masih menjadi tanggung jawab Clerk"):
        services.user_deactivate(actor=cast.owner, user=cast.clerk, successor=None, today=TODAY)
    with pytest.raises(ValidationError, match="tidak dapat mengisi data di Kota Bengkulu"):
        services.user_deactivate(actor=cast.owner, user=cast.clerk, successor=cast.neighbour, today=TODAY)
    with pytest.raises(ValidationError, match="Pilih petugas lain"):
        services.user_deactivate(actor=cast.owner, user=cast.clerk, successor=cast.stranger, today=TODAY)
    assert User.objects.get(pk=cast.clerk.pk).is_active


def test_what_was_passed_on_is_recorded(cast):
    make.make_batch(responsible=cast.clerk)
    passed = services.user_deactivate(actor=cast.owner, user=cast.clerk, successor=cast.colleague, today=TODAY)
    assert [(work.kind, work.rows) for work in passed] == [("daftar penyaluran", 1)]
    assert AuditEvent.objects.filter(summary="dinonaktifkan; 1 daftar penyaluran ke Colleague").exists()


def test_an_ended_grant_takes_effect_at_once(cast):
    grant = cast.clerk.grants.get()
    services.grant_end(actor=cast.province, grant=grant, today=TODAY)
    assert not cast.clerk.grants.valid_on(TODAY).exists()
    assert grant.valid_until == TODAY - timedelta(days=1)


def test_a_grant_that_had_not_begun_goes_away(cast):
    grant = services.grant_add(actor=cast.province, user=cast.clerk, terms=terms(), today=TODAY)
    services.grant_end(actor=cast.province, grant=grant, today=TODAY)
    assert not RegionGrant.objects.filter(pk=grant.pk).exists()


def test_no_more_areas_than_the_database_can_hold(cast):
    RegionGrant.objects.bulk_create(
        RegionGrant(user=cast.clerk, region_id=make.KOTA, valid_from=TODAY) for _ in range(SLOTS - 1)
    )
    with pytest.raises(Refusal, match="paling banyak yang dapat dijaga"):
        services.grant_add(actor=cast.province, user=cast.clerk, terms=terms(), today=TODAY)


def test_a_foreign_token_is_not_revoked(cast):
    token, _ = services.token_create(actor=cast.owner, name="uji", days=30, now=timezone.now())
    with pytest.raises(Refusal, match="bukan milik Anda"):
        services.token_revoke(actor=cast.colleague, token=token, now=timezone.now())


def test_a_running_job_is_asked_to_stop_by_whoever_started_it(cast):
    job = Job.objects.create(kind="rollup", key="2024", region_id=make.KOTA, user=cast.owner, state=Job.State.RUNNING)
    with pytest.raises(Refusal, match="tidak dapat Anda batalkan"):
        services.job_stop(actor=cast.colleague, job=job)
    services.job_stop(actor=cast.owner, job=job)
    job.refresh_from_db()
    assert (job.state, job.cancel_requested) == (Job.State.RUNNING, True)


def test_a_job_that_ended_is_not_cancelled(cast):
    job = Job.objects.create(kind="rollup", key="2024", region_id=0, user=cast.admin, state=Job.State.DONE)
    with pytest.raises(Refusal, match="selama belum selesai"):
        services.job_stop(actor=cast.admin, job=job)


def test_the_command_prints_a_key_that_works(cast, capsys):
    call_command("api_token", "owner", "--name", "skrip", "--days", "7")
    key = capsys.readouterr().out.strip()
    assert token_user(key, now=timezone.now()) == cast.owner
    assert ApiToken.objects.get(user=cast.owner).name == "skrip"


def test_the_command_names_who_is_missing(land):
    with pytest.raises(CommandError, match="Tidak ada pengguna aktif"):
        call_command("api_token", "tidak.ada")
