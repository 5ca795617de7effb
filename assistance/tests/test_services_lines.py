"""Adding a line: what it takes and what it refuses (domain.md 3.5)."""

from datetime import date, timedelta

import pytest

from assistance.models import Disbursement
from assistance.services.lines import disbursement_add
from assistance.tests.entries import PAID_ON, TODAY, add, field_of, line_entry, rule_of
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, BudgetYear, Region, TargetGroup
from tests import factories as make


def test_a_line_takes_year_programme_and_region_from_list_and_person(cast):
    batch = make.make_batch(programme="YAPI")
    line = add(cast, batch, make.make_beneficiary(region=make.TELUK_SEGARA))
    stored = Disbursement.objects.get(pk=line.pk, year=2024)
    assert (stored.programme_id, stored.region_id, stored.state) == (batch.programme_id, make.TELUK_SEGARA, "sk")
    assert AuditEvent.objects.filter(object_type="assistance.disbursement", object_id=str(line.pk)).count() == 1


def test_a_line_may_be_entered_as_paid(cast):
    line = add(cast, make.make_batch(), state="salur", paid_on=PAID_ON)
    assert (line.state, line.paid_on) == ("salur", PAID_ON)


def test_lines_may_use_the_ceiling_to_the_last_rupiah(cast):
    batch = make.make_batch(ceiling=1_200_000)
    add(cast, batch)
    add(cast, batch)
    assert batch.lines.count() == 2


def test_an_amount_above_the_ceiling_is_refused(cast):
    batch = make.make_batch(ceiling=1_199_999)
    add(cast, batch)
    with pytest.raises(Refusal, match=r"Rp1\.200\.000, melebihi pagu Rp1\.199\.999 sebesar Rp1"):
        add(cast, batch)


def test_a_returned_line_frees_its_part_of_the_ceiling(cast):
    batch = make.make_batch(ceiling=600_000)
    make.make_line(batch, make.make_beneficiary(), state="retur", returned_on=date(2024, 4, 1))
    assert add(cast, batch).pk


def test_a_second_line_for_the_same_person_is_refused(cast):
    batch, person = make.make_batch(), make.make_beneficiary()
    add(cast, batch, person)
    entry = line_entry(person)
    assert rule_of(disbursement_add, actor=cast.owner, batch=batch, entry=entry, today=TODAY) == "satu_baris_per_orang"


def test_a_returned_person_is_paid_again_not_added_again(cast):
    batch, person = make.make_batch(), make.make_beneficiary()
    make.make_line(batch, person, state="retur", returned_on=date(2024, 4, 1))
    with pytest.raises(Refusal, match="Bayar ulang"):
        add(cast, batch, person)


def test_a_person_may_have_a_line_in_the_next_list(cast):
    person = make.make_beneficiary()
    add(cast, make.make_batch(), person)
    assert add(cast, make.make_batch(), person).pk


def test_a_foreign_person_is_refused(cast):
    person = make.make_beneficiary(region=make.CURUP)
    entry = line_entry(person, region=Region.objects.get(pk=make.SELEBAR))
    kwargs = {"batch": make.make_batch(), "entry": entry, "today": TODAY}
    assert rule_of(disbursement_add, actor=cast.owner, **kwargs) == "penerima_tidak_ada"


def test_a_region_outside_the_list_is_refused(cast):
    entry = line_entry(make.make_beneficiary(), region=Region.objects.get(pk=make.CURUP))
    kwargs = {"batch": make.make_batch(), "entry": entry, "today": TODAY}
    assert rule_of(disbursement_add, actor=cast.province, **kwargs) == "wilayah_daftar"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"state": "salur"}, "paid_on"),
        ({"state": "salur", "paid_on": TODAY + timedelta(days=1)}, "paid_on"),
        ({"state": "salur", "paid_on": date(2024, 1, 14)}, "paid_on"),
        ({"state": "sk", "paid_on": PAID_ON}, "paid_on"),
        ({"amount": 0}, "amount"),
        ({"detail": "x" * 121}, "detail"),
    ],
)
def test_a_line_with_a_wrong_field_is_refused(cast, changes, field):
    entry = line_entry(make.make_beneficiary(), **changes)
    kwargs = {"batch": make.make_batch(), "entry": entry, "today": TODAY}
    assert field_of(disbursement_add, actor=cast.owner, **kwargs) == {field}


def test_the_group_of_the_sk_is_one_of_the_twelve(cast):
    entry = line_entry(make.make_beneficiary(), group=TargetGroup.objects.filter(parent__isnull=False).first())
    kwargs = {"batch": make.make_batch(), "entry": entry, "today": TODAY}
    assert field_of(disbursement_add, actor=cast.owner, **kwargs) == {"group"}


def test_a_sensitive_group_needs_the_right_to_personal_data(cast):
    entry = line_entry(make.make_beneficiary(), group=TargetGroup.objects.get(pk=9))
    kwargs = {"batch": make.make_batch(), "entry": entry, "today": TODAY}
    assert rule_of(disbursement_add, actor=cast.clerk, **kwargs) == "data_pribadi"


@pytest.mark.parametrize("state", ["transaksi", "retur", "tidak_transaksi"])
def test_a_new_line_skips_no_state(cast, state):
    entry = line_entry(make.make_beneficiary(), state=state, paid_on=PAID_ON)
    kwargs = {"batch": make.make_batch(), "entry": entry, "today": TODAY}
    assert rule_of(disbursement_add, actor=cast.owner, **kwargs) == "urutan_keadaan"


def test_a_closed_year_takes_a_line_with_its_reason_only(cast):
    BudgetYear.objects.filter(year=2023).update(closed_on=date(2024, 3, 31))
    batch = make.make_batch(year=2023)
    kwargs = {"actor": cast.owner, "batch": batch, "today": TODAY}
    entry = line_entry(make.make_beneficiary())
    assert field_of(disbursement_add, entry=entry, **kwargs) == {"detail"}
    explained = line_entry(make.make_beneficiary(), detail="koreksi BPK 12/2024")
    assert disbursement_add(entry=explained, **kwargs).year == 2023
