"""What a kind of activity asks beside day, place and reach: its fields, read from data and held to an entry.

`ActivityKind.fields` is a list of objects: `name`, `label`, `type` (one of `Type`), and where needed `required`,
`choices` (for `pilihan`), `least` (another field, or `quantity`, that a number may not fall short of).
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_date

from personnel.models import ActivityKind
from pilar.core.discovery import discover
from pilar.core.formatting import angka, tanggal
from pilar.core.models import Region

TEXT_LENGTH = 300
#: before the name of a kind's own field wherever it stands among an entry's other fields
OWN = "isian_"
REACHED = "quantity"


class Type(StrEnum):
    TEXT = "teks"
    NUMBER = "angka"
    CHOICE = "pilihan"
    DAY = "tanggal"


@dataclass(frozen=True)
class Asked:
    """One field of a kind."""

    name: str
    label: str
    type: Type
    required: bool = False
    choices: tuple[str, ...] = ()
    least: str = ""
    hint: str = ""

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> "Asked":
        return cls(**{**row, "type": Type(row["type"]), "choices": tuple(row.get("choices", ()))})


@dataclass(frozen=True)
class Stage:
    """A list of payments that a monitoring visit may name, as the app that keeps lists tells it."""

    pk: int
    name: str
    programme: int


#: (region, user) -> lists of payments that reach the region, the newest first
Stages = Callable[[Region, Any], list[Stage]]
_stages: list[Stages] = []


def register_stages(find: Stages) -> Stages:
    _stages.append(find)
    return find


def stages_at(region: Region, user: Any) -> list[Stage]:
    discover("stages")
    return [stage for find in _stages for stage in find(region, user)]


def asked_by(kind: ActivityKind) -> list[Asked]:
    return [Asked.of(row) for row in kind.fields]


def asks_stage(kind: ActivityKind) -> bool:
    """Whether it looks at payments: such a visit may name the list that it looked at."""
    return kind.code == MONITORING


#: the TKSK's visit to a distribution; the page of unmonitored stages counts these
MONITORING = "pemantauan"


def checked(kind: ActivityKind, details: Mapping[str, Any], quantity: int) -> dict[str, Any]:
    """The details as they are kept. Raises ValidationError by OWN + field name; also for unasked names."""
    asked = {one.name: one for one in asked_by(kind)}
    errors = {name: f"{kind.name} tidak menanyakan “{name}”." for name in details if name not in asked}
    kept: dict[str, Any] = {}
    for one in asked.values():
        try:
            if (value := _read(one, details.get(one.name))) is not None:
                kept[one.name] = value
        except ValueError as error:
            errors[one.name] = str(error)
    for one in asked.values():
        if one.name not in errors and (told := _short(one, kept, quantity, asked)):
            errors[one.name] = told
    if errors:
        raise ValidationError({f"{OWN}{name}": sentence for name, sentence in errors.items()})
    return kept


def _read(one: Asked, given: Any) -> str | int | None:
    """None when nothing was given; else text, number or ISO day. Raises ValueError with the sentence."""
    if given in (None, "") or (isinstance(given, str) and not given.strip()):
        if one.required:
            raise ValueError(f"{one.label} belum diisi; jenis kegiatan ini memerlukannya.")
        return None
    if one.type == Type.NUMBER:
        return _number(one, given)
    if one.type == Type.DAY:
        return _day(one, given).isoformat()
    text = " ".join(str(given).split())
    if one.type == Type.CHOICE and text not in one.choices:
        raise ValueError(f"{one.label}: pilih salah satu dari {', '.join(one.choices)}.")
    if len(text) > TEXT_LENGTH:
        raise ValueError(f"{one.label} paling banyak {TEXT_LENGTH} huruf.")
    return text


def _number(one: Asked, given: Any) -> int:
    text = str(given).strip().replace(".", "")
    if not (text.isascii() and text.isdigit() and len(text) <= 7):
        raise ValueError(f"{one.label}: tulis angka bulat, misalnya 25.")
    return int(text)


def _day(one: Asked, given: Any) -> date:
    try:
        day = given if isinstance(given, date) else parse_date(str(given))
    except ValueError:
        day = None
    if day is None:
        raise ValueError(f"{one.label}: tanggal ini tidak ada. Tulis tahun-bulan-hari, misalnya 2026-11-24.")
    return day


def _short(one: Asked, kept: Mapping[str, Any], quantity: int, asked: Mapping[str, Asked]) -> str:
    """What is wrong with a number that may not fall short of another; empty when nothing."""
    if not one.least or one.name not in kept:
        return ""
    floor = quantity if one.least == REACHED else kept.get(one.least)
    if floor is None or kept[one.name] >= floor:
        return ""
    other = "jumlah yang hadir" if one.least == REACHED else asked[one.least].label.lower()
    return f"{one.label} ({angka(kept[one.name])}) lebih kecil daripada {other} ({angka(floor)})."


def shown(kind: ActivityKind, details: Mapping[str, Any]) -> list[dict[str, str]]:
    """Label and value of what was filled in, in the kind's order; for facts.html."""
    return [
        {"label": one.label, "value": _said(one, details[one.name])} for one in asked_by(kind) if one.name in details
    ]


def _said(one: Asked, value: Any) -> str:
    if one.type == Type.NUMBER:
        return angka(value)
    if one.type == Type.DAY and (day := parse_date(str(value))):
        return tanggal(day)
    return str(value)


def kinds_of(pillars: Iterable[int]) -> list[ActivityKind]:
    """Kinds that somebody of these pillars enters, in the catalogue's order."""
    wanted = sorted(set(pillars))
    return list(ActivityKind.objects.filter(by_hand=True, pillars__overlap=wanted).select_related("programme"))
