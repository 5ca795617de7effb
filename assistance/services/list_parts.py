"""What the acts on lists share: the list held until the act ends, and writing it down."""

from assistance.models import Batch, Step
from assistance.services.authority import require_decider
from assistance.services.entry import require_entry
from assistance.services.history import Move, record, step
from assistance.services.line_parts import visible_batch
from pilar.core import audit
from pilar.core.models import User

THIS_LIST = "daftar ini"


def held(actor: User, batch: Batch) -> Batch:
    """The list as it is now, for whoever enters data there. Raises Refusal: unseen, no right."""
    batch = visible_batch(actor, batch.pk)
    require_entry(actor, batch.region_id, batch.programme)
    return _locked(actor, batch)


def held_by_decider(actor: User, batch: Batch, *, four_eyes: bool = True) -> Batch:
    """The list as it is now, for the approver of the level that funds it. Raises Refusal.

    Without `four_eyes` the proposer may be the approver too (a ceiling revision, which has its own document).
    """
    return _locked(actor, visible_batch(actor, batch.pk), deciding=four_eyes)


def _locked(actor: User, batch: Batch, *, deciding: bool | None = None) -> Batch:
    """Asked before the lock, whose policy would hide the row from whoever may not write, and again on what it holds."""
    if deciding is not None:
        _require_decider(actor, batch, four_eyes=deciding)
    rows = Batch.objects.visible_to(actor).select_related("programme", "year", "region")
    batch = rows.select_for_update(of=("self",), no_key=True).get(pk=batch.pk)
    if deciding is not None:
        _require_decider(actor, batch, four_eyes=deciding)
    return batch


def _require_decider(actor: User, batch: Batch, *, four_eyes: bool) -> None:
    require_decider(
        actor,
        funding=batch.funding,
        region=batch.region_id,
        programme=batch.programme,
        proposed_by=batch.proposed_by_id if four_eyes else None,
        what=THIS_LIST,
    )


def written(actor: User, batch: Batch, move: Move, what: str, *, reason: str = "") -> Batch:
    """Saves the list in its new state, its history row and the audit event."""
    batch.version += 1
    batch.save()
    record([step(actor=actor, kind=Step.Kind.BATCH, row=batch, move=move)])
    audit.record(
        actor=actor,
        action=audit.Action.CHANGE,
        target=batch,
        region=batch.region_id,
        summary=f"Daftar {batch}: {what}",
        reason=reason or move.note,
    )
    return batch
