"""Activities as the tests of both doors enter them: a companion of Selebar and what he did."""

from datetime import date

from personnel.models import ActivityKind
from personnel.services.activities import ActivityEntry
from pilar.core.models import Pillar, Region
from tests import factories as make

TODAY = date(2024, 6, 20)
P2K2 = {"modul": "Kesehatan dan gizi", "anggota": 30}


def companion(name: str = "Rina Marlina", *, pillar: str = "PKH", **fields):
    person = make.make_person(name=name)
    make.make_assignment(person, pillar=pillar, position="Pendamping sosial", **fields)
    return person


def entry(person, **changes) -> ActivityEntry:
    given = {
        "person": person,
        "pillar": Pillar.objects.get(code=changes.pop("pillar", "PKH")),
        "kind": ActivityKind.objects.get(code=changes.pop("kind", "p2k2")),
        "date": date(2024, 6, 10),
        "region": Region.objects.get(pk=changes.pop("region", make.SELEBAR)),
        "quantity": 25,
        "groups": [12],
        "details": P2K2,
    }
    return ActivityEntry(**given | changes)
