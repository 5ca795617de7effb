from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import View

from pilar.core import pdf, regions
from pilar.core.context import current_place
from pilar.core.downloads import file_answer
from pilar.core.models import Region
from pilar.core.offices import issuer_of
from pilar.core.sheets import XLSX
from pilar.core.views import PageMixin, PageView
from pilar.reports.build import report_of
from pilar.reports.cells import NO_CODE, NUMBER
from pilar.reports.forms import ReportForm
from pilar.reports.kinds import KINDS, Kind
from pilar.reports.layout import Report, Section
from pilar.reports.paper import printed
from pilar.reports.sheet import workbook
from targets.periods import SLUGS, YEAR, Period
from targets.views.plan import PlacedMixin


def report_url(kind: str, region: Region, period: Period, *, file: str = "") -> str:
    """The page, or its PDF or XLSX."""
    place = [period.year, regions.slug(region.code), kind]
    address = reverse("report-file", args=[*place, file]) if file else reverse("report", args=place)
    return address if period.number == YEAR else f"{address}?{urlencode({'periode': period.slug})}"


class OneReport(PlacedMixin, PageMixin):
    """The report that address and ?periode= name."""

    @cached_property
    def kind(self) -> Kind:
        found = KINDS.get(self.kwargs["kind"])
        if found is None:
            raise Http404("Laporan ini tidak ada.")
        return found

    @cached_property
    def period(self) -> Period:
        number = SLUGS.get(self.request.GET.get("periode", "setahun"))
        if number is None:
            raise Http404("Periode ini tidak ada.")
        return Period(self.year, number)

    @cached_property
    def report(self) -> Report:
        return report_of(self.actor, kind=self.kind, region=self.region, period=self.period, today=timezone.localdate())


class ReportView(OneReport, PageView):
    """A report on the page: the same tables as its PDF and XLSX."""

    template_name = "reports/report.html"

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"{self.report.title}, {self.report.place} {self.period.name}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.report
        chosen = {
            "laporan": self.kind.slug,
            "wilayah": self.region,
            "tahun": self.year,
            "periode": self.period.slug,
        }
        return super().get_context_data(
            **(kwargs | self.place()),
            report=report,
            tables=[_table(section) for section in report.sections],
            form=ReportForm(initial=chosen),
            about=self.kind.about,
            pdf_url=report_url(self.kind.slug, self.region, self.period, file="pdf"),
            xlsx_url=report_url(self.kind.slug, self.region, self.period, file="xlsx"),
            issuer=issuer_of(self.actor, today=timezone.localdate()),
        )


def _table(section: Section) -> dict[str, Any]:
    """Cells with their texts, as the template draws them; codes stand beside names, running numbers are for paper."""
    running = section.columns[0] == NUMBER
    totals_from = len(section.rows) - section.totals
    return {
        "section": section,
        "heads": [
            {"label": column.short or column.heading, "note": column.short and column.heading, "num": column.is_number}
            for column in section.columns[1:]
        ],
        "rows": [
            {
                "total": number >= totals_from,
                "code": "" if running or code.value == NO_CODE else code.value,
                "name": name.value,
                "cells": [
                    {
                        "text": cell.text(column.form),
                        "url": cell.url,
                        "number": column.is_number,
                        "blank": cell.is_blank,
                    }
                    for column, cell in zip(section.columns[2:], cells, strict=True)
                ],
            }
            for number, (code, name, *cells) in enumerate(section.rows)
        ],
    }


class ReportChooseView(PageView):
    """Where the form goes: to the report it names; without a choice to the first one, of one's own office."""

    title = "Laporan"
    template_name = "reports/choose.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "laporan" not in request.GET:
            place = current_place(request)
            return HttpResponseRedirect(report_url(next(iter(KINDS)), place.region, Period(place.year)))
        form = ReportForm(request.GET)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        asked = form.cleaned_data
        period = Period(asked["tahun"], SLUGS[asked["periode"]])
        return HttpResponseRedirect(report_url(asked["laporan"], asked["wilayah"], period))


class ReportFileView(OneReport, View):
    """The report as a file, on the paper of the reader's own office."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        issuer = issuer_of(self.actor, today=timezone.localdate())
        if kwargs["file"] == "pdf":
            return file_answer(printed(self.report, issuer, at=timezone.now()), f"{self.report.name}.pdf", pdf.PDF)
        if kwargs["file"] == "xlsx":
            return file_answer(workbook(self.report, issuer), f"{self.report.name}.xlsx", XLSX)
        raise Http404("Laporan ini hanya ada sebagai PDF dan XLSX.")
