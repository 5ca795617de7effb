"""Lists and their lines; those that go through approval are in `tests/factories_lists.py`."""

from datetime import date

from assistance.models import Batch, Beneficiary, Disbursement
from pilar.core.models import Programme
from tests.factories.common import KOTA, serial


def make_batch(*, region: int = KOTA, programme: str = "PERMAKANAN", year: int = 2024, **fields) -> Batch:
    defaults = {
        "stage": f"Tahap {next(serial)}",
        "funding": "apbn",
        "sk_number": f"SK-{next(serial)}",
        "sk_date": date(year, 1, 15),
        "ceiling": 10**12,
    }
    return Batch.objects.create(
        region_id=region, programme=Programme.objects.get(code=programme), year_id=year, **{**defaults, **fields}
    )


def make_line(
    batch: Batch,
    person: Beneficiary,
    *,
    amount: int = 600_000,
    state: str = "salur",
    paid_on=date(2024, 3, 15),
    group: int = 12,
    region: int | None = None,
    **fields,
) -> Disbursement:
    if state == "transaksi":
        fields.setdefault("received_on", paid_on)
    return Disbursement.objects.create(
        batch=batch,
        year=batch.year_id,
        programme_id=batch.programme_id,
        beneficiary=person,
        group_id=group,
        region_id=person.region_id if region is None else region,
        amount=amount,
        state=state,
        paid_on=None if state == "sk" else paid_on,
        **{"decided_on": batch.sk_date if batch.approval in Batch.IN_FORCE else None, **fields},
    )
