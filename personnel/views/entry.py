"""Registering people, correcting them, and their assignments."""

from typing import Any

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from personnel.forms import AssignmentForm, ChangeForm, EndForm, RegisterForm
from personnel.models import Assignment, Personnel
from personnel.rules import OFFICES
from personnel.services import (
    TAKEN,
    Holder,
    assignment_add,
    assignment_end,
    assignment_warnings,
    nik_holder,
    nik_warnings,
    personnel_change,
    personnel_register,
    stated,
)
from personnel.services.twins import CONFIRM, SimilarPerson
from personnel.timeline import role_of
from pilar.core.formatting import tanggal
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices
from pilar.core.views import RightMixin, ServiceFormView

PERSON_GROUP = {
    "title": "Orangnya",
    "fields": [
        "nik", "name", "sex", "birth_date", "phone", "employment", "region", "nia", "education", "major",
    ],
}  # fmt: skip
ASSIGNMENT_GROUP = {
    "title": "Penugasan",
    "note": "SK boleh menyusul; sampai ada, halaman orang ini menampilkan “bekerja tanpa SK berlaku”.",
    "fields": [
        "pillar", "position", "work_region", "is_primary", "valid_from", "continues", "sk_number", "sk_date",
        "sk_until", "sk_issuer",
    ],
}  # fmt: skip


TWIN_GROUP = {
    "title": "Orang yang sama atau bukan?",
    "note": f"Buka dan bandingkan dahulu. Centang “{CONFIRM}” hanya bila Anda sudah memastikannya.",
    "fields": ["different"],
}


class PersonFormView(RightMixin, ServiceFormView):
    """After a save that touches the NIK's own facts, differences are told; nothing is stopped."""

    right = Right.ENTER
    tells_differences = False

    def done(self, saved: Any) -> HttpResponse:
        response = super().done(saved)
        for warning in nik_warnings(saved) if self.tells_differences else ():
            messages.warning(self.request, warning)
        return response


class PersonnelCreateView(PersonFormView):
    title = "Personel baru"
    template_name = "personnel/personnel_form.html"
    form_class = RegisterForm
    tells_differences = True
    twins: tuple[Personnel, ...] = ()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        asked = [TWIN_GROUP] if self.twins or form["different"].value() else []
        return context | {
            "groups": [_bound(form, group) for group in (PERSON_GROUP, ASSIGNMENT_GROUP, *asked)],
            "twins": self.twins,
            "submit_label": "Simpan personel",
            "cancel_url": reverse("personnel-list"),
        }

    def get_initial(self) -> dict[str, Any]:
        office = self.actor.region
        return {
            "region": office if office.level in OFFICES else None,
            "employment": Personnel.Employment.VOLUNTEER,
            "is_primary": True,
        }

    def serve(self, form: RegisterForm) -> Personnel:
        try:
            return personnel_register(
                actor=self.actor,
                nik_text=form.cleaned_data["nik"],
                person=form.person_entry(),
                assignment=form.assignment_entry(),
                today=timezone.localdate(),
                different=form.cleaned_data["different"],
            )
        except SimilarPerson as found:
            self.twins = tuple(found.twins)
            raise

    def form_invalid(self, form: RegisterForm) -> HttpResponse:
        """By now a refused entry is rolled back, so that the question who has the NIK stays on record."""
        if form.has_error("nik", TAKEN):
            found = nik_holder(actor=self.actor, nik_text=form.data["nik"])
            form.errors["nik"] = form.error_class([_linked(found)])
        return super().form_invalid(form)

    def done(self, saved: Any) -> HttpResponse:
        response = super().done(saved)
        _tell(self.request, saved.assignments.select_related("pillar", "person").get())
        return response

    def get_done_url(self, saved: Model | None) -> str:
        return _page(saved)


def _linked(found: Holder) -> str:
    """The sentence, with the way to the person's page where the reader may open it."""
    if found.person is None:
        return found.sentence
    return format_html('{} <a href="{}">Buka halamannya</a>', found.sentence, _page(found.person))


class PersonView(PersonFormView):
    """A form about one person, who must be visible, for officers who may enter data."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.person = _found(narrow_choices(Personnel.objects.select_related("region"), request.user), kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=_page(self.person), lead=self.person.name, **kwargs)

    def get_done_url(self, saved: Model | None) -> str:
        return _page(self.person)


class PersonnelUpdateView(PersonView):
    title = "Ubah data personel"
    template_name = "core/change.html"
    form_class = ChangeForm
    tells_differences = True

    def get_initial(self) -> dict[str, Any]:
        names = (
            "name", "sex", "birth_date", "phone", "employment", "region", "nia", "education", "major", "version",
        )  # fmt: skip
        return {name: getattr(self.person, name) for name in names}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """After a conflict: what is stored now beside what was typed, and the form ready to save on top."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        if form.is_bound:
            self.person.refresh_from_db(fields=["version"])
            if str(form.data.get("version", "")) != str(self.person.version):
                self.person.refresh_from_db()
                context["compared"] = _compared(self.person, form)
                form.data = form.data.copy()
                form.data["version"] = str(self.person.version)
        return context

    def serve(self, form: ChangeForm) -> Personnel:
        return personnel_change(
            actor=self.actor,
            person=self.person,
            entry=form.person_entry(),
            version=form.cleaned_data["version"],
            today=timezone.localdate(),
        )


def _compared(person: Personnel, form: ChangeForm) -> list[dict[str, Any]]:
    """Both versions in the words of the page; a field that could not be read stands as it was typed."""
    stored, entry = stated(person), form.cleaned_data
    typed = stated(Personnel(**{name: entry[name] for name in stored})) if set(stored) <= set(entry) else {}
    rows = ((name, now, typed.get(name, form.data.get(name, ""))) for name, now in stored.items())
    return [
        {"label": form.fields[name].label, "before": mine, "after": now, "changed": now != mine}
        for name, now, mine in rows
    ]


class AssignmentCreateView(PersonView):
    title = "Penugasan baru"
    form_class = AssignmentForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        groups = [_bound(context["form"], ASSIGNMENT_GROUP)]
        return context | {"groups": groups, "submit_label": "Simpan penugasan"}

    def serve(self, form: AssignmentForm) -> Assignment:
        return assignment_add(
            actor=self.actor, person=self.person, entry=form.assignment_entry(), today=timezone.localdate()
        )

    def done(self, saved: Any) -> HttpResponse:
        response = super().done(saved)
        _tell(self.request, saved)
        return response


def _tell(request: HttpRequest, saved: Assignment) -> None:
    for warning in assignment_warnings(saved):
        messages.warning(request, warning)


class AssignmentEndView(PersonView):
    title = "Akhiri penugasan"
    form_class = EndForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.assignment
        what = f"{role_of(row)}, {row.region}, sejak {tanggal(row.valid_from)}"
        return super().get_context_data(**kwargs) | {
            "lead": f"{self.person.name}: {what}",
            "submit_label": "Akhiri penugasan",
            "consequence": "Sesudah tanggal itu orang ini tidak lagi terhitung di wilayah dan pilar ini.",
        }

    @property
    def assignment(self) -> Assignment:
        rows = narrow_choices(Assignment.objects.select_related("pillar", "region"), self.request.user)
        found: Assignment = _found(rows.filter(person=self.person), self.kwargs["assignment"])
        return found

    def serve(self, form: EndForm) -> Assignment:
        return assignment_end(
            actor=self.actor,
            assignment=self.assignment,
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


def _page(person: Model | None) -> str:
    return reverse("personnel-detail", args=[person.pk]) if person else reverse("personnel-list")
