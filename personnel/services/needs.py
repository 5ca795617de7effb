"""Kebutuhan of an area: stated from a day on, with its source; earlier statements stay readable."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from personnel.models import Need
from personnel.rules import AHEAD, require_pillar
from pilar.core import audit
from pilar.core.formatting import angka, tanggal
from pilar.core.models import Pillar, Region, User
from pilar.core.regions import LEVEL_NAMES, Level

LEVELS = (Level.PROVINCE, Level.REGENCY, Level.DISTRICT)


@transaction.atomic
def need_set(
    *, actor: User, pillar: Pillar, region: Region, people: int, since: date, source: str, today: date
) -> Need:
    """Raises Refusal (right) or ValidationError (institution, level, number, source, day, stated already)."""
    require_pillar(actor, region.pk, pillar)
    errors = {}
    if pillar.shape != Pillar.Shape.PERSON:
        errors["pillar"] = f"{pillar.name} adalah lembaga; kebutuhan dicatat dalam orang."
    if region.level not in LEVELS:
        errors["region"] = f"Kebutuhan dicatat sampai kecamatan; {region} adalah {LEVEL_NAMES[Level(region.level)]}."
    if people < 0:
        errors["people"] = "Jumlah orang tidak boleh kurang dari nol."
    if not source.strip():
        errors["source"] = "Tulis sumbernya, misalnya nomor keputusan atau surat."
    if since > today + AHEAD:
        errors["since"] = f"Tanggal {tanggal(since)} lebih dari setahun di depan. Periksa tahunnya."
    if errors:
        raise ValidationError(dict(errors))
    row = Need(
        pillar=pillar, region=region, people=people, valid_from=since, source=" ".join(source.split()), entered_by=actor
    )
    row.validate_constraints()
    row.save()
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=row,
        region=region.pk,
        summary=f"Kebutuhan {pillar.code} di {region}: {angka(people)} orang sejak {tanggal(since)}",
        reason=row.source,
    )
    return row
