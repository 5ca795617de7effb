from functools import cached_property
from typing import Any

from django.db.models import Case, Count, IntegerField, Q, When
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from assistance.deadlines import LAPSED, SOON, Clock, clock_of
from assistance.filters.field import ObjectionFilter
from assistance.forms.field import AnswerForm, ObjectionForm
from assistance.models import Beneficiary, Objection
from assistance.reading import only_programme, people_names
from assistance.services.eligibility import short_name
from assistance.services.entry import require_entry
from assistance.services.fieldwork import may_record, require_field_right
from assistance.services.objections import ObjectionEntry, objection_answer, objection_file
from assistance.views.find import FindPersonView
from assistance.views.marks import MOVED_AWAY, short_place
from assistance.views.spots import officer_name, where_of
from assistance.views.verifications import create_url, tabs
from pilar.core import places
from pilar.core.formatting import tanggal
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedDetailView, GatedListView, RightMixin, ServiceFormView

State = Objection.State
TONES = {State.FILED: "wait", State.UPHELD: "done", State.REJECTED: "neutral", LAPSED: "back"}


def clock_mark(clock: Clock) -> dict[str, str]:
    """Text and tone for state_pill.html, and the clock's words beside it."""
    hurry = clock.state == State.FILED and clock.days_left <= SOON
    return {"text": clock.label, "tone": "back" if hurry else TONES[clock.state], "clock": clock.text}


def heading(row: Objection, name: str, *, capital: bool = True) -> str:
    """ "Sanggahan tentang Rohaya: salah masuk"."""
    kind, _, what = row.get_kind_display().partition(": ")
    return f"{kind.capitalize() if capital else kind} tentang {name}: {what}"


def counts_of(user: Any) -> dict[str, int]:
    """Of all objections the reader sees: waiting in time, past their day, answered; one query."""
    today = timezone.localdate()
    waiting = Q(state=State.FILED)
    found: dict[str, int] = narrow_choices(Objection.objects.all(), user).aggregate(
        waiting=Count("pk", filter=waiting & Q(due_on__gte=today)),
        lapsed=Count("pk", filter=waiting & Q(due_on__lt=today)),
        answered=Count("pk", filter=~waiting),
    )
    return found


class ObjectionListView(GatedListView):
    """Objections: those that wait first, the nearest last day on top; then the answered ones."""

    template_name = "assistance/objection_list.html"
    title = "Usul-sanggah"
    queryset = Objection.objects.select_related("programme", "region").annotate(
        answered=Case(When(state=State.FILED, then=0), default=1, output_field=IntegerField())
    )
    export = "usul-sanggah"
    filterset_class = ObjectionFilter
    ordering = ("answered", "due_on", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows, user, today = context["rows"], self.request.user, timezone.localdate()
        names = places.labels({row.region for row in rows})
        people = people_names(user, [row.beneficiary_id for row in rows])
        return context | {
            "items": [
                {
                    "row": row,
                    "name": people.get(row.beneficiary_id, MOVED_AWAY),
                    "place": short_place(names[row.region_id]),
                    "programme": short_name(row.programme),
                    "state": clock_mark(clock_of(row, today)),
                }
                for row in rows
            ],
            "counts": counts_of(user),
            "may_enter": bool(reach_of(user).slots_for(Right.ENTER)),
            "tabs": tabs("objection-list"),
        }


class ObjectionDetailView(GatedDetailView):
    """One objection: what was said, how long there is left, and the answer."""

    template_name = "assistance/objection_detail.html"
    queryset = Objection.objects.select_related("programme", "region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row: Objection = self.object
        user = self.request.user
        people = people_names(user, [row.beneficiary_id])
        name = people.get(row.beneficiary_id, MOVED_AWAY)
        clock = clock_of(row, timezone.localdate())
        open_now = row.state == State.FILED and may_record(self.actor, row.region_id)
        known = row.beneficiary_id in people
        return super().get_context_data(**kwargs) | {
            "title": heading(row, name),
            "state": clock_mark(clock),
            "words": clock.words,
            "facts": self.facts(row, name),
            "where": where_of(row.latitude, row.longitude),
            "answer_url": reverse("objection-answer", args=[row.pk]) if open_now else "",
            "verify_url": create_url(user, row.beneficiary_id, row.programme, row.region_id, known=known)
            if open_now
            else "",
            "answered": self.answered(row),
        }

    def facts(self, row: Objection, name: str) -> list[dict[str, Any]]:
        return [
            {"label": "Tentang", "value": name},
            {"label": "Program", "value": row.programme.name},
            {"label": "Wilayah", "value": short_place(places.labels([row.region])[row.region_id])},
            {"label": "Disampaikan oleh", "value": row.filed_by},
            {"label": "Masuk pada", "value": tanggal(row.filed_on)},
            {"label": "Harus diperiksa sampai", "value": tanggal(row.due_on)},
            {"label": "Isi sanggahan", "value": row.note},
        ]

    def answered(self, row: Objection) -> list[dict[str, Any]]:
        if row.state == State.FILED:
            return []
        return [
            {"label": "Jawaban", "value": row.get_state_display()},
            {"label": "Isi jawaban", "value": row.answer},
            {"label": "Dijawab pada", "value": tanggal(row.answered_on)},
            {"label": "Dijawab oleh", "value": officer_name(self.request.user, row.answered_by_id)},
        ]


class ObjectionFindView(RightMixin, FindPersonView):
    """First step: whom it is about."""

    right = Right.ENTER
    template_name = "assistance/objection_find.html"
    title = "Catat usul-sanggah"

    def chosen_url(self, person: Beneficiary) -> str:
        return reverse("objection-create", args=[person.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        names = places.labels({row["person"].region for row in context["people"]})
        for row in context["people"]:
            row["place"] = short_place(names[row["person"].region_id])
        return context | {"list_url": reverse("objection-list")}


class ObjectionCreateView(ServiceFormView):
    """Second step: what was said, by whom, and when it came in."""

    template_name = "core/place_form.html"
    form_class = ObjectionForm

    @cached_property
    def person(self) -> Beneficiary:
        rows = narrow_choices(Beneficiary.objects.select_related("region"), self.request.user)
        found = rows.filter(pk=self.kwargs["person"]).first()
        if found is None:
            raise Http404("Orang ini tidak ada.")
        return found

    def get_initial(self) -> dict[str, Any]:
        return {"filed_on": timezone.localdate(), "programme": only_programme(self.request.user, self.person)}

    def serve(self, form: Any) -> Objection:
        entry = ObjectionEntry(beneficiary=self.person, **form.cleaned_data)
        return objection_file(actor=self.actor, entry=entry, today=timezone.localdate())

    def get_done_url(self, saved: Any) -> str:
        return reverse("objection-detail", args=[saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require_entry(self.actor, self.person.region_id)
        context = super().get_context_data(**kwargs)
        form = context["form"]
        place = short_place(places.labels([self.person.region])[self.person.region_id])
        return context | {
            "title": f"Usul-sanggah tentang {self.person.name}",
            "lead": f"Tinggal di {place}.",
            "groups": [
                {"title": title, "fields": [form[name] for name in names]}
                for title, names in (
                    ("Sanggahan", ("programme", "kind", "note")),
                    ("Dari siapa dan kapan", ("filed_by", "filed_on")),
                    ("Titik lokasi", ("latitude", "longitude")),
                )
            ],
            "cancel_url": reverse("objection-list"),
        }


class ObjectionAnswerView(ServiceFormView):
    form_class = AnswerForm

    @cached_property
    def objection(self) -> Objection:
        rows = narrow_choices(Objection.objects.select_related("programme", "region"), self.request.user)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Usul-sanggah ini tidak ada.")
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"objection": self.objection}

    def serve(self, form: Any) -> Objection:
        return objection_answer(
            actor=self.actor, objection=self.objection, today=timezone.localdate(), **form.cleaned_data
        )

    def get_done_url(self, saved: Any) -> str:
        return reverse("objection-detail", args=[saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.objection
        require_field_right(self.actor, row.region_id, row.programme)
        name = people_names(self.actor, [row.beneficiary_id]).get(row.beneficiary_id, MOVED_AWAY)
        clock = clock_of(row, timezone.localdate())
        return super().get_context_data(**kwargs) | {
            "title": f"Jawab {heading(row, name, capital=False)}",
            "lead": f"{short_name(row.programme)}: {row.note} ({row.filed_by}, {tanggal(row.filed_on)}; {clock.text})",
            "submit_label": "Simpan jawaban",
            "consequence": "Jawaban tidak bisa diubah sesudah disimpan. Usulan atau penghentian dicatat tersendiri.",
            "cancel_url": reverse("objection-detail", args=[row.pk]),
        }
