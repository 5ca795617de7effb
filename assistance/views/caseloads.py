"""Dampingan: companions with how many they look after, one companion's families, and handing them over."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from assistance.filters.caseloads import CompanionFilter
from assistance.forms.caseloads import CaseloadEndForm, CaseloadForm, HandOverForm
from assistance.models import Caseload
from assistance.reading import names_of, people_names, person_of_nik
from assistance.services import caseloads as service
from assistance.views.marks import MOVED_AWAY as ELSEWHERE
from personnel.models import Assignment, Personnel, valid_on
from personnel.timeline import role_of
from pilar.core.formatting import tanggal
from pilar.core.paging import keyset_page
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedListView, PageView, RightMixin, ServiceFormView


class CaseloadListView(GatedListView):
    template_name = "assistance/caseload_list.html"
    title = "Dampingan"
    queryset = Assignment.objects.select_related("pillar", "region")
    filterset_class = CompanionFilter
    ordering = ("region_id", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user, today, rows = self.request.user, timezone.localdate(), context["rows"]
        names = names_of(Personnel.objects.all(), user, [row.person_id for row in rows])
        held = narrow_choices(Caseload.objects.filter(valid_on(today)), user).filter(assignment__in=rows)
        counts = dict(held.order_by().values_list("assignment_id").annotate(n=Count("pk")))
        return context | {
            "items": [
                {
                    "row": row,
                    "name": names.get(row.person_id, ELSEWHERE),
                    "role": role_of(row),
                    "families": counts.get(row.pk, 0),
                    "over": row.valid_until is not None and row.valid_until < today,
                }
                for row in rows
            ]
        }


class OfCompanion:
    """The assignment from the address; a foreign one is 404."""

    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def assignment(self) -> Assignment:
        rows = narrow_choices(Assignment.objects.select_related("pillar", "region"), self.request.user)
        if (found := rows.filter(pk=self.kwargs["pk"]).first()) is None:
            raise Http404("Penugasan ini tidak ada, atau di luar wewenang Anda.")
        return found

    @cached_property
    def name(self) -> str:
        row = self.assignment
        return names_of(Personnel.objects.all(), self.request.user, [row.person_id]).get(row.person_id, ELSEWHERE)

    @property
    def page_url(self) -> str:
        return reverse("caseload-detail", args=[self.assignment.pk])

    def lead(self) -> str:
        row = self.assignment
        return f"{self.name}: {role_of(row)}, {row.region}, sejak {tanggal(row.valid_from)}"


class CaseloadDetailView(OfCompanion, PageView):
    template_name = "assistance/caseload_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user, today = self.assignment, self.request.user, timezone.localdate()
        held = narrow_choices(Caseload.objects.select_related("programme", "region"), user).filter(assignment=row)
        page = keyset_page(held.filter(valid_on(today)), ("region_id", "id"), self.request.GET.get("cursor", ""))
        names = people_names(user, [case.beneficiary_id for case in page.rows])
        may_enter = bool(reach_of(user).slots_for(Right.ENTER))
        return super().get_context_data(
            **kwargs,
            row=row,
            name=self.name,
            role=role_of(row),
            over=row.valid_until is not None and row.valid_until < today,
            families=held.filter(valid_on(today)).count(),
            past=held.filter(valid_until__lt=today).count(),
            items=[
                {"row": case, "name": names.get(case.beneficiary_id, ELSEWHERE), "known": case.beneficiary_id in names}
                for case in page.rows
            ],
            page=page,
            may_enter=may_enter,
            looks_after=row.pillar.looks_after(row.position),
        ) | {"title": f"Dampingan {self.name}"}


class CompanionFormView(OfCompanion, RightMixin, ServiceFormView):
    """A form about one companion's families."""

    right = Right.ENTER

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.assignment  # noqa: B018 - a foreign one is 404 before anything else is said
        return super().dispatch(request, *args, **kwargs)

    def get_done_url(self, saved: Any) -> str:
        return self.page_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"lead": self.lead(), "cancel_url": self.page_url}


class CaseloadCreateView(CompanionFormView):
    title = "Tambah dampingan"
    form_class = CaseloadForm
    done_message = "Dampingan tersimpan."

    def get_initial(self) -> dict[str, Any]:
        return {"since": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"submit_label": "Simpan dampingan"}

    def serve(self, form: CaseloadForm) -> Caseload:
        person = self._person(form.cleaned_data["nik"])
        return service.caseload_start(
            actor=self.actor,
            entry=service.CaseloadEntry(
                self.assignment, person, form.cleaned_data["programme"], form.cleaned_data["since"]
            ),
            today=timezone.localdate(),
        )

    def _person(self, text: str) -> Any:
        try:
            found = person_of_nik(self.actor, text)
        except ValidationError as error:
            raise ValidationError({"nik": error.messages}) from error
        if found is None:
            raise ValidationError({"nik": "Tidak ada penerima dengan NIK itu di wilayah Anda. Daftarkan dahulu."})
        return found


class HandOverView(CompanionFormView):
    title = "Serahkan semua dampingan"
    form_class = HandOverForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"assignment": self.assignment, "today": timezone.localdate()}

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "submit_label": "Serahkan semua",
            "consequence": "Semua keluarga yang didampinginya pindah ke penerus sejak hari itu. Graduasi tetap "
            "dikreditkan kepada pendamping pada hari keputusannya.",
        }

    def serve(self, form: HandOverForm) -> None:
        self.handed = service.caseload_hand_over(
            actor=self.actor, assignment=self.assignment, today=timezone.localdate(), **form.cleaned_data
        )

    def done(self, saved: Any) -> HttpResponse:
        kept = f" {self.handed.kept} tidak ikut: keluarga penerus sendiri, atau di luar wilayah Anda."
        self.done_message = f"{self.handed.moved} dampingan diserahkan.{kept if self.handed.kept else ''}"
        return super().done(saved)


class CaseloadEndView(CompanionFormView):
    title = "Akhiri dampingan"
    form_class = CaseloadEndForm

    @cached_property
    def caseload(self) -> Caseload:
        rows = narrow_choices(Caseload.objects.select_related("programme"), self.request.user)
        if (found := rows.filter(assignment=self.assignment, pk=self.kwargs["caseload"]).first()) is None:
            raise Http404("Dampingan ini tidak ada, atau di luar wewenang Anda.")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.caseload
        family = people_names(self.actor, [case.beneficiary_id]).get(case.beneficiary_id, ELSEWHERE)
        return super().get_context_data(**kwargs) | {
            "lead": f"{family}, {case.programme.code}, didampingi {self.name} sejak {tanggal(case.valid_from)}.",
            "submit_label": "Akhiri dampingan",
        }

    def serve(self, form: CaseloadEndForm) -> Caseload:
        return service.caseload_end(
            actor=self.actor, caseload=self.caseload, on=form.cleaned_data["on"], today=timezone.localdate()
        )
