"""Steps of an SK as the Dinsos of Kota Bengkulu and the ministry would take them."""

from datetime import date

from assistance.models import Decree, Step
from assistance.services import decrees as service
from assistance.tests.entries import TODAY
from pilar.core.models import BudgetYear, Programme, Region
from tests import factories as make

SK_DATE = date(2024, 2, 1)


def candidate(name: str = "Siti Aminah", *, programme: str = "PKH", region: int = make.SELEBAR, **fields):
    """A candidate of PKH, with a usulan found layak, whom no rule keeps out."""
    person = make.make_beneficiary(name=name, region=region, groups=[12])
    make.make_circumstance(person, "desil", "1")
    proposal = make.make_proposal(person, programme=programme)
    return make.make_participation(person, programme=programme, state="calon", proposal=proposal, **fields)


def history(row, kind="sk") -> list[tuple[str, str]]:
    return list(Step.objects.filter(kind=kind, object_id=row.pk).order_by("at", "id").values_list("was", "became"))


def entry(**changes) -> service.DecreeEntry:
    fields = {
        "programme": Programme.objects.get(code="PKH"),
        "year": BudgetYear.objects.get(year=2024),
        "region": Region.objects.get(pk=make.KOTA),
        "funding": "apbn",
        "title": "Penerima  PKH tahap 1",
    }
    return service.DecreeEntry(**{**fields, **changes})


def fill(cast, decree, **changes):
    return service.decree_fill(**{"actor": cast.owner, "decree": decree, "today": TODAY, **changes})


def propose(cast, decree, **changes):
    return service.decree_propose(**{"actor": cast.owner, "decree": decree, "today": TODAY, **changes})


def decide(cast, decree, **changes):
    given = {"actor": cast.staff, "decree": decree, "number": "460/7/2024", "sk_date": SK_DATE, "today": TODAY}
    return service.decree_decide(**{**given, **changes})


def send_back(cast, decree, **changes):
    given = {"actor": cast.staff, "decree": decree, "note": "periksa Siti", "today": TODAY}
    return service.decree_send_back(**{**given, **changes})


def proposed_decree(cast) -> Decree:
    """One name, proposed by the Dinsos of Kota Bengkulu, to be decided by the ministry."""
    draft = make.make_decree(programme="PKH")
    candidate()
    fill(cast, draft)
    return propose(cast, draft)
