"""Filling a list from its active participants: who gets a line, who is left out and why, and what it costs."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import Disbursement, Step
from assistance.services.approvals import batch_fill
from assistance.services.filling import filling_of
from assistance.tests.entries import TODAY, rule_of
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, TargetGroup
from pilar.core.scoping import scope_transaction
from tests import factories as make
from tests import factories_lists as lists

CHILD = {"birth_date": date(2014, 1, 1)}


def child(name: str = "Anak", *, state: str = "aktif", group: int = 1, **fields):
    person = make.make_beneficiary(name=name, **{**CHILD, **fields})
    make.make_participation(person, state=state, group=group)
    return person


def fill(cast, batch):
    return batch_fill(actor=cast.owner, batch=batch, today=TODAY)


@pytest.fixture
def batch(cast):
    return lists.make_drafted(programme="YAPI")


def test_each_active_participant_of_programme_and_area_gets_a_line_and_its_history(cast, batch):
    here = {child("Adi").pk, child("Budi", region=make.TELUK_SEGARA).pk}
    child("Asing", region=make.CURUP)
    make.make_participation(make.make_beneficiary(**CHILD), programme="PKH")
    child("Calon", state="calon")
    filling = fill(cast, batch)
    assert (filling.added, filling.amount, filling.skipped) == (2, 1_200_000, [])
    lines = Disbursement.objects.filter(batch=batch)
    assert {line.beneficiary_id for line in lines} == here
    assert {(line.amount, line.state, line.detail, line.group_id) for line in lines} == {
        (600_000, "sk", "3 × Rp200.000", 1)
    }
    steps = Step.objects.filter(kind="baris", object_id__in=[line.pk for line in lines])
    assert {(s.beneficiary_id, s.object_year, s.became, s.actor_id) for s in steps} == {
        (person, 2024, "sk", cast.owner.pk) for person in here
    }
    assert "2 baris, Rp1.200.000" in AuditEvent.objects.get(object_type="assistance.batch").summary


def test_the_line_takes_the_pas_above_a_subcategory(cast, batch):
    person = child()
    group = TargetGroup.objects.filter(parent=1).first()
    person.participations.update(group=group)
    fill(cast, batch)
    assert Disbursement.objects.get(batch=batch).group_id == 1


def test_filling_again_adds_only_who_is_new(cast, batch):
    child("Adi")
    fill(cast, batch)
    child("Budi")
    assert fill(cast, batch).added == 1
    assert fill(cast, batch).added == 0
    assert batch.lines.count() == 2


def test_whoever_is_left_out_is_named_with_the_reason(cast, batch):
    child("Adi")
    child("Budi", state="ditangguhkan")
    child("Citra", state="berakhir")
    make.make_circumstance(child("Dodi"), "meninggal", "ya", on=date(2024, 5, 1))
    make.make_graduation(child("Eka"), programme="YAPI", on=date(2024, 6, 1))
    child("Fani", birth_date=date(1990, 1, 1))
    filling = fill(cast, batch)
    assert (filling.added, batch.lines.count()) == (1, 1)
    assert [(skip.name, skip.rule) for skip in filling.skipped] == [
        ("Budi", "ditangguhkan"),
        ("Citra", "berakhir"),
        ("Dodi", "meninggal"),
        ("Eka", "graduasi"),
        ("Fani", "umur_maks"),
    ]
    said = " ".join(skip.sentence for skip in filling.skipped)
    for words in ("ditangguhkan: Bantuan berulang", "berakhir pada 31 Mei 2024: Penerima pindah", "lulus (graduasi)"):
        assert words in said
    assert all(skip.remedy for skip in filling.skipped)


def test_a_permakanan_list_leaves_out_a_pkh_recipient(cast):
    person = make.make_beneficiary(name="Zubaidah", groups=[3])
    make.make_circumstance(person, "tinggal_sendiri", "ya")
    for programme in ("PERMAKANAN", "PKH"):
        make.make_participation(person, programme=programme, group=3)
    filling = fill(cast, lists.make_drafted(programme="PERMAKANAN"))
    assert filling.added == 0
    assert "Masih menerima PKH" in filling.skipped[0].sentence


def test_above_the_ceiling_nothing_is_added_and_the_difference_is_named(cast):
    for _ in range(3):
        child()
    batch = lists.make_drafted(programme="YAPI", ceiling=1_700_000)
    with pytest.raises(Refusal, match=r"melebihi pagu Rp1\.700\.000 sebesar Rp100\.000") as caught:
        fill(cast, batch)
    assert caught.value.rule == "pagu"
    assert not batch.lines.exists()


def test_somebody_without_the_right_to_personal_data_fills_the_whole_list(cast, batch, client_of):
    """The hidden group goes into the line and stays hidden from him there."""
    child(group=9)
    child(group=9, state="ditangguhkan")
    with scope_transaction(cast.clerk):
        filling = batch_fill(actor=cast.clerk, batch=batch, today=TODAY)
    assert (filling.added, len(filling.skipped)) == (1, 1)
    assert batch.lines.get().group_id == 9
    page = client_of(cast.clerk).get(f"/penyaluran/{batch.pk}/").content.decode()
    assert "disembunyikan (data pribadi spesifik)" in page


def test_a_recorded_list_is_not_filled(cast):
    assert rule_of(batch_fill, actor=cast.owner, batch=make.make_batch(), today=TODAY) == "isi_beku"


def test_the_exact_case_as_a_lists_plan(cast):
    """133,774 people x 184 days x Rp32.000 (C19)."""
    from_plan = lists.make_drafted(programme="PERMAKANAN", unit_price=32_000, units=184, ceiling=787_661_312_000)
    assert from_plan.portion == 5_888_000
    assert from_plan.ceiling == 133_774 * from_plan.portion


def test_filling_costs_the_same_for_few_and_many(cast):
    def cost(many: int) -> int:
        for _ in range(many):
            child()
        batch = lists.make_drafted(programme="YAPI")
        with CaptureQueriesContext(connection) as queries:
            fill(cast, batch)
        return len(queries)

    cost(1)
    assert cost(2) == cost(20)


def test_what_filling_would_do_is_known_before(cast, batch):
    child("Adi")
    child("Budi", state="ditangguhkan")
    before = filling_of(actor=cast.owner, batch=batch, today=TODAY)
    assert (before.added, before.amount, len(before.skipped)) == (1, 600_000, 1)
    assert not batch.lines.exists()
