"""Which stages of payment reached a kecamatan and were looked at by nobody: the TKSK's own work list."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest

from assistance.models import Batch, Disbursement
from assistance.views.marks import list_name
from personnel.kinds import MONITORING
from personnel.models import Activity
from pilar.core import regions
from pilar.core.panels import Panel, register
from pilar.core.regions import Level
from pilar.core.scoping import narrow_choices, reach_of


@dataclass(frozen=True)
class Monitored:
    """Lists with money that went out in a kecamatan, apart by whether a verified visit names them."""

    seen: list[Batch]
    unseen: list[Batch]


def monitored(user: Any, region: int, year: int) -> Monitored:
    """Two queries, as far as the reader sees lists and visits."""
    paid = Disbursement.objects.within(region).filter(batch=OuterRef("pk"), year=OuterRef("year_id"))
    paid = paid.filter(state__in=Disbursement.PAID)
    lists = narrow_choices(Batch.objects.select_related("programme"), user)
    found = list(lists.filter(Exists(paid), year=year, region__in=regions.path(region)).order_by("programme_id", "id"))
    visits = Activity.objects.verified().within(region)
    visits = visits.filter(kind__code=MONITORING, batch_id__in=[batch.pk for batch in found])
    known = set(narrow_choices(visits, user).values_list("batch_id", flat=True))
    return Monitored([b for b in found if b.pk in known], [b for b in found if b.pk not in known])


def unmonitored(request: HttpRequest, board: Any) -> dict[str, Any] | None:
    """On the page of a kecamatan, for whoever's grant covers it, when money went out there in the year."""
    code = board.region.code
    if board.region.level != Level.DISTRICT or not reach_of(request.user).covers(code):
        return None
    found = monitored(request.user, code, board.year)
    if not found.seen and not found.unseen:
        return None
    return {
        "seen": len(found.seen),
        "rows": [{"name": list_name(row), "pk": row.pk} for row in found.unseen],
    }


register(Panel("dashboard", "Pemantauan penyaluran", 20, "assistance/panel_monitoring.html", unmonitored))
