"""The steps of langkah bersama: who moves them, by which table, and when they are overdue."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from pilar.core.models import Region
from pilar.core.scoping import scope_transaction
from targets.models import WorkStep
from targets.services.workplan import plan_renew
from targets.services.worksteps import step_add, step_move
from targets.tests.workplans import BENGKULU, TODAY, agree, agreed, draft, entry, only_step, refused
from tests import factories as make

# --- moving steps -------------------------------------------------------------


def move(who, step, then, **fields) -> WorkStep:
    return step_move(actor=who, step=step, then=then, **{"on": TODAY, "today": TODAY, **fields})


def test_the_owner_says_how_far_a_step_is(cast):
    step = only_step(agreed(cast))
    with scope_transaction(cast.owner):
        move(cast.owner, step, "berjalan", on=date(2024, 3, 1))
        move(cast.owner, step, "selesai")
    assert list(step.moves.values_list("was", "became", "on", "actor_name")) == [
        ("belum", "berjalan", date(2024, 3, 1), str(cast.owner)),
        ("berjalan", "selesai", TODAY, str(cast.owner)),
    ]


def test_a_kabupaten_moves_its_step_in_the_plan_of_its_province(cast):
    steps = (entry(regency=Region.objects.get(pk=make.KOTA)),)
    step = only_step(agree(draft(cast.province, region=BENGKULU, steps=steps), cast))
    with scope_transaction(cast.owner):
        assert move(cast.owner, step, "berjalan").state == "berjalan"


@pytest.mark.parametrize(
    ("owner", "who", "others"),
    [
        ("kemensos", "staff", ("province", "owner")),
        ("dinsos_provinsi", "province", ("staff", "owner")),
        ("pendamping", "owner", ("province", "staff")),
    ],
)
def test_nobody_else_moves_it(cast, owner, who, others):
    step = only_step(agreed(cast, steps=(entry(owner=owner),)))
    refused(lambda: move(getattr(cast, others[0]), step, "berjalan"), "wewenang")
    refused(lambda: move(getattr(cast, others[1]), step, "berjalan"), "wewenang")
    with scope_transaction(getattr(cast, who)):
        move(getattr(cast, who), step, "berjalan")


def test_another_offices_step_is_told_by_the_office_of_the_plan(cast):
    step = only_step(agreed(cast, steps=(entry(owner="kantor", office="Bappeda Kota Bengkulu"),)))
    assert move(cast.owner, step, "berjalan").state == "berjalan"


@pytest.mark.parametrize(("path", "then"), [((), "selesai"), (("berjalan", "selesai"), "berjalan"), ((), "belum")])
def test_no_state_is_skipped(cast, path, then):
    step = only_step(agreed(cast))
    [move(cast.owner, step, state) for state in path]
    refused(lambda: move(cast.owner, step, then), "urutan_keadaan")


def test_a_cancelled_step_says_why(cast):
    step = only_step(agreed(cast))
    with pytest.raises(ValidationError, match="Tulis mengapa"):
        move(cast.owner, step, "batal")
    assert move(cast.owner, step, "batal", reason="Anggaran dipindah").reason == "Anggaran dipindah"


def test_a_step_of_a_draft_does_not_move(cast):
    refused(lambda: move(cast.owner, only_step(draft(cast.owner)), "berjalan"), "versi_tidak_berlaku")


def test_a_step_carries_its_state_into_the_new_version(cast):
    first = agreed(cast)
    step = only_step(first)
    move(cast.owner, step, "berjalan")
    second = plan_renew(actor=cast.owner, plan=first, reason="Anggaran turun", today=TODAY)
    step_add(actor=cast.owner, plan=second, entry=entry(text="Menjangkau anak"))
    move(cast.owner, step, "selesai")
    agree(second, cast)
    assert list(second.steps.values_list("text", "state")) == [
        ("Mendata lansia terlantar", "selesai"),
        ("Menjangkau anak", "belum"),
    ]
    refused(lambda: move(cast.owner, step, "selesai"), "versi_tidak_berlaku")


# --- overdue ------------------------------------------------------------------


def test_overdue_is_what_is_open_past_its_day_in_a_plan_in_force(cast):
    steps = (entry(text="lewat"), entry(text="belum lewat", deadline=date(2024, 12, 31)), entry(text="selesai"))
    draft(cast.neighbour, region=make.REJANG_LEBONG)
    plan = agreed(cast, steps=steps)
    done = plan.steps.select_related("plan", "owner_region").get(text="selesai")
    move(cast.owner, done, "berjalan")
    move(cast.owner, done, "selesai")
    assert [step.text for step in WorkStep.objects.overdue(on=TODAY)] == ["lewat"]
    assert not WorkStep.objects.overdue(on=date(2024, 6, 30)).exists()
