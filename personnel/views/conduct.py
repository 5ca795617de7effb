"""Surat peringatan and putusan etik of an assignment."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone

from personnel.forms.conduct import SanctionForm, WithdrawalForm
from personnel.models import Assignment, Sanction
from personnel.services.sanctions import SanctionEntry, sanction_record, sanction_withdraw
from personnel.timeline import role_of
from personnel.views.entry import PersonView
from pilar.core.formatting import tanggal
from pilar.core.scoping import narrow_choices


class OfAssignment(PersonView):
    """A form about one assignment of a person; a foreign one is 404."""

    @cached_property
    def assignment(self) -> Assignment:
        rows = narrow_choices(Assignment.objects.select_related("pillar", "region"), self.request.user)
        if (found := rows.filter(person=self.person, pk=self.kwargs["assignment"]).first()) is None:
            raise Http404("Penugasan ini tidak ada, atau di luar wewenang Anda.")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.assignment
        what = f"{role_of(row)}, {row.region}, sejak {tanggal(row.valid_from)}"
        return super().get_context_data(**kwargs) | {"lead": f"{self.person.name}: {what}"}


class SanctionCreateView(OfAssignment):
    title = "Catat surat peringatan atau putusan etik"
    form_class = SanctionForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "submit_label": "Simpan catatan",
            "consequence": "Catatan ini dibaca yang memutuskan bila orang ini diusulkan diberhentikan. Yang keliru "
            "dicabut dengan sebab, tidak dihapus.",
        }

    def serve(self, form: SanctionForm) -> Sanction:
        return sanction_record(
            actor=self.actor,
            assignment=self.assignment,
            entry=SanctionEntry(**form.cleaned_data),
            today=timezone.localdate(),
        )


class SanctionWithdrawView(PersonView):
    title = "Cabut catatan disiplin"
    form_class = WithdrawalForm

    @cached_property
    def sanction(self) -> Sanction:
        rows = narrow_choices(Sanction.objects.select_related("pillar"), self.request.user)
        if (found := rows.filter(person=self.person, pk=self.kwargs["sanction"]).first()) is None:
            raise Http404("Catatan ini tidak ada, atau di luar wewenang Anda.")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.sanction
        return super().get_context_data(**kwargs) | {
            "lead": f"{self.person.name}: {row.get_kind_display()}, nomor {row.number}, {tanggal(row.on)}.",
            "submit_label": "Cabut catatan",
        }

    def serve(self, form: WithdrawalForm) -> Sanction:
        return sanction_withdraw(
            actor=self.actor, sanction=self.sanction, why=form.cleaned_data["why"], today=timezone.localdate()
        )
