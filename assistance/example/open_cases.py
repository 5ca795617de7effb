"""What waits for somebody in Kota Bengkulu at the end of 2024, by name (`named.py`)."""

from datetime import date
from random import Random

from assistance.example import named
from assistance.example.identity import born, dice
from assistance.example.life import Desk, Entrant, Then
from assistance.example.places import SELEBAR
from assistance.example.world import Membership, World
from assistance.models import Objection, Participation, Proposal, Step
from pilar.core.reference.catalogue import YAPI
from pilar.core.regions import Level, at_level

CHILD = 1  # PAS: anak-anak rentan
GROUP_SINCE = date(2024, 1, 8)
PROPOSED_ON, VERIFIED_ON = date(2024, 12, 2), date(2024, 12, 12)
SUSPENDED_ON, DIED_ON = date(2024, 2, 15), date(2024, 2, 5)


def make_open_cases(world: World) -> None:
    rng, desk = dice("terbuka"), Desk(world)
    desk.decrees = {(row.programme_id, row.region_id, 1): row for row in world.decrees if row.title.endswith("tahap 1")}
    for name in named.WAITING_VERVAL:
        desk.propose(_child(world, rng, name), PROPOSED_ON, Proposal.State.PROPOSED)
    for name in named.WAITING_DECREE:
        _candidate(desk, _child(world, rng, name))
    _suspended(desk, _child(world, rng, named.SUSPENDED))
    _ended(desk, _child(world, rng, named.ENDED))


def _child(world: World, rng: Random, name: str) -> Entrant:
    """Born late enough to stay below 18 for years to come."""
    village = world.places.village(rng, SELEBAR)
    child = world.resident(rng, village, born(rng, 2016, 2019), rng.choice("LP"), name=name)
    child.groups = [Membership(CHILD, GROUP_SINCE)]
    return Entrant(child, YAPI, CHILD, 1)


def _candidate(desk: Desk, entrant: Entrant) -> None:
    """Found layak, in no SK yet; about the second of them somebody of the village objects."""
    proposal = desk.propose(entrant, PROPOSED_ON, Proposal.State.FIT)
    desk.verify(proposal, VERIFIED_ON, None)
    row = Participation(
        beneficiary=entrant.resident.row,
        programme_id=YAPI,
        group_id=CHILD,
        region_id=entrant.resident.row.region_id,
        proposal=proposal,
        is_example=True,
    )
    desk.world.participations.append(row)
    officer = desk.world.office_of(at_level(row.region_id, Level.REGENCY))
    desk.note(Step.Kind.PROPOSAL, proposal, officer, Then("layak", VERIFIED_ON))
    desk.note(Step.Kind.PARTICIPATION, row, officer, Then("calon", VERIFIED_ON))
    if entrant.resident.row.name == named.OBJECTED:
        _objection(desk, entrant)


def _objection(desk: Desk, entrant: Entrant) -> None:
    """Its 14 days are running on the last day of 2024."""
    objection = Objection(
        beneficiary=entrant.resident.row,
        programme_id=YAPI,
        region_id=entrant.resident.row.region_id,
        kind=Objection.Kind.INCLUDED,
        filed_on=named.OBJECTION_FILED,
        due_on=named.OBJECTION_DUE,
        filed_by="warga kelurahan (contoh)",
        note="Ayahnya bekerja tetap dan masih ada.",
        is_example=True,
    )
    desk.world.objections.append(objection)
    officer = desk.world.office_of(at_level(objection.region_id, Level.REGENCY))
    desk.note(Step.Kind.OBJECTION, objection, officer, Then("masuk", named.OBJECTION_FILED))


def _suspended(desk: Desk, entrant: Entrant) -> None:
    row = _taken_in(desk, entrant)
    row.state, row.reason, row.note = Participation.State.SUSPENDED, "data", "nama di rekening berbeda"
    _note(desk, row, Then("ditangguhkan", SUSPENDED_ON, row.note, row.reason))


def _ended(desk: Desk, entrant: Entrant) -> None:
    row = _taken_in(desk, entrant)
    row.state, row.reason, row.ended_on = Participation.State.ENDED, "meninggal", DIED_ON
    desk.know(entrant.resident, "meninggal", "ya", DIED_ON, "akta kematian (contoh)")
    _note(desk, row, Then("berakhir", DIED_ON, "", row.reason))


def _taken_in(desk: Desk, entrant: Entrant) -> Participation:
    """Without any payment: both stop before the first stage is paid."""
    entrant.resident.groups[0].since = date(2023, 6, 1)
    desk.take_in(dice(f"masuk:{entrant.resident.row.name}"), entrant)
    return desk.world.participations[-1]


def _note(desk: Desk, row: Participation, *steps: Then) -> None:
    desk.note(Step.Kind.PARTICIPATION, row, desk.world.office_of(at_level(row.region_id, Level.REGENCY)), *steps)
