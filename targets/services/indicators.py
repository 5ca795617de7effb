"""Adding an indicator over a declared measure.

Reference data is written by the owner's login only (`Access.REFERENCE`), so this serves a command, not a page.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from pilar.core import audit, regions
from pilar.core.measures import Dim, all_measures
from targets.models import Indicator


@dataclass(frozen=True)
class IndicatorEntry:
    """Attributes: measure: code of a declared measure; dim: "PROGRAMME", "PILLAR" or "GROUP"."""

    code: str
    name: str
    measure: str
    dim: str
    definition: str
    fewer_is_better: bool = False


@transaction.atomic
def indicator_make(*, entry: IndicatorEntry) -> Indicator:
    """Counted at once: its figures are those of the measure. The unit is the measure's.

    Raises ValidationError: unknown measure, a breakdown that it is not counted by, a code that is there, no definition.
    """
    measure = next((m for m in all_measures() if m.code == entry.measure), None)
    if measure is None:
        known = ", ".join(m.code for m in all_measures())
        raise ValidationError({"measure": f"Ukuran {entry.measure} tidak ada. Yang ada: {known}."})
    dims = [dim.name for dim in Dim if dim in measure.dims and dim != Dim.ALL]
    if entry.dim not in dims:
        raise ValidationError({"dim": f"Ukuran {entry.measure} dirinci menurut {' atau '.join(dims)}."})
    indicator = Indicator(
        id=(Indicator.objects.aggregate(last=Max("id"))["last"] or 0) + 1,
        code=entry.code.strip().upper(),
        name=entry.name.strip(),
        measure=measure.code,
        dim=Dim[entry.dim],
        unit=measure.unit,
        direction=Indicator.Direction.DOWN if entry.fewer_is_better else Indicator.Direction.UP,
        definition=entry.definition.strip(),
    )
    indicator.full_clean()
    indicator.save(force_insert=True)
    audit.record(
        actor=None,
        action=audit.Action.CREATE,
        target=indicator,
        region=regions.NATION,
        summary=f"Indikator {indicator.code}: {indicator.name}, ukuran {measure.code} per {entry.dim}",
    )
    return indicator
