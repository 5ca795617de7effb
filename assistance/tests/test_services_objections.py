"""Usul-sanggah by its services, and its clock."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from assistance.deadlines import clock_of
from assistance.models import Objection, Step
from assistance.services.objections import ObjectionEntry, objection_answer, objection_file
from assistance.tests.entries import TODAY, field_of, rule_of
from pilar.core.models import Programme
from tests import factories as make


@pytest.fixture
def person(cast):
    return make.make_beneficiary()


def file(actor, person, **changes) -> Objection:
    fields = {
        "programme": Programme.objects.get(code="YAPI"),
        "kind": "salah_masuk",
        "filed_on": date(2024, 11, 18),
        "filed_by": " Ketua  RT 03",
        "note": "Anaknya pegawai negeri",
    }
    return objection_file(actor=actor, entry=ObjectionEntry(person, **{**fields, **changes}), today=TODAY)


def answer(actor, objection, outcome="diterima", text="Diperiksa, terbukti", **more) -> Objection:
    return objection_answer(actor=actor, objection=objection, outcome=outcome, answer=text, today=TODAY, **more)


def verified(person, result="tidak_layak", on=date(2024, 11, 20)):
    return make.make_verification(person, make.make_assignment(make.make_person()), result=result, on=on)


def test_an_objection_must_be_checked_in_fourteen_days(cast, person):
    row = file(cast.owner, person)
    assert (row.state, row.due_on, row.filed_by) == ("masuk", date(2024, 12, 2), "Ketua RT 03")
    step = Step.objects.get(kind="sanggah")
    assert (step.was, step.became, step.object_id, step.beneficiary_id) == ("", "masuk", row.pk, person.pk)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "lainnya"}, "kind"),
        ({"filed_on": date(2024, 11, 25)}, "filed_on"),
        ({"filed_by": " "}, "filed_by"),
        ({"note": ""}, "note"),
        ({"latitude": Decimal("-3.79")}, "longitude"),
        ({"latitude": Decimal("10"), "longitude": Decimal("102")}, "latitude"),
    ],
)
def test_what_must_be_mended_names_its_field(cast, person, changes, field):
    assert field_of(file, actor=cast.owner, person=person, **changes) == {field}
    assert not Objection.objects.exists()


def test_the_same_complaint_of_one_day_is_one(cast, person):
    file(cast.owner, person)
    assert rule_of(file, actor=cast.owner, person=person, filed_by="ketua rt 03") == "sanggah_ganda"
    assert file(cast.owner, person, filed_by="Ketua RT 04")


@pytest.mark.parametrize("who", ["neighbour", "auditor", "stranger"])
def test_who_may_not_enter_here_neither_files_nor_answers(cast, person, who):
    row = make.make_objection(person)
    assert rule_of(file, actor=getattr(cast, who), person=person) == "wewenang"
    assert rule_of(answer, actor=getattr(cast, who), objection=row) == "wewenang"


@pytest.mark.parametrize("outcome", ["diterima", "ditolak"])
def test_an_answer_closes_it_for_good(cast, person, outcome):
    row = answer(cast.owner, make.make_objection(person), outcome)
    assert (row.state, row.answered_on, row.answered_by, row.version) == (outcome, TODAY, cast.owner, 2)
    assert list(Step.objects.values_list("was", "became", "on")) == [("masuk", outcome, TODAY)]
    assert rule_of(answer, actor=cast.owner, objection=row, outcome="ditolak") == "urutan_keadaan"


@pytest.mark.parametrize(
    ("changes", "field"), [({"outcome": "masuk"}, "outcome"), ({"outcome": "x"}, "outcome"), ({"text": " "}, "answer")]
)
def test_an_answer_says_what_and_why(cast, person, changes, field):
    row = make.make_objection(person)
    assert field_of(answer, actor=cast.owner, objection=row, **changes) == {field}


def test_an_answer_may_name_the_verval_that_was_made_for_it(cast, person):
    act = verified(person)
    assert answer(cast.owner, make.make_objection(person), verification=act).verification == act


@pytest.mark.parametrize(
    ("kind", "outcome", "result"),
    [
        ("salah_masuk", "diterima", "layak"),
        ("salah_masuk", "ditolak", "tidak_layak"),
        ("salah_tertinggal", "diterima", "tidak_layak"),
        ("salah_tertinggal", "ditolak", "layak"),
    ],
)
def test_a_verval_that_says_the_opposite_does_not_support_the_answer(cast, person, kind, outcome, result):
    row = make.make_objection(person, kind=kind)
    given = {"actor": cast.owner, "objection": row, "outcome": outcome, "verification": verified(person, result)}
    assert field_of(answer, **given) == {"verification"}


def test_a_verval_of_somebody_else_or_from_before_is_none(cast, person):
    row = make.make_objection(person)
    for act in (verified(make.make_beneficiary()), verified(person, on=date(2024, 11, 17))):
        assert field_of(answer, actor=cast.owner, objection=row, verification=act) == {"verification"}


# --- the clock ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("days", "state", "text"),
    [
        (11, "masuk", "sisa 3 hari"),
        (13, "masuk", "sisa 1 hari"),
        (14, "masuk", "hari terakhir"),
        (16, "lewat_waktu", "lewat 2 hari"),
    ],
)
def test_the_clock_runs_from_the_day_it_came_in(cast, person, days, state, text):
    clock = clock_of(make.make_objection(person, on=TODAY - timedelta(days=days)), TODAY)
    assert (clock.state, clock.text) == (state, text)


def test_a_late_answer_is_taken_and_stays_late(cast, person):
    row = answer(cast.owner, make.make_objection(person, on=TODAY - timedelta(days=20)))
    clock = clock_of(row, TODAY + timedelta(days=100))
    assert (clock.state, clock.text, clock.late) == ("diterima", "terlambat 6 hari", True)


def test_an_answer_in_time_stays_in_time(cast, person):
    clock = clock_of(answer(cast.owner, make.make_objection(person)), TODAY + timedelta(days=100))
    assert (clock.text, clock.late) == ("dijawab tepat waktu", False)
