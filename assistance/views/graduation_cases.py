from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from assistance.filters.graduation_cases import CaseFilter
from assistance.forms.graduation_cases import ProposeForm
from assistance.models import Beneficiary, GraduationCase
from assistance.reading import only_programme, people_names
from assistance.reading_graduation import companions_of, personnel_names, waiting_of
from assistance.services.entry import require_entry
from assistance.services.graduation_cases import CaseEntry, case_propose
from assistance.views.find import FindPersonView, person_from
from assistance.views.marks import COMPANION_ELSEWHERE, MOVED_AWAY, NO_COMPANION, short_place
from assistance.words import words_of
from pilar.core import places
from pilar.core.filters import without
from pilar.core.rights import Right
from pilar.core.scoping import reach_of
from pilar.core.views import GatedListView, RightMixin, ServiceFormView

State = GraduationCase.State
_MARKS = {
    State.PROPOSED: ("menunggu asesmen", "wait"),
    State.ASSESSED: ("menunggu keputusan", "wait"),
    State.TRANSITION: ("masa transisi", "neutral"),
    State.LEFT: ("keluar", "done"),
    State.REJECTED: ("ditolak", "back"),
    State.CANCELLED: ("dibatalkan", "back"),
}


def case_mark(case: GraduationCase) -> dict[str, str]:
    text, tone = _MARKS[State(case.state)]
    return {"text": text, "tone": tone}


def companions_shown(user: Any, cases: list[GraduationCase]) -> dict[int, str]:
    """Case id -> the companion's name, that there is nobody, or that the reader may not see him."""
    found = companions_of(user, cases, timezone.localdate())
    names = personnel_names(user, found.values())
    return {
        case.pk: NO_COMPANION if (person := found.get(case.pk, 0)) is None else names.get(person, COMPANION_ELSEWHERE)
        for case in cases
    }


class CaseListView(GatedListView):
    """The board: tabs by state with what waits in each, and the cases below."""

    template_name = "assistance/graduation_case_list.html"
    title = "Proses graduasi"
    queryset = GraduationCase.objects.select_related("programme", "region", "graduation")
    export = "proses-graduasi"
    filterset_class = CaseFilter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user, rows = self.request.user, list(context["rows"])
        labels = places.labels({row.region for row in rows})
        people = people_names(user, [row.beneficiary_id for row in rows])
        companions = companions_shown(user, rows)
        return context | {
            "cases": [
                {
                    "row": row,
                    "name": people.get(row.beneficiary_id, MOVED_AWAY),
                    "place": short_place(labels[row.region_id]),
                    "companion": companions[row.pk],
                    "state": case_mark(row),
                    "next_step": words_of(row.state, State).next_step,
                }
                for row in rows
            ],
            "tabs": self.tabs(),
            "may_enter": bool(reach_of(user).slots_for(Right.ENTER)),
        }

    def tabs(self) -> list[dict[str, Any]]:
        """Every state with its address; open ones with how many wait under the other filters."""
        query = self.request.GET.copy()
        now = query.pop("state", [""])[-1]
        rest = CaseFilter(query, queryset=self.get_queryset(), request=self.request)
        counts = waiting_of(rest.qs) if rest.is_valid() else {}
        base = without(self.request.GET, "state")
        join = "" if base == "?" else "&"
        shown = [{"label": "Semua", "url": base, "current": now == "", "count": None}]
        for state in State:
            text = _MARKS[state][0]
            shown.append(
                {
                    "label": text[:1].upper() + text[1:],
                    "url": f"{base}{join}state={state.value}",
                    "current": now == state.value,
                    "count": counts.get(state.value),
                }
            )
        return shown


class CaseFindView(RightMixin, FindPersonView):
    """First step of a proposal: which family."""

    right = Right.ENTER
    template_name = "assistance/graduation_find.html"
    title = "Usulkan graduasi"

    def chosen_url(self, person: Beneficiary) -> str:
        return f"{reverse('graduation-case-create')}?penerima={person.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        labels = places.labels({row["person"].region for row in context["people"]})
        for row in context["people"]:
            row["place"] = short_place(labels[row["person"].region_id])
        return context | {"list_url": reverse("graduation-case-list"), "act": "Usulkan graduasi"}


class CaseCreateView(ServiceFormView):
    """Second step: programme, day, kind and whose initiative."""

    form_class = ProposeForm
    done_message = "Usulan graduasi tersimpan. Lanjutkan dengan asesmen."

    @cached_property
    def person(self) -> Beneficiary | None:
        return person_from(self.request)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.person is None:
            return redirect("graduation-case-find")
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        initial = {"beneficiary": self.person, "proposed_on": timezone.localdate()}
        return initial | {"programme": only_programme(self.request.user, self.person)}

    def serve(self, form: Any) -> GraduationCase:
        return case_propose(actor=self.actor, entry=CaseEntry(**form.cleaned_data), today=timezone.localdate())

    def get_done_url(self, saved: Any) -> str:
        return reverse("graduation-case-detail", args=[saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form, person = context["form"], self.person
        if person is not None:
            require_entry(self.actor, person.region_id)
        fields = ("programme", "proposed_on", "kind", "initiative", "note")
        return context | {
            "title": f"Usulkan graduasi {person.name}" if person else "Usulkan graduasi",
            "lead": "Usulan diperiksa dengan asesmen lapangan, lalu diputuskan oleh pejabat selain pengusul.",
            "groups": [{"title": "Usulan", "fields": [form[name] for name in fields]}],
            "submit_label": "Ajukan usulan",
            "consequence": "Belum ada yang dihitung ke target, dan keluarga tetap menerima sampai ia keluar.",
            "cancel_url": reverse("graduation-case-list"),
        }
