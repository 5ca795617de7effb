"""Base views of the HTML door. Rows come through the gate, changes through services."""

from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.views.generic import DetailView, FormView, TemplateView
from django_filters import FilterSet

from pilar.core import regions
from pilar.core.errors import Refusal, no_right
from pilar.core.filters import chips
from pilar.core.forms import RegionField
from pilar.core.models import BudgetYear, Region, User
from pilar.core.paging import keyset_page
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import narrow_choices, reach_of


class PageMixin(LoginRequiredMixin):
    """Signed in only; `title` heads the page.

    `place_query`: what of "year" and "region" the page reads from its query; the frame then moves only that.
    """

    title = ""
    place_query: tuple[str, ...] = ()
    request: HttpRequest

    @property
    def actor(self) -> User:
        """The signed-in user; nobody else gets past the mixin."""
        return cast(User, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=self.title, **kwargs)  # type: ignore[misc, no-any-return]


class RightMixin(PageMixin):
    """Pages for those who hold `right` somewhere; where exactly is the service's question."""

    right: Right

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not reach_of(request.user).slots_for(self.right):
            raise no_right(RIGHT_NAMES[self.right], "admin wilayah di atas Anda")
        return super().dispatch(request, *args, **kwargs)


class PageView(PageMixin, TemplateView):
    """A page that is neither a list nor a form."""


class GatedListView(PageView):
    """A list: one FilterSet for filters, chips and API, keyset paging, no total.

    Set `queryset` (a manager's queryset), `filterset_class` and `ordering` (last field unique); `export` names the
    list in the app's `exports.py`, and the frame then offers to take it away as it is filtered.
    """

    export = ""

    queryset: QuerySet[Any]
    filterset_class: type[FilterSet]
    ordering: tuple[str, ...] = ("-id",)

    def get_queryset(self) -> QuerySet[Any]:
        return narrow_choices(self.queryset, self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filterset = self.filterset_class(self.request.GET, queryset=self.get_queryset(), request=self.request)
        rows = filterset.qs if filterset.is_valid() else self.get_queryset().none()
        page = keyset_page(rows, self.ordering, self.request.GET.get("cursor", ""))
        return super().get_context_data(
            filterset=filterset,
            page=page,
            rows=page.rows,
            chips=chips(filterset, self.request.GET),
            clear_url=self.request.path,
            export_url=self._export_url(),
            **kwargs,
        )

    def _export_url(self) -> str:
        if not self.export or reach_of(self.actor).member is not None:
            return ""
        kept = {name: value for name, value in self.request.GET.items() if name in self.filterset_class.base_filters}
        address = reverse("export-create", args=[self.export])
        return f"{address}?{urlencode(kept)}" if kept else address


class GatedDetailView(PageMixin, DetailView):  # type: ignore[type-arg]
    """One row; a foreign one is 404."""

    def get_queryset(self) -> QuerySet[Any]:
        return narrow_choices(super().get_queryset(), self.request.user)


class ServiceFormView(PageMixin, FormView):  # type: ignore[type-arg]
    """A form whose save is a service. Refusals and constraint errors come back on the form, nothing is lost.

    Subclasses write `serve(form)` and return the saved object.
    """

    template_name = "core/form.html"
    done_message = "Data tersimpan."

    def serve(self, form: Any) -> Model | None:
        raise NotImplementedError

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        if issubclass(self.get_form_class(), GatedForm):
            kwargs["user"] = self.request.user
        return kwargs

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                saved = self.serve(form)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        except ValidationError as error:
            attach(form, error)
        except IntegrityError as error:
            form.add_error(None, constraint_sentence(error))
        else:
            return self.done(saved)
        return self.form_invalid(form)

    def done(self, saved: Any) -> HttpResponse:
        messages.success(self.request, self.done_message)
        return redirect(self.get_done_url(saved))

    def form_invalid(self, form: Any) -> HttpResponse:
        response = super().form_invalid(form)
        response.status_code = 422
        return response

    def get_done_url(self, saved: Model | None) -> str:
        return self.get_success_url()


class GatedForm(forms.Form):
    """A form that narrows every choice, of rows and of regions, to what its user may see or do."""

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                field.queryset = narrow_choices(field.queryset, user)
            elif isinstance(field, RegionField):
                field.for_user(user)


def attach(form: forms.Form, error: ValidationError) -> None:
    """Each message to its field; to the form's head where the form has no such field."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, errors in error.error_dict.items():
        form.add_error(name if name in form.fields else None, errors)


def constraint_sentence(error: IntegrityError) -> str:
    """A constraint that no check foresaw, named so that an administrator can find it."""
    diagnostics = getattr(error.__cause__, "diag", None)
    name = getattr(diagnostics, "constraint_name", None) or "tidak dikenal"
    return (
        f"Basis data menolak penyimpanan ini (aturan “{name}”). Periksa isian; bila yakin benar, hubungi admin pusat."
    )


def region_from(code: str) -> Region:
    """The region of a dotted code in the address; 'nasional' is the nation. Raises Http404."""
    try:
        number = regions.parse(code)
    except ValueError as error:
        raise Http404(str(error)) from error
    region = Region.objects.filter(pk=number).first()
    if region is None:
        raise Http404(f"Wilayah {code} tidak ada.")
    return region


def year_from(year: int) -> BudgetYear:
    found = BudgetYear.objects.filter(pk=year).first()
    if found is None:
        raise Http404(f"Tahun anggaran {year} belum dibuka.")
    return found
