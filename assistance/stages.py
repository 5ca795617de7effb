"""Lists of payments that a monitoring visit of a TKSK may name: those with lines in the place that it looked at."""

from typing import Any

from django.db.models import Exists, OuterRef

from assistance.models import Batch, Disbursement
from assistance.views.marks import list_name
from personnel.kinds import Stage, register_stages
from pilar.core import regions
from pilar.core.models import Region
from pilar.core.scoping import narrow_choices

OFFERED = 40


@register_stages
def stages_at(region: Region, user: Any) -> list[Stage]:
    """Lists in force as far as the reader sees them, the newest first. One query."""
    lines = Disbursement.objects.within(region.pk).filter(batch=OuterRef("pk"), year=OuterRef("year_id"))
    lists = narrow_choices(Batch.objects.select_related("programme"), user)
    lists = lists.filter(Exists(lines), approval__in=Batch.IN_FORCE, region__in=regions.path(region.pk))
    return [Stage(row.pk, list_name(row), row.programme_id) for row in lists.order_by("-year_id", "-id")[:OFFERED]]
