from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from assistance.models import Batch
from assistance.services.entry import require_entry, require_valid, save_checked
from pilar.core import audit
from pilar.core.formatting import rupiah, tanggal
from pilar.core.models import BudgetYear, Programme, Region, User


@dataclass(frozen=True)
class BatchEntry:
    """What an officer writes about a new list; `ceiling` is whole rupiah, `funding` one of Batch.Funding."""

    programme: Programme
    year: BudgetYear
    stage: str
    region: Region
    funding: str
    sk_number: str
    sk_date: date
    ceiling: int


@transaction.atomic
def batch_create(*, actor: User, entry: BatchEntry, today: date) -> Batch:
    """Opens a list. Lists of any funding source may be entered: they record what was decided and paid.

    Raises:
        Refusal: no right to enter in the region or for the programme.
        ValidationError: SK of a day to come, ceiling not above zero, or a list entered already.
    """
    require_entry(actor, entry.region.code, entry.programme)
    require_valid(entry.region, today=today)
    if entry.sk_date > today:
        raise ValidationError({"sk_date": f"Tanggal SK {tanggal(entry.sk_date)} belum tiba."})
    batch = Batch(
        programme=entry.programme,
        year=entry.year,
        stage=entry.stage.strip(),
        region=entry.region,
        funding=entry.funding,
        sk_number=entry.sk_number.strip(),
        sk_date=entry.sk_date,
        ceiling=entry.ceiling,
        responsible=actor,
    )
    save_checked(batch)
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=batch,
        region=batch.region_id,
        summary=f"Daftar {batch}: SK {batch.sk_number}, pagu {rupiah(batch.ceiling)}",
    )
    return batch
