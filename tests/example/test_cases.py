"""The example data: every named case in its place."""

from collections import Counter

import pytest
from django.db.models import F, Q

from assistance.example import named
from assistance.example.places import KOTA, REJANG_LEBONG
from assistance.models import (
    Beneficiary,
    Decree,
    Disbursement,
    Graduation,
    GroupMembership,
    Objection,
    Participation,
    Proposal,
    Step,
    Verification,
)
from assistance.services.eligibility import findings
from assistance.states import DECREE, OBJECTION, PARTICIPATION, PROPOSAL
from personnel.models import Assignment, Personnel, valid_on
from pilar.core.regions import Level, at_level
from tests.example.counting import END_2024, paid


def test_names_of_the_cases_occur_once(example):
    people = Counter(Personnel.objects.filter(name__in=named.RESERVED).values_list("name", flat=True))
    people += Counter(Beneficiary.objects.filter(name__in=named.RESERVED).values_list("name", flat=True))
    assert people == dict.fromkeys(named.RESERVED, 1)


def test_mover_is_paid_in_two_places(example):
    lines = paid(beneficiary__name=named.MOVER, year=2024)
    assert {at_level(r, Level.REGENCY) for r in lines.values_list("region_id", flat=True)} == {KOTA, REJANG_LEBONG}
    homes = GroupMembership.objects.filter(beneficiary__name=named.MOVER).order_by("valid_from")
    assert [at_level(m.region_id, Level.REGENCY) for m in homes] == [KOTA, REJANG_LEBONG]


def test_one_child_has_two_groups_and_two_programmes(example):
    child = Beneficiary.objects.get(name=named.TWO_AND_TWO)
    assert set(child.memberships.values_list("group_id", flat=True)) == {1, 2}
    assert set(paid(beneficiary=child).values_list("programme__code", flat=True)) == {"YAPI", "ATENSI"}


def test_returned_line_is_paid_again(example):
    back, again = Disbursement.objects.filter(beneficiary__name=named.RETURNED).order_by("id")
    assert (back.state, again.state) == (Disbursement.State.RETURNED, Disbursement.State.RECEIVED)
    assert (again.repays_id, again.batch_id, again.amount) == (back.pk, back.batch_id, back.amount)


def test_late_correction_belongs_to_2023(example):
    line = Disbursement.objects.select_related("batch").get(beneficiary__name=named.LATE_CORRECTION)
    assert (line.year, line.month) == (2023, 12)
    assert line.batch.sk_date.year == 2024


def test_split_region_keeps_its_old_code(example):
    lines = paid(beneficiary__name=named.SPLIT_REGION).order_by("year")
    assert [at_level(line.region_id, Level.REGENCY) for line in lines] == [named.OLD_CODE, named.NEW_CODE]
    assert [line.year for line in lines] == [2023, 2024]


def test_a_row_without_kecamatan(example):
    assert paid(beneficiary__name=named.NO_DISTRICT).get().region_id == KOTA


def test_carry_over_is_month_thirteen(example):
    line = paid(beneficiary__name=named.CARRY_OVER).get()
    assert (line.year, line.paid_on.year, line.month) == (2024, 2025, 13)


def test_companion_has_seven_of_ten(example):
    companion = Personnel.objects.get(name=named.COMPANION)
    counted = Graduation.objects.counted().filter(credited_to=companion, decided_on__year=2024)
    assert companion.region_id == KOTA
    assert counted.count() == named.COMPANION_GRADUATED
    assert companion.targets.get(year=2024).value == named.COMPANION_TARGET
    assert companion.graduations.exclude(pk__in=counted).count() == 3


def test_every_credited_graduation_was_in_the_companions_caseload(example):
    credited = Graduation.objects.filter(credited_to__isnull=False)
    held = credited.filter(
        Q(beneficiary__companions__valid_until__isnull=True)
        | Q(beneficiary__companions__valid_until__gte=F("decided_on")),
        beneficiary__companions__valid_from__lte=F("decided_on"),
        beneficiary__companions__programme=F("programme"),
        beneficiary__companions__assignment__person=F("credited_to"),
    )
    assert held.distinct().count() == credited.count()


def test_one_family_graduated_with_nobody(example):
    assert Graduation.objects.get(beneficiary__name=named.NO_COMPANION).credited_to is None


def test_companion_of_two_districts_counts_once(example):
    held = Assignment.objects.filter(valid_on(END_2024), person__name=named.TWO_DISTRICTS)
    assert sorted(held.values_list("is_primary", flat=True)) == [False, True]
    assert held.values("person").distinct().count() == 1


# --- usulan, verval, SK, kepesertaan ---------------------------------------


def test_everybody_paid_meals_or_orphan_aid_in_2024_takes_part(example):
    people = Disbursement.objects.filter(year=2024, programme__code__in=["PERMAKANAN", "YAPI"])
    paid_for = set(people.values_list("beneficiary_id", "programme_id"))
    taking_part = set(Participation.objects.filter(state="aktif").values_list("beneficiary_id", "programme_id"))
    assert paid_for
    assert paid_for <= taking_part


def test_each_came_in_by_usulan_verval_and_sk_before_the_first_payment(example):
    rows = Participation.objects.exclude(state="calon")
    assert not rows.filter(Q(proposal=None) | Q(decree=None) | Q(active_from__isnull=True)).exists()
    assert not rows.exclude(proposal__state="ditetapkan", active_from=F("decree__sk_date")).exists()
    late = Verification.objects.filter(Q(verified_on__lte=F("proposal__proposed_on")))
    assert not late.exists()
    assert not Verification.objects.filter(verified_on__gte=F("proposal__participation__active_from")).exists()
    early = Disbursement.objects.filter(
        year=2024,
        beneficiary__participations__programme=F("programme"),
        beneficiary__participations__active_from__gte=F("paid_on"),
    )
    assert not early.exists()


def test_who_verified_served_there_on_that_day(example):
    served = Verification.objects.filter(
        Q(companion__valid_until__isnull=True) | Q(companion__valid_until__gte=F("verified_on")),
        companion__valid_from__lte=F("verified_on"),
    )
    assert served.count() == Verification.objects.count() > 1_000


def test_every_decree_was_proposed_by_one_and_decided_by_another(example):
    assert Decree.objects.exists()
    assert not Decree.objects.filter(Q(decided_by=F("proposed_by")) | ~Q(state="ditetapkan")).exists()


def test_graduates_of_2024_take_part_no_more(example):
    ended = Participation.objects.filter(programme__code="PKH", state="berakhir").values("beneficiary", "ended_on")
    assert ended.exists()
    assert not ended.exclude(beneficiary__graduations__decided_on=F("ended_on")).exists()


@pytest.mark.parametrize(
    ("model", "machine", "kind"),
    [
        (Proposal, PROPOSAL, "usulan"),
        (Decree, DECREE, "sk"),
        (Participation, PARTICIPATION, "kepesertaan"),
        (Objection, OBJECTION, "sanggah"),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_the_history_of_each_row_follows_the_table_and_ends_in_its_state(example, model, machine, kind):
    steps = Step.objects.filter(kind=kind).order_by("object_id", "at", "id")
    assert all(step.was == "" or machine.may_follow(step.was, step.became) for step in steps)
    last = {step.object_id: step.became for step in steps}
    assert last == dict(model.objects.values_list("pk", "state"))
    days = [(step.object_id, step.on) for step in steps]
    assert days == sorted(days)


def test_nothing_stands_against_whoever_takes_part(example):
    for code in ("PERMAKANAN", "YAPI", "PKH"):
        rows = Participation.objects.filter(programme__code=code, state="aktif")
        programme = rows.select_related("programme")[0].programme
        people = list(rows.values_list("beneficiary_id", flat=True))
        assert findings(people=people, programme=programme, on=END_2024) == {}


def test_named_open_cases_of_the_city(example):
    states = dict(Proposal.objects.values_list("beneficiary__name", "state"))
    assert [states[name] for name in named.WAITING_VERVAL] == ["diajukan"] * 3
    rows = dict(
        Participation.objects.filter(beneficiary__name__in=named.RESERVED).values_list("beneficiary__name", "state")
    )
    assert [rows[name] for name in named.WAITING_DECREE] == ["calon"] * 2
    assert (rows[named.SUSPENDED], rows[named.ENDED]) == ("ditangguhkan", "berakhir")
    objection = Objection.objects.get()
    assert (objection.beneficiary.name, objection.filed_on, objection.due_on) == (
        named.OBJECTED, named.OBJECTION_FILED, named.OBJECTION_DUE,
    )  # fmt: skip


def test_the_waiting_candidates_could_enter_an_sk(example):
    waiting = Participation.objects.filter(state="calon").select_related("programme")
    people = [row.beneficiary_id for row in waiting]
    assert findings(people=people, programme=waiting[0].programme, on=END_2024) == {}
