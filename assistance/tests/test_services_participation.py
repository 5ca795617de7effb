"""A candidate, and what becomes of a participation (domain.md 3.5, 4.3): each rule by its sentence."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from assistance.models import Participation, Proposal, Step
from assistance.services import participation as service
from assistance.tests.entries import TODAY, field_of, rule_of
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent
from pilar.core.scoping import scope_transaction
from tests import factories as make

ON = date(2024, 3, 1)


def history(row, kind="kepesertaan") -> list[tuple[str, str]]:
    return list(Step.objects.filter(kind=kind, object_id=row.pk).order_by("at", "id").values_list("was", "became"))


def enrol(cast, proposal, **changes) -> Participation:
    return service.candidate_enrol(**{"actor": cast.owner, "proposal": proposal, "on": ON, **changes})


def act(name, cast, row, **changes):
    entry = {"actor": cast.owner, "participation": row, "on": ON, "reason": "mampu", "note": "catatan", "today": TODAY}
    return getattr(service, f"participation_{name}")(**{**entry, **changes})


def test_a_proposal_found_layak_makes_a_candidate(cast):
    proposal = make.make_proposal(make.make_beneficiary(), group=3)
    candidate = enrol(cast, proposal)
    assert (candidate.state, candidate.group_id, candidate.region_id) == ("calon", 3, make.SELEBAR)
    assert (candidate.returning, candidate.proposal) == (False, proposal)
    assert history(candidate) == [("", "calon")]
    assert AuditEvent.objects.filter(object_type="assistance.participation", object_id=str(candidate.pk)).count() == 1


def test_a_proposal_without_verval_makes_no_candidate(cast):
    proposal = make.make_proposal(make.make_beneficiary(), state="diajukan")
    assert rule_of(enrol, cast=cast, proposal=proposal) == "calon_tanpa_verval"


def test_a_second_enrolment_is_refused_by_name(cast):
    person = make.make_beneficiary(name="Siti Aminah")
    make.make_participation(person, state="ditangguhkan")
    with pytest.raises(Refusal, match=r"Siti Aminah sudah terdaftar dalam .* “ditangguhkan” sejak 15 Januari 2024"):
        enrol(cast, make.make_proposal(person))


def test_a_second_enrolment_is_refused_where_the_first_is_out_of_sight(cast):
    person = make.make_beneficiary()
    make.make_participation(person, region=make.CURUP)
    proposal = make.make_proposal(person)
    with scope_transaction(cast.owner), pytest.raises(Refusal, match="di wilayah lain"):
        enrol(cast, proposal)


def test_the_database_holds_one_open_participation_too(cast):
    person = make.make_beneficiary()
    make.make_participation(person)
    with pytest.raises(IntegrityError, match="participation_one_open"), transaction.atomic():
        make.make_participation(person, state="calon")


def test_another_programme_is_another_participation(cast):
    person = make.make_beneficiary()
    make.make_participation(person, programme="PKH")
    assert enrol(cast, make.make_proposal(person)).returning is False


def ended(person, **fields):
    return make.make_participation(
        person, state="berakhir", active_from=date(2023, 1, 15), ended_on=date(2023, 12, 1), reason="mampu", **fields
    )


@pytest.mark.parametrize("before", [ended, lambda person: make.make_graduation(person, programme="YAPI")])
def test_whoever_left_comes_back_with_a_reason_only_and_is_marked(cast, before):
    person = make.make_beneficiary()
    before(person)
    proposal = make.make_proposal(person)
    assert rule_of(enrol, cast=cast, proposal=proposal) == "masuk_kembali"
    Proposal.objects.update(reentry_reason="rumah terbakar")
    assert enrol(cast, proposal).returning is True


def test_whoever_left_in_another_kabupaten_is_a_returner_too(cast):
    person = make.make_beneficiary()
    ended(person, region=make.CURUP)
    proposal = make.make_proposal(person)
    with scope_transaction(cast.owner), pytest.raises(Refusal, match="masuk lagi tanpa alasan"):
        enrol(cast, proposal)


def test_a_candidate_who_never_received_is_no_returner(cast):
    person = make.make_beneficiary()
    make.make_participation(person, state="berakhir", ended_on=ON, reason="data")
    assert enrol(cast, make.make_proposal(person)).returning is False


def test_a_stranger_enrols_nobody(cast):
    proposal = make.make_proposal(make.make_beneficiary())
    assert rule_of(enrol, cast=cast, proposal=proposal, actor=cast.auditor) == "wewenang"


def test_a_suspension_and_its_end_leave_two_steps(cast):
    row = make.make_participation(make.make_beneficiary())
    row = act("suspend", cast, row, reason="tidak_transaksi")
    assert (row.state, row.reason, row.version) == ("ditangguhkan", "tidak_transaksi", 2)
    row = act("resume", cast, row, on=date(2024, 3, 9), reason="", note="rekening aktif lagi")
    row.refresh_from_db()
    assert (row.state, row.reason, row.version) == ("aktif", "", 3)
    assert history(row) == [("aktif", "ditangguhkan"), ("ditangguhkan", "aktif")]


@pytest.mark.parametrize("state", ["calon", "aktif", "ditangguhkan"])
def test_any_open_participation_may_end_and_stays_ended(cast, state):
    row = act("end", cast, make.make_participation(make.make_beneficiary(), state=state), reason="pindah")
    assert (row.state, row.ended_on, row.reason) == ("berakhir", ON, "pindah")
    assert history(row) == [(state, "berakhir")]
    assert [rule_of(act, name=name, cast=cast, row=row) for name in ("suspend", "resume", "end")] == [
        "urutan_keadaan"
    ] * 3


@pytest.mark.parametrize(("name", "state"), [("suspend", "calon"), ("suspend", "ditangguhkan"), ("resume", "aktif")])
def test_a_step_that_the_table_does_not_know_is_refused(cast, name, state):
    row = make.make_participation(make.make_beneficiary(), state=state)
    assert rule_of(act, name=name, cast=cast, row=row) == "urutan_keadaan"


def test_a_candidate_is_never_made_active_by_resuming(cast):
    row = make.make_participation(make.make_beneficiary(), state="calon")
    assert rule_of(act, name="resume", cast=cast, row=row) == "urutan_keadaan"


@pytest.mark.parametrize(
    ("name", "changes", "field"),
    [
        ("suspend", {"on": date(2024, 1, 14)}, "on"),
        ("suspend", {"on": date(2024, 11, 25)}, "on"),
        ("suspend", {"on": None}, "on"),
        ("suspend", {"reason": "bosan"}, "reason"),
        ("end", {"reason": "lain", "note": " "}, "note"),
        ("end", {"on": date(2024, 1, 14)}, "on"),
    ],
)
def test_days_and_reasons_are_checked(cast, name, changes, field):
    row = make.make_participation(make.make_beneficiary())
    assert field_of(act, name=name, cast=cast, row=row, **changes) == {field}


def test_nothing_happens_before_the_step_before_it(cast):
    row = act("suspend", cast, make.make_participation(make.make_beneficiary()), on=date(2024, 4, 1))
    assert field_of(act, name="resume", cast=cast, row=row, on=date(2024, 3, 31)) == {"on"}
    assert field_of(act, name="end", cast=cast, row=row, on=date(2024, 3, 31)) == {"on"}


def test_resuming_says_why(cast):
    row = make.make_participation(make.make_beneficiary(), state="ditangguhkan")
    assert field_of(act, name="resume", cast=cast, row=row, note=" ") == {"note"}


def test_the_dead_are_not_resumed_until_the_record_is_corrected(cast):
    person = make.make_beneficiary()
    row = make.make_participation(person, state="ditangguhkan")
    make.make_circumstance(person, "meninggal", "ya", on=date(2024, 2, 1))
    assert rule_of(act, name="resume", cast=cast, row=row) == "tidak_boleh_aktif"
    make.make_circumstance(person, "meninggal", "tidak", on=date(2024, 2, 9))
    assert act("resume", cast, row).state == "aktif"


def test_graduates_are_not_resumed(cast):
    person = make.make_beneficiary()
    make.make_graduation(person, programme="YAPI", on=date(2024, 2, 1))
    row = make.make_participation(person, state="ditangguhkan")
    assert rule_of(act, name="resume", cast=cast, row=row) == "tidak_boleh_aktif"


def test_a_candidate_who_ends_leaves_his_proposal_and_his_sk(cast):
    proposal = make.make_proposal(make.make_beneficiary())
    row = enrol(cast, proposal)
    Participation.objects.update(decree=make.make_decree())
    act("end", cast, row, reason="menolak")
    row.refresh_from_db()
    proposal.refresh_from_db()
    assert (row.decree, proposal.state, proposal.reason) == (None, "ditarik", "menolak")
    assert history(proposal, "usulan") == [("layak", "ditarik")]


def test_all_participations_of_a_person_end_in_one_act(cast):
    person = make.make_beneficiary()
    rows = [make.make_participation(person, programme=code) for code in ("YAPI", "PKH")]
    entry = {"actor": cast.owner, "on": ON, "reason": "meninggal", "today": TODAY}
    assert service.participations_end(participations=[row.pk for row in rows], **entry) == 2
    assert set(Participation.objects.values_list("state", "reason")) == {("berakhir", "meninggal")}
    assert Step.objects.filter(beneficiary_id=person.pk).count() == 2


def test_one_that_cannot_end_keeps_the_others_as_they_were(cast):
    good = make.make_participation(make.make_beneficiary())
    bad = ended(make.make_beneficiary())
    entry = {"actor": cast.owner, "on": ON, "reason": "meninggal", "today": TODAY}
    assert rule_of(service.participations_end, participations=[good.pk, bad.pk], **entry) == "urutan_keadaan"
    good.refresh_from_db()
    assert good.state == "aktif"


def test_ending_many_costs_as_many_queries_as_ending_two(cast, django_assert_num_queries):
    rows = [make.make_participation(make.make_beneficiary()) for _ in range(12)]
    entry = {"actor": cast.owner, "on": ON, "reason": "mampu", "today": TODAY}
    service.participations_end(participations=[row.pk for row in rows[:1]], **entry)
    with django_assert_num_queries(7):
        service.participations_end(participations=[row.pk for row in rows[1:3]], **entry)
    with django_assert_num_queries(7):
        service.participations_end(participations=[row.pk for row in rows[3:]], **entry)


@pytest.mark.parametrize("name", ["suspend", "end"])
def test_a_foreign_participation_is_out_of_reach(cast, name):
    row = make.make_participation(make.make_beneficiary(region=make.CURUP))
    with pytest.raises((Refusal, Participation.DoesNotExist)):
        act(name, cast, row)
    row.refresh_from_db()
    assert row.state == "aktif"
