"""The example data: declared numbers, printed intervals, and what holds for every row."""

from collections import Counter

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db.models import F, Q, Sum
from django.utils import timezone

from assistance.example import logins, named
from assistance.example.load import load_example, make_world
from assistance.example.places import KOTA, PROVINCE, REGENCIES, Places
from assistance.example.world import World
from assistance.models import (
    Batch,
    Beneficiary,
    Caseload,
    Circumstance,
    Decree,
    Disbursement,
    Graduation,
    GroupMembership,
    Objection,
    Participation,
    Proposal,
    Verification,
)
from personnel.models import Activity, Assignment, Personnel
from pilar.core.formatting import rupiah
from pilar.core.models import Region, User
from pilar.core.nik import validate
from pilar.core.regions import NATION, Level
from targets.models import BaseFigure, PublishedFigure, Target
from tests.example.counting import headcount, paid, total

LIFE_MODELS = (Proposal, Verification, Decree, Participation, Objection, Circumstance)
EXAMPLE_MODELS = (
    Personnel,
    Assignment,
    Activity,
    Beneficiary,
    Batch,
    Disbursement,
    Graduation,
    Target,
    BaseFigure,
    *LIFE_MODELS,
)
STARTING_POINT = (Personnel, Assignment, Beneficiary, GroupMembership, Caseload, Disbursement, Graduation, Target, User)


# --- declared numbers -----------------------------------------------------


def test_registered_personnel_at_the_end_of_2024(example):
    assert headcount(PROVINCE) == {"PKH": 257, "TAGANA": 30, "TKSK": 60, "PORDAM": 14, "REHSOS": 32}


def test_nobody_outside_the_declared_numbers(example):
    assert Personnel.objects.filter(is_example=True).count() == 257 + 30 + 60 + 14 + 32
    assert not Personnel.objects.exclude(region__in=REGENCIES).exists()


def test_every_kabupaten_has_every_pillar(example):
    assert [len(headcount(regency)) for regency in REGENCIES] == [5] * 10


def test_peace_pioneers_and_rehabilitation_work_in_the_whole_kabupaten(example):
    areas = Assignment.objects.filter(pillar__code__in=["PORDAM", "REHSOS"]).values_list("region__level", flat=True)
    assert set(areas) == {Level.REGENCY}


def test_niks_are_valid_and_unique(example):
    people = [*Personnel.objects.all(), *Beneficiary.objects.all()]
    niks = [validate(person.reveal_nik()) for person in people]
    assert len(niks) == len(set(niks))


def test_niks_agree_with_sex_and_birth(example):
    people = [*Personnel.objects.all(), *Beneficiary.objects.all()]
    assert all((int(person.reveal_nik()[6:8]) > 40) == (person.sex == "P") for person in people)
    assert all(person.reveal_nik()[8:12] == f"{person.birth_date:%m%y}" for person in people)


def test_a_nik_of_the_example_is_not_accepted_when_broken(example):
    with pytest.raises(ValidationError):
        validate(Personnel.objects.first().reveal_nik()[:-4] + "0000")


@pytest.mark.parametrize("region", [PROVINCE, KOTA], ids=["province", "city"])
@pytest.mark.parametrize("year", [2023, 2024])
def test_all_twelve_groups_receive(example, region, year):
    people = paid(year=year).within(region).values("beneficiary")
    groups = GroupMembership.objects.filter(beneficiary__in=people).values_list("group_id", flat=True)
    assert {group // 100 or group for group in groups} == set(range(1, 13))


def test_all_payment_states_occur(example):
    assert set(Disbursement.objects.values_list("state", flat=True)) == set(Disbursement.State.values)


def test_each_year_has_thousands_of_lines(example):
    lines = Counter(Disbursement.objects.values_list("year", flat=True))
    assert set(lines) == {2023, 2024}
    assert all(6_000 <= count <= 9_000 for count in lines.values())


def test_areas_differ(example):
    sums = [total(regency, year=2024) for regency in REGENCIES]
    assert len(set(sums)) == 10
    assert 0 < max(sums) < sum(sums) < total(NATION, year=2024)


def test_children_receive_before_eighteen(example):
    children = paid(programme__code="YAPI").values_list("beneficiary__birth_date", "paid_on")
    assert all(day < birth.replace(year=birth.year + 18, day=min(birth.day, 28)) for birth, day in children)


def test_nobody_of_permakanan_is_in_pkh(example):
    fed = Beneficiary.objects.filter(disbursements__programme__code="PERMAKANAN")
    assert not fed.filter(companions__programme__code="PKH").exists()


def test_ceilings_hold_the_lines(example):
    listed = Sum("lines__amount", filter=~Q(lines__state__in=Disbursement.BACK))
    assert not Batch.objects.annotate(listed=listed).filter(ceiling__lt=F("listed")).exists()


# --- activities -----------------------------------------------------------


def test_every_pillar_has_checked_and_waiting_activities_in_both_years(example):
    verified = Activity.objects.verified().order_by().values_list("year", "pillar__code").distinct()
    assert len(verified) == 10
    assert set(Activity.objects.values_list("state", flat=True)) == set(Activity.State.values)


def test_every_group_is_reached_by_some_activity(example):
    rows = Activity.objects.verified().values_list("target_groups", flat=True)
    assert {group for groups in rows for group in groups} == set(range(1, 13))


def test_nobody_checked_his_own_report(example):
    assert not Activity.objects.filter(filed_by=F("verified_by")).exists()


# --- the founding figures -------------------------------------------------


@pytest.mark.parametrize("order", [0, 1, 2], ids=["permakanan", "yapi", "atensi"])
def test_city_sum_lies_in_the_printed_interval(example, order):
    part = PublishedFigure.objects.get(code="C02-KOTABKL-BANTUAN").parts.get(order=order)
    amount = total(KOTA, year=2024, programme=part.programme)
    assert part.value - part.step // 2 <= amount < part.value + part.step // 2


@pytest.mark.parametrize("region", [*REGENCIES, PROVINCE])
@pytest.mark.parametrize("year", [2023, 2024])
def test_the_page_about_the_example_prints_its_sums(example, region, year):
    by_programme = [total(region, year=year, programme=number) for number in (1, 2, 3)]
    cells = [Region.objects.get(pk=region).name, *map(rupiah, by_programme), rupiah(sum(by_programme))]
    assert f"| {' | '.join(cells)} |\n" in (settings.BASE_DIR / "docs" / "data-contoh.md").read_text()


def test_city_total_lies_in_the_interval_of_the_parts(example):
    assert 2_211_660_000 <= total(KOTA, year=2024) < 2_221_680_000


def test_meals_are_days_times_a_price(example):
    lines = Disbursement.objects.filter(programme__code="PERMAKANAN").values_list("amount", "detail")
    plain = [amount for amount, detail in lines if "Rp30.000" in detail]
    delivered = [amount for amount, detail in lines if "Rp32.000 (termasuk antar)" in detail]
    assert plain
    assert delivered
    assert len(plain) + len(delivered) == len(lines)
    assert {amount % 30_000 for amount in plain} == {amount % 32_000 for amount in delivered} == {0}


def test_orphan_aid_is_months_not_only_whole_stages(example):
    amounts = set(paid(programme__code="YAPI", year=2024).values_list("amount", flat=True))
    assert amounts == {200_000, 400_000, 600_000}


def test_one_printed_figure_contradicts_the_registry(example):
    figure = PublishedFigure.objects.get(code=named.PUBLISHED_APART)
    assert headcount(figure.region_id)["TKSK"] != figure.headline


# --- targets, flags, repetition -------------------------------------------


def test_targets_state_their_rule(example):
    targets = Target.objects.filter(is_example=True, year__lt=2026)
    assert not targets.exclude(source="target contoh", reason__startswith="Target contoh: ").exists()
    assert set(targets.values_list("year_id", flat=True)) == {2023, 2024}
    assert targets.filter(region=PROVINCE, year=2024, indicator__code="PENERIMA_PAS").count() == 12


@pytest.mark.parametrize("model", EXAMPLE_MODELS, ids=lambda m: m.__name__)
def test_every_row_is_marked(example, model):
    assert model.objects.exists()
    assert not model.objects.filter(is_example=False).exists()


def test_second_run_changes_nothing(example):
    before = [model.objects.count() for model in STARTING_POINT]
    file_before = logins.logins_path().read_text()
    assert load_example(timezone.now()).rows == {}
    assert [model.objects.count() for model in STARTING_POINT] == before
    assert logins.logins_path().read_text() == file_before


def test_the_same_people_every_time(example):
    world = make_world(World(Places(), {user.username: user for user in User.objects.all()}))
    assert [p.name for p in world.personnel] == list(Personnel.objects.order_by("id").values_list("name", flat=True))
    amounts = Counter((d.resident.row.name, d.amount, d.paid_on) for d in world.drafts)
    assert amounts == Counter(Disbursement.objects.values_list("beneficiary__name", "amount", "paid_on"))


def test_without_regions_it_says_what_to_do_first(example, monkeypatch):
    monkeypatch.setattr("assistance.management.commands.load_example.KOTA", 1)
    with pytest.raises(CommandError, match="load_regions dan load_reference"):
        call_command("load_example")
