"""Figures as the templates draw them: numbers, words, and the address of the rows behind each."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from pilar.core import regions
from pilar.core.formatting import MONTHS, Blank
from pilar.core.measures import OUTSIDE_YEAR, Unit
from pilar.core.models import Region
from pilar.dashboard.board import ACTS, GRADUATED, GROUPS, MONEY, Board, Choice, form_of
from pilar.dashboard.sums import Sum, by_shortfall, summed
from pilar.dashboard.tilemap import CLOSED, NO_TARGET, Shade, amount, place_of, tile_name
from targets.achievement import Figure
from targets.place import short_name
from targets.states import PENDING
from targets.status import Status

HIDDEN = "disamarkan"


def dashboard_url(year: int, region: int, **query: object) -> str:
    return _with(reverse("dashboard", args=[year, regions.slug(region)]), query)


def peers_url(board: Board, choice: Choice) -> str:
    """Regions like this one, for provinces and kabupaten/kota."""
    if board.region.level not in (regions.Level.PROVINCE, regions.Level.REGENCY):
        return ""
    address = reverse("dashboard-peers", args=[board.year, regions.slug(board.region.code)])
    return _with(address, {"indikator": choice.indicator.code, "rincian": choice.breakdown})


def today_map_url(board: Board, choice: Choice) -> str:
    """The same figure under the areas of today."""
    address = reverse("dashboard-today-map", args=[board.year, regions.slug(board.region.code)])
    return _with(address, {"indikator": choice.indicator.code, "rincian": choice.breakdown})


def rows_url(figure: Figure, **query: object) -> str:
    """The rows behind a figure; month and "langsung" travel in the query."""
    cell = figure.cell
    place = [cell.year, regions.slug(cell.region)]
    address = reverse("dashboard-rows", args=[*place, figure.indicator.code, cell.breakdown])
    return _with(address, {"langsung": 1} | query if cell.direct else query)


def _with(address: str, query: dict[str, object]) -> str:
    return f"{address}?{urlencode(query)}" if query else address


def mark(figure: Figure) -> dict[str, Any]:
    """One figure with its target as bar rows and tables draw it."""
    return {
        "label": figure.label,
        "name": name_of(figure),
        "url": rows_url(figure),
        "realised": shown(figure),
        "target": figure.target,
        "pending": pending_words(pending=figure.pending),
        "pct": figure.percent,
        "pace": figure.pace if figure.target is not None else None,
        "status": status_word(figure),
        "form": form_of(figure.indicator),
        "short": form_of(figure.indicator, short=True),
        "projected": figure.projected,
        "carry_over": figure.carry_over,
        "carry_url": rows_url(figure, bulan=OUTSIDE_YEAR) if figure.carry_over else "",
    }


def name_of(figure: Figure) -> str:
    """The line as tables say it: "YAPI", without the words in brackets."""
    return figure.label.split(" (")[0]


def pending_words(*, pending: bool) -> str:
    return PENDING if pending else ""


def shown(figure: Figure) -> int | Blank | str | None:
    if figure.closed:
        return Blank.NOT_APPLICABLE
    return Blank.SUPPRESSED if figure.suppressed else figure.realised


def status_word(figure: Figure) -> str:
    if figure.closed:
        return CLOSED
    if figure.suppressed:
        return HIDDEN
    return NO_TARGET if figure.status == Status.NO_TARGET else figure.status.value


# --- tiles ----------------------------------------------------------------


def tiles(board: Board) -> list[dict[str, Any]]:
    """Money, people, families that left a programme, acts: the year in four figures."""
    money = board.sum_of(MONEY)
    return [
        _tile("Rupiah tersalur", money, "rupiah_ringkas", "#program", _carry_note(money)),
        _served_tile(board),
        _graduation_tile(board),
        _tile("Kegiatan terverifikasi", board.sum_of(ACTS), "angka", "#pilar", "semua pilar"),
    ]


def _tile(label: str, total: Sum, form: str, url: str, note: str) -> dict[str, Any]:
    unit = Unit.RUPIAH if "rupiah" in form else ""
    aim = "belum ada target" if total.target is None else _aim(amount(total.target, unit), pending=total.pending)
    return {
        "label": label,
        "value": total.realised,
        "form": form,
        "url": url,
        "pct": total.percent,
        "pace": total.pace,
        "status": None if total.target is None else total.status.value,
        "note": f"{aim} · {note}",
    }


def _aim(value: str, *, pending: bool) -> str:
    return f"target {value} ({PENDING})" if pending else f"target {value}"


def _carry_note(money: Sum) -> str:
    return f"termasuk luncuran {amount(money.carry_over, Unit.RUPIAH)}" if money.carry_over else "salur, tidak kembali"


def _served_tile(board: Board) -> dict[str, Any]:
    figure = board.served
    groups = [f for f in board.of(GROUPS) if f.percent is not None]
    reached = sum(f.status == Status.REACHED for f in groups)
    note = f"{reached} dari {len(groups)} kelompok PAS tercapai" if groups else "belum ada target per kelompok PAS"
    aimed = figure is not None and figure.target is not None
    return {
        "label": "Penerima manfaat",
        "value": shown(figure) if figure else None,
        "form": "angka",
        "url": rows_url(figure) if figure else "",
        "pct": figure.percent if figure else None,
        "pace": figure.pace if figure else None,
        "status": figure.status.value if figure and aimed else None,
        "note": f"{_aim(amount(figure.target, ''), pending=figure.pending)} · {note}"
        if figure and aimed
        else f"orang atau keluarga berbeda · {note}",
    }


def _graduation_tile(board: Board) -> dict[str, Any]:
    """The programme with a target, or with most; the others are named beside it and never added: a family may have
    left two of them."""
    found = [f for f in board.of(GRADUATED) if f.realised or f.target is not None]
    if not found:
        return _tile("Graduasi", board.sum_of(GRADUATED), "angka", "#program", "keluarga lulus dari program")
    lead, *others = sorted(found, key=lambda f: (f.target is None, -(f.realised or 0)))
    beside = ", ".join(f"{_programme(f)} {amount(f.realised, '')}" for f in others)
    note = f"keluarga lulus; juga {beside}" if beside else "keluarga lulus dari program"
    return _tile(f"Graduasi {_programme(lead)}", summed([lead]), "angka", rows_url(lead), note)


def _programme(figure: Figure) -> str:
    """Its name without what stands in brackets."""
    return figure.label.partition(" (")[0]


# --- lists ----------------------------------------------------------------


def groups(board: Board) -> list[dict[str, Any]]:
    return [mark(f) for f in by_shortfall(board.of(GROUPS))]


def paired(board: Board, first: str, second: str) -> list[dict[str, Any]]:
    """Two indicators of one breakdown side by side; lines where neither counts nor aims are left out."""
    others = {f.breakdown: f for f in board.of(second)}
    pairs = [(f, others[f.breakdown]) for f in board.of(first)]
    return [{"first": mark(a), "second": mark(b)} for a, b in pairs if _says(a) or _says(b)]


def _says(figure: Figure) -> bool:
    return bool(figure.realised) or figure.target is not None or figure.suppressed


# --- map and trend --------------------------------------------------------


def map_tiles(
    board: Board, choice: Choice, areas: Sequence[tuple[Region, Figure]], shade: Shade
) -> list[dict[str, Any]]:
    below = [(area, f) for area, f in areas if not f.cell.direct]
    kept = {"indikator": choice.indicator.code, "rincian": choice.breakdown}
    tiles = []
    for order, (area, figure) in enumerate(below):
        row, col = place_of(area, order, len(below))
        tiles.append(
            {
                "code": regions.slug(area.code),
                "label": area.name,
                "short": tile_name(area),
                "row": row,
                "col": col,
                "class": shade.of(figure),
                "url": "" if figure.closed else dashboard_url(board.year, area.code, **kept),
                "value_text": shade.text(figure),
            }
        )
    return tiles


def map_rows(board: Board, choice: Choice, areas: Sequence[tuple[Region, Figure]]) -> list[dict[str, Any]]:
    """The table twin: areas below, rows that lie at the area itself last."""
    kept = {"indikator": choice.indicator.code, "rincian": choice.breakdown}
    ordered = sorted(areas, key=lambda pair: (pair[1].cell.direct, pair[0].code))
    return [
        mark(f)
        | {
            "code": regions.slug(area.code),
            "name": "Langsung di tingkat ini" if f.cell.direct else short_name(area.name),
            "rows_url": "" if f.closed else rows_url(f),
            "url": "" if f.closed or f.cell.direct else dashboard_url(board.year, area.code, **kept),
        }
        for area, f in ordered
    ]


def trend_points(board: Board, choice: Choice) -> list[dict[str, Any]]:
    now, before = (board.months(choice, year) for year in (board.year, board.year - 1))
    figure = board.figure_of(choice)
    unit = choice.indicator.unit
    return [
        {
            "label": MONTHS[i],
            "value": value,
            "compare": before[i],
            "value_text": amount(value, unit),
            "url": rows_url(figure, bulan=i + 1) if figure and value is not None else "",
        }
        for i, value in enumerate(now)
    ]


def options(board: Board, choice: Choice) -> list[dict[str, Any]]:
    """The choices of the map: indicators with their breakdowns."""
    found = []
    for indicator in board.indicators.values():
        lines = [*([board.served] if board.served and indicator == board.served.indicator else [])]
        lines += board.of(indicator.code)
        found.append(
            {
                "label": indicator.name,
                "options": [
                    {
                        "value": f"{indicator.code}:{f.cell.breakdown}",
                        "label": f.label,
                        "selected": indicator == choice.indicator and f.cell.breakdown == choice.breakdown,
                    }
                    for f in lines
                ],
            }
        )
    return found


def below_words(region: Region) -> str:
    """What lies one level down, for headings."""
    level = min(region.level + 1, regions.Level.DISTRICT)
    return regions.LEVEL_NAMES[regions.Level(level)]
