"""History is told in the order it was written down, wherever it is told.

Each connection takes the ids of steps fifty at a time, so a later step may have a smaller one.
"""

from datetime import date, timedelta

import pytest

from assistance.dossier import dossier_of
from assistance.models import Step
from assistance.services.history import Move, record, step
from assistance.timeline import timeline_of
from tests import factories as make
from tests import factories_lists as lists

DAY = date(2024, 5, 6)


def written(cast, kind: str, row, *became: str) -> None:
    """Steps of one day, a minute apart, the later the smaller its id."""
    was, first = "", None
    for minute, then in enumerate(became):
        one = step(actor=cast.owner, kind=Step.Kind(kind), row=row, move=Move(was, then, DAY))
        if first is not None:
            one.pk, one.at, one.year = first.pk - minute, first.at + timedelta(minutes=minute), first.year
        record([one])
        if first is None:
            first = Step.objects.get(kind=kind, object_id=row.pk)
        was = then


def titles(response) -> list[str]:
    return [event["title"].lower() for event in response.context["events"]]


def test_steps_of_one_act_and_of_the_next_are_told_apart_by_their_moment(cast):
    """Within one transaction too: its moment would be that of its beginning, before it waited for a lock."""
    row = make.make_proposal(make.make_beneficiary())
    for _ in range(2):
        record([step(actor=cast.owner, kind=Step.Kind.PROPOSAL, row=row, move=Move("", "diajukan", DAY))])
    newest, oldest = Step.objects.filter(object_id=row.pk)
    assert newest.at > oldest.at


def test_of_a_participation(cast, client_of):
    row = make.make_participation(make.make_beneficiary(), state="ditangguhkan")
    written(cast, "kepesertaan", row, "calon", "aktif", "ditangguhkan")
    told = titles(client_of(cast.owner).get(f"/kepesertaan/{row.pk}/"))
    assert [title.split()[0].rstrip(",") for title in told] == ["ditangguhkan", "penerima", "calon"]


def test_of_a_usulan_in_both_doors(cast, client_of, api_of):
    row = make.make_proposal(make.make_beneficiary(), state="ditarik")
    written(cast, "usulan", row, "diajukan", "ditarik")
    told = titles(client_of(cast.owner).get(f"/usulan/{row.pk}/"))
    assert [title.split()[0].rstrip(",") for title in told] == ["ditarik", "diajukan"]
    steps = api_of(cast.owner).get(f"/api/v1/usulan/{row.pk}/").json()["riwayat"]
    assert [one["menjadi"] for one in steps] == ["ditarik", "diajukan"]


def test_of_a_list(cast, client_of):
    batch = lists.make_drafted()
    written(cast, "daftar", batch, "disusun", "diajukan")
    told = titles(client_of(cast.owner).get(f"/penyaluran/{batch.pk}/"))
    assert [title.split()[0].rstrip(",") for title in told] == ["diajukan", "disusun"]


@pytest.mark.parametrize("programme", ["YAPI", "PKH"])
def test_of_a_person(cast, programme):
    person = make.make_beneficiary()
    row = make.make_participation(person, programme=programme, state="ditangguhkan")
    written(cast, "kepesertaan", row, "calon", "aktif", "ditangguhkan")
    told = [event.title.split(": ")[1].split()[0] for event in timeline_of(dossier_of(cast.owner, person))]
    assert told == ["ditangguhkan", "penerima", "calon"]
