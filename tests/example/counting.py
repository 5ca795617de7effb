"""What the tests of the example data count."""

from datetime import date

from django.db.models import Count, Sum

from assistance.models import Disbursement
from personnel.models import Assignment, valid_on

END_2024 = date(2024, 12, 31)


def paid(**where):
    return Disbursement.objects.paid().filter(**where)


def total(region: int, **where) -> int:
    return paid(**where).within(region).aggregate(total=Sum("amount"))["total"] or 0


def headcount(region: int) -> dict[str, int]:
    held = Assignment.objects.filter(valid_on(END_2024)).within(region)
    return dict(held.order_by().values_list("pillar__code").annotate(Count("person", distinct=True)))
