"""The steps of a version after it is drafted: submitted, approved, sent back. Each leaves a row of history."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from pilar.core import audit
from pilar.core.errors import Refusal
from pilar.core.formatting import angka
from pilar.core.models import User
from pilar.core.rights import Right
from pilar.core.scoping import require
from targets.models import Target, TargetStep
from targets.services.allocation import require_shared_out
from targets.services.authority import require_decider
from targets.services.freezes import require_unfrozen
from targets.services.plan import Aim, require_narrowing, require_open_year, target_draft
from targets.states import TARGET, State


@dataclass(frozen=True)
class Refused:
    target: Target
    refusal: Refusal


@dataclass
class Outcome:
    """What became of many: those that moved, and those refused with their sentence."""

    done: list[Target] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)


@transaction.atomic
def target_set(
    *,
    actor: User,
    aim: Aim,
    value: int,
    source: str,
    today: date,
    reason: str = "",
    seen_version: int | None = None,
) -> Target:
    """Drafts the next version and submits it in one act; raises as `target_draft` and `target_submit` do."""
    target = target_draft(
        actor=actor, aim=aim, value=value, source=source, today=today, reason=reason, seen_version=seen_version
    )
    return target_submit(actor=actor, target=target, today=today)


@transaction.atomic
def target_submit(*, actor: User, target: Target, today: date) -> Target:
    """draf -> diajukan: it counts from now on, as long as no version is approved.

    Raises Refusal (right, closed or frozen year, not a draft).
    """
    require(actor, Right.PROPOSE, target.region_id)
    require_narrowing(actor, target.indicator, target.breakdown, target.region_id)
    require_open_year(target.year_id)
    require_unfrozen(target.year_id, target.region_id, today)
    target = held(target, State.SUBMITTED)
    target.submitted_by, target.submitted_on = actor, today
    return _move(actor, target, State.SUBMITTED, "submitted_by", "submitted_on")


@transaction.atomic
def target_approve(*, actor: User, target: Target, today: date, note: str = "") -> Target:
    """diajukan -> disetujui, by a level above and by somebody other than the proposer.

    Raises Refusal (office, proposer, closed year, not submitted, a newer version filed, not shared out whole).
    """
    require_decider(actor, target)
    require_open_year(target.year_id)
    target = held(target, State.APPROVED)
    require_decider(actor, target)
    _require_newest(target)
    require_shared_out(target)
    target.approved_by, target.approved_on = actor, today
    return _move(actor, target, State.APPROVED, "approved_by", "approved_on", note=note)


@transaction.atomic
def target_send_back(*, actor: User, target: Target, note: str) -> Target:
    """diajukan -> draf, with a comment that the proposer reads at the target.

    Raises Refusal (office, proposer, not submitted) or ValidationError (no comment).
    """
    require_decider(actor, target)
    if not note.strip():
        raise ValidationError({"note": "Tulis apa yang harus diperbaiki."})
    target = held(target, State.DRAFT)
    require_decider(actor, target)
    return _move(actor, target, State.DRAFT, note=note)


def targets_approve(*, actor: User, targets: Sequence[Target], today: date) -> Outcome:
    """Each by itself: one that is refused does not hold up the others."""
    return _each(targets, lambda target: target_approve(actor=actor, target=target, today=today))


def targets_send_back(*, actor: User, targets: Sequence[Target], note: str) -> Outcome:
    """Each by itself, with one comment. Raises ValidationError without a comment."""
    if not note.strip():
        raise ValidationError({"note": "Tulis apa yang harus diperbaiki."})
    return _each(targets, lambda target: target_send_back(actor=actor, target=target, note=note))


def targets_submit(*, actor: User, targets: Sequence[Target], today: date) -> Outcome:
    """Each by itself: one that is refused does not hold up the others."""
    return _each(targets, lambda target: target_submit(actor=actor, target=target, today=today))


def _each(targets: Sequence[Target], act: Callable[[Target], Target]) -> Outcome:
    outcome = Outcome()
    for target in targets:
        try:
            outcome.done.append(act(target))
        except Refusal as refusal:
            outcome.refused.append(Refused(target, refusal))
    return outcome


def held(target: Target, then: str) -> Target:
    """The row as it is now, locked, once the table lets it go on to `then`."""
    rows = Target.objects.select_related("indicator", "region")
    now = rows.select_for_update(of=("self",), no_key=True).get(pk=target.pk)
    if not TARGET.may_follow(now.state, then):
        before = " atau ".join(f"“{TARGET.label(state)}”" for state in TARGET.sources_of(then))
        raise Refusal(
            f"{_named(now)} tidak bisa menjadi “{TARGET.label(then)}”: sekarang “{now.get_state_display()}”.",
            f"Langkah ini hanya sesudah {before}. Aturan ini tidak dapat dikecualikan.",
            rule="urutan_keadaan",
        )
    return now


def _require_newest(target: Target) -> None:
    newer = (
        Target.objects.counted()
        .filter(
            year=target.year_id,
            indicator=target.indicator_id,
            breakdown=target.breakdown,
            region=target.region_id,
            person=target.person_id,
            version__gt=target.version,
        )
        .order_by("-version")
        .first()
    )
    if newer:
        raise Refusal(
            f"{_named(target)} sudah digantikan versi {newer.version} dengan nilai {angka(newer.value)}.",
            "Putuskan versi yang terbaru.",
            rule="versi_target",
        )


def _move(actor: User, target: Target, then: State, *changed: str, note: str = "") -> Target:
    was, target.state = target.state, then
    target.save(update_fields=["state", *changed])
    TargetStep.objects.create(
        target=target,
        region_id=target.region_id,
        was=was,
        became=then,
        actor=actor,
        actor_name=str(actor),
        note=note.strip()[:300],
    )
    act = "dikembalikan" if then == State.DRAFT else str(then.label)
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=target,
        region=target.region_id,
        summary=f"{_named(target)}: {angka(target.value)} {act}",
        reason=note.strip(),
    )
    return target


def _named(target: Target) -> str:
    return f"Target {target.year_id} {target.indicator.name} versi {target.version}"
