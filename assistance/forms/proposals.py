"""Usulan."""

from collections.abc import Collection
from typing import Any

from django import forms
from django.db.models import QuerySet

from assistance.forms.common import own_first, own_groups, own_programmes
from assistance.forms.people import RegisterForm
from assistance.models import Beneficiary, Proposal
from personnel.models import Assignment
from pilar.core.forms import IndonesianDateField
from pilar.core.models import Programme, TargetGroup
from pilar.core.views import GatedForm

ENTRY_FIELDS = ("programme", "group", "minutes_number", "minutes_date", "proposed_on", "reentry_reason")


class ProposalForm(GatedForm):
    """A proposal for a person who is registered already."""

    beneficiary = forms.ModelChoiceField(Beneficiary.objects.all(), widget=forms.HiddenInput, label="Calon penerima")
    programme = forms.ModelChoiceField(Programme.objects.all(), label="Program", empty_label="Pilih program")
    group = forms.ModelChoiceField(
        TargetGroup.objects.filter(parent__isnull=True), label="Kelompok PAS", empty_label="Pilih kelompok"
    )
    minutes_number = forms.CharField(
        label="Nomor berita acara", max_length=80, help_text="Berita acara musdes atau muskel yang menyebut namanya"
    )
    minutes_date = IndonesianDateField(label="Tanggal berita acara")
    proposed_on = IndonesianDateField(label="Diusulkan pada")
    reentry_reason = forms.CharField(
        label="Alasan masuk kembali",
        max_length=200,
        required=False,
        help_text="Hanya untuk yang pernah menerima program ini atau lulus (graduasi) darinya",
    )

    def __init__(self, *args: Any, user: Any, own: Collection[int] = (), **kwargs: Any) -> None:
        """`own`: the PAS groups of the person, offered first."""
        super().__init__(*args, user=user, **kwargs)
        self.fields["programme"].queryset = own_programmes(user)  # type: ignore[attr-defined]
        field: Any = self.fields["group"]
        field.queryset = own_groups(user, field.queryset)
        own_first(field, own)


class NewPersonProposalForm(RegisterForm, ProposalForm):
    """A new person with his PAS groups, and his proposal, in one go."""

    beneficiary = None  # type: ignore[assignment]


class WithdrawForm(GatedForm):
    note = forms.CharField(label="Sebab penarikan", max_length=300)


class CompanionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """An assignment as an officer knows it: who, in which pillar, where."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.name}, {obj.pillar.code}, {obj.region.name}"


class AssignForm(GatedForm):
    """`companions` are the assignments whose area covers every chosen proposal."""

    row = forms.ModelMultipleChoiceField(Proposal.objects.all(), widget=forms.MultipleHiddenInput, label="Usulan")
    assignment = CompanionField(
        Assignment.objects.select_related("person", "pillar", "region"),
        label="Petugas verval",
        empty_label="Pilih petugas",
        help_text="Yang bertugas hari ini dan wilayah kerjanya mencakup semua usulan di atas",
    )

    def __init__(self, *args: Any, companions: QuerySet[Assignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assignment"].queryset = companions  # type: ignore[attr-defined]
