"""The names of an SK penetapan: who could be in it, who is, and what stands against each of them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from assistance.models import Decree, Participation, Proposal
from assistance.reading import people_names
from assistance.services import refusals_decree as refusals
from assistance.services.eligibility import Finding, findings
from assistance.services.refusals import MOVED_AWAY
from assistance.states import PROPOSAL
from pilar.core.models import Programme, User

State = Participation.State


@dataclass(frozen=True)
class Fault:
    """A candidate who must not be made active, with every reason.

    Attributes: row: id of the participation; name: as far as the reader may know it.
    """

    row: int
    person: int
    name: str
    findings: list[Finding]

    @property
    def sentence(self) -> str:
        return f"{self.name}: " + " ".join(finding.sentence for finding in self.findings)


def waiting_for(actor: Any, decree: Decree) -> QuerySet[Participation]:
    """Candidates of the SK's area and programme who stand in no SK yet, as far as the actor sees them."""
    rows = Participation.objects.visible_to(actor).within(decree.region_id)
    return rows.filter(programme=decree.programme_id, state=State.CANDIDATE, decree__isnull=True)


def names_in(actor: Any, decree: Decree) -> QuerySet[Participation]:
    return Participation.objects.visible_to(actor).filter(decree=decree)


def faults_of(actor: Any, rows: QuerySet[Participation], programme: Programme, on: date) -> list[Fault]:
    """Candidates among `rows` whom an SK must leave out, in a number of queries that does not grow with them."""
    people = list(rows.order_by("pk").values_list("pk", "beneficiary_id", "proposal__state"))
    found = findings(people={person for _, person, _ in people}, programme=programme, on=on)
    hits = [
        (pk, person, [*found.get(person, []), *_closed(state)])
        for pk, person, state in people
        if person in found or _closed(state)
    ]
    names = people_names(actor, [person for _, person, _ in hits])
    return [Fault(pk, person, names.get(person, MOVED_AWAY), reasons) for pk, person, reasons in hits]


def count_all(decree: Decree) -> int:
    """Every name, also those whose PAS group the actor may not see (`sql/decree_names.sql`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pilar_decree_names(%s)", [decree.pk])
        return int(cursor.fetchone()[0])


def require_ready(actor: User, decree: Decree, today: date) -> int:
    """How many names it holds. Raises Refusal for an empty SK, for names out of sight, and for faults."""
    total, seen = count_all(decree), names_in(actor, decree).count()
    if not total:
        raise refusals.empty_decree(decree)
    if total > seen:
        raise refusals.hidden_names(decree, total - seen)
    if faults := faults_of(actor, names_in(actor, decree), decree.programme, today):
        said = [fault.sentence for fault in faults[: refusals.NAMED]]
        raise refusals.faulty_names(decree, said, len(faults))
    return total


def _closed(state: str | None) -> list[Finding]:
    """The usulan of a candidate must still be layak; one without usulan was entered with an SK of old."""
    if state in (None, Proposal.State.FIT.value):
        return []
    label = PROPOSAL.label(state or "")
    return [Finding("usulan", f"Usulannya “{label}”.", "Akhiri calon ini, atau ajukan usulan baru.")]
