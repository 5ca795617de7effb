"""Workbooks out: a template, the bad rows of an import, and what is recorded."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.views import View

from pilar.core.downloads import file_handed_out
from pilar.core.errors import Refusal
from pilar.core.imports import workbooks
from pilar.core.imports.kinds import Kind, all_kinds
from pilar.core.pages.import_forms import DataForm, PersonalDataForm
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
    """What is recorded in an area, in the template's columns; of people, for whoever may open personal data there."""

    kwargs: dict[str, Any]

    @cached_property
    def kind(self) -> Kind:
        return kind_or_404(self.kwargs["kind"])

    @property
    def right(self) -> Right:  # type: ignore[override]
        return Right.PERSONAL_DATA if self.kind.exports_personal else Right.ENTER

    def get_form_class(self) -> type[DataForm]:
        return PersonalDataForm if self.kind.exports_personal else DataForm

    def get_initial(self) -> dict[str, Any]:
        return {"region": self.actor.region_id}

    def form_valid(self, form: DataForm) -> HttpResponse:
        try:
            file = workbooks.recorded(actor=self.actor, kind=self.kind, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return file_handed_out(file, f"data-{self.kind.code}.xlsx")  # type: ignore[return-value]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        holds = "Berkas memuat NIK utuh. " if self.kind.exports_personal else ""
        return super().get_context_data(**kwargs) | {
            "title": f"Unduh data: {self.kind.label}",
            "lead": "Berkas berisi data yang tercatat dalam kolom templat, supaya dapat diisi dan diunggah kembali.",
            "submit_label": "Unduh (XLSX)",
            "consequence": f"{holds}Unduhan ini dan keperluannya tercatat atas nama Anda.",
            "cancel_url": reverse("import-create"),
        }
