"""Entering beneficiaries: registering, mending, PAS groups, circumstances."""

from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from assistance.forms.people import (
    GROUP_ROWS,
    ChangeForm,
    CircumstanceForm,
    MembershipEndForm,
    MembershipForm,
    RegisterForm,
)
from assistance.models import Beneficiary, Circumstance, GroupMembership
from assistance.services.beneficiaries import beneficiary_change
from assistance.services.circumstances import circumstance_record
from assistance.services.memberships import membership_add, membership_end
from assistance.views.registering import Registering
from pilar.core import places
from pilar.core.formatting import tanggal
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices
from pilar.core.views import RightMixin, ServiceFormView

NOT_HERE = "Penerima ini tidak ada, atau di luar wewenang Anda."


def page_of(person: Any) -> str:
    return reverse("beneficiary-detail", args=[person.pk])


class BeneficiaryCreateView(Registering, RightMixin, ServiceFormView):
    right = Right.ENTER
    title = "Penerima baru"
    template_name = "assistance/beneficiary_form.html"
    form_class = RegisterForm

    def serve(self, form: RegisterForm) -> Beneficiary:
        return self.register(form)

    def get_done_url(self, saved: Model | None) -> str:
        return page_of(saved)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        belongs = [f"{part}_{row}" for row in GROUP_ROWS for part in ("group", "since")]
        person = ("nik", "name", "sex", "birth_date", "region")
        return context | {
            "groups": [
                *self.twin_group(form),
                {"title": "Orangnya", "fields": [form[name] for name in person]},
                {
                    "title": "Kelompok PAS",
                    "note": "Satu orang boleh termasuk beberapa kelompok. Isi satu atau lebih.",
                    "fields": [form[name] for name in belongs],
                },
            ],
            "submit_label": "Simpan penerima",
            "cancel_url": reverse("beneficiary-list"),
        }


class OfPerson(RightMixin, ServiceFormView):
    """A form about one beneficiary, who must be visible, for officers who may enter data."""

    right = Right.ENTER

    @cached_property
    def person(self) -> Beneficiary:
        rows = narrow_choices(Beneficiary.objects.select_related("region"), self.request.user)
        person = rows.filter(pk=self.kwargs["pk"]).first()
        if person is None:
            raise Http404(NOT_HERE)
        return person

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A foreign person is not there, whatever the reader may do elsewhere."""
        if request.user.is_authenticated:
            _ = self.person
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=page_of(self.person), lead=self.person.name, **kwargs)

    def get_done_url(self, saved: Model | None) -> str:
        return page_of(self.person)


class BeneficiaryUpdateView(OfPerson):
    title = "Ubah data penerima"
    template_name = "core/change.html"
    form_class = ChangeForm

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.person, name) for name in ("name", "sex", "birth_date", "region", "version")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """After a conflict: what is stored now beside what was typed, and the form ready to save on top."""
        context = super().get_context_data(**kwargs)
        form = context["form"]
        if form.is_bound:
            stored = narrow_choices(Beneficiary.objects.select_related("region"), self.actor).get(pk=self.person.pk)
            if str(form.data.get("version", "")) != str(stored.version):
                context["compared"] = _compared(stored, form)
                form.data = form.data.copy()
                form.data["version"] = str(stored.version)
        return context

    def serve(self, form: ChangeForm) -> Beneficiary:
        return beneficiary_change(
            actor=self.actor,
            person=self.person,
            facts=form.facts(),
            version=form.cleaned_data["version"],
            today=timezone.localdate(),
        )


def _compared(stored: Beneficiary, form: ChangeForm) -> list[dict[str, Any]]:
    """Both versions in the words of the page; a field that could not be read stands as it was typed."""
    entry = form.cleaned_data
    read = {name for name in ("name", "sex", "birth_date", "region") if name in entry}
    typed = _stated(Beneficiary(**{name: entry[name] for name in read})) if len(read) == len(_stated(stored)) else {}
    rows = [(name, now, typed.get(name, form.data.get(name, ""))) for name, now in _stated(stored).items()]
    return [
        {"label": form.fields[name].label, "before": mine, "after": now, "changed": now != mine}
        for name, now, mine in rows
    ]


def _stated(person: Beneficiary) -> dict[str, str]:
    return {
        "name": person.name,
        "sex": str(person.get_sex_display()),
        "birth_date": tanggal(person.birth_date),
        "region": places.name_of(person.region),
    }


class MembershipAddView(OfPerson):
    title = "Tambah kelompok PAS"
    form_class = MembershipForm

    def serve(self, form: MembershipForm) -> GroupMembership:
        return membership_add(actor=self.actor, person=self.person, today=timezone.localdate(), **form.cleaned_data)


class MembershipEndView(OfPerson):
    title = "Akhiri keanggotaan PAS"
    form_class = MembershipEndForm

    @cached_property
    def membership(self) -> GroupMembership:
        rows = narrow_choices(GroupMembership.objects.select_related("group"), self.request.user)
        found = rows.filter(beneficiary=self.person, pk=self.kwargs["membership"]).first()
        if found is None:
            raise Http404("Keanggotaan ini tidak ada, atau di luar wewenang Anda.")
        return found

    def serve(self, form: MembershipEndForm) -> GroupMembership:
        return membership_end(
            actor=self.actor, membership=self.membership, on=form.cleaned_data["on"], today=timezone.localdate()
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.membership
        return super().get_context_data(**kwargs) | {
            "lead": f"{self.person.name}: {row.group.name}, sejak {tanggal(row.valid_from)}",
            "submit_label": "Akhiri keanggotaan",
            "consequence": "Penyaluran sesudah tanggal itu tidak lagi dihitung untuk kelompok ini; "
            "kelompok yang memuatnya tetap terbaca di riwayat.",
        }


class CircumstanceView(OfPerson):
    title = "Catat keadaan"
    form_class = CircumstanceForm

    def serve(self, form: CircumstanceForm) -> Circumstance:
        try:
            return circumstance_record(
                actor=self.actor, person=self.person, entry=form.entry(), today=timezone.localdate()
            )
        except ValidationError as error:
            raise ValidationError({_field(key): found for key, found in error.error_dict.items()}) from error

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "submit_label": "Simpan keadaan",
            "consequence": "Yang terbaru menurut tanggalnya yang berlaku; yang lama tetap terbaca. Bila ia meninggal "
            "dunia, kepesertaannya di semua program berakhir pada tanggal itu juga.",
        }


def _field(name: str) -> str:
    """The form asks for kind and value in one field."""
    return "fact" if name in ("kind", "value") else name
