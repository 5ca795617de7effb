"""Many targets from one sheet: areas down, indicators across, saved row by row as drafts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from pilar.core.errors import Refusal
from pilar.core.models import User
from pilar.core.scoping import narrow_choices
from targets.models import Indicator, Target
from targets.services.plan import Aim, target_draft, target_drop

#: area, indicator and breakdown
Place = tuple[int, int, int]


@dataclass(frozen=True)
class CellEntry:
    """Attributes:
    value: in the indicator's unit; None for an emptied cell.
    seen: the version the actor had before him (0: none); None skips that check.
    """

    region: int
    indicator: Indicator
    breakdown: int
    value: int | None
    seen: int | None = None

    @property
    def place(self) -> Place:
        return self.region, self.indicator.pk, self.breakdown


@dataclass
class Saved:
    """How many cells changed, and what was refused where; a row with a fault is not saved at all."""

    changed: int = 0
    faults: dict[Place, str] = field(default_factory=dict)


class _RowFailed(Exception):
    """Takes the row's other cells back."""


def newest_of(user: User, year: int, areas: Sequence[int], indicators: Sequence[Indicator]) -> dict[Place, Target]:
    """The newest version of each target the reader sees, drafts included; one query."""
    rows = narrow_choices(Target.objects.all(), user).filter(
        year=year, region__in=areas, indicator__in=indicators, person__isnull=True
    )
    return {(t.region_id, t.indicator_id, t.breakdown): t for t in rows.order_by("version")}


def sheet_save(*, actor: User, year: int, cells: Sequence[CellEntry], source: str, reason: str, today: date) -> Saved:
    """Drafts every cell that differs from its newest version; an emptied one drops its draft.

    Each row by itself: a fault in one cell keeps its row from being saved and is told at that cell.
    """
    saved = Saved()
    rows: dict[int, list[CellEntry]] = defaultdict(list)
    for cell in cells:
        rows[cell.region].append(cell)
    newest = newest_of(actor, year, list(rows), list({c.indicator.pk: c.indicator for c in cells}.values()))
    for row in rows.values():
        faults: dict[Place, str] = {}
        changed = 0
        try:
            with transaction.atomic():
                for cell in row:
                    try:
                        changed += _save(actor, year, cell, newest.get(cell.place), source, reason, today)
                    except (Refusal, ValidationError) as error:
                        faults[cell.place] = _sentence(error)
                if faults:
                    raise _RowFailed
        except _RowFailed:
            saved.faults |= faults
        else:
            saved.changed += changed
    return saved


def _save(actor: User, year: int, cell: CellEntry, now: Target | None, source: str, reason: str, today: date) -> bool:
    """Whether anything changed."""
    if cell.value is None:
        if now is not None:
            target_drop(actor=actor, target=now)
        return now is not None
    if now is not None and now.value == cell.value:
        return False
    aim = Aim(year, cell.region, cell.indicator, cell.breakdown)
    target_draft(
        actor=actor,
        aim=aim,
        value=cell.value,
        source=source,
        reason=reason,
        seen_version=cell.seen,
        today=today,
    )
    return True


def _sentence(error: Refusal | ValidationError) -> str:
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
