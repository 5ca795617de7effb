"""Graduations."""

from typing import Any

from django import forms

from assistance.forms.common import own_programmes, sentence
from assistance.models import Beneficiary, Graduation
from pilar.core.forms import IndonesianDateField
from pilar.core.models import Programme
from pilar.core.views import GatedForm


class GraduationForm(GatedForm):
    beneficiary = forms.ModelChoiceField(Beneficiary.objects.all(), widget=forms.HiddenInput, label="Keluarga")
    programme = forms.ModelChoiceField(Programme.objects.all(), label="Program", empty_label="Pilih program")
    kind = forms.ChoiceField(
        label="Jenis graduasi",
        choices=[(k.value, sentence(k.label)) for k in Graduation.Kind],
        widget=forms.RadioSelect,
    )
    decided_on = IndonesianDateField(label="Tanggal keputusan")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["programme"].queryset = own_programmes(user)  # type: ignore[attr-defined]


class CancelForm(GatedForm):
    on = IndonesianDateField(label="Dibatalkan per tanggal")
    reason = forms.CharField(label="Sebab pembatalan", max_length=200)
