"""One act, one record: what is done in the apps above is an activity of whoever did it, and is never entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from personnel.models import Activity, ActivityKind, Assignment
from personnel.services.activity_parts import HIGHER_ADMIN, holds, record
from personnel.timeline import runs_on
from pilar.core.errors import Refusal
from pilar.core.models import BudgetYear, User
from pilar.core.rights import Right


@dataclass(frozen=True)
class ActDone:
    """An act of an app above.

    Attributes:
        key: names the act for good, e.g. "verval:12"; the database lets it make one activity.
        kind: code of a kind with `by_hand=False`.
        by: the assignment of whoever did it, on the day.
        groups: PAS groups of whoever it was done for.
    """

    key: str
    kind: str
    by: Assignment
    on: date
    region: int
    programme: int
    groups: Sequence[int] = ()
    quantity: int = 1


def activity_of_act(*, actor: User, done: ActDone, today: date) -> Activity | None:
    """In the act's own transaction: verified by the officer who records the act, who is not the one who did it.

    None when nobody can be credited: the year is not open, or the assignment does not hold on that day.
    Raises Refusal when the officer's grant leaves that pillar out.
    """
    if not runs_on(done.by, done.on) or not BudgetYear.objects.filter(pk=done.on.year).exists():
        return None
    pillar = done.by.pillar_id
    if not any(holds(actor, right, done.region, pillar, done.programme) for right in (Right.ENTER, Right.VERIFY)):
        raise Refusal(
            f"Wewenang Anda di wilayah ini tidak mencakup pilar petugas itu ({done.by.pillar.name}), padahal "
            "tindakannya dihitung sebagai kegiatannya.",
            f"Pilih petugas pilar Anda. Wewenang diatur oleh {HIGHER_ADMIN}.",
            rule="wewenang",
        )
    row = Activity.objects.create(
        act=done.key,
        kind=ActivityKind.objects.get(code=done.kind),
        person_id=done.by.person_id,
        pillar_id=pillar,
        programme_id=done.programme,
        region_id=done.region,
        date=done.on,
        year=done.on.year,
        target_groups=sorted(set(done.groups)),
        quantity=done.quantity,
        state=Activity.State.VERIFIED,
        verified_by=actor,
    )
    record(actor, row, "", on=today)
    return row
