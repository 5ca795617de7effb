"""Langkah bersama: who writes, who agrees for whom, and what the database holds of it."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pilar.core.models import AuditEvent, BudgetYear, Region
from pilar.core.scoping import scope_transaction
from targets.models import Party, WorkAgreement, WorkPlan, WorkStep
from targets.services.workplan import Assent, PlanText, plan_agree, plan_create, plan_renew, plan_write
from targets.services.worksteps import step_add, step_change, step_remove
from targets.tests.workplans import BENGKULU, TEXT, TODAY, agree, agreed, companion, draft, entry, only_step, refused
from targets.workplan_states import MACHINES, WORDS
from tests import factories as make

ON = date(2024, 1, 20)


# --- the papers ---------------------------------------------------------------


def test_the_readme_shows_the_machines():
    readme = (Path(settings.BASE_DIR) / "targets/README.md").read_text()
    assert [m.name for m in MACHINES if m.diagram() not in readme] == []


def test_every_state_has_words():
    assert {state for machine in MACHINES for state in machine.states.values} <= set(WORDS)


# --- writing ------------------------------------------------------------------


@pytest.mark.parametrize("who", ["owner", "province", "staff"])
def test_offices_of_the_area_and_above_write_its_plan(cast, who):
    plan = draft(getattr(cast, who))
    assert (plan.state, plan.version, plan.made_by) == ("disusun", 1, getattr(cast, who))
    assert AuditEvent.objects.filter(object_type="targets.workplan", object_id=str(plan.pk)).count() == 2


@pytest.mark.parametrize("who", ["neighbour", "auditor", "stranger"])
def test_others_do_not(cast, who):
    refused(lambda: draft(getattr(cast, who)), "wewenang")


@pytest.mark.parametrize(("region", "rule"), [(0, "tingkat_langkah"), (make.SELEBAR, "tingkat_langkah")])
def test_plans_lie_at_province_and_kabupaten(cast, region, rule):
    refused(lambda: draft(cast.admin, region=region), rule)


def test_a_year_has_one_plan_for_an_area(cast):
    draft(cast.owner)
    refused(lambda: draft(cast.province), "langkah_sudah_ada")


def test_a_closed_year_takes_none(cast):
    BudgetYear.objects.filter(pk=2024).update(closed_on=date(2025, 3, 1))
    refused(lambda: draft(cast.owner), "tahun_ditutup")


def test_texts_may_not_be_empty(cast):
    region = Region.objects.get(pk=make.KOTA)
    with pytest.raises(ValidationError) as caught:
        plan_create(actor=cast.owner, year=2024, region=region, text=PlanText(" ", "Rapat"), today=TODAY)
    assert set(caught.value.message_dict) == {"strategy"}


def test_a_draft_is_changed_as_it_is(cast):
    plan = draft(cast.owner)
    plan_write(actor=cast.owner, plan=plan, text=replace(TEXT, strategy="Kaur dahulu."))
    step_change(actor=cast.owner, step=only_step(plan), entry=entry(text="Mendata anak"))
    plan.refresh_from_db()
    assert (plan.strategy, plan.version, only_step(plan).text) == ("Kaur dahulu.", 1, "Mendata anak")
    step_remove(actor=cast.owner, step=only_step(plan))
    assert not plan.steps.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"deadline": date(2025, 1, 1)}, "deadline"),
        ({"owner": "kantor"}, "office"),
        ({"office": "Bappeda"}, "office"),
        ({"owner": "siapa"}, "owner"),
        ({"text": "  "}, "text"),
    ],
)
def test_a_step_has_text_owner_and_a_day_of_the_year(cast, fields, field):
    plan = draft(cast.owner)
    with pytest.raises(ValidationError) as caught:
        step_add(actor=cast.owner, plan=plan, entry=entry(**fields))
    assert field in caught.value.message_dict


def test_in_a_provinces_plan_the_kabupaten_is_named(cast):
    plan = draft(cast.province, region=BENGKULU, steps=(entry(owner="kemensos"),))
    with pytest.raises(ValidationError) as caught:
        step_add(actor=cast.province, plan=plan, entry=entry())
    assert set(caught.value.message_dict) == {"regency"}
    step = step_add(actor=cast.province, plan=plan, entry=entry(regency=Region.objects.get(pk=make.KOTA)))
    assert (step.owner_region_id, step.region_id) == (make.KOTA, make.KOTA)


# --- agreeing -----------------------------------------------------------------


def test_the_fourth_agreement_makes_it_agreed(cast):
    plan = agree(draft(cast.owner), cast, but=("pendamping",))
    assert plan.state == "disusun"
    person = companion(name="Umar Said")
    word = Assent("pendamping", date(2024, 2, 1), person=person)
    with scope_transaction(cast.colleague):
        agreement = plan_agree(actor=cast.colleague, plan=plan, assent=word, today=TODAY)
    plan.refresh_from_db()
    assert (plan.state, plan.agreed_on) == ("disepakati", date(2024, 2, 1))
    assert (agreement.name, agreement.person, agreement.recorded_by) == ("Umar Said", person, cast.colleague)


def test_a_kabupaten_completes_the_plan_of_its_province_past_its_own_walls(cast):
    """It may not write the province's row; the database makes the plan agreed all the same."""
    steps = (entry(owner="kemensos"), entry(owner="dinsos_provinsi"))
    plan = agree(draft(cast.province, region=BENGKULU, steps=steps), cast)
    assert plan.state == "disepakati"
    assert set(plan.agreements.values_list("party", "region_id")) == {
        ("kemensos", 0),
        ("dinsos_provinsi", BENGKULU),
        ("dinsos_kabkota", make.KOTA),
        ("pendamping", make.KOTA),
    }


@pytest.mark.parametrize(
    ("who", "party", "rule"),
    [
        ("staff", "dinsos_provinsi", "pihak_lain"),
        ("province", "dinsos_kabkota", "pihak_lain"),
        ("province", "pendamping", "pihak_lain"),
        ("colleague", "kemensos", "pihak_lain"),
        ("neighbour", "dinsos_kabkota", "pihak_lain"),
        ("owner", "dinsos_kabkota", "wewenang"),
        ("auditor", "kemensos", "wewenang"),
    ],
)
def test_an_office_agrees_for_itself_only(cast, who, party, rule):
    plan = draft(cast.owner)
    word = Assent(party, ON, "Budi", companion())
    refused(lambda: plan_agree(actor=getattr(cast, who), plan=plan, assent=word, today=TODAY), rule)


def test_a_party_agrees_once_per_version(cast):
    plan = draft(cast.owner)
    word = Assent("kemensos", ON, "Budi")
    plan_agree(actor=cast.staff, plan=plan, assent=word, today=TODAY)
    refused(lambda: plan_agree(actor=cast.admin, plan=plan, assent=word, today=TODAY), "sudah_menyepakati")
    with pytest.raises(IntegrityError, match="workagreement_once"), transaction.atomic():
        WorkAgreement.objects.create(plan=plan, region_id=0, party="kemensos", name="Budi", agreed_on=ON)


def test_without_steps_there_is_nothing_to_agree_to(cast):
    plan = draft(cast.owner)
    only_step(plan).delete()
    word = Assent("kemensos", ON, "Budi")
    refused(lambda: plan_agree(actor=cast.staff, plan=plan, assent=word, today=TODAY), "tanpa_langkah")


@pytest.mark.parametrize(
    ("word", "field"),
    [
        (Assent("dinsos_kabkota", ON, " "), "name"),
        (Assent("dinsos_kabkota", date(2024, 12, 1), "Budi"), "on"),
        (Assent("pendamping", ON), "person"),
        (Assent("bupati", ON, "Budi"), "party"),
    ],
)
def test_an_agreement_has_a_name_and_a_day_not_ahead(cast, word, field):
    plan = draft(cast.owner)
    with pytest.raises(ValidationError) as caught:
        plan_agree(actor=cast.colleague, plan=plan, assent=word, today=TODAY)
    assert field in caught.value.message_dict


@pytest.mark.parametrize("fields", [{"valid_until": date(2024, 1, 19)}, {"region": make.CURUP}])
def test_the_companions_send_somebody_who_serves_there_that_day(cast, fields):
    plan = draft(cast.owner)
    word = Assent("pendamping", ON, person=companion(**fields))
    with pytest.raises(ValidationError, match="tidak punya penugasan"):
        plan_agree(actor=cast.colleague, plan=plan, assent=word, today=TODAY)


# --- versions -----------------------------------------------------------------


@pytest.mark.parametrize("but", [(), ("kemensos", "pendamping")])
def test_what_a_party_agreed_to_stays_as_it_is(cast, but):
    plan = agree(draft(cast.owner), cast, but=but)
    step = only_step(plan)
    refused(lambda: plan_write(actor=cast.owner, plan=plan, text=TEXT), "sudah_disepakati")
    refused(lambda: step_add(actor=cast.owner, plan=plan, entry=entry()), "sudah_disepakati")
    refused(lambda: step_remove(actor=cast.owner, step=step), "sudah_disepakati")


def test_the_database_keeps_it_too(cast):
    plan = agreed(cast)
    for act in (
        lambda: WorkPlan.objects.filter(pk=plan.pk).update(strategy="lain"),
        lambda: WorkPlan.objects.filter(pk=plan.pk).update(state="disusun", agreed_on=None),
        lambda: WorkStep.objects.filter(plan=plan).update(text="lain"),
        lambda: WorkStep.objects.filter(plan=plan).delete(),
        lambda: WorkStep.objects.create(
            plan=plan, region_id=make.KOTA, owner_region_id=make.KOTA, text="x", owner="pendamping", deadline=ON
        ),
    ):
        with pytest.raises(IntegrityError, match=r"agree"), transaction.atomic():
            act()


def test_nobody_calls_a_plan_agreed_by_hand(cast):
    plan = agree(draft(cast.owner), cast, but=("kemensos",))
    with pytest.raises(IntegrityError, match="3 of 4"), transaction.atomic():
        WorkPlan.objects.filter(pk=plan.pk).update(state="disepakati", agreed_on=ON)


def test_a_change_is_a_new_version_that_needs_all_four_again(cast):
    first = agreed(cast)
    second = plan_renew(actor=cast.province, plan=first, reason="Anggaran turun", today=TODAY)
    assert (second.version, second.state, second.agreements.count()) == (2, "disusun", 0)
    plan_write(actor=cast.province, plan=second, text=replace(TEXT, strategy="Kaur dahulu."))
    assert list(WorkPlan.objects.in_force()) == [first]
    agree(second, cast, but=("kemensos",))
    assert list(WorkPlan.objects.in_force()) == [first]
    plan_agree(actor=cast.staff, plan=second, assent=Assent("kemensos", ON, "Budi"), today=TODAY)
    assert list(WorkPlan.objects.in_force()) == [second]
    first.refresh_from_db()
    assert (first.strategy, first.agreements.count()) == (TEXT.strategy, len(Party.values))


def test_a_new_version_says_why_and_only_the_newest_gets_one(cast):
    first = agreed(cast)
    with pytest.raises(ValidationError, match="Tulis mengapa"):
        plan_renew(actor=cast.province, plan=first, reason=" ", today=TODAY)
    second = plan_renew(actor=cast.province, plan=first, reason="Anggaran turun", today=TODAY)
    refused(lambda: plan_renew(actor=cast.owner, plan=first, reason="lagi", today=TODAY), "versi_lama")
    refused(lambda: plan_renew(actor=cast.owner, plan=second, reason="lagi", today=TODAY), "belum_disepakati")


def test_an_old_draft_is_not_agreed_to_any_more(cast):
    first = agree(draft(cast.owner), cast, but=("kemensos",))
    plan_renew(actor=cast.owner, plan=first, reason="Salah tulis", today=TODAY)
    word = Assent("kemensos", ON, "Budi")
    refused(lambda: plan_agree(actor=cast.staff, plan=first, assent=word, today=TODAY), "versi_lama")
