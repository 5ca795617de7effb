"""The numbers a pillar asks for: put into force by command, asked by day.

Reference data is written by the owner's login only (`Access.REFERENCE`), so `service_rule_set` serves a command.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction

from personnel.models import ServiceRule, valid_on
from pilar.core import audit, regions
from pilar.core.formatting import tanggal
from pilar.core.models import Pillar

Kind = ServiceRule.Kind


@transaction.atomic
def service_rule_set(*, pillar: Pillar, kind: str, value: int, since: date, source: str) -> ServiceRule:
    """A new version; the old one ends the day before and stays.

    Raises ValidationError: no value, no source, a version that begins on that day or later.
    """
    if value <= 0:
        raise ValidationError({"value": "Nilainya harus lebih dari nol."})
    if not source.strip():
        raise ValidationError({"source": "Tulis sumbernya: nomor peraturan atau keputusan."})
    earlier = ServiceRule.objects.filter(pillar=pillar, kind=kind)
    if earlier.filter(valid_from__gte=since).exists():
        raise ValidationError({"since": f"Sudah ada aturan yang berlaku sejak {tanggal(since)} atau sesudahnya."})
    for row in earlier.filter(valid_until__isnull=True) | earlier.filter(valid_until__gte=since):
        row.valid_until = since - timedelta(days=1)
        row.save(update_fields=["valid_until"])
    rule = ServiceRule.objects.create(pillar=pillar, kind=kind, value=value, valid_from=since, source=source.strip())
    audit.record(
        actor=None,
        action=audit.Action.CREATE,
        target=rule,
        region=regions.NATION,
        summary=f"Aturan tugas {pillar.code}: {rule.get_kind_display()} {value} sejak {tanggal(since)}",
        reason=source.strip(),
    )
    return rule


def rules_of(pillar: Pillar | int, day: date) -> dict[str, ServiceRule]:
    """Kind -> the rule in force on that day. One query."""
    return {row.kind: row for row in ServiceRule.objects.filter(valid_on(day), pillar=pillar)}


def age_on(born: date, day: date) -> int:
    """Full years."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def age_finding(pillar: Pillar, born: date, recruited_on: date) -> str:
    """Why the age does not fit recruitment on that day, with the rule's source; empty when it does or no rule holds."""
    rules, age = rules_of(pillar, recruited_on), age_on(born, recruited_on)
    low, high = rules.get(Kind.MIN_AGE), rules.get(Kind.MAX_AGE)
    for rule, broken, word in (
        (low, low is not None and age < low.value, "paling sedikit"),
        (high, high is not None and age > high.value, "paling banyak"),
    ):
        if rule is not None and broken:
            return (
                f"Umurnya {age} tahun pada TMT {tanggal(recruited_on)}; untuk direkrut sebagai {pillar.name} "
                f"{word} {rule.value} tahun ({rule.source})."
            )
    return ""
