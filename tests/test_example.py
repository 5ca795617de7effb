"""The example data: declared numbers, printed intervals, and every named case in its place."""

from collections import Counter
from datetime import date

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count, F, Q, Sum
from django.utils import timezone

from assistance.example import logins, named
from assistance.example.load import load_example, make_world
from assistance.example.places import KOTA, PROVINCE, REGENCIES, REJANG_LEBONG, Places
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
    Step,
    Verification,
)
from assistance.services.eligibility import findings
from assistance.states import DECREE, OBJECTION, PARTICIPATION, PROPOSAL
from personnel.models import Activity, Assignment, Personnel, valid_on
from pilar.core.formatting import rupiah
from pilar.core.models import ApiToken, Region, RegionGrant, User
from pilar.core.nik import validate
from pilar.core.regions import NATION, Level, at_level
from targets.models import PublishedFigure, Target

END_2024 = date(2024, 12, 31)
PASSWORD = "sandi-contoh-untuk-uji"
LIFE_MODELS = (Proposal, Verification, Decree, Participation, Objection, Circumstance)
EXAMPLE_MODELS = (Personnel, Assignment, Activity, Beneficiary, Batch, Disbursement, Graduation, Target, *LIFE_MODELS)
STARTING_POINT = (Personnel, Assignment, Beneficiary, GroupMembership, Caseload, Disbursement, Graduation, Target, User)


@pytest.fixture(scope="module")
def example(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once for this file, in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("PILAR_HOME", str(tmp_path_factory.mktemp("rumah")))
        patch.setenv("PILAR_EXAMPLE_PASSWORD", PASSWORD)
        with transaction.atomic():
            User.objects.filter(username="auditor").update(username="auditor.uji")  # one of the cast
            yield load_example(timezone.now())
            transaction.set_rollback(True)


def paid(**where):
    return Disbursement.objects.paid().filter(**where)


def total(region: int, **where) -> int:
    return paid(**where).within(region).aggregate(total=Sum("amount"))["total"] or 0


def headcount(region: int) -> dict[str, int]:
    held = Assignment.objects.filter(valid_on(END_2024)).within(region)
    return dict(held.order_by().values_list("pillar__code").annotate(Count("person", distinct=True)))


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
    listed = Sum("lines__amount", filter=~Q(lines__state=Disbursement.State.RETURNED))
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


# --- named cases ----------------------------------------------------------


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
    steps = Step.objects.filter(kind=kind).order_by("object_id", "id")
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


# --- targets, flags, repetition -------------------------------------------


def test_targets_state_their_rule(example):
    targets = Target.objects.filter(is_example=True)
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


# --- logins ---------------------------------------------------------------


def test_one_login_per_role_with_a_grant(example):
    users = User.objects.filter(username__in=[o.username for o in logins.OFFICERS])
    assert users.values("role").distinct().count() == 8
    assert RegionGrant.objects.filter(user__in=users).count() == len(users) == 10


def test_narrowed_logins(example):
    sentra, coordinator = (
        RegionGrant.objects.get(user__username=name) for name in ("sentra.dharmaguna", "koordinator.pkh")
    )
    assert (sentra.programmes, sentra.pillars) == ([3], [])
    assert (coordinator.programmes, coordinator.pillars) == ([], [1])


def test_two_officers_of_one_office_share_the_work(example):
    enters, approves = (
        RegionGrant.objects.get(user__username=name) for name in ("dinsos.kotabengkulu", "kabid.kotabengkulu")
    )
    assert (enters.may_enter, enters.may_approve) == (True, False)
    assert approves.may_approve
    assert enters.region_id == approves.region_id == KOTA


def test_passwords_are_kept_for_their_owner_only(example):
    assert logins.logins_path().stat().st_mode & 0o777 == 0o600
    kept = {login.username: login.password for login in logins.read_logins()}
    assert kept == {officer.username: PASSWORD for officer in logins.OFFICERS}


def test_the_stored_token_is_the_api_clients(example):
    token = next(login.token for login in logins.read_logins() if login.username == "klien.api")
    assert ApiToken.objects.get(user__username="klien.api").hint == token[:8]


def test_passwords_are_random_without_the_override(example, monkeypatch):
    monkeypatch.delenv("PILAR_EXAMPLE_PASSWORD")
    assert logins.new_password() != logins.new_password()
    assert len(logins.new_password()) == 14


def test_lost_passwords_can_be_renewed(example, monkeypatch, capsys):
    monkeypatch.setenv("PILAR_EXAMPLE_PASSWORD", "sandi-baru-untuk-uji")
    with transaction.atomic():
        logins.logins_path().unlink()
        call_command("load_example", "--new-passwords")
        assert User.objects.get(username="auditor").check_password("sandi-baru-untuk-uji")
        assert "sudah ada" in capsys.readouterr().out
        monkeypatch.setenv("PILAR_EXAMPLE_PASSWORD", PASSWORD)
        logins.renew_passwords()
