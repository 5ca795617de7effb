"""Entering the family card of a beneficiary, and who acts or receives for him."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone

from assistance.forms.people import CardForm, GuardianEndForm, GuardianForm
from assistance.models import FamilyCard, Guardian
from assistance.services.family import card_record, guardian_end, guardian_record
from assistance.views.beneficiary_entry import OfPerson
from pilar.core.formatting import tanggal
from pilar.core.scoping import narrow_choices


class CardView(OfPerson):
    title = "Kartu keluarga baru"
    form_class = CardForm

    def serve(self, form: CardForm) -> FamilyCard:
        return card_record(actor=self.actor, person=self.person, today=timezone.localdate(), **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "submit_label": "Simpan kartu keluarga",
            "consequence": "Kartu yang tercatat sekarang berakhir sehari sebelumnya dan tetap terbaca.",
        }


class GuardianView(OfPerson):
    title = "Wali atau penerima kuasa"
    form_class = GuardianForm

    def serve(self, form: GuardianForm) -> Guardian:
        return guardian_record(actor=self.actor, person=self.person, entry=form.entry(), today=timezone.localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "submit_label": "Simpan wali atau kuasa",
            "consequence": "Yang tercatat sekarang dengan peran yang sama berakhir sehari sebelumnya.",
        }


class GuardianEndView(OfPerson):
    title = "Akhiri wali atau kuasa"
    form_class = GuardianEndForm

    @cached_property
    def guardian(self) -> Guardian:
        rows = narrow_choices(Guardian.objects.all(), self.request.user)
        found = rows.filter(beneficiary=self.person, pk=self.kwargs["guardian"]).first()
        if found is None:
            raise Http404("Wali ini tidak ada, atau di luar wewenang Anda.")
        return found

    def serve(self, form: GuardianEndForm) -> Guardian:
        return guardian_end(
            actor=self.actor, guardian=self.guardian, on=form.cleaned_data["on"], today=timezone.localdate()
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.guardian
        lead = f"{row.name}, {row.get_role_display()} {self.person.name} sejak {tanggal(row.valid_from)}"
        return super().get_context_data(**kwargs) | {"lead": lead, "submit_label": "Akhiri"}
