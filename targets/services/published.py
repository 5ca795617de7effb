"""Writing down what a source printed. Nothing is ever repaired: a second print is a second figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction

from pilar.core import audit
from pilar.core.formatting import tanggal
from pilar.core.measures import Dim, Unit, all_measures
from pilar.core.models import Pillar, Programme, Region, User
from pilar.core.rights import Right
from pilar.core.scoping import require
from targets.models import PublishedFigure, PublishedPart
from targets.printed import Printed, read_arithmetic, read_percent, read_printed

MOST_PARTS = 60


@dataclass(frozen=True)
class PartEntry:
    """One itemised part: what it is called and what was printed for it, both as in the source."""

    label: str
    printed: str


@dataclass(frozen=True)
class FigureEntry:
    """A printed figure as the source has it.

    Attributes:
        definition: one of PublishedFigure.Definition; what the source says the number means.
        unit: one of Unit; measure: code of the declared measure to compare with, or "".
        headline: the printed total, "Rp2,22 miliar"; its value and precision are read from it.
        arithmetic: "133.774 orang × 184 hari × Rp32.000", or "".
        target: the printed target the total is held against, and percent what was printed for it, or "".
    """

    title: str
    region: Region
    published_on: date
    year: int
    definition: str
    unit: str
    headline: str
    source_name: str
    source_url: str
    measure: str = ""
    note: str = ""
    arithmetic: str = ""
    target: str = ""
    percent: str = ""
    parts: Sequence[PartEntry] = ()


@transaction.atomic
def figure_enter(*, actor: User, entry: FigureEntry, today: date) -> PublishedFigure:
    """Keeps a printed figure with its source, parts, arithmetic and percentage, exactly as printed.

    Raises:
        Refusal: no right to enter data in the figure's region.
        ValidationError: a text that holds no number, a measure of another unit, a day to come.
    """
    require(actor, Right.ENTER, entry.region.code)
    headline = _read("headline", entry.headline)
    _check(entry, today)
    figure = PublishedFigure(
        code=_next_code(entry.published_on),
        title=" ".join(entry.title.split()),
        region=entry.region,
        published_on=entry.published_on,
        year=entry.year,
        definition=entry.definition,
        unit=entry.unit,
        measure=entry.measure,
        headline_printed=entry.headline.strip(),
        headline=headline.value,
        headline_step=headline.step,
        source_name=entry.source_name.strip(),
        source_url=entry.source_url,
        note=entry.note.strip(),
        arithmetic=entry.arithmetic.strip(),
        target_printed=entry.target.strip(),
        percent_printed=entry.percent.strip(),
        entered_by=actor,
    )
    figure.full_clean(exclude=["region", "entered_by"])
    figure.save()
    PublishedPart.objects.bulk_create(_parts(figure, entry.parts))
    audit.record(
        actor=actor,
        action=audit.Action.CREATE,
        target=figure,
        region=figure.region_id,
        summary=f"angka rilis {figure.code}: {figure.title}, {figure.headline_printed} ({figure.source_name})",
    )
    return figure


def _check(entry: FigureEntry, today: date) -> None:
    if entry.published_on > today:
        raise ValidationError({"published_on": f"Tanggal terbit {tanggal(entry.published_on)} belum tiba."})
    units = {measure.code: measure.unit for measure in all_measures()}
    if entry.measure and units.get(entry.measure) != entry.unit:
        raise ValidationError({"measure": "Ukuran itu tidak ada atau satuannya lain dari satuan angka ini."})
    for name, text, reader in (
        ("arithmetic", entry.arithmetic, read_arithmetic),
        ("target", entry.target, read_printed),
        ("percent", entry.percent, read_percent),
    ):
        if text.strip():
            _read_with(name, text, reader)
    if entry.percent.strip() and not entry.target.strip():
        raise ValidationError({"target": "Persentase tercetak memerlukan target tercetaknya."})
    labels = [part.label.strip().lower() for part in entry.parts]
    if len(labels) != len(set(labels)):
        raise ValidationError({"parts": "Satu bagian tertulis dua kali; bedakan namanya."})
    if len(labels) > MOST_PARTS:
        raise ValidationError({"parts": f"Paling banyak {MOST_PARTS} bagian; ini {len(labels)}."})


def _read(name: str, text: str) -> Printed:
    found: Printed = _read_with(name, text, read_printed)
    return found


def _read_with(name: str, text: str, reader: Callable[[str], Any]) -> Any:
    try:
        return reader(text)
    except ValueError as error:
        raise ValidationError({name: str(error)}) from error


def _next_code(day: date) -> str:
    """ "R20241119-2": the second figure noted with that day of publication."""
    prefix = f"R{day:%Y%m%d}-"
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"angka rilis {prefix}"])
    return f"{prefix}{PublishedFigure.objects.filter(code__startswith=prefix).count() + 1}"


def _parts(figure: PublishedFigure, entries: Sequence[PartEntry]) -> list[PublishedPart]:
    """Parts whose name is that of a pillar or programme are compared with it; the others stand for themselves."""
    pillars, programmes = _names_of(Pillar), _names_of(Programme)
    made = []
    for order, entry in enumerate(entries):
        label, printed = entry.label.strip(), _read("parts", entry.printed)
        pillar, programme = pillars.get(label.lower()), programmes.get(label.lower())
        rupiah = figure.unit == Unit.RUPIAH
        dim = Dim.PROGRAMME if programme and (rupiah or not pillar) else Dim.PILLAR if pillar else Dim.ALL
        made.append(
            PublishedPart(
                figure=figure,
                label=label,
                dim=dim,
                pillar_id=pillar if dim == Dim.PILLAR else None,
                programme_id=programme if dim == Dim.PROGRAMME else None,
                printed=entry.printed.strip(),
                value=printed.value,
                step=printed.step,
                order=order,
            )
        )
    return made


def _names_of(model: type[Pillar] | type[Programme]) -> dict[str, int]:
    """Every printed name of a catalogue's entries, lower-cased -> id."""
    found: dict[str, int] = {}
    for row in model._default_manager.all():
        for name in (row.code, row.name, *getattr(row, "aliases", [])):
            found[name.lower()] = row.pk
    return found
