"""The achievement table as text, for the commands."""

from datetime import date

from pilar.core import regions
from pilar.core.formatting import angka, persen, rupiah, waktu
from pilar.core.measures import Unit
from pilar.core.models import Region
from pilar.core.scoping import CONSOLE
from targets import achievement
from targets.achievement import Figure
from targets.freshness import freshness
from targets.models import Target

HEAD = ("Indikator", "Rincian", "Target", "Realisasi", "%", "Keadaan", "Baris")
WIDTHS = (30, 44, 18, 18, 8, 16, 8)


def achievement_table(*, year: int, region: int, today: date) -> str:
    """Fixed-width lines: one per indicator and breakdown, then one named companion."""
    area = Region.objects.get(pk=region)
    fresh = freshness(year)
    when = waktu(fresh.drained_at) if fresh.drained_at else "belum dihitung"
    lines = [
        f"Capaian {year}, {area.name} ({regions.dotted(region) or 'nasional'}), diperbarui {when}",
        _line(HEAD),
        _line(tuple("-" * w for w in WIDTHS)),
        *[_row(f) for f in achievement.figures(CONSOLE, year=year, region=region, today=today) if _says_something(f)],
        *[_row(f) for f in _one_companion(year, region, today)],
    ]
    return "\n".join(lines)


def _says_something(figure: Figure) -> bool:
    """Aimed at, or reached: what has neither target nor rows is left out of the text."""
    return figure.target is not None or bool(figure.rows)


def _one_companion(year: int, region: int, today: date) -> list[Figure]:
    lo, hi = regions.bounds(region)
    aim = (
        Target.objects.counted()
        .filter(regions.in_range("region_id", lo, hi), year=year, person__isnull=False)
        .select_related("person")
        .order_by("pk")
        .first()
    )
    return achievement.personal(CONSOLE, year=year, person=aim.person, today=today) if aim and aim.person else []


def _row(figure: Figure) -> str:
    show = rupiah if figure.indicator.unit == Unit.RUPIAH else angka
    return _line(
        (
            figure.indicator.name,
            figure.label,
            show(figure.target) if figure.target is not None else "-",
            show(figure.realised),
            persen(figure.percent) if figure.percent is not None else "-",
            figure.status.value,
            angka(figure.rows),
        )
    )


def _line(texts: tuple[str, ...]) -> str:
    first, second, *numbers = zip(texts, WIDTHS, strict=True)
    left = "".join(text[: width - 1].ljust(width) for text, width in (first, second))
    return left + " ".join(text.rjust(width) for text, width in numbers)
