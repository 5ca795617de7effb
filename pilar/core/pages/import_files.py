"""Workbooks out: a template, the bad rows of an import, and what is recorded."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views import View

from pilar.core.downloads import file_handed_out
from pilar.core.errors import Refusal
from pilar.core.imports import workbooks
from pilar.core.imports.kinds import Kind, all_kinds
from pilar.core.pages.import_forms import DataForm
from pilar.core.pages.imports import OfImport
from pilar.core.rights import Right
from pilar.core.views import PageMixin, RightMixin, ServiceFormView


def kind_or_404(code: str) -> Kind:
    found = next((kind for kind in all_kinds() if kind.code == code), None)
    if found is None:
        raise Http404("Jenis berkas ini tidak ada.")
    return found


class ImportTemplateView(PageMixin, View):
    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kind = kind_or_404(kwargs["kind"])
        return file_handed_out(workbooks.template(kind, region=self.actor.region), f"templat-{kind.code}.xlsx")


class ImportFaultsView(OfImport, View):
    """The bad rows as they were written, for whoever uploaded them."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        file = workbooks.bad_rows(actor=self.actor, session=self.session, kind=self.kind)
        return file_handed_out(file, f"bermasalah-{self.session.pk}.xlsx")


class ImportDataView(RightMixin, ServiceFormView):
    """What is recorded in an area, in the template's columns, for whoever may open personal data there."""

    right = Right.PERSONAL_DATA
    form_class = DataForm

    def get_initial(self) -> dict[str, Any]:
        return {"region": self.actor.region_id}

    def form_valid(self, form: DataForm) -> HttpResponse:
        kind = kind_or_404(self.kwargs["kind"])
        try:
            file = workbooks.recorded(actor=self.actor, kind=kind, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return file_handed_out(file, f"data-{kind.code}.xlsx")  # type: ignore[return-value]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kind = kind_or_404(self.kwargs["kind"])
        return super().get_context_data(**kwargs) | {
            "title": f"Unduh data: {kind.label}",
            "lead": "Berkas berisi data yang tercatat dalam kolom templat, supaya dapat diisi dan diunggah kembali.",
            "submit_label": "Unduh (XLSX)",
            "consequence": "Berkas memuat NIK utuh. Unduhan ini dan keperluannya tercatat atas nama Anda.",
            "cancel_url": reverse("import-create"),
        }
