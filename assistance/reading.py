"""Reads that both doors need: the sums of lists, and people found by name or NIK."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from assistance.models import Batch, Beneficiary, Disbursement, GroupMembership, Participation
from personnel.models import valid_on
from personnel.services.background import serving_relatives
from pilar.core import crypto, nik
from pilar.core.scoping import RegionScopedQuerySet

State = Disbursement.State
RETURNED = Q(state=State.RETURNED)
#: money that came back: returned, or deposited for good
BACK = Q(state__in=Disbursement.BACK)


@dataclass(frozen=True)
class Totals:
    """Sums of one list in whole rupiah, and how many lines wait for somebody.

    Attributes:
        decided: every live line, which is all but retur and setor_kas (ditetapkan menurut SK).
        paid: paid out and not come back (salur); received: money in hand (transaksi).
        returned: lines that came back (retur), deposited ones among them; deposited: those alone (setor_kas).
        waiting: decided, not paid out yet; unclaimed: paid out, not taken.
    """

    decided: int = 0
    paid: int = 0
    received: int = 0
    returned: int = 0
    deposited: int = 0
    lines: int = 0
    waiting: int = 0
    unclaimed: int = 0
    returned_lines: int = 0
    repaid_lines: int = 0
    deposited_lines: int = 0

    @property
    def returned_open(self) -> int:
        """Returned lines that nobody has paid again or deposited."""
        return self.returned_lines - self.repaid_lines

    @property
    def faults(self) -> int:
        """Lines that somebody must do something about."""
        return self.returned_open + self.waiting + self.unclaimed


NOTHING = Totals()


def totals_of(user: Any, batches: Sequence[Batch]) -> dict[int, Totals]:
    """Batch id -> its sums, in one query, whatever the number of lists."""
    rows: Any = (
        Disbursement.objects.visible_to(user)
        .filter(batch__in=[b.pk for b in batches], year__in={b.year_id for b in batches})
        .order_by()
        .values("batch_id")
        .annotate(
            decided_sum=Sum("amount", filter=~BACK, default=0),
            paid_sum=Sum("amount", filter=Q(state__in=Disbursement.PAID), default=0),
            received_sum=Sum("amount", filter=Q(state=State.RECEIVED), default=0),
            returned_sum=Sum("amount", filter=BACK, default=0),
            deposited_sum=Sum("amount", filter=Q(state=State.DEPOSITED), default=0),
            lines=Count("pk", filter=~BACK),
            waiting=Count("pk", filter=Q(state=State.DECIDED)),
            unclaimed=Count("pk", filter=Q(state=State.UNCLAIMED)),
            returned_lines=Count("pk", filter=RETURNED),
            repaid_lines=Count("repays_id", distinct=True),
            deposited_lines=Count("pk", filter=Q(state=State.DEPOSITED)),
        )
    )
    return {
        row.pop("batch_id"): Totals(**{name.removesuffix("_sum"): int(value) for name, value in row.items()})
        for row in rows
    }


def live_sum(batch: Batch) -> int:
    """Rupiah of all live lines of a list: what its ceiling is held against."""
    lines = Disbursement.objects.filter(batch=batch, year=batch.year_id).exclude(BACK)
    return int(lines.aggregate(total=Sum("amount", default=0))["total"])


def names_of(rows: RegionScopedQuerySet[Any], user: Any, ids: Iterable[int | None]) -> dict[int, str]:
    """Id -> name of those the user may see, in one query.

    Never joined in: a line stays in the area where it was paid while its beneficiary moves away, and an
    inner join would then take the line with the hidden person.
    """
    wanted = {pk for pk in ids if pk is not None}
    return dict(rows.visible_to(user).filter(pk__in=wanted).values_list("pk", "name")) if wanted else {}


def people_names(user: Any, ids: Iterable[int | None]) -> dict[int, str]:
    return names_of(Beneficiary.objects.all(), user, ids)


def people_called(user: Any, text: str) -> QuerySet[Beneficiary]:
    """Beneficiaries in the user's area whose name begins so."""
    return Beneficiary.objects.visible_to(user).named(text).select_related("region").order_by("name_key", "id")


def person_of_nik(user: Any, text: str) -> Beneficiary | None:
    """The person of that NIK in the user's area. Raises ValidationError when it cannot be a NIK."""
    index = crypto.blind_index(nik.validate(text))
    return Beneficiary.objects.visible_to(user).select_related("region").filter(nik_index=index).first()


def looks_like_nik(text: str) -> bool:
    """Digits, blanks and points only, at least one digit: nobody's name."""
    plain = text.replace(" ", "").replace(".", "")
    return plain.isascii() and plain.isdigit()


def only_programme(user: Any, person: Beneficiary | None) -> int | None:
    """The programme he receives from (id), when it is one: forms about him begin with it."""
    rows = Participation.objects.visible_to(user).filter(beneficiary=person).active()
    found = set(rows.values_list("programme_id", flat=True))
    return found.pop() if len(found) == 1 else None


def groups_of(user: Any, person: int, on: date) -> set[int]:
    """Ids of the 12 PAS to which the person belongs on that day, also by a sub-category, as far as the user sees."""
    rows = GroupMembership.objects.visible_to(user).filter(valid_on(on), beneficiary=person)
    return set(rows.values_list(Coalesce("group__parent_id", "group_id"), flat=True))


def sdm_kesos(people: Collection[int], on: date) -> set[int]:
    """Those beneficiaries (ids) who serve in a pillar on that day, wherever: OVERLAP SDM KESOS (domain.md 9).

    One query, past row security (`sql/sdm_kesos.sql`); the ids must have passed the gate.
    """
    if not people:
        return set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pilar_sdm_kesos(%s::bigint[], %s)", [list(people), on])
        return {row[0] for row in cursor.fetchall()}


def sdm_family(people: Collection[int], on: date) -> dict[int, str]:
    """Beneficiaries (ids) who are a close relative of somebody serving in a pillar on that day, and what they are.

    Two queries: the NIK of people who have passed the gate, and the question of the personnel app past row security.
    """
    if not people:
        return {}
    indexes = {row.pk: bytes(row.nik_index) for row in Beneficiary.objects.filter(pk__in=people).only("nik_index")}
    related = serving_relatives(list(indexes.values()), on)
    return {pk: str(related[index].label) for pk, index in indexes.items() if index in related}
