"""A recorded death ends what the person takes part in, in the same transaction, wherever it is."""

from datetime import date

import pytest

from assistance.models import Participation, Proposal, Step
from assistance.services.circumstances import CircumstanceEntry, circumstance_record
from assistance.tests.entries import TODAY
from pilar.core.models import AuditEvent, Programme, RegionGrant
from pilar.core.scoping import scope_transaction
from tests import factories as make

DIED = date(2024, 6, 3)


@pytest.fixture
def person(cast):
    return make.make_beneficiary()


def record_death(actor, person, **changes):
    entry = CircumstanceEntry(**{"kind": "meninggal", "value": "ya", "as_of": DIED, "source": "akta 12", **changes})
    with scope_transaction(actor):
        return circumstance_record(actor=actor, person=person, entry=entry, today=TODAY)


def states(person) -> list[tuple]:
    rows = Participation.objects.filter(beneficiary=person).order_by("programme_id")
    return list(rows.values_list("state", "ended_on", "reason"))


def test_every_open_participation_ends_on_the_day_of_the_death(cast, person):
    make.make_participation(person, programme="PKH", state="ditangguhkan")
    make.make_participation(person, programme="YAPI")
    record_death(cast.owner, person)
    assert states(person) == [("berakhir", DIED, "meninggal")] * 2
    steps = Step.objects.filter(kind="kepesertaan").values_list("was", "became", "on", "reason", "note", "actor_name")
    assert sorted(steps) == [
        ("aktif", "berakhir", DIED, "meninggal", "akta 12", str(cast.owner)),
        ("ditangguhkan", "berakhir", DIED, "meninggal", "akta 12", str(cast.owner)),
    ]
    event = AuditEvent.objects.get(summary__contains="berakhir karena meninggal dunia")
    assert "PKH" in event.summary


def test_a_candidate_leaves_his_sk_and_his_usulan_is_withdrawn(cast, person):
    proposal = make.make_proposal(person, programme="YAPI")
    decree = make.make_decree(programme="YAPI")
    make.make_participation(person, programme="YAPI", state="calon", proposal=proposal, decree=decree)
    record_death(cast.owner, person)
    assert states(person) == [("berakhir", DIED, "meninggal")]
    assert Participation.objects.get().decree is None
    assert Proposal.objects.values_list("state", "reason").get() == ("ditarik", "meninggal")
    assert Step.objects.filter(kind="usulan", was="layak", became="ditarik").count() == 1


def test_whoever_may_not_see_the_participation_ends_it_all_the_same(cast, person):
    """In another kabupaten, of a hidden group, and of a programme outside the officer's own."""
    make.make_participation(person, programme="PKH", group=9, region=make.CURUP)
    yapi = Programme.objects.get(code="YAPI").pk
    RegionGrant.objects.filter(user=cast.clerk).update(programmes=[yapi])
    make.make_line(make.make_batch(programme="YAPI"), person)
    record_death(cast.clerk, person)
    assert states(person) == [("berakhir", DIED, "meninggal")]


def test_nothing_ends_before_its_own_last_step(cast, person):
    make.make_participation(person, programme="YAPI", active_from=date(2024, 8, 1))
    record_death(cast.owner, person)
    assert states(person) == [("berakhir", date(2024, 8, 1), "meninggal")]


def test_a_death_that_was_corrected_since_ends_nothing(cast, person):
    make.make_participation(person, programme="YAPI")
    make.make_circumstance(person, "meninggal", "tidak", on=date(2024, 7, 1))
    record_death(cast.owner, person)
    assert states(person)[0][0] == "aktif"


def test_another_circumstance_ends_nothing(cast, person):
    make.make_participation(person, programme="YAPI")
    record_death(cast.owner, person, kind="sekolah", value="tidak")
    assert states(person)[0][0] == "aktif"


def test_both_doors_end_it(cast, person, client_of, api_of):
    make.make_participation(person, programme="YAPI")
    other = make.make_beneficiary(name="Dua")
    make.make_participation(other, programme="YAPI")
    body = {"perihal": "meninggal", "nilai": "ya", "per_tanggal": "2024-06-03", "sumber": "akta 12"}
    assert api_of(cast.owner).post(f"/api/v1/penerima/{other.pk}/keadaan/", body).status_code == 201
    url, form = f"/penerima/{person.pk}/keadaan/", {"fact": "meninggal:ya", "as_of": "2024-06-03", "source": "akta"}
    page = client_of(cast.owner)
    assert "berakhir pada tanggal itu juga" in page.get(url).content.decode()
    assert page.post(url, form).status_code == 302
    assert states(person) + states(other) == [("berakhir", DIED, "meninggal")] * 2
