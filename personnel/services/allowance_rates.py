"""Putting an amount of tali asih into force: a new version, the old one ends the day before and stays.

Reference data is written by the owner's login only (`Access.REFERENCE`), so this serves a command, not a page.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from personnel.models import AllowanceRate
from pilar.core import audit
from pilar.core.formatting import rupiah, tanggal
from pilar.core.models import Pillar, Region


@transaction.atomic
def rate_set(*, pillar: Pillar, region: Region, amount: int, since: date, source: str) -> AllowanceRate:
    """Rupiah a month in that area from that day on.

    Raises ValidationError: no amount, no source, a version that begins on that day or later.
    """
    if amount <= 0:
        raise ValidationError({"amount": "Jumlah per bulan harus lebih dari nol."})
    if not source.strip():
        raise ValidationError({"source": "Tulis sumbernya: nomor surat atau keputusan."})
    earlier = AllowanceRate.objects.filter(pillar=pillar, region=region)
    if earlier.filter(valid_from__gte=since).exists():
        raise ValidationError({"since": f"Sudah ada besaran yang berlaku sejak {tanggal(since)} atau sesudahnya."})
    for row in earlier.filter(valid_until__isnull=True) | earlier.filter(valid_until__gte=since):
        row.valid_until = since - timedelta(days=1)
        row.save(update_fields=["valid_until"])
    rate = AllowanceRate.objects.create(
        pillar=pillar, region=region, amount=amount, valid_from=since, source=source.strip()
    )
    audit.record(
        actor=None,
        action=audit.Action.CREATE,
        target=rate,
        region=region.pk,
        summary=f"Tali asih {pillar.code} di {region}: {rupiah(amount)} sebulan sejak {tanggal(since)}",
        reason=source.strip(),
    )
    return rate
