"""What this app warns of: idle companions, SK and terms that end, kecamatan without a TKSK."""

from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from personnel.idle import serving_since, without_activity
from personnel.models import Assignment, Competence, Personnel, valid_on
from personnel.terms import certificate_ending, sk_ending, term_ending, term_rules
from personnel.vacancies import TKSK, ever_recorded, vacant
from pilar.core import regions
from pilar.core.formatting import angka
from pilar.core.models import Pillar
from pilar.core.scoping import narrow_choices
from pilar.core.warnings import Ask, Row, Warned, Watcher, register

NAMED, COUNTED = 10, 1000  # names shown, and how far the count goes


def _elsewhere(ask: Ask) -> bool:
    """The nation's dashboard must stay quick: what reads all its people is left to the page of warnings."""
    return ask.glance and ask.region.code == regions.NATION


def _place(ask: Ask) -> dict[str, str]:
    return {} if ask.region.code == regions.NATION else {"region": regions.slug(ask.region.code)}


def _said(first: int, rows: QuerySet[Personnel]) -> str:
    many = first if first <= NAMED else rows[: COUNTED + 1].count()
    return f"Lebih dari {angka(COUNTED)}" if many > COUNTED else angka(many)


def _people(ask: Ask, held: Q) -> QuerySet[Personnel]:
    """People in sight with such an assignment in the area."""
    rows = narrow_choices(Assignment.objects.filter(held).within(ask.region.code), ask.user)
    people = narrow_choices(Personnel.objects.all(), ask.user)
    return people.filter(Exists(rows.filter(person=OuterRef("pk"))))


def _warned(ask: Ask, people: QuerySet[Personnel], sentence: str, **query: int) -> list[Warned]:
    """One warning with the first names; the list shows all. `sentence` begins with how many."""
    first = list(people.select_related("region").order_by("name_key", "id")[: NAMED + 1])
    if not first:
        return []
    asked = urlencode(_place(ask) | query)
    return [
        Warned(
            sentence=f"{_said(len(first), people)} {sentence}",
            url=f"{reverse('personnel-list')}?{asked}",
            api=f"{reverse('api-personnel-list')}?{asked}",
            rows=tuple(
                Row(person.name, person.region.name, reverse("personnel-detail", args=[person.pk]))
                for person in first[:NAMED]
            ),
        )
    ]


def idle_companions(ask: Ask) -> list[Warned]:
    if _elsewhere(ask):
        return []
    days = settings.IDLE_DAYS
    idle = without_activity(_people(ask, serving_since(ask.today, days)), ask.user, ask.today, days)
    sentence = f"pendamping bertugas tanpa kegiatan terverifikasi dalam {days} hari terakhir."
    return _warned(ask, idle, sentence, tanpa_kegiatan=days)


def ending_decrees(ask: Ask) -> list[Warned]:
    if _elsewhere(ask):
        return []
    days = settings.SK_WARNING_DAYS
    people = _people(ask, sk_ending(ask.today, days))
    return _warned(ask, people, f"orang bertugas dengan SK yang berakhir dalam {days} hari, atau sudah.", sk_habis=days)


def ending_terms(ask: Ask) -> list[Warned]:
    rules = [] if _elsewhere(ask) else term_rules(ask.today)
    if not rules:
        return []
    days = settings.TERM_WARNING_DAYS
    limits = "; ".join(f"{rule.pillar.code} {rule.value} tahun" for rule in rules)
    people = _people(ask, term_ending(rules, ask.today, days))
    sentence = f"orang mencapai masa tugas paling lama ({limits}) dalam {days} hari, atau sudah."
    return _warned(ask, people, sentence, masa_tugas=days)


def ending_certificates(ask: Ask) -> list[Warned]:
    """Of people who serve; the list is asked for by the same condition."""
    if _elsewhere(ask):
        return []
    days = settings.SK_WARNING_DAYS
    ending = narrow_choices(Competence.objects.filter(certificate_ending(ask.today, days)), ask.user)
    people = _people(ask, valid_on(ask.today)).filter(Exists(ending.filter(person=OuterRef("pk"))))
    return _warned(ask, people, f"orang memegang sertifikat yang berakhir dalam {days} hari.", sertifikat_habis=days)


def vacant_districts(ask: Ask) -> list[Warned]:
    """Silent where no TKSK was ever recorded: there the data are missing, and the page says so."""
    pillar = None if _elsewhere(ask) else Pillar.objects.filter(code=TKSK).first()
    if pillar is None or not ever_recorded(ask.user, pillar, within=ask.region.code):
        return []
    found = vacant(ask.user, pillar, within=ask.region.code, day=ask.today)
    first = list(found[: NAMED + 1])
    if not first:
        return []
    query = urlencode({"pilar": TKSK, **_place(ask)})
    many = len(first) if len(first) <= NAMED else found.count()
    return [
        Warned(
            sentence=f"{angka(many)} kecamatan tanpa TKSK yang bertugas.",
            url=f"{reverse('personnel-vacancy')}?{query}",
            api=f"{reverse('api-vacancy-list')}?{query}",
            rows=tuple(Row(place.name, "", reverse("personnel-vacancy") + f"?{query}") for place in first[:NAMED]),
        )
    ]


for kind, title, order, meaning, find in (
    (
        "tanpa_kegiatan",
        "Pendamping tanpa kegiatan",
        40,
        "Orang yang sudah bertugas selama itu, di pilar perorangan, tanpa satu pun kegiatan terverifikasi.",
        idle_companions,
    ),
    (
        "sk_habis",
        "SK yang berakhir",
        41,
        "Penugasan yang berjalan, dengan SK yang segera berakhir atau sudah berakhir.",
        ending_decrees,
    ),
    (
        "masa_tugas",
        "Masa tugas yang habis",
        42,
        "Penugasan yang berjalan dan mencapai masa tugas paling lama menurut aturan pilarnya, dihitung dari TMT.",
        ending_terms,
    ),
    (
        "sertifikat_habis",
        "Sertifikat yang berakhir",
        44,
        "Sertifikat orang yang sedang bertugas, yang segera berakhir.",
        ending_certificates,
    ),
    (
        "tanpa_tksk",
        "Kecamatan tanpa TKSK",
        43,
        "Kecamatan tanpa TKSK yang bertugas hari ini, di daerah yang pernah mencatat TKSK.",
        vacant_districts,
    ),
):
    register(Watcher(kind=kind, title=title, order=order, meaning=meaning, find=find))
