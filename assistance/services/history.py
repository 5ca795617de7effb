"""The history row that each step of each machine leaves, written in the step's own transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistance.models import Step
from pilar.core.models import User


@dataclass(frozen=True)
class Move:
    """Attributes: was, became: states of one machine; on: the day it happened; reason: a code of `words.REASONS`."""

    was: str
    became: str
    on: date
    reason: str = ""
    note: str = ""


def step(*, actor: User | None, kind: Step.Kind, row: Any, move: Move) -> Step:
    """The unsaved history row of one step of `row`, which has region_id and programme_id.

    Save it with `record`; a set-based act builds many and records them at once.
    """
    return Step(
        kind=kind,
        object_id=row.pk,
        object_year=row.year if kind == Step.Kind.LINE else None,
        beneficiary_id=getattr(row, "beneficiary_id", None),
        programme_id=row.programme_id,
        region_id=row.region_id,
        was=move.was,
        became=move.became,
        on=move.on,
        actor_id=actor.pk if actor else None,
        actor_name=str(actor) if actor else "sistem",
        reason=move.reason,
        note=move.note[:300],
    )


def record(steps: Sequence[Step]) -> None:
    Step.objects.bulk_create(steps, batch_size=2000)
