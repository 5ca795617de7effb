"""Who may receive a programme on a day (domain.md 3.1, 3.2, 3.4, 3.6, 4.1, 4.4)."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as some

from assistance.models import EligibilityRule, GraduationCase
from assistance.services.eligibility import age_on, findings, require_eligible
from pilar.core.errors import Refusal
from pilar.core.models import Programme, RegionGrant
from pilar.core.scoping import scope_transaction
from tests import factories as make

DAY = date(2026, 11, 24)
EARLIER = date(2026, 1, 10)


def programme(code: str) -> Programme:
    return Programme.objects.get(code=code)


def found(person, code: str, on: date = DAY) -> list[tuple[str, bool]]:
    hits = findings(people=[person.pk], programme=programme(code), on=on).get(person.pk, [])
    return [(hit.rule, hit.missing) for hit in hits]


def sentence(person, code: str, on: date = DAY) -> str:
    (hit,) = findings(people=[person.pk], programme=programme(code), on=on)[person.pk]
    return f"{hit.sentence} {hit.remedy}"


def add_rule(code: str, kind: str, value, **fields) -> EligibilityRule:
    return EligibilityRule.objects.create(
        programme=programme(code), kind=kind, value=value, **{"valid_from": date(2026, 1, 1), "source": "uji", **fields}
    )


@pytest.fixture
def elder(land):
    """Everything that permakanan asks is recorded."""
    person = make.make_beneficiary(groups=[3])
    make.make_circumstance(person, "tinggal_sendiri", "ya")
    return person


@pytest.fixture
def poor(land):
    """Everything that PKH asks is recorded."""
    person = make.make_beneficiary()
    make.make_circumstance(person, "desil", "2")
    return person


def test_an_eligible_person_has_no_entry(elder):
    assert findings(people=[elder.pk], programme=programme("PERMAKANAN"), on=DAY) == {}
    assert findings(people=[], programme=programme("PERMAKANAN"), on=DAY) == {}


# --- ages ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2008, 11, 24), date(2026, 11, 23), 17),
        (date(2008, 11, 24), date(2026, 11, 24), 18),
        (date(2008, 12, 31), date(2026, 12, 31), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 28), 19),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
    ],
)
def test_age_changes_on_the_birthday(born, on, age):
    assert age_on(born, on) == age


@given(born=some.dates(date(1930, 1, 1), date(2020, 12, 31)), days=some.integers(0, 36_000))
def test_age_never_falls_and_rises_by_one_at_most(born, days):
    on = born + timedelta(days=days)
    assert age_on(born, on) <= age_on(born, on + timedelta(days=1)) <= age_on(born, on) + 1


@given(born=some.dates(date(1930, 1, 1), date(2020, 12, 31)), years=some.integers(0, 100))
def test_age_is_the_years_since_the_year_of_birth_at_its_end(born, years):
    assert age_on(born, date(born.year + years, 12, 31)) == years


def test_yapi_ends_on_the_eighteenth_birthday(land):
    child = make.make_beneficiary(birth_date=date(2008, 11, 25))
    assert found(child, "YAPI", date(2026, 11, 24)) == []
    assert found(child, "YAPI", date(2026, 11, 25)) == [("umur_maks", False)]
    assert "Umurnya 18 tahun pada 25 November 2026" in sentence(child, "YAPI", date(2026, 11, 25))


def test_no_age_limit_of_permakanan_is_in_force_until_somebody_names_one(elder):
    elder.birth_date = date(1966, 1, 1)
    elder.save()
    assert found(elder, "PERMAKANAN") == []
    add_rule("PERMAKANAN", "umur_min", 75)
    assert found(elder, "PERMAKANAN") == [("umur_min", False)]
    assert "paling sedikit 75 tahun" in sentence(elder, "PERMAKANAN")


def test_a_rule_holds_inside_its_validity_only(elder):
    add_rule("PERMAKANAN", "umur_min", 99, valid_from=date(2025, 1, 1), valid_until=date(2025, 12, 31))
    days = (date(2024, 12, 31), date(2025, 1, 1), date(2025, 12, 31), date(2026, 1, 1))
    assert [bool(found(elder, "PERMAKANAN", day)) for day in days] == [False, True, True, False]


def test_a_newer_version_stands_in_place_of_the_older(elder):
    add_rule("PERMAKANAN", "umur_min", 99, valid_from=date(2025, 1, 1))
    add_rule("PERMAKANAN", "umur_min", 60, valid_from=date(2026, 1, 1))
    assert found(elder, "PERMAKANAN", date(2025, 6, 1)) == [("umur_min", False)]
    assert found(elder, "PERMAKANAN") == []


# --- what is recorded of the person ----------------------------------------


def test_pkh_takes_deciles_up_to_four(poor):
    assert found(poor, "PKH") == []
    make.make_circumstance(poor, "desil", "5", on=EARLIER)
    assert found(poor, "PKH") == [("desil_maks", False)]
    assert "Desilnya 5 per 10 Januari 2026" in sentence(poor, "PKH")


def test_the_latest_decile_of_the_day_decides(poor):
    make.make_circumstance(poor, "desil", "9", on=date(2026, 11, 25))
    assert found(poor, "PKH", DAY) == []
    assert found(poor, "PKH", date(2026, 11, 25)) == [("desil_maks", False)]


def test_no_decile_is_a_finding_of_its_own(land):
    person = make.make_beneficiary()
    assert found(person, "PKH") == [("desil_maks", True)]
    assert "Belum ada data desil DTSEN" in sentence(person, "PKH")
    assert "Petugas data Dinas Sosial mencatatnya" in sentence(person, "PKH")


def test_permakanan_is_for_whoever_lives_alone(elder):
    make.make_circumstance(elder, "tinggal_sendiri", "tidak", on=EARLIER)
    assert found(elder, "PERMAKANAN") == [("keadaan", False)]


def test_not_knowing_whether_somebody_lives_alone_is_a_finding(land):
    person = make.make_beneficiary(groups=[3])
    assert found(person, "PERMAKANAN") == [("keadaan", True)]
    assert "Belum ada data tinggal seorang diri" in sentence(person, "PERMAKANAN")


def test_permakanan_is_for_the_elderly_or_disabled_of_that_day(land):
    person = make.make_beneficiary()
    make.make_circumstance(person, "tinggal_sendiri", "ya")
    assert found(person, "PERMAKANAN") == [("kelompok_pas", False)]
    make.make_membership(person, 202, valid_from=date(2026, 6, 1))
    assert found(person, "PERMAKANAN", date(2026, 5, 31)) == [("kelompok_pas", False)]
    assert found(person, "PERMAKANAN") == []


# --- other programmes ------------------------------------------------------


@pytest.mark.parametrize(
    ("state", "blocks"), [("calon", False), ("aktif", True), ("ditangguhkan", True), ("berakhir", False)]
)
def test_permakanan_is_not_for_a_pkh_participant(elder, state, blocks):
    make.make_participation(elder, programme="PKH", group=12, state=state)
    assert found(elder, "PERMAKANAN") == [("bukan_penerima", False)] * blocks


def test_the_refusal_of_a_pkh_recipient_says_what_to_do(elder):
    make.make_participation(elder, programme="PKH", group=12)
    said = sentence(elder, "PERMAKANAN")
    assert "Masih menerima PKH" in said
    assert "Pilih salah satu" in said
    assert "admin pusat" in said


def test_without_participation_a_paid_line_of_the_year_tells(elder):
    batch = make.make_batch(programme="PKH", year=2026, sk_date=EARLIER)
    make.make_line(batch, elder, paid_on=date(2026, 3, 15))
    assert found(elder, "PERMAKANAN", date(2026, 3, 14)) == []
    assert found(elder, "PERMAKANAN", date(2026, 3, 15)) == [("bukan_penerima", False)]
    assert found(elder, "PERMAKANAN", date(2027, 1, 1)) == []


@pytest.mark.parametrize("state", ["sk", "retur"])
def test_a_line_without_payment_tells_nothing(elder, state):
    batch = make.make_batch(programme="PKH", year=2026)
    fields = {"returned_on": date(2026, 4, 1)} if state == "retur" else {}
    make.make_line(batch, elder, state=state, paid_on=date(2026, 3, 15), **fields)
    assert found(elder, "PERMAKANAN") == []


def test_an_ended_participation_outweighs_the_lines_of_its_year(elder):
    make.make_line(make.make_batch(programme="PKH", year=2026), elder, paid_on=date(2026, 3, 15))
    make.make_participation(elder, programme="PKH", group=12, state="berakhir")
    assert found(elder, "PERMAKANAN") == []


def test_whoever_graduated_from_pkh_after_a_payment_receives_it_no_more(elder):
    make.make_line(make.make_batch(programme="PKH", year=2026), elder, paid_on=date(2026, 3, 15))
    make.make_graduation(elder, on=date(2026, 6, 1))
    assert found(elder, "PERMAKANAN") == []


def test_the_answer_does_not_depend_on_who_asks(cast, elder):
    """PKH of another kabupaten, asked by an office that keeps permakanan only and sees no sensitive group."""
    make.make_participation(elder, programme="PKH", group=2, region=make.CURUP)
    make.make_line(make.make_batch(), elder)
    RegionGrant.objects.filter(user=cast.clerk).update(programmes=[1])
    with scope_transaction(cast.clerk):
        assert found(elder, "PERMAKANAN") == [("bukan_penerima", False)]


def test_a_hidden_group_answers_the_rule_without_being_shown(cast):
    person = make.make_beneficiary(groups=[2])
    make.make_circumstance(person, "tinggal_sendiri", "ya")
    with scope_transaction(cast.clerk):
        assert found(person, "PERMAKANAN") == []


# --- rules of every programme ----------------------------------------------


def test_the_dead_receive_nothing(elder):
    make.make_circumstance(elder, "meninggal", "ya", on=EARLIER)
    assert found(elder, "PERMAKANAN") == [("meninggal", False)]
    assert "Tercatat meninggal dunia (10 Januari 2026)" in sentence(elder, "PERMAKANAN")
    make.make_circumstance(elder, "meninggal", "tidak", on=date(2026, 2, 1))
    assert found(elder, "PERMAKANAN") == []


def test_whoever_graduated_comes_back_by_a_new_proposal_only(poor):
    make.make_graduation(poor, on=date(2026, 3, 1))
    assert found(poor, "PKH", date(2026, 3, 1)) == [("graduasi", False)]
    assert "usulan baru" in sentence(poor, "PKH", date(2026, 3, 1))
    make.make_proposal(poor, programme="PKH", group=12, on=date(2026, 8, 1), reentry_reason="Terkena PHK.")
    assert found(poor, "PKH") == []


def test_a_refused_return_does_not_count_as_proposed_again(poor):
    make.make_graduation(poor, on=date(2026, 3, 1))
    make.make_proposal(
        poor, programme="PKH", group=12, on=date(2026, 8, 1), reentry_reason="PHK", state="tidak_layak", reason="mampu"
    )
    assert found(poor, "PKH") == [("graduasi", False)]


def test_a_graduation_from_another_programme_or_a_cancelled_one_does_not_block(poor):
    make.make_graduation(poor, on=date(2026, 3, 1), programme="YAPI")
    make.make_graduation(poor, on=date(2026, 3, 1), cancelled_on=date(2026, 4, 1))
    assert found(poor, "PKH") == []


def test_a_family_in_transition_still_receives(cast, poor):
    graduation = make.make_graduation(poor, on=date(2026, 3, 1))
    case = GraduationCase.objects.create(
        beneficiary=poor, programme=graduation.programme, region_id=poor.region_id, kind="mandiri", state="transisi",
        proposed_on=EARLIER, decided_by=cast.colleague, graduation=graduation,
    )  # fmt: skip
    assert found(poor, "PKH") == []
    GraduationCase.objects.filter(pk=case.pk).update(state="keluar", left_on=date(2026, 9, 1))
    assert found(poor, "PKH", date(2026, 8, 31)) == []
    assert found(poor, "PKH", date(2026, 9, 1)) == [("graduasi", False)]


def test_a_pillar_member_receives_nothing_while_in_office(poor):
    member = make.make_person()
    member.nik_index, member.nik_cipher = poor.nik_index, poor.nik_cipher
    member.save()
    make.make_assignment(member, valid_until=date(2026, 6, 30))
    assert found(poor, "PKH", date(2026, 6, 30)) == [("sdm_kesos", False)]
    assert "anggota pilar sosial pada 30 Juni 2026" in sentence(poor, "PKH", date(2026, 6, 30))
    assert found(poor, "PKH", date(2026, 7, 1)) == []


# --- together --------------------------------------------------------------


def test_one_refusal_says_every_finding(land):
    person = make.make_beneficiary(name="Rohaya")
    make.make_circumstance(person, "meninggal", "ya", on=EARLIER)
    with pytest.raises(Refusal, match=r"Rohaya belum memenuhi syarat PKH.*meninggal.*Belum ada data desil") as caught:
        require_eligible(person=person, programme=programme("PKH"), on=DAY)
    assert caught.value.rule == "kelayakan"


def test_one_finding_refuses_by_its_own_name(land):
    person = make.make_beneficiary()
    with pytest.raises(Refusal) as caught:
        require_eligible(person=person, programme=programme("PKH"), on=DAY)
    assert caught.value.rule == "desil_maks"


def test_whoever_is_eligible_is_not_refused(poor):
    require_eligible(person=poor, programme=programme("PKH"), on=DAY)


def test_findings_cost_the_same_for_one_and_for_two_hundred(land):
    people = [make.make_beneficiary() for _ in range(200)]

    meals = programme("PERMAKANAN")

    def cost(count: int) -> int:
        with CaptureQueriesContext(connection) as queries:
            answer = findings(people=[p.pk for p in people[:count]], programme=meals, on=DAY)
        assert len(answer) == count
        return len(queries)

    assert cost(1) == cost(200) == 5
