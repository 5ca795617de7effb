from typing import Any

from django import forms

from personnel.rules import own_pillars
from personnel.services.needs import LEVELS
from pilar.core.forms import IndonesianDateField, RegionField
from pilar.core.models import Pillar
from pilar.core.views import GatedForm


class NeedForm(GatedForm):
    pillar = forms.ModelChoiceField(Pillar.objects.all(), label="Pilar", empty_label="Pilih pilar")
    region = RegionField(label="Wilayah", levels=LEVELS)
    people = forms.IntegerField(label="Orang yang dibutuhkan", min_value=0, max_value=100_000)
    since = IndonesianDateField(label="Berlaku sejak")
    source = forms.CharField(label="Sumber", max_length=200, help_text="Nomor keputusan atau analisis beban kerja")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["pillar"].queryset = own_pillars(user)  # type: ignore[attr-defined]
