"""SK penetapan decided: by whom, for whom and from when; an SK of thousands (domain.md 3.5, 3.6)."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from assistance.models import Decree, Participation, Proposal, Step
from assistance.services.participation import participation_end
from assistance.tests.deciding import SK_DATE, candidate, decide, fill, history, propose, proposed_decree, send_back
from assistance.tests.entries import TODAY, field_of, rule_of
from pilar.core.models import Programme
from tests import factories as make


@pytest.fixture
def draft(cast):
    return make.make_decree(programme="PKH")


@pytest.fixture
def proposed(cast):
    return proposed_decree(cast)


# --- deciding ----------------------------------------------------------------


def test_deciding_makes_every_name_active_from_the_date_of_the_sk(cast, proposed):
    decree = decide(cast, proposed)
    assert (decree.state, decree.number, decree.sk_date) == ("ditetapkan", "460/7/2024", SK_DATE)
    assert (decree.decided_by, decree.decided_on) == (cast.staff, TODAY)
    row, proposal = decree.participations.get(), Proposal.objects.get()
    assert (row.state, row.active_from, proposal.state) == ("aktif", SK_DATE, "ditetapkan")
    assert history(decree)[-1] == ("diajukan", "ditetapkan")
    assert history(row, "kepesertaan") == [("calon", "aktif")]
    assert history(proposal, "usulan") == [("layak", "ditetapkan")]


def test_the_proposer_never_decides(cast, draft):
    candidate()
    fill(cast, draft)
    decree = propose(cast, draft, actor=cast.staff)
    assert rule_of(decide, cast=cast, decree=decree) == "empat_mata"
    assert decide(cast, decree, actor=cast.admin).state == "ditetapkan"


def test_the_database_holds_the_four_eyes_too(cast, proposed):
    with pytest.raises(IntegrityError, match="decree_four_eyes"), transaction.atomic():
        Decree.objects.update(state="ditetapkan", number="1", sk_date=SK_DATE, decided_on=TODAY, decided_by=cast.owner)


@pytest.mark.parametrize(("funding", "who"), [("apbn", "staff"), ("apbd_prov", "province"), ("apbd_kab", "colleague")])
def test_the_level_that_funds_decides(cast, draft, funding, who):
    Decree.objects.update(funding=funding)
    candidate()
    fill(cast, draft)
    propose(cast, draft)
    for other in {"staff", "province", "colleague"} - {who}:
        assert rule_of(decide, cast=cast, decree=draft, actor=getattr(cast, other)) == "tingkat_pendana"
    assert decide(cast, draft, actor=getattr(cast, who)).state == "ditetapkan"


def test_a_draft_is_not_decided(cast, draft):
    candidate(decree=draft)
    assert rule_of(decide, cast=cast, decree=draft) == "urutan_keadaan"


def test_a_decided_sk_stays_as_it_is(cast, proposed):
    decree = decide(cast, proposed)
    assert rule_of(send_back, cast=cast, decree=decree) == "urutan_keadaan"
    assert rule_of(decide, cast=cast, decree=decree) == "urutan_keadaan"
    assert rule_of(fill, cast=cast, decree=decree) == "sk_terkunci"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"number": " "}, "number"),
        ({"sk_date": None}, "sk_date"),
        ({"sk_date": date(2024, 11, 25)}, "sk_date"),
        ({"sk_date": date(2024, 1, 9)}, "sk_date"),
    ],
)
def test_number_and_date_are_checked(cast, proposed, changes, field):
    assert field_of(decide, cast=cast, decree=proposed, **changes) == {field}


def test_a_number_serves_once_per_programme(cast, proposed):
    make.make_decree(programme="PKH", number="460/7/2024")
    assert field_of(decide, cast=cast, decree=proposed) == {"__all__"}


def test_a_name_that_graduated_meanwhile_keeps_the_sk_from_being_decided(cast, proposed):
    make.make_graduation(proposed.participations.get().beneficiary, on=date(2024, 3, 1))
    assert rule_of(decide, cast=cast, decree=proposed) == "nama_tidak_memenuhi_syarat"
    assert Participation.objects.get().state == "calon"


def test_a_name_that_ended_meanwhile_is_not_made_active(cast, proposed):
    other = candidate()
    Participation.objects.filter(pk=other.pk).update(decree=proposed)
    first = proposed.participations.exclude(pk=other.pk).get()
    service_end(cast, first)
    decide(cast, proposed)
    assert dict(Participation.objects.values_list("pk", "state")) == {first.pk: "berakhir", other.pk: "aktif"}


def service_end(cast, row) -> None:
    participation_end(actor=cast.owner, participation=row, on=date(2024, 3, 1), reason="menolak", note="", today=TODAY)


def test_an_sk_whose_names_all_ended_is_not_decided(cast, proposed):
    service_end(cast, proposed.participations.get())
    assert rule_of(decide, cast=cast, decree=proposed) == "sk_kosong"


# --- size --------------------------------------------------------------------


def cost(call, **kwargs) -> int:
    with CaptureQueriesContext(connection) as queries:
        call(**kwargs)
    return len(queries)


def test_an_sk_of_twelve_costs_as_many_queries_as_one_of_two(cast):
    found = []
    for size in (1, 2, 12):  # the first one also reads who may do what
        decree = make.make_decree(programme="PKH")
        for _ in range(size):
            candidate()
        acts = ((fill, {}), (propose, {}), (decide, {"number": f"SK-{size}"}))
        found.append([cost(act, cast=cast, decree=decree, **given) for act, given in acts])
    assert found[1] == found[2]


def test_two_thousand_names_are_decided_in_one_act(cast, draft):
    programme = Programme.objects.get(code="PKH")
    people = make.make_many_beneficiaries(2000)
    make.make_many_candidates(people, programme)
    assert fill(cast, draft).added == 2000
    propose(cast, draft)
    decide(cast, draft)
    assert Participation.objects.filter(state="aktif", active_from=SK_DATE).count() == 2000
    assert Proposal.objects.filter(state="ditetapkan").count() == 2000
    assert Step.objects.filter(kind="kepesertaan", became="aktif").count() == 2000
