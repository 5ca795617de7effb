from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from assistance.filters.care import GraduationFilter
from assistance.forms.care import CancelForm, GraduationForm
from assistance.forms.participation import EmptyForm
from assistance.models import Beneficiary, Caseload, Graduation
from assistance.reading import names_of, people_names
from assistance.services.entry import require_entry, require_for
from assistance.services.graduations import GraduationEntry, graduation_cancel, graduation_confirm, graduation_record
from assistance.states import GRADUATION_KINDS_COUNTED
from assistance.views.find import FindPersonView, person_from
from assistance.views.marks import (
    COMPANION_ELSEWHERE,
    MOVED_AWAY,
    NO_COMPANION,
    companion_url,
    person_url,
    short_place,
)
from assistance.views.spots import officer_name
from personnel.models import Assignment, Personnel
from pilar.core import places
from pilar.core.formatting import tanggal, tanggal_ringkas
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedListView, RightMixin, ServiceFormView

RULE = "Dihitung ke target pendamping: " + ", ".join(
    sorted(str(kind.label) for kind in Graduation.Kind if kind in GRADUATION_KINDS_COUNTED)
)

OUTSIDE = (
    "Di sini dicatat keputusan graduasi yang dibuat di luar PILAR, misalnya SK yang sudah terbit. Keluarga yang baru "
    "diusulkan lulus menempuh usulan, asesmen, keputusan, dan masa transisi."
)


def counted_shown(row: Graduation) -> dict[str, str]:
    """Whether it counts toward a target, for state_pill.html."""
    if row.cancelled_on:
        return {"text": f"dibatalkan {tanggal_ringkas(row.cancelled_on)}", "tone": "back"}
    if row.confirmed_on is None:
        return {"text": "menunggu konfirmasi", "tone": "wait"}
    return (
        {"text": "dihitung", "tone": "done"} if row.counts else {"text": "tidak, menurut jenisnya", "tone": "neutral"}
    )


def may_confirm(user: Any, row: Graduation) -> bool:
    """Whether the page offers it; the service asks again, by programme."""
    waits = row.cancelled_on is None and row.confirmed_on is None
    return waits and row.recorded_by_id != user.pk and reach_of(user).can(Right.DECIDE, row.region_id)


def companion_shown(graduation: Graduation, names: dict[int, str]) -> str:
    """Name of whoever is credited, that the reader may not see him, or that there is nobody."""
    if graduation.credited_to_id is None:
        return NO_COMPANION
    return names.get(graduation.credited_to_id, COMPANION_ELSEWHERE)


class GraduationListView(GatedListView):
    template_name = "assistance/graduation_list.html"
    title = "Graduasi"
    queryset = Graduation.objects.select_related("programme", "region", "case")
    export = "graduasi"
    filterset_class = GraduationFilter
    ordering = ("-decided_on", "-id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        reach = reach_of(self.request.user)
        names = places.labels({row.region for row in context["rows"]})
        user = self.request.user
        people = people_names(user, [row.beneficiary_id for row in context["rows"]])
        companions = names_of(Personnel.objects.all(), user, [row.credited_to_id for row in context["rows"]])
        return context | {
            "graduations": [
                {
                    "row": row,
                    "place": short_place(names[row.region_id]),
                    "name": people.get(row.beneficiary_id, ""),
                    "person_url": person_url(row.beneficiary_id, people),
                    "companion": companion_shown(row, companions),
                    "companion_url": companion_url(row.credited_to_id, companions),
                    "counted": counted_shown(row),
                    "case": getattr(row, "case", None),
                    "may_confirm": may_confirm(user, row),
                    "may_cancel": row.cancelled_on is None and reach.can(Right.ENTER, row.region_id),
                }
                for row in context["rows"]
            ],
            "may_enter": bool(reach.slots_for(Right.ENTER)),
            "rule": RULE,
        }


class GraduationFindView(RightMixin, FindPersonView):
    """First step: which family."""

    right = Right.ENTER
    template_name = "assistance/graduation_find.html"
    title = "Catat graduasi"

    def chosen_url(self, person: Beneficiary) -> str:
        return f"{reverse('graduation-create')}?penerima={person.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        names = places.labels({row["person"].region for row in context["people"]})
        for row in context["people"]:
            row["place"] = short_place(names[row["person"].region_id])
        return context | {"list_url": reverse("graduation-list"), "note": OUTSIDE}


class GraduationCreateView(ServiceFormView):
    """Second step: programme, kind and day; the companion follows from the caseload of that day."""

    template_name = "assistance/graduation_form.html"
    form_class = GraduationForm
    done_message = "Graduasi tercatat. Dihitung ke target sesudah pejabat lain yang berwenang mengonfirmasinya."

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
            "outside": OUTSIDE,
            "case_url": f"{reverse('graduation-case-create')}?penerima={person.pk}" if person else "",
            "cancel_url": reverse("graduation-list"),
        }

    def _companions(self) -> list[dict[str, str]]:
        """Who looks or looked after the family, as far as the user may see it."""
        user = self.request.user
        rows = narrow_choices(Caseload.objects.select_related("programme"), user).filter(beneficiary=self.person)
        cases = list(rows.order_by("-valid_from"))
        assignments = narrow_choices(Assignment.objects.all(), user).filter(pk__in=[c.assignment_id for c in cases])
        person_of = dict(assignments.values_list("pk", "person_id"))
        names = names_of(Personnel.objects.all(), user, person_of.values())
        return [
            {
                "label": case.programme.name,
                "value": names.get(person_of.get(case.assignment_id, 0), COMPANION_ELSEWHERE),
                "note": f"sejak {tanggal(case.valid_from)}"
                + (f" sampai {tanggal(case.valid_until)}" if case.valid_until else ""),
            }
            for case in cases
        ]


class OfGraduation(ServiceFormView):
    """The graduation from the address; a foreign one is 404."""

    @cached_property
    def graduation(self) -> Graduation:
        rows = narrow_choices(Graduation.objects.select_related("programme"), self.request.user)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Graduasi ini tidak ada.")
        return found

    def get_done_url(self, saved: Any) -> str:
        return reverse("graduation-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.graduation
        name = people_names(self.request.user, [found.beneficiary_id]).get(found.beneficiary_id, MOVED_AWAY)
        return super().get_context_data(**kwargs) | {
            "lead": f"{name}: {found.get_kind_display()} dari {found.programme}, "
            f"diputuskan {tanggal(found.decided_on)}.",
            "cancel_url": reverse("graduation-list"),
        }


class GraduationConfirmView(OfGraduation):
    title = "Konfirmasi graduasi"
    form_class = EmptyForm
    done_message = "Graduasi dikonfirmasi dan dihitung pada tanggal keputusannya."

    def serve(self, form: Any) -> Graduation:
        return graduation_confirm(actor=self.actor, graduation=self.graduation, today=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.graduation
        require_for(self.actor, Right.DECIDE, found.region_id, found.programme)
        by = officer_name(self.actor, found.recorded_by_id)
        return super().get_context_data(**kwargs) | {
            "submit_label": "Konfirmasi",
            "consequence": f"Dicatat oleh {by}. Cocokkan dengan SK atau berita acaranya. Sesudah dikonfirmasi, "
            "graduasi ini dihitung pada tanggal keputusannya, untuk pendamping keluarga itu pada tanggal itu.",
        }


class GraduationCancelView(OfGraduation):
    title = "Batalkan graduasi"
    form_class = CancelForm

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def serve(self, form: Any) -> Graduation:
        return graduation_cancel(
            actor=self.request.user,  # type: ignore[arg-type]
            graduation=self.graduation,
            today=timezone.localdate(),
            **form.cleaned_data,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require_entry(self.actor, self.graduation.region_id, self.graduation.programme)
        return super().get_context_data(**kwargs) | {
            "submit_label": "Batalkan graduasi",
            "consequence": "Sejak disimpan, graduasi ini tidak dihitung lagi; barisnya tetap terbaca. Kepesertaan "
            "yang sudah berakhir tetap berakhir: kembali menerima lewat usulan baru.",
        }
