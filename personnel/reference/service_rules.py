"""Ages and terms that a regulation or an official names (domain.md 2.2, 2.3, grade B); in force from that source.

No caseload is loaded: the sources name 200, 250, 300 and 350 families for one PKH companion (domain.md 2.1), so the
ministry's own number is put in with `manage.py set_service_rule`.
"""

from dataclasses import dataclass
from datetime import date

from personnel.models import ServiceRule
from pilar.core.reference.catalogue import TAGANA, TKSK
from pilar.core.reference.registry import register

Kind = ServiceRule.Kind
PERMENSOS_28 = date(2018, 11, 30)


@dataclass(frozen=True)
class Rule:
    pillar: int
    kind: Kind
    value: int
    since: date
    source: str


RULES = (
    Rule(TKSK, Kind.MIN_AGE, 20, PERMENSOS_28, "Permensos 28/2018 pasal 9 huruf a"),
    Rule(TKSK, Kind.MAX_AGE, 35, PERMENSOS_28, "Permensos 28/2018 pasal 9 huruf a"),
    Rule(TKSK, Kind.MAX_TERM, 5, PERMENSOS_28, "Permensos 28/2018 pasal 20"),
    Rule(TAGANA, Kind.MIN_AGE, 18, date(2017, 10, 25), "Republika, 25 Okt 2017: Tagana direkrut umur 18–45 tahun"),
    Rule(TAGANA, Kind.MAX_AGE, 45, date(2017, 10, 25), "Republika, 25 Okt 2017: Tagana direkrut umur 18–45 tahun"),
)


@register("aturan tugas")
def load_service_rules() -> int:
    known = set(ServiceRule.objects.values_list("pillar_id", "kind", "valid_from"))
    before = ServiceRule.objects.count()
    # a version that an administrator put in the same period stays: the database keeps one at a time
    ServiceRule.objects.bulk_create(
        (
            ServiceRule(
                pillar_id=rule.pillar, kind=rule.kind, value=rule.value, valid_from=rule.since, source=rule.source
            )
            for rule in RULES
            if (rule.pillar, rule.kind, rule.since) not in known
        ),
        ignore_conflicts=True,
    )
    return ServiceRule.objects.count() - before
