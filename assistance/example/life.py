"""How the recipients of 2024 came in: usulan, verval, SK penetapan, kepesertaan, all before their first payment."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from random import Random
from typing import Any, NamedTuple

from assistance.example.identity import dice
from assistance.example.places import REGENCIES
from assistance.example.recipients import FAKIR_MISKIN
from assistance.example.world import FAR, History, Resident, World
from assistance.models import Batch, Circumstance, Decree, Participation, Proposal, Step, Verification
from personnel.models import Assignment
from pilar.core.models import User
from pilar.core.reference.catalogue import PERMAKANAN, PROGRAMME_PKH, TKSK, YAPI
from pilar.core.regions import Level, at_level, dotted

YEAR = 2024
NAMES = {PERMAKANAN: "permakanan", YAPI: "YAPI", PROGRAMME_PKH: "PKH"}
EVIDENCE = "kunjungan rumah, foto rumah dan KTP (contoh)"
#: the release under which families of PKH that still receive are known (domain.md 4.1)
DECILE_ON, DECILE_SOURCE = date(2025, 7, 31), "DTSEN 31 Juli 2025 (contoh)"


@dataclass(frozen=True)
class Entrant:
    """Whoever came into a programme for a stage of 2024. `left_on`: graduated that day."""

    resident: Resident
    programme: int
    group: int
    stage: int
    companion: Assignment | None = None
    left_on: date | None = None


def make_life(world: World) -> None:
    rng = dice("kepesertaan")
    desk = Desk(world)
    for entrant in chain(_paid(world), _families(world)):
        desk.take_in(rng, entrant)


def decided_on(stage: int) -> date:
    """An SK for each stage, before its first payment."""
    return date(YEAR, 3 * stage - 2, 2)


class Desk:
    """Writes what one entrant leaves behind; the SK of each programme, kabupaten and stage once."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.decrees: dict[tuple[int, int, int], Decree] = {}
        self.checkers: dict[int, list[Assignment]] = defaultdict(list)
        for assignment in world.assignments:
            if assignment.pillar_id == TKSK:
                self.checkers[assignment.region_id].append(assignment)
                self.checkers[at_level(assignment.region_id, Level.REGENCY)].append(assignment)

    def take_in(self, rng: Random, entrant: Entrant) -> None:
        day = decided_on(entrant.stage)
        proposed, verified = day - timedelta(days=rng.randint(60, 90)), day - timedelta(days=rng.randint(20, 45))
        home = entrant.resident.home_on(proposed)
        proposal = self.propose(entrant, proposed, Proposal.State.DECIDED)
        self.verify(proposal, verified, entrant.companion)
        decree = self.decree(entrant.programme, at_level(home, Level.REGENCY), entrant.stage)
        row = self.participate(entrant, proposal, decree)
        officer = self.world.office_of(at_level(home, Level.REGENCY))
        note = f"SK {decree.number}"
        self.note(Step.Kind.PROPOSAL, proposal, officer, Then("layak", verified), Then("ditetapkan", day, note))
        steps = [Then("calon", verified), Then("aktif", day, note)]
        if entrant.left_on:
            steps.append(Then("berakhir", entrant.left_on, reason="graduasi"))
        self.note(Step.Kind.PARTICIPATION, row, officer, *steps)
        self.circumstances(entrant, verified)

    def propose(self, entrant: Entrant, on: date, state: str) -> Proposal:
        home = entrant.resident.home_on(on)
        officer = self.world.office_of(at_level(home, Level.REGENCY))
        proposal = Proposal(
            beneficiary=entrant.resident.row,
            programme_id=entrant.programme,
            group_id=entrant.group,
            region_id=home,
            proposed_on=on,
            proposed_by=officer,
            minutes_number=f"CONTOH/BA/{dotted(home)}/{on.year}",
            minutes_date=on - timedelta(days=3),
            state=state,
            is_example=True,
        )
        self.world.proposals.append(proposal)
        self.note(Step.Kind.PROPOSAL, proposal, officer, Then("diajukan", on))
        return proposal

    def verify(self, proposal: Proposal, on: date, companion: Assignment | None) -> None:
        checker = companion if companion and serves(companion, on) else self.checker(proposal.region_id, on)
        proposal.assigned_to = checker
        self.world.verifications.append(
            Verification(
                beneficiary=proposal.beneficiary,
                programme_id=proposal.programme_id,
                region_id=proposal.region_id,
                proposal=proposal,
                verified_on=on,
                companion=checker,
                result=Verification.Result.FIT,
                evidence=EVIDENCE,
                recorded_by=proposal.proposed_by,
                is_example=True,
            )
        )

    def checker(self, region: int, on: date) -> Assignment:
        """The TKSK of the kecamatan, else one of the kabupaten. Raises ValueError when nobody serves there."""
        for area in (at_level(region, Level.DISTRICT), at_level(region, Level.REGENCY)):
            for assignment in self.checkers[area]:
                if serves(assignment, on):
                    return assignment
        raise ValueError(f"no TKSK in {region} on {on}")

    def participate(self, entrant: Entrant, proposal: Proposal | None, decree: Decree) -> Participation:
        """The region is the present home: a participation goes with the person."""
        row = Participation(
            beneficiary=entrant.resident.row,
            programme_id=entrant.programme,
            group_id=entrant.group,
            region_id=entrant.resident.row.region_id,
            proposal=proposal,
            decree=decree,
            state=Participation.State.ENDED if entrant.left_on else Participation.State.ACTIVE,
            active_from=decree.sk_date,
            ended_on=entrant.left_on,
            reason="graduasi" if entrant.left_on else "",
            is_example=True,
        )
        self.world.participations.append(row)
        return row

    def decree(self, programme: int, regency: int, stage: int) -> Decree:
        key = programme, regency, stage
        if key not in self.decrees:
            self.decrees[key] = self._decree(programme, regency, stage)
        return self.decrees[key]

    def _decree(self, programme: int, regency: int, stage: int) -> Decree:
        day, office = decided_on(stage), self.world.office_of(regency)
        ministry = self.world.users["admin.pusat" if office.username == "staf.pusat" else "staf.pusat"]
        decree = Decree(
            programme_id=programme,
            year_id=YEAR,
            region_id=regency,
            funding=Batch.Funding.NATIONAL,
            title=f"Penerima {NAMES[programme]} tahap {stage}",
            state=Decree.State.DECIDED,
            proposed_by=office,
            proposed_on=day - timedelta(days=10),
            decided_by=ministry,
            decided_on=day,
            number=f"CONTOH/SK/{NAMES[programme].upper()}/{dotted(regency)}/{YEAR}/{stage}",
            sk_date=day,
            is_example=True,
        )
        self.world.decrees.append(decree)
        started = day - timedelta(days=14)
        self.note(
            Step.Kind.DECREE, decree, office, Then("disusun", started), Then("diajukan", day - timedelta(days=10))
        )
        self.note(Step.Kind.DECREE, decree, ministry, Then("ditetapkan", day, decree.number))
        return decree

    def circumstances(self, entrant: Entrant, on: date) -> None:
        """What the rules of the programme ask for."""
        if entrant.programme == PERMAKANAN:
            self.know(entrant.resident, "tinggal_sendiri", "ya", on, "verval (contoh)")
        elif entrant.programme == PROGRAMME_PKH and not entrant.left_on:
            decile = str(1 + len(self.world.circumstances) % 4)
            self.know(entrant.resident, "desil", decile, DECILE_ON, DECILE_SOURCE)

    def know(self, resident: Resident, kind: str, value: str, on: date, source: str) -> None:
        self.world.circumstances.append(
            Circumstance(
                beneficiary=resident.row,
                region_id=resident.row.region_id,
                kind=kind,
                value=value,
                as_of=on,
                source=source,
                is_example=True,
            )
        )

    def note(self, kind: Step.Kind, row: Any, actor: User, *steps: "Then") -> None:
        """Steps of one row, after those it has already."""
        self.world.history.extend(History(kind, row, actor, *then) for then in steps)


class Then(NamedTuple):
    """What a row became, when, and why."""

    became: str
    on: date
    note: str = ""
    reason: str = ""


def serves(assignment: Assignment, on: date) -> bool:
    return assignment.valid_from <= on <= (assignment.valid_until or FAR)


def _paid(world: World) -> list[Entrant]:
    """Everybody whom a list of 2024 pays meals or orphan aid, from the first stage that does."""
    first: dict[tuple[int, int], Entrant] = {}
    for draft in world.drafts:
        if draft.year != YEAR or draft.programme not in (PERMAKANAN, YAPI):
            continue
        stage = int(draft.stage.removeprefix("Tahap "))
        key = id(draft.resident), draft.programme
        if key not in first or stage < first[key].stage:
            first[key] = Entrant(draft.resident, draft.programme, draft.group, stage)
    return list(first.values())


def _families(world: World) -> list[Entrant]:
    """Families of PKH that somebody looked after when the year began, and whether they graduated in it."""
    began = decided_on(1)
    residents = {id(resident.row): resident for resident in world.residents}
    graduated = {
        id(row.beneficiary): row.decided_on
        for row in world.graduations
        if row.cancelled_on is None and row.decided_on >= began
    }
    cases = {
        id(case.beneficiary): case for case in world.caseload if case.valid_from <= began <= (case.valid_until or FAR)
    }
    return [
        Entrant(residents[key], PROGRAMME_PKH, FAKIR_MISKIN, 1, case.assignment, graduated.get(key))
        for key, case in cases.items()
        if at_level(residents[key].home_on(began), Level.REGENCY) in REGENCIES
    ]
