from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from personnel.models import Personnel
from pilar.core import regions
from pilar.core.formatting import angka
from pilar.core.measures import OUTSIDE_YEAR, get
from pilar.core.models import Region
from pilar.core.paging import keyset_page
from pilar.core.views import PageView, year_from
from pilar.dashboard import marks
from pilar.dashboard.board import form_of, is_additive
from pilar.dashboard.figures import Address, figure_at, indicator_from, period_from, personal_figure
from pilar.dashboard.rows import closed_sentence, correction_sentence, count_seen, kind_of, rows_of, with_names
from targets.achievement import Figure
from targets.corrections import changed_since
from targets.freshness import freshness
from targets.models import Indicator
from targets.periods import part_name
from targets.place import full_name
from targets.published import in_unit
from targets.states import PENDING
from targets.views.plan import PlacedMixin


class RowsPage(PageView):
    """A list of exactly the rows a figure counted; subclasses say which figure."""

    template_name = "dashboard/rows.html"

    def rows_context(self, figure: Figure, region: Region) -> dict[str, Any]:
        user, cursor = self.request.user, self.request.GET.get("cursor", "")
        rows = rows_of(user, figure, timezone.localdate())
        kind = kind_of(rows)
        page = keyset_page(rows.none() if figure.suppressed else rows, kind.ordering, cursor)
        seen = None if figure.suppressed else count_seen(user, figure, rows)
        form = form_of(figure.indicator)
        more = changed_since(user, figure)
        return {
            "figure": figure,
            "place": full_name(region),
            "shown": marks.shown(figure),
            "form": form,
            "unit": "" if form == "rupiah" else figure.indicator.get_unit_display(),
            "tile_status": None if figure.target is None else marks.status_word(figure),
            "target_text": "" if figure.target is None else f"dari {in_unit(figure.target, figure.indicator.unit)}",
            "rows_note": _rows_note(figure),
            "definition": get(figure.indicator.measure).definition,
            "closed": closed_sentence(user, figure, region, seen, more[0]),
            "corrected": correction_sentence(user, figure, more),
            "page": page,
            "shown_text": f"{angka(len(page.rows))} baris di halaman ini",
            "lines": with_names(user, page.rows),
            "row_template": kind.template,
            "empty_text": "" if figure.rows else "Angka ini 0: belum ada baris yang dihitung.",
            "fresh": freshness(figure.cell.year),
        }


def _rows_note(figure: Figure) -> str:
    aim = [f"target {PENDING}"] if figure.pending else []
    return " · ".join(aim + ([] if figure.rows is None else [f"dihitung dari {angka(figure.rows)} baris"]))


class RowsView(PlacedMixin, RowsPage):
    """Rows behind a region's figure: ?bulan=1..13 for a month, ?langsung=1 for rows at the region itself."""

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"{self.figure.label}, {full_name(self.region)} {self.year}"

    @cached_property
    def indicator(self) -> Indicator:
        return indicator_from(self.kwargs["indicator"])

    @cached_property
    def address(self) -> Address:
        return Address(
            year=self.year,
            region=self.region,
            indicator=self.indicator,
            breakdown=self.kwargs["breakdown"],
            period=period_from(self.request.GET.get("bulan", ""), self.request.GET.get("triwulan", ""), self.indicator),
            direct=self.request.GET.get("langsung") == "1",
        )

    @cached_property
    def figure(self) -> Figure:
        return figure_at(self.request.user, self.address, timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = marks.dashboard_url(
            self.year, self.region.code, indikator=self.indicator.code, rincian=self.figure.cell.breakdown
        )
        lowest = self.region.level >= regions.Level.DISTRICT
        return super().get_context_data(
            **(kwargs | self.place()),
            **self.rows_context(self.figure, self.region),
            heading=self.figure.label,
            address=self.address,
            back_url=back if lowest else f"{back}#peta",
            back_label="Dasbor" if lowest else f"Menurut {marks.below_words(self.region)}",
            months=self._months(),
            month_name=period_name(self.address.period),
        )

    def _months(self) -> list[dict[str, Any]]:
        """The periods one can choose, with the one shown."""
        last = OUTSIDE_YEAR if is_additive(self.indicator) else OUTSIDE_YEAR - 1
        names = [("", "setahun"), *((str(m), period_name(m)) for m in range(1, last + 1))]
        return [{"value": v, "label": n, "selected": v == str(self.address.period or "")} for v, n in names]


def period_name(period: int) -> str:
    """Empty for the year."""
    if period == OUTSIDE_YEAR:
        return "luncuran (dibayar di luar tahun anggaran)"
    return part_name(period) if period else ""


class PersonalRowsView(RowsPage):
    """Rows behind a named person's figure; a person of another region is 404."""

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"{self.figure.indicator.name}, {self.person.name} {self.year}"

    @cached_property
    def year(self) -> int:
        return year_from(self.kwargs["year"]).year

    @cached_property
    def person(self) -> Personnel:
        people: QuerySet[Personnel] = Personnel.objects.visible_to(self.request.user).select_related("region")
        found = people.filter(pk=self.kwargs["person"]).first()
        if found is None:
            raise Http404("Orang ini tidak ada.")
        return found

    @cached_property
    def figure(self) -> Figure:
        indicator = indicator_from(self.kwargs["indicator"])
        return personal_figure(self.request.user, self.person, self.year, indicator, timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **(kwargs | {"year": self.year, "person": self.person}),
            **self.rows_context(self.figure, self.person.region),
            heading=self.person.name,
        )
