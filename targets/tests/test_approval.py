"""The life of a version: drafted, submitted, approved or sent back, by whom, and which one counts."""

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, BudgetYear, Programme, RegionGrant
from pilar.core.scoping import scope_transaction
from targets import achievement, states
from targets.filters import in_force, leading, waiting
from targets.models import Indicator, Target, TargetStep
from targets.services import approval as service
from targets.services.authority import may_decide
from targets.services.plan import Aim, target_draft, target_drop
from tests import factories as make

TODAY = date(2024, 2, 1)
BENGKULU, NATION = 1700000000, 0
State = Target.State


def aim(region: int = make.KOTA, indicator: str = "PENERIMA_PAS", breakdown: int = 3, person=None) -> Aim:
    return Aim(2024, region, Indicator.objects.get(code=indicator), breakdown, person)


def draft(actor, value: int = 80, *, at: Aim | None = None, **fields) -> Target:
    return target_draft(actor=actor, aim=at or aim(), value=value, source="SK 1", today=TODAY, **fields)


def file(actor, value: int = 80, *, at: Aim | None = None, **fields) -> Target:
    return service.target_set(actor=actor, aim=at or aim(), value=value, source="SK 1", today=TODAY, **fields)


def approve(actor, target: Target) -> Target:
    return service.target_approve(actor=actor, target=target, today=TODAY)


def held_against(user, region: int = make.KOTA, version: int | None = None):
    indicator = Indicator.objects.get(code="PENERIMA_PAS")
    found = achievement.figures(user, year=2024, region=region, today=TODAY, only=[indicator], version=version)
    figure = next(f for f in found if f.breakdown == 3)
    return figure.target, figure.pending


def test_a_draft_counts_nowhere(cast):
    target = draft(cast.owner)
    assert (target.state, held_against(cast.owner)) == (State.DRAFT, (None, False))


def test_a_submitted_first_version_counts_and_says_it_is_not_approved(cast):
    file(cast.owner)
    assert held_against(cast.auditor) == (80, True)


def test_an_approved_version_counts_whatever_is_submitted_after_it(cast):
    approve(cast.province, file(cast.owner, 80))
    file(cast.owner, 95, reason="hasil rapat")
    assert held_against(cast.owner) == (80, False)


def test_once_approved_the_new_version_counts_and_the_old_one_stays_reportable(cast):
    approve(cast.province, file(cast.owner, 80))
    approve(cast.province, file(cast.owner, 95, reason="hasil rapat"))
    assert held_against(cast.owner) == (95, False)
    assert held_against(cast.owner, version=1) == (80, False)
    assert held_against(cast.owner, version=3) == (None, False)


def test_without_an_approved_version_the_newest_submitted_one_counts(cast):
    file(cast.owner, 80)
    file(cast.owner, 95, reason="salah hitung")
    assert held_against(cast.owner) == (95, True)


def test_lists_and_figures_choose_the_same_version(cast):
    approve(cast.province, file(cast.owner, 80))
    file(cast.owner, 95, reason="naik")
    draft(cast.owner, 99, reason="naik lagi")
    draft(cast.owner, 7, at=aim(breakdown=4))
    assert [t.value for t in Target.objects.in_force()] == [80]
    assert [t.value for t in in_force(Target.objects.all())] == [80]
    assert sorted(t.value for t in leading(Target.objects.all())) == [7, 80]


def test_a_draft_takes_a_new_value_without_a_new_version(cast):
    draft(cast.owner, 80)
    assert (draft(cast.colleague, 81, seen_version=1).version, Target.objects.get().value) == (1, 81)


def test_a_draft_never_submitted_can_be_thrown_away(cast):
    target_drop(actor=cast.owner, target=draft(cast.owner))
    assert not Target.objects.exists()
    target = file(cast.owner)
    with pytest.raises(Refusal, match="pernah diajukan"):
        target_drop(actor=cast.owner, target=target)
    service.target_send_back(actor=cast.province, target=target, note="terlalu tinggi")
    with pytest.raises(Refusal, match="pernah diajukan"):
        target_drop(actor=cast.owner, target=target)


@pytest.mark.parametrize(
    ("region", "may", "may_not"),
    [
        (make.KOTA, ["province", "staff", "admin"], ["owner", "colleague", "neighbour", "auditor", "stranger"]),
        (make.SELEBAR, ["colleague", "province", "staff"], ["owner", "neighbour", "auditor"]),
        (BENGKULU, ["staff", "admin"], ["province", "colleague", "auditor"]),
        (NATION, ["staff", "admin"], ["province", "auditor"]),
    ],
)
def test_a_level_above_decides_or_the_ministry(cast, region, may, may_not):
    target = make.make_target(value=9, region=region, state=State.SUBMITTED)
    target.indicator = Indicator.objects.get(pk=target.indicator_id)
    decided = {name: may_decide(getattr(cast, name), target) for name in [*may, *may_not]}
    assert decided == dict.fromkeys(may, True) | dict.fromkeys(may_not, False)
    waits = {name: waiting(Target.objects.all(), getattr(cast, name)).exists() for name in decided}
    assert waits == decided


def test_who_may_not_decide_is_told_who_does(cast):
    target = file(cast.owner)
    with pytest.raises(Refusal, match=r"Minta Dinas Sosial Provinsi Bengkulu atau Kementerian Sosial"):
        approve(cast.colleague, target)


def test_the_proposer_never_decides_and_the_database_holds_it(cast):
    target = file(cast.staff, at=aim(NATION))
    with pytest.raises(Refusal, match="Anda pengusul target ini") as refusal:
        approve(cast.staff, target)
    assert refusal.value.rule == "empat_mata"
    for column in ("set_by", "submitted_by"):
        fields = {"set_by": cast.admin, "submitted_by": cast.admin, column: cast.staff}
        with pytest.raises(IntegrityError, match="four_eyes"), transaction.atomic():
            Target.objects.filter(pk=target.pk).update(state="disetujui", approved_by=cast.staff, **fields)
    assert approve(cast.admin, target).state == State.APPROVED


def test_whoever_submitted_anothers_draft_does_not_decide_either(cast):
    target = draft(cast.owner)
    service.target_submit(actor=cast.province, target=target, today=TODAY)
    with pytest.raises(Refusal, match="Anda pengusul"):
        approve(cast.province, target)


def test_a_narrowed_grant_decides_about_its_programme_only(cast):
    RegionGrant.objects.filter(user=cast.province).update(programmes=[Programme.objects.get(code="ATENSI").pk])
    atensi, other, people = (
        make.make_target(value=9, state=State.SUBMITTED, indicator=code, breakdown=number)
        for code, number in (("RUPIAH_SALUR", 3), ("RUPIAH_SALUR", 1), ("PENERIMA_PAS", 3))
    )
    assert [may_decide(cast.province, t) for t in (atensi, other, people)] == [True, False, False]
    assert list(waiting(Target.objects.all(), cast.province)) == [atensi]


def test_sent_back_with_a_comment_it_is_a_draft_again_and_revised(cast):
    target = file(cast.owner)
    service.target_send_back(actor=cast.province, target=target, note="Sertakan dasar hitungan.")
    assert held_against(cast.owner) == (None, False)
    assert file(cast.owner, 75, seen_version=1).version == 1
    approve(cast.province, Target.objects.get())
    steps = TargetStep.objects.values_list("was", "became", "actor_name", "note")
    assert list(steps) == [
        ("draf", "diajukan", "Owner", ""),
        ("diajukan", "draf", "Province", "Sertakan dasar hitungan."),
        ("draf", "diajukan", "Owner", ""),
        ("diajukan", "disetujui", "Province", ""),
    ]


def test_sending_back_needs_a_comment(cast):
    with pytest.raises(ValidationError, match="Tulis apa yang harus diperbaiki"):
        service.target_send_back(actor=cast.province, target=file(cast.owner), note=" ")


@pytest.mark.parametrize(("now", "then"), [(now, then) for now in State.values for then in State.values])
def test_only_steps_of_the_table_are_taken(cast, now, then):
    target = make.make_target(value=9, state=now)
    acts = {
        State.SUBMITTED: lambda: service.target_submit(actor=cast.owner, target=target, today=TODAY),
        State.APPROVED: lambda: service.target_approve(actor=cast.province, target=target, today=TODAY),
        State.DRAFT: lambda: service.target_send_back(actor=cast.province, target=target, note="x"),
    }
    if states.TARGET.may_follow(now, then):
        assert acts[then]().state == then
        assert TargetStep.objects.get().became == then
        return
    with pytest.raises(Refusal, match="sekarang") as refusal:
        acts[then]()
    assert refusal.value.rule == "urutan_keadaan"
    assert not TargetStep.objects.exists()


def test_a_version_replaced_by_a_newer_one_is_not_decided(cast):
    old = file(cast.owner, 80)
    new = file(cast.owner, 95, reason="salah hitung")
    assert list(waiting(Target.objects.all(), cast.province)) == [new]
    with pytest.raises(Refusal, match="sudah digantikan versi 2 dengan nilai 95"):
        approve(cast.province, old)


def test_a_closed_year_is_not_decided(cast):
    target = file(cast.owner)
    BudgetYear.objects.filter(pk=2024).update(closed_on=date(2025, 3, 1))
    with pytest.raises(Refusal, match="sudah ditutup"):
        approve(cast.province, target)


def test_many_are_decided_each_by_itself(cast):
    good, own = file(cast.owner), file(cast.province, at=aim(breakdown=4))
    outcome = service.targets_approve(actor=cast.province, targets=[good, own], today=TODAY)
    assert [t.pk for t in outcome.done] == [good.pk]
    assert [(r.target.pk, r.refusal.rule) for r in outcome.refused] == [(own.pk, "empat_mata")]
    assert Target.objects.get(pk=own.pk).state == State.SUBMITTED


def test_every_step_is_audited(cast):
    target = file(cast.owner)
    service.target_send_back(actor=cast.province, target=target, note="kurang dasar")
    event = AuditEvent.objects.filter(object_type="targets.target").latest("id")
    assert (event.actor_name, event.region_id, event.reason) == ("Province", make.KOTA, "kurang dasar")
    assert event.summary.endswith("dikembalikan")


def test_the_national_graduation_target_of_2026_keeps_both_versions_with_their_sources(cast):
    at = Aim(2026, NATION, Indicator.objects.get(code="GRADUASI"), 4)
    for value, source, reason in (
        (300_000, "Antara, 5 Januari 2026", ""),
        (400_000, "Antara, 2 Maret 2026", "target dinaikkan"),
    ):
        filed = service.target_set(actor=cast.staff, aim=at, value=value, source=source, reason=reason, today=TODAY)
        approve(cast.admin, filed)
    with scope_transaction(cast.owner):
        seen = Target.objects.visible_to(cast.owner).filter(year=2026, region=NATION).order_by("version")
        assert list(seen.values_list("version", "value", "source")) == [
            (1, 300_000, "Antara, 5 Januari 2026"),
            (2, 400_000, "Antara, 2 Maret 2026"),
        ]
        assert [t.value for t in seen.in_force()] == [400_000]


def test_a_draft_is_seen_in_its_region_only(cast):
    draft(cast.owner)
    for user, sees in ((cast.owner, True), (cast.province, True), (cast.neighbour, False)):
        with scope_transaction(user):
            assert Target.objects.visible_to(user).exists() is sees
            assert Target.objects.exists() is sees


def test_the_readme_shows_the_machine():
    readme = (Path(settings.BASE_DIR) / "targets" / "README.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{states.TARGET.diagram()}\n```" in readme
