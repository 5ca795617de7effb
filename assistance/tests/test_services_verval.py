"""Verval by its service: who may check whom, and what follows in the same transaction."""

from datetime import date
from decimal import Decimal

import pytest

from assistance.models import Circumstance, Participation, Proposal, Step, Verification
from assistance.services import verifications
from assistance.services.verifications import VerificationEntry, verification_record
from assistance.tests.entries import TODAY, field_of, rule_of
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, Programme, RegionGrant, User
from tests import factories as make

DAY = date(2024, 6, 3)


@pytest.fixture
def person(cast):
    return make.make_beneficiary()


@pytest.fixture
def companion(cast):
    return make.make_assignment(make.make_person())


def entry_of(person, companion, **changes) -> VerificationEntry:
    fields = {
        "programme": Programme.objects.get(code="YAPI"),
        "verified_on": DAY,
        "result": "layak",
        "evidence": "Rumah dilihat,  orangnya ditemui",
    }
    return VerificationEntry(beneficiary=person, companion=companion, **{**fields, **changes})


UNFIT = {"result": "tidak_layak", "reason": "mampu"}


def verify(actor, person, companion, **changes) -> Verification:
    return verification_record(actor=actor, entry=entry_of(person, companion, **changes), today=TODAY)


def proposed(person, **fields) -> Proposal:
    return make.make_proposal(person, programme="YAPI", state="diajukan", on=date(2024, 2, 1), **fields)


def taking_part(person, state="aktif") -> Participation:
    return make.make_participation(person, programme="YAPI", state=state)


@pytest.fixture
def koordinator(cast) -> User:
    """Who checks in Kota Bengkulu and enters nothing."""
    user = User.objects.create_user(
        "koor", "sandi-uji-yang-panjang", name="Koor", role_id="koordinator", region_id=make.KOTA
    )
    RegionGrant.objects.create(user=user, region_id=make.KOTA, valid_from=date(2023, 1, 1), may_enter=True)
    return user


def steps_of(kind: str) -> list[tuple[str, str, str]]:
    return list(Step.objects.filter(kind=kind).order_by("at", "id").values_list("was", "became", "reason"))


# --- a proposal ----------------------------------------------------------------


def test_layak_makes_the_proposal_fit_and_its_person_a_candidate(cast, person, companion):
    proposal = proposed(person)
    act = verify(cast.owner, person, companion)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason, proposal.version) == ("layak", "", 2)
    assert Participation.objects.get().state == "calon"
    assert (act.proposal, act.evidence, act.recorded_by) == (proposal, "Rumah dilihat, orangnya ditemui", cast.owner)
    assert steps_of("usulan") == [("diajukan", "layak", "")]
    assert AuditEvent.objects.filter(object_type="assistance.verification", actor_id=cast.owner.pk).count() == 1


def test_tidak_layak_ends_the_proposal_with_its_reason(cast, person, companion):
    proposal = proposed(person)
    verify(cast.owner, person, companion, **UNFIT)
    proposal.refresh_from_db()
    assert (proposal.state, proposal.reason) == ("tidak_layak", "mampu")
    assert not Participation.objects.exists()
    assert steps_of("usulan") == [("diajukan", "tidak_layak", "mampu")]


def test_a_refused_candidate_takes_the_verval_with_it(cast, person, companion, monkeypatch):
    """One transaction: no verval without its consequence."""
    proposed(person)

    def refuse(**_given):
        raise Refusal("Tidak bisa.", "Minta admin.", rule="uji")

    monkeypatch.setattr(verifications, "candidate_enrol", refuse)
    assert rule_of(verify, actor=cast.owner, person=person, companion=companion) == "uji"
    assert not Verification.objects.exists()
    assert Proposal.objects.get().state == "diajukan"


def test_the_proposer_may_write_down_what_the_companion_found(cast, person, companion):
    proposed(person, proposed_by=cast.owner)
    assert verify(cast.owner, person, companion).companion == companion


def test_a_candidate_who_waits_for_his_decree_is_not_verified_again(cast, person, companion):
    make.make_proposal(person, programme="YAPI", state="layak", on=date(2024, 2, 1))
    assert rule_of(verify, actor=cast.owner, person=person, companion=companion) == "menunggu_sk"


@pytest.mark.parametrize("state", ["tidak_layak", "ditarik", "ditetapkan"])
def test_a_closed_proposal_is_no_ground(cast, person, companion, state):
    make.make_proposal(person, programme="YAPI", state=state, reason="lain")
    assert rule_of(verify, actor=cast.owner, person=person, companion=companion) == "tanpa_usulan"


def test_a_proposal_of_another_programme_is_no_ground(cast, person, companion):
    make.make_proposal(person, programme="PKH", state="diajukan")
    assert rule_of(verify, actor=cast.owner, person=person, companion=companion) == "tanpa_usulan"


# --- a participant ---------------------------------------------------------------


def test_a_participant_found_fit_just_counts_as_fresh(cast, person, companion):
    row = taking_part(person)
    verify(cast.owner, person, companion)
    row.refresh_from_db()
    assert (row.state, steps_of("kepesertaan")) == ("aktif", [])


def test_a_participant_found_unfit_is_suspended_unless_told_otherwise(cast, person, companion):
    row = taking_part(person)
    verify(cast.owner, person, companion, **UNFIT)
    row.refresh_from_db()
    assert (row.state, row.reason) == ("ditangguhkan", "mampu")
    assert steps_of("kepesertaan") == [("aktif", "ditangguhkan", "mampu")]


@pytest.mark.parametrize("state", ["aktif", "ditangguhkan"])
def test_a_participant_found_unfit_ends_by_explicit_choice(cast, person, companion, state):
    row = taking_part(person, state)
    verify(cast.owner, person, companion, consequence="akhiri", **UNFIT)
    row.refresh_from_db()
    assert (row.state, row.reason, row.ended_on) == ("berakhir", "mampu", DAY)


def test_who_is_suspended_already_stays_so(cast, person, companion):
    row = taking_part(person, "ditangguhkan")
    verify(cast.owner, person, companion, **UNFIT)
    row.refresh_from_db()
    assert (row.state, row.reason, steps_of("kepesertaan")) == ("ditangguhkan", "tidak_transaksi", [])


def test_one_verval_a_day_and_never_before_the_last(cast, person, companion):
    taking_part(person)
    verify(cast.owner, person, companion)
    assert rule_of(verify, actor=cast.owner, person=person, companion=companion) == "verval_sekali_sehari"
    earlier = {"actor": cast.owner, "person": person, "companion": companion, "verified_on": date(2024, 6, 2)}
    assert field_of(verify, **earlier) == {"verified_on"}


def test_an_open_objection_is_ground_enough(cast, person, companion):
    make.make_objection(person, on=date(2024, 6, 1))
    assert verify(cast.owner, person, companion, **UNFIT).proposal is None


# --- the companion ----------------------------------------------------------------


def test_nobody_verifies_himself(cast):
    """One NIK in both registers; his personnel record lies in another kabupaten, out of the officer's sight."""
    number = make.nik()
    himself = make.make_assignment(make.make_person(nik=number, region=make.REJANG_LEBONG))
    person = make.make_beneficiary()
    person.set_nik(number)
    person.save()
    proposed(person)
    with pytest.raises(Refusal, match="sendiri") as caught:
        verify(cast.owner, person, himself)
    assert caught.value.rule == "memeriksa_diri"


@pytest.mark.parametrize("region", [1700000000, make.KOTA, make.SELEBAR, 1771011001])
def test_a_companion_of_an_area_around_or_within_may_verify(cast, person, region):
    proposed(person)
    assert verify(cast.owner, person, make.make_assignment(make.make_person(), region=region))


@pytest.mark.parametrize("region", [make.TELUK_SEGARA, make.CURUP])
def test_a_companion_of_another_area_may_not(cast, person, region):
    proposed(person)
    elsewhere = make.make_assignment(make.make_person(), region=region)
    assert field_of(verify, actor=cast.owner, person=person, companion=elsewhere) == {"companion"}


@pytest.mark.parametrize("days", [{"valid_from": date(2024, 6, 4)}, {"valid_until": date(2024, 6, 2)}])
def test_a_companion_must_be_on_duty_that_day(cast, person, days):
    proposed(person)
    absent = make.make_assignment(make.make_person(), **days)
    assert field_of(verify, actor=cast.owner, person=person, companion=absent) == {"companion"}


# --- the finding -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"result": "mungkin"}, "result"),
        ({"result": "tidak_layak"}, "reason"),
        ({"result": "tidak_layak", "reason": "karangan"}, "reason"),
        ({"reason": "mampu"}, "reason"),
        ({"evidence": "  "}, "evidence"),
        ({"evidence": "x" * 301}, "evidence"),
        ({"consequence": "biarkan"}, "consequence"),
        ({"latitude": Decimal("-3.79")}, "longitude"),
        ({"longitude": Decimal("102.26")}, "latitude"),
        ({"latitude": Decimal("48.85"), "longitude": Decimal("102.26")}, "latitude"),
        ({"latitude": Decimal("-3.79"), "longitude": Decimal("2.35")}, "longitude"),
        ({"verified_on": date(2024, 11, 25)}, "verified_on"),
        ({"verified_on": date(2024, 1, 31)}, "verified_on"),
    ],
)
def test_what_must_be_mended_names_its_field(cast, person, companion, changes, field):
    proposed(person)
    assert field_of(verify, actor=cast.owner, person=person, companion=companion, **changes) == {field}
    assert not Verification.objects.exists()


def test_a_point_in_indonesia_is_kept(cast, person, companion):
    proposed(person)
    act = verify(cast.owner, person, companion, latitude=Decimal("-3.795512"), longitude=Decimal("102.259223"))
    act.refresh_from_db()
    assert (act.latitude, act.longitude) == (Decimal("-3.795512"), Decimal("102.259223"))


# --- the right ---------------------------------------------------------------------


@pytest.mark.parametrize("who", ["neighbour", "auditor", "stranger"])
def test_who_neither_enters_nor_checks_here_records_nothing(cast, person, companion, who):
    proposed(person)
    refused = rule_of(verify, actor=getattr(cast, who), person=person, companion=companion)
    assert refused in {"wewenang", "tanpa_usulan"}
    assert not Verification.objects.exists()


def test_who_may_only_check_records_a_verval(koordinator, person, companion):
    proposed(person)
    assert verify(koordinator, person, companion).result == "layak"


def test_a_grant_for_another_programme_is_refused(cast, person, companion):
    proposed(person)
    narrowed = RegionGrant.objects.get(user=cast.clerk)
    narrowed.programmes = [Programme.objects.get(code="PKH").pk]
    narrowed.save()
    assert rule_of(verify, actor=cast.clerk, person=person, companion=companion) in {"wewenang", "tanpa_usulan"}


def test_who_may_only_check_does_not_stop_a_payment(koordinator, person, companion):
    row = taking_part(person)
    assert rule_of(verify, actor=koordinator, person=person, companion=companion, **UNFIT) == "wewenang"
    row.refresh_from_db()
    assert (row.state, Verification.objects.exists()) == ("aktif", False)
    assert verify(koordinator, person, companion).result == "layak"


# --- what was seen on the spot ---------------------------------------------------


def test_who_only_checks_records_what_he_saw_with_his_verval(koordinator, person, companion):
    proposed(person)
    verify(koordinator, person, companion, facts={"sekolah": "tidak"})
    assert list(Circumstance.objects.values_list("kind", "value", "as_of")) == [("sekolah", "tidak", DAY)]


@pytest.mark.parametrize("facts", [{"desil": "1"}, {"sekolah": "mungkin"}, {"sepatu": "ya"}])
def test_a_verval_records_only_what_is_seen_on_the_spot(cast, person, companion, facts):
    proposed(person)
    call = {"actor": cast.owner, "entry": entry_of(person, companion, facts=facts), "today": TODAY}
    assert field_of(verification_record, **call) == {"facts"}
