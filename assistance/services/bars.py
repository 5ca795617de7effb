"""Who must not be made active by a run: the dead, and whoever graduated since the proposal was made."""

from collections.abc import Collection

from assistance.models import Circumstance, Graduation, Participation
from assistance.reading import people_names
from assistance.services.refusals import MOVED_AWAY
from pilar.core.formatting import tanggal
from pilar.core.models import Programme, User


def bars_of(actor: User, rows: Collection[Participation], programme: Programme) -> dict[int, str]:
    """Participation id -> the sentence that bars it; three queries at most whatever the number of rows.

    A graduation bars, unless a later proposal states why the family comes back.
    """
    people = {row.beneficiary_id for row in rows}
    died = _dead(people)
    left = _graduated(people, programme)
    reasons: dict[int, tuple[int, str]] = {}
    for row in rows:
        if died.get(row.beneficiary_id):
            reasons[row.pk] = (row.beneficiary_id, "tercatat meninggal dunia.")
        elif (graduation := left.get(row.beneficiary_id)) and not _comes_back(row, graduation):
            since = tanggal(graduation.decided_on)
            reasons[row.pk] = (row.beneficiary_id, f"sudah lulus (graduasi) dari {programme} pada {since}.")
    names = people_names(actor, [person for person, _ in reasons.values()]) if reasons else {}
    return {pk: f"{names.get(person, MOVED_AWAY)} {why}" for pk, (person, why) in reasons.items()}


def _dead(people: Collection[int]) -> dict[int, bool]:
    """By the latest record of each person; a correction lifts an earlier one."""
    rows = Circumstance.objects.filter(beneficiary__in=people, kind="meninggal").order_by("beneficiary_id", "-as_of")
    latest = rows.distinct("beneficiary_id").values_list("beneficiary_id", "value")
    return {person: value == "ya" for person, value in latest}


def _graduated(people: Collection[int], programme: Programme) -> dict[int, Graduation]:
    rows = Graduation.objects.filter(beneficiary__in=people, programme=programme, cancelled_on__isnull=True)
    return {row.beneficiary_id: row for row in rows}


def _comes_back(row: Participation, graduation: Graduation) -> bool:
    proposal = row.proposal
    return proposal is not None and bool(proposal.reentry_reason) and graduation.decided_on <= proposal.proposed_on
