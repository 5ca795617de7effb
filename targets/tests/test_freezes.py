"""Freezes: who sets them, what they refuse, who lifts them, and exceptions that end by their date."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, Programme, Region, RegionGrant
from pilar.core.scoping import scope_transaction
from targets.models import Indicator, Target, TargetFreeze
from targets.services import freezes as service
from targets.services.approval import target_approve, target_send_back, target_set, target_submit
from targets.services.freezes import FreezeEntry
from targets.services.plan import Aim, target_draft
from tests import factories as make

TODAY = date(2024, 6, 1)
BENGKULU, NATION = 1700000000, 0


def freeze(actor, region: int = BENGKULU, start: date = TODAY, year: int = 2024, reason="Tahap akhir") -> TargetFreeze:
    entry = FreezeEntry(year, Region.objects.get(pk=region), start, reason)
    return service.target_freeze(actor=actor, entry=entry, today=TODAY)


def file(actor, value: int = 80, *, today: date = TODAY, region: int = make.KOTA, **fields) -> Target:
    aim = Aim(fields.pop("year", 2024), region, Indicator.objects.get(code="PENERIMA_PAS"), 3)
    return target_set(actor=actor, aim=aim, value=value, source="SK 1", today=today, **fields)


def except_(actor, freeze: TargetFreeze, region: int = make.KOTA, until: date = TODAY, reason="Data baru"):
    where = Region.objects.get(pk=region)
    return service.target_freeze_except(
        actor=actor, freeze=freeze, region=where, until=until, reason=reason, today=TODAY
    )


def test_no_new_version_in_the_whole_subtree_and_who_lifts_it_is_said(cast):
    freeze(cast.province)
    with pytest.raises(Refusal, match=r"dibekukan sejak 1 Juni 2024: Tahap akhir\. Versi baru tidak") as refusal:
        file(cast.owner)
    assert refusal.value.rule == "target_dibekukan"
    assert "Dinas Sosial Provinsi Bengkulu atau Kementerian Sosial" in refusal.value.remedy
    with pytest.raises(Refusal, match="dibekukan"):
        file(cast.staff)
    with pytest.raises(Refusal, match="dibekukan"):
        file(cast.province, region=BENGKULU)


def test_it_holds_from_its_day_for_its_year_and_place(cast):
    freeze(cast.province, start=TODAY + timedelta(days=3))
    assert file(cast.owner).version == 1
    with pytest.raises(Refusal, match="dibekukan"):
        file(cast.owner, reason="x", today=TODAY + timedelta(days=3))
    assert file(cast.owner, today=TODAY + timedelta(days=3), year=2023).version == 1


def test_a_neighbouring_region_files_on(cast):
    freeze(cast.province, make.KOTA)
    assert file(cast.neighbour, region=make.REJANG_LEBONG).version == 1


def test_a_drafts_submission_is_a_new_version_too(cast):
    aim = Aim(2024, make.KOTA, Indicator.objects.get(code="PENERIMA_PAS"), 3)
    target = target_draft(actor=cast.owner, aim=aim, value=8, source="SK 1", today=TODAY)
    freeze(cast.province)
    with pytest.raises(Refusal, match="dibekukan"):
        target_submit(actor=cast.owner, target=target, today=TODAY)


def test_what_was_submitted_before_is_still_decided(cast):
    first, second = file(cast.owner), make.make_target(value=3, breakdown=4, state="diajukan")
    freeze(cast.province)
    assert target_approve(actor=cast.province, target=first, today=TODAY).state == "disetujui"
    assert target_send_back(actor=cast.province, target=second, note="x").state == "draf"


@pytest.mark.parametrize(
    ("who", "region"),
    [
        ("owner", make.KOTA),
        ("neighbour", make.KOTA),
        ("auditor", NATION),
        ("colleague", BENGKULU),
        ("province", NATION),
    ],
)
def test_only_who_decides_in_the_whole_of_the_region_freezes(cast, who, region):
    with pytest.raises(Refusal, match="tidak bisa dibekukan oleh Anda"):
        freeze(getattr(cast, who), region)


def test_a_narrowed_grant_does_not_freeze(cast):
    RegionGrant.objects.filter(user=cast.province).update(programmes=[Programme.objects.get(code="ATENSI").pk])
    with pytest.raises(Refusal, match="tidak bisa dibekukan"):
        freeze(cast.province)


def test_a_day_gone_by_no_reason_or_twice_is_refused(cast):
    with pytest.raises(ValidationError, match="mulai hari ini"):
        freeze(cast.province, start=TODAY - timedelta(days=1))
    with pytest.raises(ValidationError, match="Alasan belum diisi"):
        freeze(cast.province, reason=" ")
    freeze(cast.province)
    with pytest.raises(ValidationError, match="sudah dibekukan"):
        freeze(cast.staff)


def test_the_office_that_froze_lifts_it_with_a_reason(cast):
    frozen = freeze(cast.province)
    with pytest.raises(ValidationError, match="Alasan"):
        service.target_freeze_lift(actor=cast.province, freeze=frozen, reason="", today=TODAY)
    service.target_freeze_lift(actor=cast.province, freeze=frozen, reason="Selesai", today=TODAY)
    assert file(cast.owner).version == 1
    with pytest.raises(Refusal, match="sudah dicabut pada 1 Juni 2024"):
        service.target_freeze_lift(actor=cast.staff, freeze=frozen, reason="Selesai", today=TODAY)


def test_a_lower_office_neither_lifts_nor_excepts(cast):
    frozen = freeze(cast.staff, BENGKULU)
    for act in (
        lambda: service.target_freeze_lift(actor=cast.province, freeze=frozen, reason="x", today=TODAY),
        lambda: except_(cast.province, frozen),
    ):
        with pytest.raises(Refusal, match="bukan wewenang Anda") as refusal:
            act()
        assert refusal.value.remedy == "Minta Kementerian Sosial."


def test_an_exception_opens_one_region_and_ends_by_its_date(cast):
    frozen = freeze(cast.province)
    until = TODAY + timedelta(days=7)
    except_(cast.province, frozen, until=until)
    assert file(cast.owner, today=until).version == 1
    with pytest.raises(Refusal, match="dibekukan"):
        file(cast.neighbour, region=make.REJANG_LEBONG)
    with pytest.raises(Refusal, match="dibekukan"):
        file(cast.owner, reason="x", today=until + timedelta(days=1))


def test_an_exception_holds_for_the_areas_below_and_not_for_another_freeze(cast):
    except_(cast.province, freeze(cast.province))
    assert file(cast.owner, region=make.SELEBAR).version == 1
    freeze(cast.staff, NATION)
    with pytest.raises(Refusal, match=r"semua wilayah dibekukan.*Kementerian Sosial"):
        file(cast.owner)


def test_an_exception_outside_in_the_past_or_without_reason_is_refused(cast):
    frozen = freeze(cast.province, make.KOTA)
    with pytest.raises(Refusal, match="tidak termasuk wilayah yang dibekukan"):
        except_(cast.province, frozen, make.REJANG_LEBONG)
    with pytest.raises(ValidationError, match="sebelum hari ini"):
        except_(cast.province, frozen, until=TODAY - timedelta(days=1))
    with pytest.raises(ValidationError, match="Alasan"):
        except_(cast.province, frozen, reason="")


def test_everybody_reads_which_freeze_binds_him(cast):
    freeze(cast.staff, NATION)
    with scope_transaction(cast.owner):
        assert TargetFreeze.objects.visible_to(cast.owner).count() == 1
        with pytest.raises(Refusal, match="semua wilayah"):
            file(cast.owner)


def test_freezing_and_excepting_are_audited(cast):
    except_(cast.province, freeze(cast.province))
    events = AuditEvent.objects.filter(object_type="targets.targetfreeze").order_by("id")
    assert [e.summary.split(": ")[1] for e in events] == [
        "dibekukan mulai 1 Juni 2024",
        "pengecualian untuk Kota Bengkulu sampai 1 Juni 2024",
    ]
