"""Who stands in a list without a recent verval: final closing lists them (domain.md 4)."""

from datetime import date

from django.conf import settings
from django.db.models import QuerySet

from assistance.models import Batch, Disbursement
from assistance.reading_verval import fresh


def unverified_lines(batch: Batch, *, on: date) -> QuerySet[Disbursement]:
    """Live lines whose person had no verval for this programme in the last VERVAL_VALID_MONTHS months."""
    lines = Disbursement.objects.filter(batch=batch, year=batch.year_id).exclude(state__in=Disbursement.BACK)
    return lines.filter(~fresh(on=on, months=settings.VERVAL_VALID_MONTHS)).order_by("region_id", "id")
