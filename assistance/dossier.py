"""Everything that a reader may see of one beneficiary, one query for each kind of row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from assistance.models import (
    Batch,
    Beneficiary,
    Circumstance,
    Disbursement,
    FamilyCard,
    Graduation,
    GraduationCase,
    GroupMembership,
    Guardian,
    Objection,
    Participation,
    Proposal,
    Step,
    Verification,
)
from assistance.reading import names_of
from personnel.models import Assignment, Personnel
from pilar.core.scoping import RegionScopedQuerySet


@dataclass(frozen=True)
class Dossier:
    """Rows newest first; memberships by their beginning.

    Attributes:
        batches: lists of the lines, as far as the reader may see them.
        companions: assignment id -> name, likewise.
    """

    person: Beneficiary
    memberships: Sequence[GroupMembership]
    circumstances: Sequence[Circumstance]
    cards: Sequence[FamilyCard]
    guardians: Sequence[Guardian]
    proposals: Sequence[Proposal]
    verifications: Sequence[Verification]
    participations: Sequence[Participation]
    objections: Sequence[Objection]
    cases: Sequence[GraduationCase]
    graduations: Sequence[Graduation]
    lines: Sequence[Disbursement]
    steps: Sequence[Step]
    batches: dict[int, Batch]
    companions: dict[int, str]

    def known(self, kind: str) -> Circumstance | None:
        """What holds of that kind now: the latest as of its day."""
        return next((row for row in self.circumstances if row.kind == kind), None)


def dossier_of(user: Any, person: Beneficiary) -> Dossier:
    """`person` must have passed the gate. A constant number of queries."""

    def rows(model: type[Model], *related: str, order: Sequence[str] = ("-id",)) -> list[Any]:
        found: RegionScopedQuerySet[Any] = model._default_manager.all()  # type: ignore[assignment]
        return list(found.visible_to(user).filter(beneficiary_id=person.pk).select_related(*related).order_by(*order))

    lines = rows(Disbursement, "programme", order=("-year", "-id"))
    verifications = rows(Verification, "programme", order=("-verified_on", "-id"))
    cases = rows(GraduationCase, "programme")
    return Dossier(
        person=person,
        memberships=rows(GroupMembership, "group", order=("valid_from", "id")),
        circumstances=rows(Circumstance, "beneficiary", order=("kind", "-as_of", "-id")),
        cards=rows(FamilyCard, order=("-valid_from", "-id")),
        guardians=rows(Guardian, order=("-valid_from", "-id")),
        proposals=rows(Proposal, "programme"),
        verifications=verifications,
        participations=rows(Participation, "programme", "group"),
        objections=rows(Objection, "programme"),
        cases=cases,
        graduations=rows(Graduation, "programme", order=("-decided_on", "-id")),
        lines=lines,
        steps=rows(Step, "programme", order=("-at", "-id")),
        batches=Batch.objects.visible_to(user).in_bulk({line.batch_id for line in lines}),
        companions=companion_names(user, [v.companion_id for v in verifications]),
    )


def companion_names(user: Any, assignments: Iterable[int]) -> dict[int, str]:
    """Assignment id -> name of whoever holds it, as far as the reader may see both; two queries."""
    wanted = set(assignments)
    if not wanted:
        return {}
    held = dict(Assignment.objects.visible_to(user).filter(pk__in=wanted).values_list("pk", "person_id"))
    names = names_of(Personnel.objects.all(), user, held.values())
    return {pk: names[person] for pk, person in held.items() if person in names}
