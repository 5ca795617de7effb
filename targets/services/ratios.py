"""Making a ratio: reference data that the ministry sets."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from pilar.core import audit, regions
from pilar.core.models import User
from pilar.core.rights import Right
from pilar.core.scoping import require
from targets.models import Indicator, Ratio


@dataclass(frozen=True)
class RatioEntry:
    """Attributes: aim: whole percent, or None together with an empty `aim_source`."""

    code: str
    name: str
    part: Indicator
    whole: Indicator
    direction: str
    definition: str
    aim: int | None = None
    aim_source: str = ""


@transaction.atomic
def ratio_make(*, actor: User, entry: RatioEntry) -> Ratio:
    """Raises Refusal (who may not change reference data) or ValidationError (two measures that do not fit, an aim)."""
    require(actor, Right.REFERENCE, regions.NATION)
    if entry.part.dim != entry.whole.dim or entry.part.unit != entry.whole.unit:
        raise ValidationError(
            {"whole": "Pilih dua indikator dengan rincian dan satuan yang sama, misalnya keduanya per program."}
        )
    ratio = Ratio(
        code=entry.code.strip().lower(),
        name=" ".join(entry.name.split()),
        part=entry.part,
        whole=entry.whole,
        direction=entry.direction,
        aim=entry.aim,
        aim_source=entry.aim_source.strip(),
        definition=entry.definition.strip(),
        set_by=actor,
    )
    ratio.full_clean()
    ratio.save()
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=ratio,
        region=regions.NATION,
        summary=f"Rasio {ratio.name}: {ratio.part.name} dari {ratio.whole.name}",
        reason=ratio.aim_source,
    )
    return ratio
