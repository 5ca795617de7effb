"""Verval: what a named companion found on the spot, and what follows from it.

The officer who proposed may write down what the companion found: two people stand behind each verval as long
as the companion is not the person himself, which is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import TextChoices

from assistance.models import Beneficiary, Objection, Participation, Proposal, Step, Verification
from assistance.services import refusals_field as refusals
from assistance.services.circumstances import circumstances_seen, require_seen
from assistance.services.entry import day_within, save_checked
from assistance.services.fieldwork import (
    require_companion,
    require_coordinates,
    require_field_right,
    require_reason,
)
from assistance.services.history import Move, record, step
from assistance.services.participation import candidate_enrol, participation_end, participation_suspend
from personnel.models import Assignment
from personnel.services.activity_acts import ActDone, activity_of_act
from pilar.core import audit
from pilar.core.formatting import tanggal
from pilar.core.models import Programme, User
from pilar.core.rights import Right
from pilar.core.scoping import reach_of

Result = Verification.Result


class Consequence(TextChoices):
    """What becomes of a participant who was found not eligible."""

    SUSPEND = "tangguhkan", "tangguhkan penyalurannya"
    END = "akhiri", "akhiri kepesertaannya"


@dataclass(frozen=True)
class VerificationEntry:
    """Attributes:
    companion: who was there; an assignment of a pillar on duty that day.
    result: one of Verification.Result; reason: code of `words.REASONS`, for tidak layak only.
    latitude, longitude: degrees, both or none.
    consequence: for a participant found not eligible; one of Consequence.
    facts: what was seen of `words.SEEN_ON_THE_SPOT`, kind -> value.
    """

    beneficiary: Beneficiary
    programme: Programme
    verified_on: date
    companion: Assignment
    result: str
    evidence: str
    reason: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None
    consequence: str = Consequence.SUSPEND
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Grounds:
    """Why somebody is checked: an open proposal, a running participation, an open objection; one at least."""

    proposal: Proposal | None
    participation: Participation | None
    objection: Objection | None

    @property
    def region(self) -> int:
        """Where what is checked lies, which is where the verval counts."""
        found = self.proposal or self.participation or self.objection
        assert found is not None  # noqa: S101 - looked for by `grounds_of`, which refuses nothing
        return found.region_id

    @property
    def begun(self) -> tuple[date, str]:
        """The first day of which a verval may be, and what happened on it."""
        if self.proposal:
            return self.proposal.proposed_on, "tanggal usulan"
        if self.participation and self.participation.active_from:
            return self.participation.active_from, "hari mulai menerima"
        if self.objection:
            return self.objection.filed_on, "tanggal sanggahan"
        return date.min, ""


@transaction.atomic
def verification_record(*, actor: User, entry: VerificationEntry, today: date) -> Verification:
    """Records one verval and takes its consequence in the same transaction.

    An open proposal becomes layak (and its person a candidate) or tidak layak. A participant found eligible is
    fresh again; one found not eligible is suspended or ended, as `entry.consequence` says.

    Raises:
        Refusal: no right, nothing to verify, a candidate who waits for his SK, the companion is the person,
            verified that day already.
        ValidationError: day, companion, reason, evidence, coordinates, or what was seen.
    """
    person, programme = entry.beneficiary, entry.programme
    require_field_right(actor, grounds_of(actor, person, programme).region, programme)
    grounds = grounds_of(actor, person, programme, lock=True)
    if grounds.proposal and grounds.proposal.state == Proposal.State.FIT:
        raise refusals.waits_for_decree(person.name, programme)
    _require_day(actor, entry, grounds, today)
    _require_finding(entry)
    require_companion(entry.companion, person, region=grounds.region, on=entry.verified_on)
    verification = _saved(actor, entry, grounds)
    activity_of_act(actor=actor, done=_done(verification, grounds), today=today)
    source = f"verval {tanggal(entry.verified_on)}"
    circumstances_seen(actor=actor, person=person, facts=entry.facts, on=entry.verified_on, source=source)
    if grounds.proposal:
        _proposal_moves(actor, grounds.proposal, verification, today)
    elif grounds.participation and verification.result == Result.UNFIT:
        _participant_falls(actor, grounds.participation, verification, entry.consequence, today)
    return verification


def grounds_of(actor: User, person: Beneficiary, programme: Programme, *, lock: bool = False) -> Grounds:
    """What of the person is open in the programme, as far as the actor sees it. Raises Refusal when nothing is."""
    mine = {"beneficiary": person, "programme": programme}
    running = (Participation.State.ACTIVE, Participation.State.SUSPENDED)
    proposals = Proposal.objects.visible_to(actor).filter(**mine).open()
    participations = Participation.objects.visible_to(actor).filter(**mine, state__in=running)
    if lock:
        proposals = proposals.select_for_update(of=("self",), no_key=True)
        participations = participations.select_for_update(of=("self",), no_key=True)
    objections = Objection.objects.visible_to(actor).filter(**mine, state=Objection.State.FILED).order_by("filed_on")
    grounds = Grounds(proposals.first(), participations.first(), objections.first())
    if grounds == Grounds(None, None, None):
        raise refusals.nothing_to_verify(person.name, programme)
    return grounds


def _require_day(actor: User, entry: VerificationEntry, grounds: Grounds, today: date) -> None:
    """Not before what is checked began, nor before the last verval, whose consequence it would overtake."""
    begun, why = grounds.begun
    day_within("verified_on", entry.verified_on, earliest=begun, why=why, today=today)
    known = Verification.objects.visible_to(actor).filter(beneficiary=entry.beneficiary, programme=entry.programme)
    last = known.order_by("-verified_on", "-id").first()
    if last is None:
        return
    day_within("verified_on", entry.verified_on, earliest=last.verified_on, why="verval terakhir", today=today)
    if last.verified_on == entry.verified_on and grounds.proposal is None:
        raise refusals.verified_that_day(entry.beneficiary.name, last)


def _require_finding(entry: VerificationEntry) -> None:
    if entry.result not in Result.values:
        raise ValidationError({"result": "Pilih hasil verval: layak atau tidak layak."})
    if entry.consequence not in Consequence.values:
        raise ValidationError({"consequence": "Pilih akibatnya: tangguhkan atau akhiri."})
    require_reason(entry.reason, needed=entry.result == Result.UNFIT)
    if not entry.evidence.strip():
        raise ValidationError({"evidence": "Tulis buktinya: apa yang dilihat, siapa yang ditemui, dokumen apa."})
    require_coordinates(entry.latitude, entry.longitude)
    require_seen(entry.facts)


def _saved(actor: User, entry: VerificationEntry, grounds: Grounds) -> Verification:
    verification = Verification(
        beneficiary=entry.beneficiary,
        programme=entry.programme,
        region_id=grounds.region,
        proposal=grounds.proposal,
        verified_on=entry.verified_on,
        companion=entry.companion,
        result=entry.result,
        reason=entry.reason,
        evidence=" ".join(entry.evidence.split()),
        latitude=entry.latitude,
        longitude=entry.longitude,
        recorded_by=actor,
    )
    save_checked(verification)
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=verification,
        region=verification.region_id,
        summary=f"Verval {entry.beneficiary.name}, {entry.programme}, {tanggal(entry.verified_on)}: "
        f"{verification.get_result_display()}",
        reason=entry.reason,
    )
    return verification


def _done(verification: Verification, grounds: Grounds) -> ActDone:
    stands = grounds.proposal or grounds.participation
    return ActDone(
        key=f"verval:{verification.pk}",
        kind="verval",
        by=verification.companion,
        on=verification.verified_on,
        region=verification.region_id,
        programme=verification.programme_id,
        groups=[stands.group_id] if stands else [],
    )


def _proposal_moves(actor: User, proposal: Proposal, verification: Verification, today: date) -> None:
    """The machine's step: a proposal that waits for its verval is the only one locked here."""
    was, fit = proposal.state, verification.result == Result.FIT
    proposal.state = Proposal.State.FIT if fit else Proposal.State.UNFIT
    proposal.reason = verification.reason
    proposal.version += 1
    proposal.save(update_fields=["state", "reason", "version"])
    move = Move(
        was, proposal.state, on=verification.verified_on, reason=verification.reason, note=verification.evidence
    )
    record([step(actor=actor, kind=Step.Kind.PROPOSAL, row=proposal, move=move)])
    if fit:
        candidate_enrol(actor=actor, proposal=proposal, on=verification.verified_on)


def _participant_falls(
    actor: User, participation: Participation, verification: Verification, consequence: str, today: date
) -> None:
    """A participant suspended already stays so, unless he is to be ended. Whoever only checks stops no payment."""
    if not reach_of(actor).can(Right.ENTER, participation.region_id):
        raise refusals.stops_payment(verification.beneficiary.name, verification.programme)
    if consequence == Consequence.SUSPEND and participation.state == Participation.State.SUSPENDED:
        return
    take = participation_end if consequence == Consequence.END else participation_suspend
    take(
        actor=actor,
        participation=participation,
        on=verification.verified_on,
        reason=verification.reason,
        note=f"Verval: {verification.evidence}"[:200],
        today=today,
    )
