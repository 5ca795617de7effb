"""What this app warns of: targets out of reach at the present pace, sudden jumps, steps past their deadline."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import median
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from pilar.core import regions
from pilar.core.formatting import angka, nama_bulan, persen, rupiah_ringkas, tanggal
from pilar.core.measures import Dim, Unit, get
from pilar.core.models import TargetGroup
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.warnings import Ask, Warned, Watcher, register
from targets import achievement
from targets.achievement import Figure
from targets.models import Achievement, Indicator, WorkStep
from targets.workplan_states import owner_name

#: share of the year in percent before which a pace says nothing: the first month
FIRST_MONTH = Decimal(100) / 12
#: a median of fewer months is none
EARLIER_MONTHS = 3
STEPS = 50  # the oldest overdue ones

Months = dict[int, int]


def _amount(indicator: Indicator, value: int) -> str:
    return rupiah_ringkas(value) if indicator.unit == Unit.RUPIAH else f"{angka(value)} {indicator.unit}"


def _behind(figure: Figure, **query: int) -> tuple[str, str]:
    """The addresses, page and API, of the rows behind a figure, or behind one month of it."""
    cell, code = figure.cell, figure.indicator.code
    here = regions.slug(cell.region)
    page = reverse("dashboard-rows", args=[cell.year, here, code, cell.breakdown])
    asked = {"tahun": cell.year, "wilayah": here, "indikator": code, "rincian": cell.breakdown} | query
    return f"{page}?{urlencode(query)}" if query else page, f"{reverse('capaian-baris')}?{urlencode(asked)}"


def figures_of(ask: Ask) -> Sequence[Figure]:
    if ask.figures is not None:
        return ask.figures
    return achievement.figures(ask.user, year=ask.today.year, region=ask.region.code, today=ask.today)


# --- pace ------------------------------------------------------------------------


def projected(figure: Figure) -> int | None:
    """What the year will end with at the present pace, in the indicator's unit; None when nothing can be said."""
    if figure.realised is None or figure.target is None or figure.pace < FIRST_MONTH:
        return None
    return int(figure.realised * 100 / figure.pace)


def misses(figure: Figure) -> bool:
    end = projected(figure)
    if end is None or figure.target is None:
        return False
    return end > figure.target if figure.indicator.fewer_is_better else end < figure.target


def out_of_reach(ask: Ask) -> list[Warned]:
    """The furthest from its target first."""
    if not ask.running:
        return []
    found = [figure for figure in figures_of(ask) if misses(figure)]
    return [_out_of_reach(figure) for figure in sorted(found, key=_share)]


def _share(figure: Figure) -> Decimal:
    share = Decimal(100 * (projected(figure) or 0)) / (figure.target or 1)
    return -share if figure.indicator.fewer_is_better else share


def _out_of_reach(figure: Figure) -> Warned:
    indicator, target = figure.indicator, figure.target or 0
    end = projected(figure) or 0
    share = f" ({persen(Decimal(100 * end) / target)})" if target else ""
    return Warned(
        f"{indicator.name}, {figure.label}: {_amount(indicator, figure.realised or 0)} sampai kini; dengan "
        f"laju ini akhir tahun {_amount(indicator, end)}, targetnya {_amount(indicator, target)}{share}.",
        *_behind(figure),
    )


# --- jumps -----------------------------------------------------------------------


def sudden_jumps(ask: Ask) -> list[Warned]:
    """Months far above the ones before, the latest first; one query for all indicators."""
    if not ask.running:
        return []
    months = _months(ask)
    found = [
        (month, figure, value, middle)
        for figure in figures_of(ask)
        for month, value, middle in jumps(months.get(_key(figure), {}), ask.today.month)
    ]
    return [_jump(*one) for one in sorted(found, key=lambda one: (-one[0], one[1].indicator.pk, one[1].breakdown))]


def jumps(months: Months, last: int) -> Iterable[tuple[int, int, float]]:
    """(month, value, median of the months before) of each month above JUMP_FACTOR times that median."""
    for month in range(EARLIER_MONTHS + 1, last + 1):
        middle = median(months.get(earlier, 0) for earlier in range(1, month))
        value = months.get(month, 0)
        if middle > 0 and value > settings.JUMP_FACTOR * middle:
            yield month, value, middle


def _key(figure: Figure) -> tuple[int, int, int]:
    return get(figure.indicator.measure).number, int(figure.cell.dim), figure.breakdown


def _months(ask: Ask) -> dict[tuple[int, int, int], Months]:
    """Measure, dimension and breakdown -> month -> value. Outside the reader's own area no sensitive group is told."""
    rows = Achievement.objects.visible_to(ask.user).filter(
        year=ask.today.year,
        level=ask.region.level,
        region_id=ask.region.code,
        period__range=(1, ask.today.month),
    )
    if not reach_of(ask.user).covers(ask.region.code):
        guarded = TargetGroup.objects.filter(sensitive=True).values("id")
        rows = rows.exclude(Q(dim=Dim.GROUP) & Q(breakdown__in=guarded))
    found: dict[tuple[int, int, int], Months] = defaultdict(dict)
    for measure, dim, breakdown, month, value in rows.values_list("measure", "dim", "breakdown", "period", "value"):
        found[measure, dim, breakdown][month] = value
    return found


def _jump(month: int, figure: Figure, value: int, middle: float) -> Warned:
    indicator = figure.indicator
    return Warned(
        f"{indicator.name}, {figure.label}: {nama_bulan(month)} {_amount(indicator, value)}, lebih dari "
        f"{settings.JUMP_FACTOR} kali nilai tengah bulan-bulan sebelumnya ({_amount(indicator, int(middle))}).",
        *_behind(figure, bulan=month),
    )


# --- steps -----------------------------------------------------------------------


def overdue_steps(ask: Ask) -> list[Warned]:
    """Of the plan of this area, and those its office owns in other plans; the oldest first."""
    rows = narrow_choices(WorkStep.objects.overdue(on=ask.today), ask.user)
    here = rows.filter(Q(plan__region=ask.region) | Q(owner_region=ask.region))
    found = here.select_related("plan__region", "owner_region").order_by("deadline", "id")[:STEPS]
    return [_overdue(step, ask) for step in found]


def _overdue(step: WorkStep, ask: Ask) -> Warned:
    plan = step.plan
    place = [plan.year_id, regions.slug(plan.region_id)]
    late = angka((ask.today - step.deadline).days)
    return Warned(
        sentence=f"“{step.text}” lewat tenggat {tanggal(step.deadline)}, sudah {late} hari; "
        f"penanggung jawab {owner_name(step)}.",
        url=f"{reverse('workplan-detail', args=place)}#langkah-{step.pk}",
        api=reverse("api-workstep-detail", args=[step.pk]),
    )


register(
    Watcher(
        kind="lewat_tenggat",
        title="Langkah bersama lewat tenggat",
        order=10,
        meaning="Langkah yang belum selesai sesudah tenggatnya, dalam langkah bersama yang sudah disepakati.",
        find=overdue_steps,
    )
)
register(
    Watcher(
        kind="target_meleset",
        title="Target yang akan meleset",
        order=20,
        meaning="Realisasi sampai kini dibagi bagian tahun yang sudah lewat belum mencapai target akhir tahun.",
        find=out_of_reach,
    )
)
register(
    Watcher(
        kind="lonjakan",
        title="Lonjakan mendadak",
        order=30,
        meaning="Satu bulan jauh di atas nilai tengah bulan-bulan sebelumnya di tahun yang sama. Periksa barisnya: "
        "bisa jadi benar, bisa jadi salah catat.",
        find=sudden_jumps,
    )
)
