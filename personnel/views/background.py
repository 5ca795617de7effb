"""Close family and competence of a person."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone

from personnel.forms.background import CompetenceForm, EndedForm, TieForm
from personnel.models import Competence, FamilyTie
from personnel.services import background as service
from personnel.views.entry import PersonView
from pilar.core.scoping import narrow_choices


class TieView(PersonView):
    title = "Keluarga dekat"
    form_class = TieForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "submit_label": "Simpan hubungan",
            "consequence": "Bila keluarga ini penerima bantuan, catatannya ditandai sebagai keluarga anggota pilar. "
            "Pendamping tidak diserahi keluarganya sendiri.",
        }

    def serve(self, form: TieForm) -> FamilyTie:
        return service.tie_record(actor=self.actor, person=self.person, entry=service.TieEntry(**form.cleaned_data))


class TieEndView(PersonView):
    title = "Akhiri hubungan keluarga"
    form_class = EndedForm

    @cached_property
    def tie(self) -> FamilyTie:
        rows = narrow_choices(FamilyTie.objects.select_related("person"), self.request.user)
        if (found := rows.filter(person=self.person, pk=self.kwargs["tie"]).first()) is None:
            raise Http404("Hubungan ini tidak ada, atau di luar wewenang Anda.")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tie = self.tie
        return super().get_context_data(**kwargs) | {
            "lead": f"{self.person.name}: {tie.name}, {tie.get_relation_display()}. Misalnya karena bercerai.",
            "submit_label": "Akhiri hubungan",
        }

    def serve(self, form: EndedForm) -> FamilyTie:
        return service.tie_end(actor=self.actor, tie=self.tie, on=form.cleaned_data["on"], today=timezone.localdate())


class CompetenceView(PersonView):
    title = "Kompetensi"
    form_class = CompetenceForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"submit_label": "Simpan kompetensi"}

    def serve(self, form: CompetenceForm) -> Competence:
        return service.competence_record(
            actor=self.actor,
            person=self.person,
            entry=service.CompetenceEntry(**form.cleaned_data),
            today=timezone.localdate(),
        )


class CompetenceEndView(PersonView):
    title = "Akhiri kompetensi"
    form_class = EndedForm

    @cached_property
    def competence(self) -> Competence:
        rows = narrow_choices(Competence.objects.select_related("person"), self.request.user)
        if (found := rows.filter(person=self.person, pk=self.kwargs["competence"]).first()) is None:
            raise Http404("Kompetensi ini tidak ada, atau di luar wewenang Anda.")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "lead": f"{self.person.name}: {self.competence.name}. Tanggal itu hari terakhirnya.",
            "submit_label": "Akhiri kompetensi",
        }

    def serve(self, form: EndedForm) -> Competence:
        return service.competence_end(
            actor=self.actor, competence=self.competence, on=form.cleaned_data["on"], today=timezone.localdate()
        )
