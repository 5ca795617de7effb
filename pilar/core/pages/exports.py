"""Taking a list away: choosing the form, "Unduhan saya" and fetching."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from pilar.core import exporting, exports
from pilar.core.downloads import file_handed_out, file_stream
from pilar.core.exporting import ExportEntry
from pilar.core.exports import ListExport
from pilar.core.filters import chips
from pilar.core.models import Job
from pilar.core.pages.jobs import STATES, JobFilter
from pilar.core.personal import REASONS
from pilar.core.views import GatedForm, GatedListView, PageMixin, ServiceFormView

FORMS = (
    ("xlsx", "XLSX, untuk Excel dan LibreOffice"),
    ("csv", "CSV dengan titik koma, paling cepat untuk daftar panjang"),
    ("jsonl", "JSON, satu baris satu objek, untuk program"),
)


class ExportForm(GatedForm):
    form = forms.ChoiceField(label="Bentuk berkas", choices=FORMS, widget=forms.RadioSelect, initial="xlsx")
    reason = forms.CharField(
        label="Alasan membuka data pribadi",
        max_length=300,
        required=False,
        help_text="Kosongkan untuk mengunduh dengan NIK, tanggal lahir, dan telepon disamarkan",
        widget=forms.TextInput({"list": "alasan"}),
    )


class ExportCreateView(ServiceFormView):
    """`name` is the list, the query its filters."""

    template_name = "core/export_form.html"
    form_class = ExportForm

    @cached_property
    def export(self) -> ListExport:
        found = exports.get(self.kwargs["name"])
        if found is None:
            raise Http404("Daftar ini tidak ada.")
        return found

    @property
    def query(self) -> str:
        return self.request.GET.urlencode()

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Unduh daftar “{self.export.title}”"

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if not exporting.may_open(self.actor, self.export):
            del form.fields["reason"]
        return form

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        exporting.checked(self.actor, ExportEntry(self.export, "csv"))
        try:
            filterset = exports.filterset_of(self.export, self.actor, self.query)
        except ValidationError as error:
            raise Http404(error.messages[0]) from error
        context = super().get_context_data(
            chips=chips(filterset, self.request.GET),
            short=exporting.is_short(filterset.qs),
            limit=settings.EXPORT_AT_ONCE,
            headings=[column.heading for column in self.export.columns],
            hours=settings.EXPORT_HOURS,
            submit_label="Unduh",
            **kwargs,
        )
        return context | {"reasons": REASONS if "reason" in context["form"].fields else ()}

    def serve(self, form: Any) -> Any:
        entry = ExportEntry(self.export, form.cleaned_data["form"], self.query, form.cleaned_data.get("reason", ""))
        return exporting.export_make(actor=self.actor, entry=entry, now=timezone.now())

    def done(self, saved: exporting.Made) -> HttpResponseBase:  # type: ignore[override]
        if saved.content is None:
            messages.success(self.request, "Daftar ini panjang; berkasnya dibuat di belakang layar.")
            return redirect("export-list")
        return file_handed_out(saved.content, saved.name)


class ExportListView(GatedListView):
    """What one has asked for: its state, and the file as long as it can be fetched."""

    title = "Unduhan saya"
    template_name = "core/export_list.html"
    queryset = Job.objects.all()
    filterset_class = JobFilter

    def get_queryset(self) -> QuerySet[Job]:
        return exporting.own_exports(self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, now = super().get_context_data(**kwargs), timezone.now()
        names = {name: export.title for name, export in exports.all_exports().items()}
        return context | {
            "lines": [
                {
                    "job": job,
                    "title": names.get(job.params["list"], job.params["list"]),
                    "form": job.params["form"],
                    "opened": bool(job.params["reason"]),
                    "tone": STATES[Job.State(job.state)][1],
                    "until": exporting.expires_at(job) if exporting.is_ready(job, now) else None,
                    "over": job.state == Job.State.DONE and not exporting.is_ready(job, now),
                    "open": job.state in Job.OPEN,
                }
                for job in context["rows"]
            ],
            "hours": settings.EXPORT_HOURS,
        }


class ExportFileView(PageMixin, View):
    """The file, to whoever asked for it and for as long as it is kept."""

    http_method_names = ("get",)

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        job = exporting.own_exports(self.actor).filter(pk=pk).first()
        if job is None or not exporting.is_ready(job, timezone.now()):
            raise Http404("Unduhan ini tidak ada atau sudah lewat masanya. Unduh lagi dari halaman daftarnya.")
        name, content = exporting.export_fetch(actor=self.actor, job=job)
        return file_stream(content, name)
