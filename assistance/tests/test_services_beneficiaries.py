"""Mending a registered person, people who look alike, PAS groups and circumstances with their dates, SDM kesos."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import Beneficiary, Circumstance, GroupMembership
from assistance.reading import sdm_kesos
from assistance.services.beneficiaries import PersonFacts, beneficiary_change, beneficiary_register
from assistance.services.circumstances import CircumstanceEntry, circumstance_record
from assistance.services.memberships import membership_add, membership_end
from assistance.services.twins import ProbableTwin, twins_of
from assistance.tests.entries import TODAY, field_of, person_entry, rule_of
from pilar.core.models import AuditEvent, Region, TargetGroup
from pilar.core.scoping import scope_transaction
from tests import factories as make

BORN = date(1951, 4, 12)


def region(code: int) -> Region:
    return Region.objects.get(pk=code)


def village() -> Region:
    return Region.objects.filter(level=4, code__range=(make.SELEBAR, make.SELEBAR + 9999))[:1].get()


# --- people who look alike -------------------------------------------------


def test_the_same_name_and_birth_date_must_be_confirmed(cast):
    known = make.make_beneficiary(name="Rohaya Binti UMAR", birth_date=BORN, region=make.TELUK_SEGARA)
    with pytest.raises(ProbableTwin) as caught:
        beneficiary_register(actor=cast.owner, entry=person_entry(), today=TODAY)
    assert caught.value.twins == [known]
    assert caught.value.rule == "penerima_mirip"
    assert "lahir 12 April 1951" in str(caught.value)


def test_a_confirmed_one_is_registered_and_the_word_is_kept(cast):
    known = make.make_beneficiary(name="Rohaya binti Umar", birth_date=BORN)
    person = beneficiary_register(actor=cast.owner, entry=person_entry(), today=TODAY, different=True)
    assert person.pk != known.pk
    assert AuditEvent.objects.get(object_id=str(person.pk)).reason == f"Tetap simpan, orangnya berbeda: {known.pk}"


def test_the_same_name_in_the_same_village_must_be_confirmed(cast):
    home = village()
    make.make_beneficiary(name="Rohaya binti Umar", birth_date=date(1980, 1, 1), region=home.pk)
    entry = person_entry(region=home)
    assert rule_of(beneficiary_register, actor=cast.owner, entry=entry, today=TODAY) == "penerima_mirip"


def test_the_same_name_alone_is_nobody_special(cast):
    make.make_beneficiary(name="Rohaya binti Umar", birth_date=date(1980, 1, 1))
    assert beneficiary_register(actor=cast.owner, entry=person_entry(), today=TODAY).pk


def test_a_confirmation_never_lets_a_known_nik_in(cast):
    entry = person_entry()
    beneficiary_register(actor=cast.owner, entry=entry, today=TODAY)
    kwargs = {"actor": cast.owner, "entry": entry, "today": TODAY, "different": True}
    assert rule_of(beneficiary_register, **kwargs) == "nik_terdaftar"


def test_people_of_other_areas_are_not_named_and_nobody_is_his_own_twin(cast):
    make.make_beneficiary(name="Rohaya", birth_date=BORN, region=make.CURUP)
    own = make.make_beneficiary(name="Rohaya", birth_date=BORN)
    found = twins_of(cast.owner, name="ROHAYA", birth_date=BORN, region=own.region, but=own.pk)
    assert found == []


# --- mending ---------------------------------------------------------------


def change(actor, person, *, version: int = 1, **changes) -> Beneficiary:
    person.refresh_from_db()
    fields = {name: getattr(person, name) for name in ("name", "sex", "birth_date", "region")}
    facts = PersonFacts(**{**fields, **changes})
    return beneficiary_change(actor=actor, person=person, facts=facts, version=version, today=TODAY)


def test_what_is_known_of_a_person_moves_along_with_him(cast):
    person = make.make_beneficiary(groups=[3])
    record(cast.owner, person)
    moved = change(cast.owner, person, name="Siti  Aminah", region=region(make.TELUK_SEGARA))
    assert (moved.name, moved.version) == ("Siti Aminah", 2)
    assert {m.region_id for m in GroupMembership.objects.all()} == {make.TELUK_SEGARA}
    assert {c.region_id for c in Circumstance.objects.all()} == {make.TELUK_SEGARA}
    said = AuditEvent.objects.filter(object_type="assistance.beneficiary").latest("id").summary
    assert said == "Diubah: tempat tinggal dari Selebar ke Teluk Segara"


def test_a_record_that_somebody_saved_meanwhile_is_not_overwritten(cast):
    person = make.make_beneficiary()
    change(cast.owner, person, name="Semula")
    assert rule_of(change, actor=cast.colleague, person=person, name="Lain") == "versi"
    person.refresh_from_db()
    assert person.name == "Semula"


def test_a_person_moves_within_the_own_area_only(cast):
    person = make.make_beneficiary()
    assert rule_of(change, actor=cast.owner, person=person, region=region(make.CURUP)) == "wewenang"
    assert change(cast.province, person, region=region(make.CURUP)).region_id == make.CURUP


@pytest.mark.parametrize(
    ("changes", "field"), [({"birth_date": TODAY + timedelta(days=1)}, "birth_date"), ({"name": " "}, "name")]
)
def test_a_wrong_correction_names_its_field(cast, changes, field):
    assert field_of(change, actor=cast.owner, person=make.make_beneficiary(), **changes) == {field}


# --- PAS groups --------------------------------------------------------------


def add(actor, person, group: int = 2, since=date(2024, 1, 1)) -> GroupMembership:
    target = TargetGroup.objects.get(pk=group)
    return membership_add(actor=actor, person=person, group=target, since=since, today=TODAY)


def test_a_group_is_joined_left_and_joined_again(cast):
    person = make.make_beneficiary()
    first = add(cast.owner, person)
    ended = membership_end(actor=cast.owner, membership=first, on=date(2024, 3, 31), today=TODAY)
    assert ended.valid_until == date(2024, 3, 31)
    again = add(cast.owner, person, since=date(2024, 4, 1))
    assert person.memberships.count() == 2
    assert again.valid_until is None


def test_a_group_is_not_joined_twice_at_once(cast):
    person = make.make_beneficiary()
    add(cast.owner, person)
    with pytest.raises(Exception, match="sudah tercatat di kelompok PAS itu"):
        add(cast.owner, person, since=date(2024, 5, 1))


@pytest.mark.parametrize("since", [date(1940, 1, 1), TODAY + timedelta(days=1), None])
def test_a_membership_begins_between_birth_and_today(cast, since):
    assert field_of(add, actor=cast.owner, person=make.make_beneficiary(), since=since) == {"since"}


def test_a_membership_ends_once_and_not_before_it_began(cast):
    row = make.make_membership(make.make_beneficiary(), 3)
    kwargs = {"actor": cast.owner, "membership": row, "today": TODAY}
    assert field_of(membership_end, on=date(2022, 12, 31), **kwargs) == {"on"}
    membership_end(on=date(2024, 1, 31), **kwargs)
    assert rule_of(membership_end, on=date(2024, 2, 1), **kwargs) == "keanggotaan_berakhir"


def test_sensitive_groups_and_foreign_people_need_the_right(cast):
    person = make.make_beneficiary()
    assert rule_of(add, actor=cast.clerk, person=person) == "data_pribadi"
    assert rule_of(add, actor=cast.neighbour, person=person, group=3) == "wewenang"


# --- circumstances -------------------------------------------------------------


def record(actor, person, **changes) -> Circumstance:
    fields = {"kind": "desil", "value": "2", "as_of": date(2024, 7, 1), "source": "DTSEN rilis Juli 2024"}
    entry = CircumstanceEntry(**{**fields, **changes})
    return circumstance_record(actor=actor, person=person, entry=entry, today=TODAY)


def test_the_latest_holds_and_the_history_stays(cast):
    person = make.make_beneficiary()
    record(cast.owner, person, value="4", as_of=date(2024, 8, 1))
    record(cast.owner, person)
    assert [c.value for c in person.circumstances.all()] == ["4", "2"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "kaya"}, "kind"),
        ({"value": "11"}, "value"),
        ({"source": "  "}, "source"),
        ({"as_of": TODAY + timedelta(days=1)}, "as_of"),
        ({"as_of": None}, "as_of"),
        ({"as_of": date(1949, 1, 1)}, "as_of"),
    ],
)
def test_a_wrong_circumstance_names_its_field(cast, changes, field):
    assert field_of(record, actor=cast.owner, person=make.make_beneficiary(), **changes) == {field}


def test_a_kind_is_said_once_a_day_and_by_whoever_may_enter(cast):
    person = make.make_beneficiary()
    record(cast.owner, person)
    with pytest.raises(Exception, match="sudah tercatat pada tanggal itu"):
        record(cast.owner, person, value="3")
    assert rule_of(record, actor=cast.auditor, person=person) == "wewenang"


# --- SDM kesos -----------------------------------------------------------------


@pytest.fixture
def serving(cast):
    """A beneficiary of Kota Bengkulu who serves as TKSK in another kabupaten until the end of June."""
    person = make.make_beneficiary()
    member = make.make_person(region=make.REJANG_LEBONG, nik=person.reveal_nik())
    make.make_assignment(member, region=make.CURUP, valid_until=date(2024, 6, 30))
    return person


def test_a_pillar_member_of_another_kabupaten_is_known_on_the_days_he_serves(cast, serving):
    other = make.make_beneficiary()
    with scope_transaction(cast.owner):
        assert sdm_kesos([serving.pk, other.pk], date(2024, 6, 30)) == {serving.pk}
        assert sdm_kesos([serving.pk, other.pk], date(2024, 7, 1)) == set()


def test_a_member_without_assignment_is_none(cast):
    person = make.make_beneficiary()
    make.make_person(nik=person.reveal_nik())
    assert sdm_kesos([person.pk], TODAY) == set()


def test_many_people_cost_one_query_and_nobody_costs_none(cast):
    people = [make.make_beneficiary().pk for _ in range(5)]
    with CaptureQueriesContext(connection) as queries:
        sdm_kesos(people, TODAY)
        sdm_kesos([], TODAY)
    assert len(queries) == 1


def test_a_hidden_group_moves_along_with_the_person(cast):
    """Else it stays readable where the person no longer lives, and is missing where he does."""
    person = make.make_beneficiary(groups=[9, 12])
    facts = PersonFacts(person.name, person.sex, person.birth_date, Region.objects.get(pk=1771020000))
    with scope_transaction(cast.clerk):
        beneficiary_change(actor=cast.clerk, person=person, facts=facts, version=1, today=TODAY)
    assert set(person.memberships.values_list("group_id", "region_id")) == {(9, 1771020000), (12, 1771020000)}
