"""What an entry about a person or an assignment must satisfy, whichever door it came through.

Errors name the fields of the entry; the work area is called `work_region`, so that a form may hold
it beside the person's own `region`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import Pillar, Region, User
from pilar.core.regions import LEVEL_NAMES, Level
from pilar.core.rights import Right
from pilar.core.scoping import reach_of, require

#: offices that keep people's records
OFFICES = (Level.REGENCY, Level.PROVINCE)
#: the lowest place where somebody of a pillar of this area level may work: a Tagana may serve one kecamatan
LOWEST = {level: max(level, Level.DISTRICT) for level in Level}
AHEAD = timedelta(days=366)

Errors = dict[str, str]


@dataclass(frozen=True)
class PersonEntry:
    """What an officer states about a person; `region` is the office that manages the record."""

    name: str
    sex: str
    birth_date: date
    employment: str
    region: Region
    phone: str = ""
    nia: str = ""
    education: str = ""
    major: str = ""


@dataclass(frozen=True)
class AssignmentEntry:
    """A place in a pillar; the SK may be missing and is then shown as missing.

    `continues`: the person served in the pillar before; ages at recruitment are then told and refuse nothing.
    """

    pillar: Pillar
    position: str
    region: Region
    valid_from: date
    sk_number: str = ""
    sk_date: date | None = None
    sk_until: date | None = None
    sk_issuer: str = ""
    is_primary: bool = True
    continues: bool = False


def own_pillars(user: Any) -> QuerySet[Pillar]:
    """Pillars of people that the user's grants cover; an institution is never entered as a person."""
    people = Pillar.objects.filter(shape=Pillar.Shape.PERSON)
    slots = reach_of(user).slots_for(Right.ENTER)
    if any(not slot.pillars for slot in slots):
        return people
    return people.filter(pk__in={pk for slot in slots for pk in slot.pillars})


def require_pillar(actor: User, region: int, pillar: Pillar) -> None:
    """Raises Refusal unless the actor may enter data there, and of that pillar."""
    require(actor, Right.ENTER, region)
    slots = [slot for slot in reach_of(actor).slots_for(Right.ENTER) if slot.covers(region)]
    if not any(not slot.pillars or pillar.pk in slot.pillars for slot in slots):
        raise Refusal(
            f"Wewenang Anda di wilayah ini tidak mencakup pilar {pillar.name}.",
            "Wewenang diatur oleh admin wilayah di atas Anda di halaman Pengguna & wewenang.",
            rule="wewenang",
        )


def check_person(entry: PersonEntry, today: date) -> None:
    """Raises ValidationError with every field that does not fit."""
    errors = _ended("region", entry.region, today)
    if entry.region.level not in OFFICES:
        errors["region"] = (
            f"Pengelola adalah kabupaten/kota atau provinsi; {entry.region} adalah "
            f"{LEVEL_NAMES[Level(entry.region.level)]}."
        )
    if entry.birth_date > today:
        errors["birth_date"] = "Tanggal lahir tidak boleh sesudah hari ini."
    _raise(errors)


def check_assignment(entry: AssignmentEntry, *, born: date, today: date) -> None:
    """Raises ValidationError with every field that does not fit. Ages and terms are no rule here."""
    errors = _ended("work_region", entry.region, today) | _area_errors(entry) | _sk_errors(entry)
    if entry.valid_from <= born:
        errors["valid_from"] = f"TMT {tanggal(entry.valid_from)} tidak sesudah tanggal lahir ({tanggal(born)})."
    elif entry.valid_from > today + AHEAD:
        errors["valid_from"] = f"TMT {tanggal(entry.valid_from)} lebih dari setahun di depan. Periksa tahunnya."
    _raise(errors)


def _area_errors(entry: AssignmentEntry) -> Errors:
    """A work area lies at the pillar's level or above: a TKSK at a kecamatan, a koordinator at a province."""
    if entry.pillar.shape != Pillar.Shape.PERSON:
        return {"pillar": f"{entry.pillar.name} adalah lembaga; orang tidak dicatat sebagai lembaga."}
    level, lowest = Level(entry.region.level), LOWEST[Level(entry.pillar.area_level)]
    if level <= lowest:
        return {}
    return {
        "work_region": f"{entry.pillar.name} bertugas paling rendah di {LEVEL_NAMES[lowest]}; "
        f"{entry.region} adalah {LEVEL_NAMES[level]}."
    }


def _sk_errors(entry: AssignmentEntry) -> Errors:
    if entry.sk_date and entry.sk_until and entry.sk_until < entry.sk_date:
        return {"sk_until": "SK tidak boleh berakhir sebelum tanggalnya."}
    if not entry.sk_number.strip() and (entry.sk_date or entry.sk_until):
        return {"sk_number": "Tanggal SK sudah diisi, tetapi nomornya belum. Isi nomornya, atau kosongkan semuanya."}
    return {}


def _ended(field: str, region: Region, today: date) -> Errors:
    """A code is never reused, and nothing new is put under one that has ended."""
    if region.valid_until is None or region.valid_until > today:
        return {}
    return {field: f"Kode {region.dotted} ({region.name}) tidak berlaku lagi. Pakai kode penerusnya."}


def _raise(errors: Errors) -> None:
    if errors:
        raise ValidationError(dict(errors))
