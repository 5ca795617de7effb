"""What becomes of a line: paid, received, unclaimed, returned, paid again, mended, taken back."""

from datetime import date, timedelta

import pytest

from assistance.models import Disbursement
from assistance.services.lines import (
    disbursement_correct,
    disbursement_pay,
    disbursement_receive,
    disbursement_remove,
    disbursement_repay,
    disbursement_return,
    disbursement_unclaimed,
)
from assistance.tests.entries import PAID_ON, TODAY, add, field_of, rule_of
from pilar.core.models import AuditEvent, BudgetYear
from tests import factories as make


@pytest.fixture
def line(cast) -> Disbursement:
    return make.make_line(make.make_batch(), make.make_beneficiary(), state="sk")


def test_a_line_goes_from_sk_to_money_in_hand(cast, line):
    disbursement_pay(actor=cast.owner, line=line, on=PAID_ON, today=TODAY)
    disbursement_unclaimed(actor=cast.owner, line=line, today=TODAY)
    disbursement_receive(actor=cast.owner, line=line, on=date(2024, 4, 2), today=TODAY)
    line.refresh_from_db()
    assert (line.state, line.paid_on, line.received_on) == ("transaksi", PAID_ON, date(2024, 4, 2))
    assert AuditEvent.objects.filter(object_type="assistance.disbursement", action="ubah").count() == 3


@pytest.mark.parametrize(
    ("state", "act"),
    [
        ("sk", disbursement_receive),
        ("sk", disbursement_return),
        ("salur", disbursement_pay),
        ("transaksi", disbursement_return),
        ("transaksi", disbursement_receive),
        ("retur", disbursement_pay),
        ("retur", disbursement_receive),
    ],
)
def test_a_step_the_table_does_not_know_is_refused(cast, state, act):
    extra = {"returned_on": PAID_ON} if state == "retur" else {}
    line = make.make_line(make.make_batch(), make.make_beneficiary(), state=state, **extra)
    assert rule_of(act, actor=cast.owner, line=line, on=PAID_ON, today=TODAY) == "urutan_keadaan"


def test_a_line_not_paid_cannot_be_unclaimed(cast, line):
    assert rule_of(disbursement_unclaimed, actor=cast.owner, line=line, today=TODAY) == "urutan_keadaan"


def test_a_step_counts_from_what_the_line_is_now(cast, line):
    stale = Disbursement.objects.get(pk=line.pk)
    disbursement_pay(actor=cast.owner, line=line, on=PAID_ON, today=TODAY)
    assert rule_of(disbursement_pay, actor=cast.owner, line=stale, on=PAID_ON, today=TODAY) == "urutan_keadaan"


@pytest.mark.parametrize("on", [None, date(2024, 1, 1), TODAY + timedelta(days=1)])
def test_a_payment_needs_a_date_after_the_sk_and_not_to_come(cast, line, on):
    assert field_of(disbursement_pay, actor=cast.owner, line=line, on=on, today=TODAY) == {"on"}


def test_money_is_not_received_before_it_is_paid(cast):
    line = make.make_line(make.make_batch(), make.make_beneficiary(), paid_on=PAID_ON)
    kwargs = {"actor": cast.owner, "line": line, "on": date(2024, 3, 14), "today": TODAY}
    assert field_of(disbursement_receive, **kwargs) == {"on"}
    assert field_of(disbursement_return, **kwargs) == {"on"}


def test_a_neighbour_records_nothing(cast, line):
    assert rule_of(disbursement_pay, actor=cast.neighbour, line=line, on=PAID_ON, today=TODAY) == "wewenang"


def test_a_returned_line_is_paid_again_by_a_new_line(cast):
    line = make.make_line(make.make_batch(ceiling=600_000), make.make_beneficiary(), paid_on=PAID_ON)
    disbursement_return(actor=cast.owner, line=line, on=date(2024, 4, 1), today=TODAY)
    again = disbursement_repay(actor=cast.owner, line=line, on=date(2024, 4, 9), today=TODAY)
    assert (again.repays_id, again.amount, again.state, again.group_id) == (line.pk, 600_000, "salur", line.group_id)
    assert Disbursement.objects.get(pk=line.pk).state == "retur"


def test_a_line_is_paid_again_once(cast):
    line = make.make_line(make.make_batch(), make.make_beneficiary(), state="retur", returned_on=date(2024, 4, 1))
    kwargs = {"actor": cast.owner, "line": line, "on": date(2024, 4, 9), "today": TODAY}
    disbursement_repay(**kwargs)
    assert rule_of(disbursement_repay, **kwargs) == "bayar_ulang"


def test_only_a_returned_line_is_paid_again(cast, line):
    assert rule_of(disbursement_repay, actor=cast.owner, line=line, on=PAID_ON, today=TODAY) == "bayar_ulang"


def test_paying_again_stays_under_the_ceiling(cast):
    batch = make.make_batch(ceiling=600_000)
    line = make.make_line(batch, make.make_beneficiary(), state="retur", returned_on=date(2024, 4, 1))
    add(cast, batch)
    assert rule_of(disbursement_repay, actor=cast.owner, line=line, on=date(2024, 4, 9), today=TODAY) == "pagu"


def test_a_step_in_a_closed_year_keeps_its_reason_with_the_line(cast, line):
    BudgetYear.objects.filter(year=2024).update(closed_on=date(2024, 11, 1))
    kwargs = {"actor": cast.owner, "line": line, "on": PAID_ON, "today": TODAY}
    assert field_of(disbursement_pay, **kwargs) == {"note"}
    assert disbursement_pay(**kwargs, note="koreksi rekon bank").detail == "koreksi rekon bank"


def test_a_typing_error_is_mended_with_its_reason(cast):
    line = make.make_line(make.make_batch(), make.make_beneficiary(), paid_on=PAID_ON)
    disbursement_correct(
        actor=cast.owner, line=line, amount=900_000, on=date(2024, 3, 20), note="salah ketik", today=TODAY
    )
    line.refresh_from_db()
    assert (line.amount, line.paid_on, line.detail) == (900_000, date(2024, 3, 20), "salah ketik")
    event = AuditEvent.objects.get(object_type="assistance.disbursement")
    assert "Rp600.000" in event.summary
    assert "Rp900.000" in event.summary
    assert event.reason == "salah ketik"


def test_a_correction_without_reason_or_above_the_ceiling_is_refused(cast):
    line = make.make_line(make.make_batch(ceiling=600_000), make.make_beneficiary(), paid_on=PAID_ON)
    kwargs = {"actor": cast.owner, "line": line, "on": PAID_ON, "today": TODAY}
    assert field_of(disbursement_correct, amount=500_000, note="", **kwargs) == {"note"}
    assert rule_of(disbursement_correct, amount=600_001, note="salah ketik", **kwargs) == "pagu"


def test_a_line_that_was_never_paid_can_be_taken_back(cast, line):
    disbursement_remove(actor=cast.owner, line=line, note="orang yang salah", today=TODAY)
    assert not Disbursement.objects.filter(pk=line.pk).exists()
    assert AuditEvent.objects.get(action="hapus").reason == "orang yang salah"


def test_a_paid_line_cannot_be_taken_back(cast):
    line = make.make_line(make.make_batch(), make.make_beneficiary())
    assert rule_of(disbursement_remove, actor=cast.owner, line=line, note="x", today=TODAY) == "hapus_baris"
