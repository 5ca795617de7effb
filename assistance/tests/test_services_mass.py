"""Many lines in one act: paid on a day, handed over by one BAST; each with its history, the ledger intact."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import BatchNote, Disbursement, Step
from assistance.services.mass import lines_hand_over, lines_pay, payable_of
from assistance.tests.entries import PAID_ON, TODAY, field_of, rule_of
from targets.models import LedgerEntry
from tests import factories as make
from tests import factories_lists as lists

CHILD = {"birth_date": date(2014, 1, 1)}


def child(name: str = "Anak"):
    return make.make_beneficiary(name=name, **CHILD)


def pay(cast, batch, **changes):
    return lines_pay(**{"actor": cast.owner, "batch": batch, "on": PAID_ON, "today": TODAY, **changes})


def test_all_decided_lines_are_paid_with_a_history_row_each(cast):
    batch = lists.make_closed(*(child() for _ in range(3)), programme="YAPI")
    moved = pay(cast, batch)
    assert (moved.lines, moved.amount, moved.barred) == (3, 1_800_000, [])
    assert set(batch.lines.values_list("state", "paid_on")) == {("salur", PAID_ON)}
    steps = Step.objects.filter(kind="baris", was="sk", became="salur")
    assert set(steps.values_list("object_id", flat=True)) == set(batch.lines.values_list("pk", flat=True))
    assert set(steps.values_list("on", "actor_id", "object_year")) == {(PAID_ON, cast.owner.pk, 2024)}


def test_the_figures_follow_a_payment_in_bulk(cast):
    batch = lists.make_closed(*(child() for _ in range(4)), programme="YAPI")
    pay(cast, batch)
    assert sum(LedgerEntry.objects.filter(measure=10, dim=1).values_list("value", flat=True)) == 2_400_000


def test_whoever_may_not_be_paid_keeps_his_line_and_is_named(cast):
    alive, dead, gone = child("Adi"), child("Budi"), child("Citra")
    batch = lists.make_closed(alive, dead, gone, programme="YAPI")
    make.make_circumstance(dead, "meninggal", "ya", on=date(2024, 3, 1))
    make.make_graduation(gone, programme="YAPI", on=date(2024, 3, 1))
    many, barred = payable_of(actor=cast.owner, batch=batch, on=PAID_ON)
    assert (many, [person.name for person in barred]) == (1, ["Budi", "Citra"])
    moved = pay(cast, batch)
    assert (moved.lines, len(moved.barred)) == (1, 2)
    assert set(batch.lines.filter(state="sk").values_list("beneficiary_id", flat=True)) == {dead.pk, gone.pk}
    assert rule_of(pay, cast=cast, batch=batch) == "tidak_ada_baris"


@pytest.mark.parametrize(("state", "rule"), [("disetujui", "belum_ditutup"), ("selesai", "daftar_selesai")])
def test_nothing_is_paid_before_final_closing_or_after_the_end(cast, state, rule):
    batch = lists.make_closed(child(), programme="YAPI", approval=state)
    assert rule_of(pay, cast=cast, batch=batch) == rule


def test_a_payment_of_many_needs_a_right_day_and_the_right(cast):
    batch = lists.make_closed(child(), programme="YAPI")
    for day in (None, date(2024, 1, 1), date(2025, 1, 1)):
        assert field_of(pay, cast=cast, batch=batch, on=day) == {"on"}
    assert rule_of(pay, cast=cast, batch=batch, actor=cast.auditor) == "wewenang"


def test_goods_are_handed_over_by_one_bast(cast):
    people = [make.make_beneficiary() for _ in range(3)]
    batch = lists.make_closed(*people, programme="PERMAKANAN")
    pay(cast, batch)
    first = batch.lines.order_by("id").first()
    Disbursement.objects.filter(pk=first.pk).update(state="tidak_transaksi")
    call = {"actor": cast.owner, "batch": batch, "today": TODAY}
    assert field_of(lines_hand_over, on=date(2024, 4, 1), number=" ", **call) == {"number"}
    assert field_of(lines_hand_over, on=date(2024, 3, 1), number="BAST-7", **call) == {"on"}
    moved = lines_hand_over(on=date(2024, 4, 1), number="BAST-7", **call)
    assert moved.lines == 3
    assert set(batch.lines.values_list("state", "received_on")) == {("transaksi", date(2024, 4, 1))}
    steps = Step.objects.filter(kind="baris", became="transaksi", note="BAST BAST-7")
    assert sorted(steps.values_list("was", flat=True)) == ["salur", "salur", "tidak_transaksi"]
    assert BatchNote.objects.get(batch=batch).number == "BAST-7"


def test_money_has_no_bast(cast):
    batch = lists.make_closed(child(), programme="YAPI")
    pay(cast, batch)
    call = {"actor": cast.owner, "batch": batch, "on": date(2024, 4, 1), "number": "BAST-7", "today": TODAY}
    assert rule_of(lines_hand_over, **call) == "bukan_barang"


def test_paying_many_costs_the_same_for_few_and_many(cast):
    def cost(many: int) -> int:
        batch = lists.make_closed(*(child() for _ in range(many)), programme="YAPI")
        with CaptureQueriesContext(connection) as queries:
            pay(cast, batch)
        return len(queries)

    cost(1)
    assert cost(2) == cost(20)
