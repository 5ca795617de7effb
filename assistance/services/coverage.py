"""Who stands in a list without a recent verval: final closing lists them (domain.md 4)."""

from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from assistance.models import Batch, Disbursement, Verification
from assistance.reading_verval import months_before


def unverified_lines(batch: Batch, *, on: date) -> QuerySet[Disbursement]:
    """Live lines whose person had no verval for this programme in the last VERVAL_VALID_MONTHS months."""
    seen = Verification.objects.filter(
        beneficiary=OuterRef("beneficiary"),
        programme=batch.programme_id,
        verified_on__gte=months_before(on, settings.VERVAL_VALID_MONTHS),
        verified_on__lte=on,
    )
    lines = Disbursement.objects.filter(batch=batch, year=batch.year_id).exclude(state__in=Disbursement.BACK)
    return lines.filter(~Exists(seen)).order_by("region_id", "id")
