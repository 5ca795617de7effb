from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from personnel.filters import PersonnelFilter
from personnel.forms import AssignmentForm, ChangeForm, EndForm, PersonForm, RegisterForm
from personnel.models import Activity, Assignment, Personnel
from personnel.services import assignment_add, assignment_end, personnel_change, personnel_register
from personnel.timeline import events, sk_state
from pilar.core import places
from pilar.core.filters import chips
from pilar.core.formatting import tanggal
from pilar.core.models import User
from pilar.core.panels import panels_of
from pilar.core.personal import REASONS, nik_reveal
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedDetailView, GatedListView, RightMixin, ServiceFormView

LATEST = 20
PERSON_GROUP = {"title": "Orangnya", "fields": ["name", "nik", "sex", "birth_date", "phone", "employment", "region"]}
ASSIGNMENT_GROUP = {
    "title": "Penugasan",
    "note": "SK boleh menyusul; sampai ada, halaman orang ini menampilkan “bekerja tanpa SK berlaku”.",
    "fields": [
        "pillar", "position", "work_region", "is_primary", "valid_from", "sk_number", "sk_date", "sk_until",
        "sk_issuer",
    ],
}  # fmt: skip


def visible_people(user: Any) -> QuerySet[Personnel]:
    return narrow_choices(Personnel.objects.select_related("region"), user)


class PersonnelListView(GatedListView):
    template_name = "personnel/personnel_list.html"
    title = "Personel"
    queryset = Personnel.objects.for_listing()
    filterset_class = PersonnelFilter
    ordering = ("name_key", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        today = timezone.localdate()
        return context | {
            "people": [_listed(person, today) for person in context["rows"]],
            "chips": chips(context["filterset"], self.request.GET),
            "clear_url": self.request.path,
            "may_enter": bool(reach_of(self.request.user).slots_for(Right.ENTER)),
        }


def _listed(person: Personnel, today: date) -> dict[str, Any]:
    """The row's assignment is the primary one that runs, else the newest."""
    rows = list(person.assignments.all())
    running = [a for a in rows if a.valid_until is None or a.valid_until >= today]
    shown = next(iter(running or rows), None)
    return {
        "person": person,
        "assignment": shown,
        "sk": sk_state(shown, today) if shown else {"text": "belum ada penugasan", "tone": "wait"},
        "more": len(running) - 1,
    }


class PersonnelDetailView(GatedDetailView):
    template_name = "personnel/personnel_detail.html"
    queryset = Personnel.objects.select_related("region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person: Personnel = self.object
        today, user = timezone.localdate(), self.request.user
        rows = list(narrow_choices(Assignment.objects.select_related("pillar", "region"), user).filter(person=person))
        running = [a for a in rows if a.valid_until is None or a.valid_until >= today]
        reach = reach_of(user)
        number = kwargs.pop("number", "")
        return super().get_context_data(
            **kwargs,
            person=person,
            facts=_facts(person),
            last_four=person.reveal_last_four(),
            number=number,
            reasons=REASONS,
            may_reveal=reach.can(Right.PERSONAL_DATA, person.region_id),
            may_enter=reach.can(Right.ENTER, person.region_id),
            events=events(rows, today),
            running=[{"row": row, "sk": sk_state(row, today)} for row in running],
            activities=self.activities(person),
            panels=panels_of("personnel", self.request, person),
        ) | {"title": person.name}

    def activities(self, person: Personnel) -> list[Activity]:
        rows = narrow_choices(Activity.objects.select_related("pillar", "region"), self.request.user)
        return list(rows.filter(person=person)[:LATEST])


def _facts(person: Personnel) -> list[dict[str, Any]]:
    return [
        {"label": "Kabupaten/kota pengelola", "value": places.labels([person.region])[person.region_id]},
        {"label": "Jenis kelamin", "value": person.get_sex_display()},
        {"label": "Tanggal lahir", "value": tanggal(person.birth_date)},
        {"label": "Status kepegawaian", "value": person.get_employment_display()},
        {"label": "Nomor telepon", "value": person.phone or "belum ada data"},
    ]


class PersonnelRevealView(PersonnelDetailView):
    """POST only: the same page, once, with the NIK in plain; right, reason and record are the service's."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        try:
            number = nik_reveal(actor=_actor(request), row=self.object, reason=request.POST.get("reason", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            number = ""
        return self.render_to_response(self.get_context_data(number=number))


class PersonnelCreateView(RightMixin, ServiceFormView):
    right = Right.ENTER
    title = "Personel baru"
    form_class = RegisterForm
    extra_context = {
        "lead": "Cari dulu di daftar Personel: satu orang hanya dicatat sekali, untuk semua pilar.",
    }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"groups": [_bound(context["form"], g) for g in (PERSON_GROUP, ASSIGNMENT_GROUP)]}

    def get_initial(self) -> dict[str, Any]:
        user = _actor(self.request)
        return {"region": user.region, "employment": Personnel.Employment.VOLUNTEER, "is_primary": True}

    def serve(self, form: RegisterForm) -> Personnel:
        person = personnel_register(
            actor=_actor(self.request),
            nik_text=form.cleaned_data["nik"],
            person=form.person_entry(),
            assignment=form.assignment_entry(),
            today=timezone.localdate(),
        )
        for warning in form.warnings():
            messages.warning(self.request, warning)
        return person

    def get_done_url(self, saved: Model | None) -> str:
        return _page(saved)


class PersonView(RightMixin, ServiceFormView):
    """A form about one person, who must be visible, for officers who may enter data."""

    right = Right.ENTER

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.person = _found(visible_people(request.user), kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=_page(self.person), lead=self.person.name, **kwargs)

    def get_done_url(self, saved: Model | None) -> str:
        return _page(self.person)


class PersonnelUpdateView(PersonView):
    title = "Ubah data personel"
    template_name = "personnel/personnel_change.html"
    form_class = ChangeForm

    def get_initial(self) -> dict[str, Any]:
        names = ("name", "sex", "birth_date", "phone", "employment", "region", "version")
        return {name: getattr(self.person, name) for name in names}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """After a conflict: what is stored now beside what was typed, and the form ready to save on top."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        if form.is_bound and str(form.data.get("version", "")) != str(self.person.version):
            context["compared"] = _compared(self.person, form)
            form.data = form.data.copy()
            form.data["version"] = str(self.person.version)
        return context

    def serve(self, form: ChangeForm) -> Personnel:
        return personnel_change(
            actor=_actor(self.request),
            person=self.person,
            entry=form.person_entry(),
            version=form.cleaned_data["version"],
            today=timezone.localdate(),
        )


def _compared(person: Personnel, form: PersonForm) -> list[dict[str, Any]]:
    return [
        {"label": field.label, "before": str(now), "after": form.data.get(name, ""), "changed": str(now) != typed}
        for name, field in form.fields.items()
        if name != "version"
        and (now := getattr(person, name)) is not None
        and (typed := form.data.get(name, "")) is not None
    ]


class AssignmentCreateView(PersonView):
    title = "Penugasan baru"
    form_class = AssignmentForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"groups": [_bound(context["form"], ASSIGNMENT_GROUP)]}

    def serve(self, form: AssignmentForm) -> Assignment:
        return assignment_add(actor=_actor(self.request), person=self.person, entry=form.assignment_entry())


class AssignmentEndView(PersonView):
    title = "Akhiri penugasan"
    form_class = EndForm
    extra_context = {"consequence": "Sesudah tanggal itu orang ini tidak lagi terhitung di wilayah dan pilar ini."}

    def serve(self, form: EndForm) -> Assignment:
        rows = narrow_choices(Assignment.objects.all(), self.request.user).filter(person=self.person)
        return assignment_end(
            actor=_actor(self.request),
            assignment=_found(rows, self.kwargs["assignment"]),
            on=form.cleaned_data["on"],
            reason=form.cleaned_data["reason"],
        )


def _bound(form: Any, group: dict[str, Any]) -> dict[str, Any]:
    """The group with the form's own fields in place of their names."""
    return group | {"fields": [form[name] for name in group["fields"]]}


def _found(rows: QuerySet[Any], pk: int) -> Any:
    if (row := rows.filter(pk=pk).first()) is None:
        raise Http404("Tidak ada, atau di luar wewenang Anda.")
    return row


def _actor(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user


def _page(person: Model | None) -> str:
    return reverse("personnel-detail", args=[person.pk]) if person else reverse("personnel-list")
