"""Laporan bulanan: the list, handing one in, one report with what it contains, and its print."""

from functools import cached_property
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from personnel.filters.monthly import MonthlyReportFilter
from personnel.forms.activities import ReturnForm
from personnel.forms.allowances import EmptyForm
from personnel.forms.monthly import MonthlyReportForm
from personnel.models import MonthlyReport
from personnel.monthly import activities_of, paper_of
from personnel.names import ELSEWHERE, name_shown, people_named
from personnel.services.monthly_reports import (
    may_check,
    may_write,
    month_text,
    monthly_report_accept,
    monthly_report_return,
    monthly_report_submit,
    require_checker,
)
from personnel.timeline import short_name
from personnel.views.activity_entry import OfPerson, WriterMixin
from personnel.words import STATES
from pilar.core import pdf
from pilar.core.downloads import file_answer
from pilar.core.formatting import tanggal
from pilar.core.machines import glossary
from pilar.core.offices import issuer_of
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedDetailView, GatedListView, PageMixin, PageView, ServiceFormView

State = MonthlyReport.State
TONES = {State.SUBMITTED: "wait", State.ACCEPTED: "done", State.RETURNED: "back"}
JOINED = ("pillar", "region")
WORDS = glossary(State, STATES[State])


def pill(report: MonthlyReport) -> dict[str, str]:
    return {"text": report.get_state_display(), "tone": TONES[State(report.state)]}


class MonthlyReportListView(GatedListView):
    for_members = True
    template_name = "personnel/monthly_list.html"
    title = "Laporan bulanan"
    queryset = MonthlyReport.objects.select_related(*JOINED)
    filterset_class = MonthlyReportFilter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user, rows = self.request.user, list(context["rows"])
        names = people_named(user, rows)
        member = reach_of(user).member
        return context | {
            "items": [
                {
                    "row": row,
                    "name": names.get(row.person_id, ELSEWHERE),
                    "month": month_text(row.month),
                    "pillar": short_name(row.pillar),
                    "state": pill(row),
                }
                for row in rows
            ],
            "start_url": reverse("monthlyreport-create", args=[member]) if member else "",
            "words": WORDS,
        }


class MonthlyReportCreateView(OfPerson, WriterMixin, ServiceFormView):
    title = "Ajukan laporan bulanan"
    form_class = MonthlyReportForm
    done_message = "Laporan diajukan."

    def get_form_kwargs(self) -> dict[str, Any]:
        pillars = [row.pillar_id for row in self.assignments]
        return super().get_form_kwargs() | {"pillars": pillars, "today": timezone.localdate()}

    def serve(self, form: MonthlyReportForm) -> MonthlyReport:
        return monthly_report_submit(
            actor=self.actor,
            person=self.person,
            due_day=settings.REPORT_DUE_DAY,
            today=timezone.localdate(),
            **form.cleaned_data,
        )

    def get_done_url(self, saved: Any) -> str:
        return reverse("monthlyreport-detail", args=[saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "lead": f"{self.person.name}. Isinya kegiatan yang sudah terverifikasi pada bulan itu.",
            "submit_label": "Ajukan laporan",
            "consequence": f"Tepat waktu bila diajukan paling lambat tanggal {settings.REPORT_DUE_DAY} bulan "
            "berikutnya. Yang dikembalikan diajukan lagi di sini.",
            "cancel_url": reverse("monthlyreport-list"),
        }


class MonthlyReportDetailView(GatedDetailView):
    for_members = True
    template_name = "personnel/monthly_detail.html"
    queryset = MonthlyReport.objects.select_related(*JOINED)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report, user = self.object, self.request.user
        mine = user.pk == report.submitted_by_id
        name = name_shown(user, report)
        acts = []
        if report.state == State.SUBMITTED and may_check(self.actor, report) and not mine:
            acts = [
                {"label": "Terima", "url": self.act_url("terima"), "variant": "primary"},
                {"label": "Kembalikan dengan catatan", "url": self.act_url("kembalikan"), "variant": "secondary"},
            ]
        if report.state == State.RETURNED and may_write(self.actor, report):
            url = reverse("monthlyreport-create", args=[report.person_id])
            acts = [{"label": "Ajukan lagi", "url": url, "variant": "primary"}]
        return super().get_context_data(**kwargs) | {
            "title": f"Laporan {month_text(report.month)}, {name}",
            "report": report,
            "state": pill(report),
            "words": STATES[State][report.state],
            "facts": _facts(report),
            "activities": activities_of(user, report),
            "acts": acts,
        }

    def act_url(self, act: str) -> str:
        return reverse("monthlyreport-act", args=[self.object.pk, act])


def _facts(report: MonthlyReport) -> list[dict[str, Any]]:
    late = "tepat waktu" if report.on_time else f"terlambat, batasnya {tanggal(report.due_on)}"
    rows = [
        {"label": "Pilar", "value": report.pillar.name},
        {"label": "Wilayah kerja", "value": report.region.name},
        {"label": "Diajukan", "value": tanggal(report.submitted_on), "note": late},
    ]
    if report.decided_on:
        rows.append({"label": "Diputuskan", "value": tanggal(report.decided_on)})
    return rows + ([{"label": "Catatan", "value": report.note}] if report.note else [])


class OfReport(PageMixin):
    """The report of the address; a foreign one is 404."""

    for_members = True
    kwargs: dict[str, Any]

    @cached_property
    def report(self) -> MonthlyReport:
        rows = narrow_choices(MonthlyReport.objects.select_related(*JOINED), self.request.user)
        if (found := rows.filter(pk=self.kwargs["pk"]).first()) is None:
            raise Http404("Laporan ini tidak ada atau di luar wilayah Anda.")
        return found


class MonthlyReportPaperView(OfReport, PageView):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        name = name_shown(request.user, self.report)
        issuer, now = issuer_of(self.actor, today=timezone.localdate()), timezone.now()
        content = paper_of(request.user, self.report, name, issuer, at=now)
        return file_answer(content, f"laporan-{self.report.month:%Y-%m}-{self.report.pk}.pdf", pdf.PDF)


ACTS = {
    "terima": ("Terima", monthly_report_accept, EmptyForm, "Laporan diterima.", "Nama Anda tercatat sebagai penerima."),
    "kembalikan": (
        "Kembalikan dengan catatan",
        monthly_report_return,
        ReturnForm,
        "Laporan dikembalikan dengan catatan.",
        "Pelapor membaca catatan Anda dan dapat mengajukannya lagi.",
    ),
}


class MonthlyReportActView(OfReport, ServiceFormView):
    for_members = False

    @property
    def act(self) -> Any:
        if self.kwargs["act"] not in ACTS:
            raise Http404("Tindakan ini tidak ada.")
        return ACTS[self.kwargs["act"]]

    @property
    def done_message(self) -> str:  # type: ignore[override]
        return str(self.act[3])

    def get_form_class(self) -> type[Any]:
        form: type[Any] = self.act[2]
        return form

    def serve(self, form: Any) -> MonthlyReport:
        today = timezone.localdate()
        saved: MonthlyReport = self.act[1](actor=self.actor, report=self.report, today=today, **form.cleaned_data)
        return saved

    def get_done_url(self, saved: Any) -> str:
        return reverse("monthlyreport-detail", args=[self.report.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require_checker(self.actor, self.report)
        name = name_shown(self.actor, self.report)
        return super().get_context_data(**kwargs) | {
            "title": self.act[0],
            "lead": f"Laporan {month_text(self.report.month)}, {name}.",
            "submit_label": self.act[0],
            "consequence": self.act[4],
            "cancel_url": self.get_done_url(None),
        }
