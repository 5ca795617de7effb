"""Who stands in a list without a recent verval: final closing lists them (domain.md 4)."""

from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from assistance.models import Batch, Disbursement, Step
from assistance.reading_verval import fresh


def unverified_lines(batch: Batch, *, on: date) -> QuerySet[Disbursement]:
    """Live lines whose person had no verval for this programme in the last VERVAL_VALID_MONTHS months."""
    lines = Disbursement.objects.filter(batch=batch, year=batch.year_id).exclude(state__in=Disbursement.BACK)
    return lines.filter(~fresh(on=on, months=settings.VERVAL_VALID_MONTHS)).order_by("region_id", "id")


def not_accepted(batch: Batch, *, on: date) -> QuerySet[Disbursement]:
    """Unverified lines without those whom an approver accepted, who were unverified on the day he did.

    By person, not by number: while one of them is verified, somebody else's verval may lapse.
    """
    rows = unverified_lines(batch, on=on)
    if batch.unverified_accepted_by_id is None:
        return rows
    approved = Batch.Approval.APPROVED
    steps = Step.objects.filter(kind=Step.Kind.BATCH, object_id=batch.pk, was=approved, became=approved)
    accepted = steps.order_by("on").values_list("on", flat=True).last()
    return rows if accepted is None else rows.filter(fresh(on=accepted, months=settings.VERVAL_VALID_MONTHS))
