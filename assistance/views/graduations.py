from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from assistance.filters import GraduationFilter
from assistance.forms import CancelForm, GraduationForm
from assistance.models import Beneficiary, Caseload, Graduation
from assistance.services.entry import require_entry
from assistance.services.graduations import GraduationEntry, graduation_cancel, graduation_record
from assistance.states import GRADUATION_KINDS_COUNTED
from assistance.views.find import FindPersonView, person_from
from assistance.views.marks import COMPANION_ELSEWHERE, NO_COMPANION, short_place
from pilar.core import places
from pilar.core.formatting import tanggal
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedListView, ServiceFormView

RULE = "Dihitung ke target pendamping: " + ", ".join(
    sorted(str(kind.label) for kind in Graduation.Kind if kind in GRADUATION_KINDS_COUNTED)
)


def companion_shown(graduation: Graduation) -> str:
    """Name of whoever is credited. A companion whom the gate hides is joined as nobody, but his id stands."""
    if graduation.credited_to is not None:
        return graduation.credited_to.name
    return COMPANION_ELSEWHERE if graduation.credited_to_id else NO_COMPANION


class GraduationListView(GatedListView):
    template_name = "assistance/graduation_list.html"
    title = "Graduasi"
    queryset = Graduation.objects.select_related("beneficiary", "programme", "region", "credited_to")
    filterset_class = GraduationFilter
    ordering = ("-decided_on", "-id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        reach = reach_of(self.request.user)
        names = places.labels({row.region for row in context["rows"]})
        return context | {
            "graduations": [
                {
                    "row": row,
                    "place": short_place(names[row.region_id]),
                    "companion": companion_shown(row),
                    "may_cancel": row.cancelled_on is None and reach.can(Right.ENTER, row.region_id),
                }
                for row in context["rows"]
            ],
            "may_enter": bool(reach.slots_for(Right.ENTER)),
            "rule": RULE,
        }


class GraduationFindView(FindPersonView):
    """First step: which family."""

    template_name = "assistance/graduation_find.html"
    title = "Catat graduasi"

    def chosen_url(self, person: Beneficiary) -> str:
        return f"{reverse('graduation-create')}?penerima={person.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        names = places.labels({row["person"].region for row in context["people"]})
        for row in context["people"]:
            row["place"] = short_place(names[row["person"].region_id])
        return context | {"list_url": reverse("graduation-list")}


class GraduationCreateView(ServiceFormView):
    """Second step: programme, kind and day; the companion follows from the caseload of that day."""

    template_name = "assistance/graduation_form.html"
    form_class = GraduationForm

    @cached_property
    def person(self) -> Beneficiary | None:
        return person_from(self.request)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.person is None:
            return redirect("graduation-find")
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"beneficiary": self.person}

    def serve(self, form: Any) -> Graduation:
        return graduation_record(
            actor=self.request.user,  # type: ignore[arg-type]
            entry=GraduationEntry(**form.cleaned_data),
            today=timezone.localdate(),
        )

    def get_done_url(self, saved: Any) -> str:
        return reverse("graduation-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form, person = context["form"], self.person
        if person is not None:
            require_entry(self.request.user, person.region_id)  # type: ignore[arg-type]
        return context | {
            "title": f"Graduasi {person.name}" if person else "Catat graduasi",
            "companions": self._companions(),
            "groups": [{"title": "Keputusan", "fields": [form[n] for n in ("programme", "decided_on", "kind")]}],
            "rule": RULE,
            "cancel_url": reverse("graduation-list"),
        }

    def _companions(self) -> list[dict[str, str]]:
        """Who looks or looked after the family, as far as the user may see it."""
        rows = narrow_choices(Caseload.objects.select_related("programme", "assignment__person"), self.request.user)
        return [
            {
                "label": case.programme.name,
                "value": case.assignment.person.name,
                "note": f"sejak {tanggal(case.valid_from)}"
                + (f" sampai {tanggal(case.valid_until)}" if case.valid_until else ""),
            }
            for case in rows.filter(beneficiary=self.person).order_by("-valid_from")
        ]


class GraduationCancelView(ServiceFormView):
    title = "Batalkan graduasi"
    form_class = CancelForm

    @cached_property
    def graduation(self) -> Graduation:
        rows = narrow_choices(Graduation.objects.select_related("beneficiary", "programme"), self.request.user)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Graduasi ini tidak ada.")
        return found

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def serve(self, form: Any) -> Graduation:
        return graduation_cancel(
            actor=self.request.user,  # type: ignore[arg-type]
            graduation=self.graduation,
            today=timezone.localdate(),
            **form.cleaned_data,
        )

    def get_done_url(self, saved: Any) -> str:
        return reverse("graduation-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.graduation
        require_entry(self.request.user, found.region_id, found.programme)  # type: ignore[arg-type]
        return super().get_context_data(**kwargs) | {
            "lead": f"{found.beneficiary.name}: {found.get_kind_display()} dari {found.programme}, "
            f"diputuskan {tanggal(found.decided_on)}.",
            "submit_label": "Batalkan graduasi",
            "consequence": "Sejak disimpan, graduasi ini tidak dihitung lagi; barisnya tetap terbaca.",
            "cancel_url": reverse("graduation-list"),
        }
