"""Sharing a target out: it always adds up, by each way; what is left over; who accepts it."""

from datetime import date
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, Region
from targets.allocation import apportion
from targets.engine.drain import drain_all
from targets.gaps import gap_of
from targets.models import AcceptedRest, Target
from targets.services.allocation import allocation_apply, rest_accept
from targets.services.approval import target_approve, target_set, target_submit, targets_submit
from targets.services.plan import Aim
from targets.sharing import Way, preview
from tests import factories as make

BENGKULU = 1700000000
TODAY = date(2024, 2, 1)
ELDERLY, PKH = 3, 4

# --- the arithmetic ----------------------------------------------------------

weights = st.dictionaries(st.integers(1, 10**10), st.integers(0, 10**9), min_size=1, max_size=40).filter(
    lambda found: sum(found.values()) > 0
)
totals = st.integers(0, 10**13)
unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # the machine is shared


@unhurried
@given(totals, weights)
def test_shares_add_up_and_each_lies_within_one_of_its_exact_share(total, by):
    shares = apportion(total, by)
    whole = sum(by.values())
    assert sum(shares.values()) == total
    assert shares.keys() == by.keys()
    assert all(abs(shares[key] * whole - total * weight) < whole for key, weight in by.items())


@unhurried
@given(totals, weights, st.randoms())
def test_the_order_of_entry_changes_nothing(total, by, random):
    shuffled = list(by.items())
    random.shuffle(shuffled)
    assert apportion(total, dict(shuffled)) == apportion(total, by)


@unhurried
@given(totals, weights)
def test_who_weighs_more_never_gets_less(total, by):
    shares = apportion(total, by)
    ordered = sorted(by, key=lambda key: (-by[key], key))
    assert all(shares[a] >= shares[b] for a, b in pairwise(ordered))


def test_equal_remainders_go_to_the_lower_code():
    assert apportion(5, {3: 1, 1: 1, 2: 1}) == {1: 2, 2: 2, 3: 1}


@pytest.mark.parametrize(("total", "by"), [(5, {}), (5, {1: 0}), (-1, {1: 1}), (5, {1: 2, 2: -1})])
def test_nothing_to_share_by_is_an_error(total, by):
    with pytest.raises(ValueError, match=r"nothing|less"):
        apportion(total, by)


# --- by each way -------------------------------------------------------------


def parent(value: int = 1003, *, region: int = BENGKULU, **fields) -> Target:
    fields = {"state": "diajukan", "indicator": "PENERIMA_PAS", "breakdown": ELDERLY} | fields
    return make.make_target(value=value, region=region, **fields)


def districts(region: int = BENGKULU) -> list[int]:
    return list(Region.objects.children_of(region).values_list("code", flat=True))


def share(user, target: Target, way: Way, **more) -> list[Target]:
    shown = preview(user, target, way, TODAY, more.get("by_hand"))
    return allocation_apply(actor=user, parent=target, way=way, today=TODAY, seal=shown.seal, **more)


def test_equal_parts_are_drafts_that_name_where_they_come_from(cast):
    drafts = share(cast.province, parent(), Way.EQUAL)
    assert sum(draft.value for draft in drafts) == 1003
    assert sorted({draft.value for draft in drafts}) == [100, 101]
    assert {draft.state for draft in drafts} == {"draf"}
    assert {draft.source for draft in drafts} == {"alokasi dari Provinsi Bengkulu versi 1, cara sama rata"}
    assert AuditEvent.objects.filter(summary__contains="dibagi sama rata: 10 draf").exists()


def test_by_population_of_the_latest_row_up_to_the_year(cast):
    for code in districts():
        make.make_base(number=100, region=code)
    make.make_base(number=700, region=make.KOTA, version=2, reason="salah ketik")
    make.make_base(number=9, region=make.KOTA, as_of=date(2020, 1, 1))
    make.make_base(number=1, region=make.KOTA, as_of=date(2025, 1, 1))
    drafts = {draft.region_id: draft.value for draft in share(cast.province, parent(1600), Way.POPULATION)}
    assert drafts.pop(make.KOTA) == 700
    assert set(drafts.values()) == {100}


def test_by_caseload_of_the_programme_of_the_target(cast):
    for code in districts():
        make.make_base(number=10 if code == make.KOTA else 1, region=code, kind="dampingan", programme_id=PKH)
        make.make_base(number=5, region=code, kind="dampingan", programme_id=2)
    target = parent(19, indicator="GRADUASI", breakdown=PKH)
    drafts = {draft.region_id: draft.value for draft in share(cast.province, target, Way.CASELOAD)}
    assert drafts[make.KOTA] == 10
    with pytest.raises(Refusal, match="hanya untuk target satu program"):
        preview(cast.province, parent(), Way.CASELOAD, TODAY)


def test_by_what_was_reached_last_year(cast):
    for region, payments in ((make.KOTA, 3), (make.CURUP, 1)):
        batch = make.make_batch(region=region, year=2023)
        for _ in range(payments):
            make.make_line(batch, make.make_beneficiary(groups=[ELDERLY], region=region), paid_on=date(2023, 5, 5))
    drain_all()
    drafts = {draft.region_id: draft.value for draft in share(cast.province, parent(400), Way.LAST_YEAR)}
    assert (drafts[make.KOTA], drafts[make.REJANG_LEBONG]) == (300, 100)
    assert sum(drafts.values()) == 400


def test_without_a_basis_the_areas_that_lack_it_are_named(cast):
    for code in districts()[2:]:
        make.make_base(number=100, region=code)
    with pytest.raises(Refusal, match=r"jumlah penduduk belum ada untuk .*Bengkulu Selatan, .*Rejang Lebong\.") as no:
        preview(cast.province, parent(), Way.POPULATION, TODAY)
    assert "Data dasar wilayah" in no.value.remedy


def test_a_basis_of_nothing_but_zeros_is_refused(cast):
    with pytest.raises(Refusal, match="semua wilayah di bawah Provinsi Bengkulu nol"):
        preview(cast.province, parent(), Way.LAST_YEAR, TODAY)


def test_by_hand_only_what_was_written(cast):
    by_hand = {make.KOTA: 600, make.REJANG_LEBONG: None}
    drafts = share(cast.province, parent(), Way.BY_HAND, by_hand=by_hand)
    assert [(draft.region_id, draft.value) for draft in drafts] == [(make.KOTA, 600)]
    assert preview(cast.province, Target.objects.get(region=BENGKULU), Way.BY_HAND, TODAY, by_hand).rest == 403


def test_rupiah_are_whole_and_add_up(cast):
    drafts = share(cast.province, parent(1_000_000_007, indicator="RUPIAH_SALUR", breakdown=1), Way.EQUAL)
    assert sum(draft.value for draft in drafts) == 1_000_000_007


def test_a_kabupaten_is_shared_to_its_kecamatan_and_a_kecamatan_to_nobody(cast):
    drafts = share(cast.owner, parent(100, region=make.KOTA), Way.EQUAL)
    assert {draft.region_id for draft in drafts} == set(districts(make.KOTA))
    assert sum(draft.value for draft in drafts) == 100
    with pytest.raises(Refusal, match="tidak bisa dibagi"):
        preview(cast.owner, drafts[0], Way.EQUAL, TODAY)


# --- applying ----------------------------------------------------------------


def test_an_area_with_the_same_value_keeps_its_version_and_another_gets_the_next(cast):
    target = parent(1000)
    make.make_target(value=100, region=make.KOTA)
    make.make_target(value=90, region=make.REJANG_LEBONG)
    drafts = share(cast.province, target, Way.EQUAL, reason="rapat")
    assert make.KOTA not in {draft.region_id for draft in drafts}
    again = next(draft for draft in drafts if draft.region_id == make.REJANG_LEBONG)
    assert (again.version, again.reason) == (2, "rapat")


def test_what_changed_since_the_preview_is_not_applied(cast):
    target = parent()
    seal = preview(cast.province, target, Way.EQUAL, TODAY).seal
    make.make_target(value=7, region=make.KOTA)
    with pytest.raises(Refusal, match="berubah sejak pratinjau"):
        allocation_apply(actor=cast.province, parent=target, way=Way.EQUAL, today=TODAY, seal=seal)


def test_a_frozen_area_holds_all_back_and_is_named(cast):
    make.make_freeze(cast.province, year=2024, start=TODAY)
    with pytest.raises(Refusal, match=r"Kota Bengkulu: .*dibekukan"):
        share(cast.province, parent(), Way.EQUAL)
    assert not Target.objects.filter(state="draf").exists()


def test_who_may_not_propose_below_does_not_share_out(cast):
    with pytest.raises(Refusal, match="tidak berwenang"):
        share(cast.owner, parent(), Way.EQUAL)


def test_an_overtaken_version_is_not_shared_out(cast):
    old = parent()
    parent(2000, version=2)
    with pytest.raises(Refusal, match="sudah digantikan versi 2"):
        preview(cast.province, old, Way.EQUAL, TODAY)


# --- what is left over -------------------------------------------------------


def approve(actor, target: Target) -> Target:
    return target_approve(actor=actor, target=target, today=TODAY)


def test_a_parent_is_not_approved_until_its_areas_add_up(cast):
    target = parent()
    drafts = share(cast.province, target, Way.EQUAL)
    with pytest.raises(Refusal, match=r"1\.003 belum dialokasikan .*10 draf belum diajukan") as no:
        approve(cast.staff, target)
    assert no.value.rule == "belum_dialokasikan"
    targets_submit(actor=cast.province, targets=drafts, today=TODAY)
    gap = gap_of(cast.stranger, target)
    assert (gap.rest, gap.aimed, gap.areas) == (0, 10, 10)
    assert approve(cast.staff, target).state == "disetujui"


def test_a_target_nobody_began_to_share_out_is_approved_as_it_is(cast):
    assert approve(cast.staff, parent()).state == "disetujui"


def test_the_rest_is_accepted_by_name_and_only_as_it_was(cast):
    target = parent()
    make.make_target(value=900, region=make.KOTA, state="diajukan")
    with pytest.raises(Refusal, match="tingkat di atas"):
        rest_accept(actor=cast.province, target=target, reason="cadangan")
    with pytest.raises(ValidationError):
        rest_accept(actor=cast.staff, target=target, reason=" ")
    rest = rest_accept(actor=cast.staff, target=target, reason="cadangan provinsi")
    assert (rest.amount, rest.accepted_by_name, rest.accepted_at is not None) == (103, str(cast.staff), True)
    make.make_target(value=50, region=make.REJANG_LEBONG, state="diajukan")
    with pytest.raises(Refusal, match="53 belum dialokasikan"):
        approve(cast.staff, target)
    rest_accept(actor=cast.staff, target=target, reason="cadangan provinsi")
    assert approve(cast.staff, target).state == "disetujui"
    assert AcceptedRest.objects.count() == 2


def test_more_given_out_than_there_is_must_be_accepted_too(cast):
    target = parent()
    make.make_target(value=1010, region=make.KOTA, state="diajukan")
    with pytest.raises(Refusal, match="7 orang lebih banyak daripada target ini"):
        approve(cast.staff, target)
    rest_accept(actor=cast.staff, target=target, reason="target daerah lebih tinggi")
    approve(cast.staff, target)


def test_nothing_left_over_is_nothing_to_accept(cast):
    with pytest.raises(Refusal, match="Tidak ada sisa"):
        rest_accept(actor=cast.staff, target=parent(), reason="x")


def test_changing_the_parent_later_shows_the_gap_again(cast):
    target = parent(1000, set_by=cast.province)
    targets_submit(actor=cast.province, targets=share(cast.province, target, Way.EQUAL), today=TODAY)
    approve(cast.staff, target)
    aim = Aim(2024, BENGKULU, target.indicator, ELDERLY)
    raised = target_set(actor=cast.province, aim=aim, value=1200, source="SK 2", reason="naik", today=TODAY)
    assert gap_of(cast.province, raised).rest == 200
    with pytest.raises(Refusal, match="200 belum dialokasikan"):
        approve(cast.staff, raised)


def test_kecamatan_are_added_up_for_who_sees_them_only(cast):
    target = parent(100, region=make.KOTA)
    targets_submit(actor=cast.owner, targets=share(cast.owner, target, Way.EQUAL)[1:], today=TODAY)
    assert gap_of(cast.owner, target).rest > 0
    assert gap_of(cast.neighbour, target) is None


def test_a_draft_below_does_not_count_yet(cast):
    target = parent()
    draft = share(cast.province, target, Way.BY_HAND, by_hand={make.KOTA: 1003})[0]
    gap = gap_of(cast.province, target)
    assert (gap.rest, gap.rest_with_drafts, gap.drafts) == (1003, 0, 1)
    target_submit(actor=cast.province, target=draft, today=TODAY)
    assert gap_of(cast.province, target).rest == 0
