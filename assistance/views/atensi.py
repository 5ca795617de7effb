from datetime import date
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from assistance.filters.atensi import AtensiFilter
from assistance.forms.atensi import AtensiAssessForm
from assistance.models import AtensiCase, Beneficiary
from assistance.reading import people_names
from assistance.reading_atensi import Care, care_of
from assistance.services.atensi import AtensiEntry, atensi_assess
from assistance.services.entry import require_entry
from assistance.views.find import FindPersonView, person_from
from assistance.views.marks import MOVED_AWAY, short_place
from pilar.core import places
from pilar.core.filters import without
from pilar.core.formatting import angka, tanggal_ringkas
from pilar.core.rights import Right
from pilar.core.scoping import reach_of
from pilar.core.views import GatedListView, RightMixin, ServiceFormView

State = AtensiCase.State
_MARKS = {
    State.ASSESSED: ("menunggu rencana", "wait"),
    State.PLANNED: ("menunggu layanan", "wait"),
    State.SERVED: ("sedang dilayani", "neutral"),
    State.CLOSED: ("selesai", "done"),
    State.STOPPED: ("dihentikan", "back"),
}


def atensi_mark(case: AtensiCase) -> dict[str, str]:
    text, tone = _MARKS[State(case.state)]
    return {"text": text, "tone": tone}


def lag_words(case: AtensiCase, care: Care, today: date) -> str:
    """How long after the assessment money came, or how long it has been waited for."""
    if (lag := care.lag(case)) is not None and care.first_paid is not None:
        return f"{angka(lag)} hari ({tanggal_ringkas(care.first_paid)})"
    if case.state == State.STOPPED:
        return "tidak ada pembayaran"
    return f"belum dibayar, {angka((today - case.assessed_on).days)} hari sejak asesmen"


class AtensiListView(GatedListView):
    """Cases by state, with the value of each, what was served, and how late money came."""

    template_name = "assistance/atensi_list.html"
    title = "ATENSI"
    queryset = AtensiCase.objects.select_related("region", "group")
    export = "atensi"
    filterset_class = AtensiFilter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user, rows, today = self.request.user, list(context["rows"]), timezone.localdate()
        labels = places.labels({row.region for row in rows})
        people = people_names(user, [row.beneficiary_id for row in rows])
        care = care_of(user, rows)
        return context | {
            "cases": [
                {
                    "row": row,
                    "name": people.get(row.beneficiary_id, MOVED_AWAY),
                    "place": short_place(labels[row.region_id]),
                    "state": atensi_mark(row),
                    "care": care[row.pk],
                    "lag": lag_words(row, care[row.pk], today),
                }
                for row in rows
            ],
            "tabs": self.tabs(),
            "may_enter": bool(reach_of(user).slots_for(Right.ENTER)),
        }

    def tabs(self) -> list[dict[str, Any]]:
        now, base = self.request.GET.get("state", ""), without(self.request.GET, "state")
        join = "" if base == "?" else "&"
        states = [(state.value, _MARKS[state][0]) for state in State]
        return [
            {"label": "Semua", "url": base, "current": now == ""},
            *(
                {"label": text[:1].upper() + text[1:], "url": f"{base}{join}state={state}", "current": now == state}
                for state, text in states
            ),
        ]


class AtensiFindView(RightMixin, FindPersonView):
    """First step of an assessment: whose."""

    right = Right.ENTER
    template_name = "assistance/atensi_find.html"
    title = "Asesmen ATENSI"

    def chosen_url(self, person: Beneficiary) -> str:
        return f"{reverse('atensi-create')}?penerima={person.pk}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        labels = places.labels({row["person"].region for row in context["people"]})
        for row in context["people"]:
            row["place"] = short_place(labels[row["person"].region_id])
        return context


class AtensiCreateView(ServiceFormView):
    """Second step: what the assessment found."""

    form_class = AtensiAssessForm
    done_message = "Asesmen tersimpan. Lanjutkan dengan rencana layanan."

    @cached_property
    def person(self) -> Beneficiary | None:
        return person_from(self.request)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.person is None:
            return redirect("atensi-find")
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"beneficiary": self.person, "assessed_on": timezone.localdate()}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"person": self.person, "today": timezone.localdate()}

    def serve(self, form: Any) -> AtensiCase:
        return atensi_assess(actor=self.actor, entry=AtensiEntry(**form.cleaned_data), today=timezone.localdate())

    def get_done_url(self, saved: Any) -> str:
        return reverse("atensi-detail", args=[saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form, person = context["form"], self.person
        if person is not None:
            require_entry(self.actor, person.region_id)
        found = ("assessed_on", "assessor", "group", "needs")
        place = ("setting", "sentra", "sentra_region")
        return context | {
            "title": f"Asesmen ATENSI {person.name}" if person else "Asesmen ATENSI",
            "groups": [
                {"title": "Asesmen", "fields": [form[name] for name in found]},
                {"title": "Layanan", "fields": [form[name] for name in place]},
            ],
            "submit_label": "Simpan asesmen",
            "consequence": "Kasusnya dibuka. Belum ada uang yang ditetapkan; nilainya mengikuti rencana layanan.",
            "cancel_url": reverse("atensi-list"),
        }
