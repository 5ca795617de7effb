"""What this app warns of: companions who serve and have no verified activity."""

from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse

from personnel.idle import serving_since, without_activity
from personnel.models import Assignment, Personnel
from pilar.core import regions
from pilar.core.formatting import angka
from pilar.core.scoping import narrow_choices
from pilar.core.warnings import Ask, Row, Warned, Watcher, register

NAMED, COUNTED = 10, 1000  # names shown, and how far the count goes


def idle_companions(ask: Ask) -> list[Warned]:
    """One warning with the first names; the list shows all. The nation's dashboard leaves it to the page."""
    if ask.glance and ask.region.code == regions.NATION:
        return []
    days = settings.IDLE_DAYS
    serving = Assignment.objects.filter(serving_since(ask.today, days)).within(ask.region.code)
    held = narrow_choices(serving, ask.user).filter(person=OuterRef("pk"))
    people = narrow_choices(Personnel.objects.all(), ask.user).filter(Exists(held))
    idle = without_activity(people, ask.user, ask.today, days)
    first = list(idle.select_related("region").order_by("name_key", "id")[: NAMED + 1])
    if not first:
        return []
    many = len(first) if len(first) <= NAMED else idle[: COUNTED + 1].count()
    said = f"Lebih dari {angka(COUNTED)}" if many > COUNTED else angka(many)
    query = urlencode({"region": regions.slug(ask.region.code), "tanpa_kegiatan": days})
    if ask.region.code == regions.NATION:
        query = urlencode({"tanpa_kegiatan": days})
    return [
        Warned(
            sentence=f"{said} pendamping bertugas tanpa kegiatan terverifikasi dalam {days} hari terakhir.",
            url=f"{reverse('personnel-list')}?{query}",
            api=f"{reverse('api-personnel-list')}?{query}",
            rows=tuple(
                Row(person.name, person.region.name, reverse("personnel-detail", args=[person.pk]))
                for person in first[:NAMED]
            ),
        )
    ]


register(
    Watcher(
        kind="tanpa_kegiatan",
        title="Pendamping tanpa kegiatan",
        order=40,
        meaning="Orang yang sudah bertugas selama itu, di pilar perorangan, tanpa satu pun kegiatan terverifikasi.",
        find=idle_companions,
    )
)
