"""What is known of a person as of a day, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from assistance.models import Beneficiary, Circumstance
from assistance.services.entry import day_within, require_entry, save_checked
from assistance.words import CIRCUMSTANCES, SEEN_ON_THE_SPOT
from pilar.core import audit
from pilar.core.formatting import tanggal
from pilar.core.models import User

DEATH = "meninggal"


@dataclass(frozen=True)
class CircumstanceEntry:
    """Attributes: kind and value of `words.CIRCUMSTANCES`; source: who or which release says so."""

    kind: str
    value: str
    as_of: date | None
    source: str


@transaction.atomic
def circumstance_record(*, actor: User, person: Beneficiary, entry: CircumstanceEntry, today: date) -> Circumstance:
    """Adds what is known as of a day; what was known before stays readable. A death ends what the person takes part in.

    Raises Refusal without the right, ValidationError for an unknown kind or value, a day before the birth
    or ahead, an empty source, or the same kind on the same day.
    """
    require_entry(actor, person.region_id)
    if entry.kind not in CIRCUMSTANCES:
        raise ValidationError({"kind": f"Perihal “{entry.kind}” tidak dikenal. Pilih: {', '.join(CIRCUMSTANCES)}."})
    label, values = CIRCUMSTANCES[entry.kind]
    if entry.value not in values:
        raise ValidationError({"value": f"{label}: pilih salah satu dari {', '.join(values.values())}."})
    if not entry.source.strip():
        raise ValidationError({"source": "Tulis sumbernya, misalnya rilis DTSEN Oktober 2026 atau akta kematian."})
    day = day_within("as_of", entry.as_of, earliest=person.birth_date, why="tanggal lahir", today=today)
    row = _saved(actor, person, entry, day)
    if entry.kind == DEATH and _dead(person):
        _end_of_life(actor, row)
    return row


def _dead(person: Beneficiary) -> bool:
    """By the latest that is known: a correction of a later day stands."""
    known = Circumstance.objects.filter(beneficiary=person, kind=DEATH).order_by("-as_of", "-id")
    return known.values_list("value", flat=True).first() == "ya"


def _end_of_life(actor: User, death: Circumstance) -> None:
    """Open participations end that day, wherever they are (`sql/end_of_life.sql`); one audit event for all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.name, e.ended_on FROM pilar_end_of_life(%s, %s, %s, %s, %s) e "
            "JOIN core_programme p ON p.id = e.programme",
            [death.beneficiary_id, death.as_of, death.source, actor.pk, str(actor)],
        )
        ended = [f"{programme} per {tanggal(day)}" for programme, day in cursor.fetchall()]
    if ended:
        audit.record(
            actor=actor,
            action=audit.Action.CHANGE,
            target=death,
            region=death.region_id,
            summary=f"Kepesertaan {death.beneficiary.name} berakhir karena meninggal dunia: {'; '.join(ended)}",
            reason=death.source,
        )


def circumstances_seen(*, actor: User, person: Beneficiary, facts: Mapping[str, str], on: date, source: str) -> None:
    """What a verval found out (kind -> value), written down with it by whoever may write down the verval.

    `require_seen` was asked. Raises ValidationError when one of that kind is known of that day.
    """
    for kind, value in facts.items():
        _saved(actor, person, CircumstanceEntry(kind, value, on, source), on)


def require_seen(facts: Mapping[str, str]) -> None:
    """Raises ValidationError for what nobody sees on the spot, or a value that its kind does not know."""
    for kind, value in facts.items():
        if kind not in SEEN_ON_THE_SPOT or value not in CIRCUMSTANCES[kind][1]:
            known = ", ".join(f"{name}: {' | '.join(CIRCUMSTANCES[name][1])}" for name in SEEN_ON_THE_SPOT)
            raise ValidationError({"facts": f"Keadaan “{kind}: {value}” tidak dicatat bersama verval. Pilih: {known}."})


def _saved(actor: User, person: Beneficiary, entry: CircumstanceEntry, day: date) -> Circumstance:
    row = Circumstance(
        beneficiary=person,
        region_id=person.region_id,
        kind=entry.kind,
        value=entry.value,
        as_of=day,
        source=" ".join(entry.source.split())[:120],
    )
    save_checked(row)
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=row,
        region=row.region_id,
        summary=f"{person.name}: {CIRCUMSTANCES[entry.kind][0]} per {tanggal(day)}",
    )
    return row
