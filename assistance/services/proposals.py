"""Usulan: a region proposes a person for a programme, names who checks it on the spot, or takes it back."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F, QuerySet

from assistance.models import Beneficiary, Participation, Proposal, Step
from assistance.reading import people_names
from assistance.services import refusals_proposal as refusals
from assistance.services.eligibility import DEAD, GRADUATED, Finding, cautions, findings, refuse, short_name
from assistance.services.entry import day_within, require_entry, require_group, save_checked
from assistance.services.history import Move, record, step
from assistance.services.participation import participation_end, received_before
from assistance.services.refusals import MOVED_AWAY, unknown_beneficiary, who, wrong_step
from assistance.services.standing import standings
from assistance.states import PROPOSAL
from personnel.models import Assignment, valid_on
from pilar.core import audit, regions
from pilar.core.formatting import tanggal
from pilar.core.models import Programme, TargetGroup, User

State = Proposal.State


@dataclass(frozen=True)
class ProposalEntry:
    """What an officer writes about a proposal.

    Attributes:
        group: one of the 12 PAS.
        minutes_number, minutes_date: of the musdes/muskel that named the person.
        reentry_reason: why somebody who left the programme comes back; empty for everybody else.
    """

    beneficiary: Beneficiary
    programme: Programme
    group: TargetGroup
    minutes_number: str
    minutes_date: date
    proposed_on: date
    reentry_reason: str = ""


@transaction.atomic
def proposal_create(*, actor: User, entry: ProposalEntry, today: date) -> Proposal:
    """Proposes a registered person. What nobody recorded of him yet does not stop it: the verval finds it out.

    Raises:
        Refusal: no right, proposed or taking part already, or not eligible (every finding at once).
        ValidationError: dates, minutes, a sub-group, or no reason for coming back.
    """
    person, programme = entry.beneficiary, entry.programme
    if not Beneficiary.objects.visible_to(actor).filter(pk=person.pk).exists():
        raise unknown_beneficiary()
    require_entry(actor, person.region_id, programme)
    _check_fields(actor, entry, today)
    returning = _check_place(entry)
    refuse(person.name, programme, [hit for hit in _hits(entry, today) if _stops(hit, returning)])
    proposal = Proposal(
        beneficiary=person,
        programme=programme,
        group=entry.group,
        region_id=person.region_id,
        proposed_on=entry.proposed_on,
        proposed_by=actor,
        minutes_number=entry.minutes_number.strip(),
        minutes_date=entry.minutes_date,
        reentry_reason=entry.reentry_reason.strip(),
    )
    _save_once(proposal)
    record([_step(actor, proposal, Move("", State.PROPOSED, entry.proposed_on, note=proposal.reentry_reason))])
    again = f", kembali menerima: {proposal.reentry_reason}" if returning else ""
    _audit(actor, audit.Action.CREATE, proposal, f"diajukan, berita acara {proposal.minutes_number}{again}")
    return proposal


@transaction.atomic
def proposal_withdraw(*, actor: User, proposal: Proposal, note: str, today: date) -> Proposal:
    """diajukan | layak -> ditarik; a candidate who waits for an SK ends with it.

    Raises Refusal (right, step, in an SK already) or ValidationError (no reason).
    """
    require_entry(actor, proposal.region_id, proposal.programme)
    candidates = Participation.objects.visible_to(actor).filter(proposal=proposal)
    # Names before usulan, as an SK and the end of a participation hold them: the other way round two would wait
    # for each other.
    list(candidates.open().select_for_update(of=("self",), no_key=True))
    proposal = _locked(actor).get(pk=proposal.pk)
    if not PROPOSAL.may_follow(proposal.state, State.WITHDRAWN):
        raise wrong_step(PROPOSAL, f"Usulan {who(proposal)}", proposal.state, State.WITHDRAWN)
    if not note.strip():
        raise ValidationError({"note": "Tulis sebab penarikan; tersimpan di riwayat usulan."})
    candidate = candidates.open().select_related("programme", "decree").first()
    if candidate and candidate.decree:
        raise refusals.in_a_decree(who(proposal), candidate.decree)
    move = Move(proposal.state, State.WITHDRAWN, today, "lain", note.strip())
    proposal.state, proposal.note, proposal.version = State.WITHDRAWN, note.strip()[:300], proposal.version + 1
    proposal.save(update_fields=["state", "note", "version"])
    record([_step(actor, proposal, move)])
    if candidate:
        participation_end(actor=actor, participation=candidate, on=today, reason="lain", note=note, today=today)
    _audit(actor, audit.Action.CHANGE, proposal, "ditarik", reason=note)
    return proposal


@transaction.atomic
def proposal_assign(*, actor: User, proposals: Collection[int], assignment: Assignment, today: date) -> int:
    """Names who checks these proposals on the spot, in one act: all of them or none. Returns how many.

    Args:
        proposals: ids; each waits for its verval. Whoever was named before is replaced.
    Raises Refusal: right, a foreign proposal or companion, a state past the verval, or an area that does not cover.
    """
    wanted = set(proposals)
    rows = list(_locked(actor).filter(pk__in=wanted).order_by("pk"))
    if not wanted:
        raise refusals.none_chosen()
    if len(rows) < len(wanted):
        raise refusals.not_all_known(len(wanted) - len(rows))
    for row in {(row.region_id, row.programme_id): row for row in rows}.values():
        require_entry(actor, row.region_id, row.programme)
    companion = _on_duty(actor, assignment, today)
    names = people_names(actor, [row.beneficiary_id for row in rows])
    if past := [row for row in rows if row.state != State.PROPOSED]:
        raise refusals.not_waiting(_named(past, names), past[0])
    if far := [row for row in rows if not regions.contains(assignment.region_id, row.region_id)]:
        raise refusals.outside_area(_named(far, names), companion, str(assignment.region))
    Proposal.objects.filter(pk__in=wanted).update(assigned_to=assignment, version=F("version") + 1)
    single = rows[0] if len(rows) == 1 else None
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=single or Proposal,
        region=assignment.region_id,
        summary=f"Petugas verval {companion} untuk {len(rows)} usulan: {', '.join(str(row.pk) for row in rows)}",
    )
    return len(rows)


def unsettled(proposal: Proposal, on: date) -> list[Finding]:
    """What stands against the person now, for whoever checks: also facts that nobody recorded yet."""
    hits = findings(people=[proposal.beneficiary_id], programme=proposal.programme, on=on)
    caution = cautions([proposal.beneficiary_id], on).get(proposal.beneficiary_id)
    return [*hits.get(proposal.beneficiary_id, []), *([caution] if caution else [])]


def _check_fields(actor: User, entry: ProposalEntry, today: date) -> None:
    if entry.group.parent_id is not None:
        raise ValidationError({"group": "Kelompok usulan harus salah satu dari 12 PAS, bukan subkelompok."})
    require_group(actor, entry.group)
    if not entry.minutes_number.strip():
        raise ValidationError({"minutes_number": "Nomor berita acara wajib diisi."})
    born = entry.beneficiary.birth_date
    day_within("minutes_date", entry.minutes_date, earliest=born, why="tanggal lahir", today=today)
    day_within("proposed_on", entry.proposed_on, earliest=entry.minutes_date, why="tanggal berita acara", today=today)


def _check_place(entry: ProposalEntry) -> bool:
    """Whether the person comes back. Raises Refusal for an open proposal or participation, wherever it is."""
    person, programme = entry.beneficiary, entry.programme
    standing = standings([person.pk], programme=programme, on=entry.proposed_on)[person.pk]
    if standing.takes_part:
        raise refusals.takes_part_already(person.name, short_name(programme), standing.takes_part)
    if standing.open_proposal:
        raise refusals.proposed_already(person.name, short_name(programme), standing.open_proposal)
    returning = received_before(person.pk, programme)
    if returning and not entry.reentry_reason.strip():
        left = standing.was_there
        until = f" sampai {tanggal(left)}" if left else ""
        raise ValidationError(
            {
                "reentry_reason": f"{person.name} pernah menerima {short_name(programme)}{until}. Tulis alasan masuk "
                "kembali; usulannya dilaporkan sebagai “kembali menerima”."
            }
        )
    if entry.reentry_reason.strip() and not returning:
        raise ValidationError(
            {"reentry_reason": f"{person.name} belum pernah menerima {short_name(programme)}; kosongkan isian ini."}
        )
    return returning


def _hits(entry: ProposalEntry, today: date) -> list[Finding]:
    """On the day of the proposal; who died since is not proposed after the fact."""
    hits: list[Finding] = []
    for day in sorted({entry.proposed_on, today}):
        found = findings(people=[entry.beneficiary.pk], programme=entry.programme, on=day)
        hits += [
            hit
            for hit in found.get(entry.beneficiary.pk, [])
            if day == entry.proposed_on or (hit.rule == DEAD and hit not in hits)
        ]
    return hits


def _stops(hit: Finding, returning: bool) -> bool:
    """A reason for coming back answers the graduation; a missing fact waits for the verval."""
    return not hit.missing and not (returning and hit.rule == GRADUATED)


def _save_once(proposal: Proposal) -> None:
    """Two offices may propose at once: the second meets the constraint."""
    try:
        with transaction.atomic():
            save_checked(proposal)
    except IntegrityError as error:
        name, programme = proposal.beneficiary.name, short_name(proposal.programme)
        raise refusals.proposed_already(name, programme, State.PROPOSED) from error


def _locked(actor: User) -> QuerySet[Proposal]:
    rows = Proposal.objects.visible_to(actor).select_related("programme", "region")
    return rows.select_for_update(of=("self",), no_key=True)


def _on_duty(actor: User, assignment: Assignment, today: date) -> str:
    """The companion's name. Raises Refusal for one outside the actor's area, or whose assignment is not valid."""
    rows = Assignment.objects.visible_to(actor).select_related("person")
    known = rows.filter(pk=assignment.pk).first()
    if known is None:
        raise refusals.unknown_companion()
    if not rows.filter(valid_on(today), pk=assignment.pk).exists():
        raise refusals.not_on_duty(known, known.person.name)
    return known.person.name


def _named(rows: Collection[Proposal], names: dict[int, str]) -> list[str]:
    return [names.get(row.beneficiary_id, MOVED_AWAY) for row in rows]


def _step(actor: User, proposal: Proposal, move: Move) -> Step:
    return step(actor=actor, kind=Step.Kind.PROPOSAL, row=proposal, move=move)


def _audit(actor: User, action: str, proposal: Proposal, what: str, reason: str = "") -> None:
    audit.record(
        actor=actor,
        action=action,
        target=proposal,
        region=proposal.region_id,
        summary=f"Usulan {who(proposal)} untuk {short_name(proposal.programme)}: {what}",
        reason=reason,
    )
