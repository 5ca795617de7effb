"""Reads about ATENSI cases that both doors need: what the plan is worth, what was served, and how late money came."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from assistance.models import AtensiCase, AtensiItem, Disbursement
from pilar.core.scoping import narrow_choices


@dataclass
class Care:
    """Attributes:
    value: whole rupiah, the sum of the plan.
    first_paid: day of the first payment after the assessment, None while there is none.
    paid: whole rupiah paid since the assessment.
    """

    value: int = 0
    components: int = 0
    served: int = 0
    first_paid: date | None = None
    paid: int = 0
    items: list[AtensiItem] = field(default_factory=list)

    def lag(self, case: AtensiCase) -> int | None:
        """Days from assessment to first payment; None while nothing was paid."""
        return (self.first_paid - case.assessed_on).days if self.first_paid else None


def care_of(user: Any, cases: Sequence[AtensiCase]) -> dict[int, Care]:
    """Case id -> plan and payments, in three queries whatever the number of cases.

    A payment belongs to the person's latest case assessed on or before its day.
    """
    found = {case.pk: Care() for case in cases}
    for item in narrow_choices(AtensiItem.objects.filter(case__in=list(found)), user).order_by("component"):
        care = found[item.case_id]
        care.items.append(item)
        care.value += item.amount
        care.components += 1
        care.served += item.served_on is not None
    for pk, on, amount in _payments(user, {case.beneficiary_id for case in cases}):
        if care := found.get(pk):  # type: ignore[assignment]
            care.first_paid = min(care.first_paid or on, on)
            care.paid += amount
    return found


def _payments(user: Any, people: set[int]) -> list[tuple[int, date, int]]:
    """(case, day, rupiah) of every ATENSI payment of these people since their first assessment."""
    known = defaultdict(list)
    rows = narrow_choices(AtensiCase.objects.filter(beneficiary__in=people), user).order_by("assessed_on", "id")
    for pk, person, assessed_on in rows.values_list("pk", "beneficiary_id", "assessed_on"):
        known[person].append((assessed_on, pk))
    lines = narrow_choices(Disbursement.objects.paid(), user).filter(
        beneficiary__in=list(known), programme__code="ATENSI", paid_on__isnull=False
    )
    paid = []
    for person, day, amount in lines.order_by().values_list("beneficiary_id", "paid_on", "amount"):
        on = cast(date, day)
        before = [pk for assessed_on, pk in known[person] if assessed_on <= on]
        if before:
            paid.append((before[-1], on, amount))
    return paid
