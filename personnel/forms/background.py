"""Forms of close family and of competence."""

from typing import Any

from django import forms

from personnel.forms.people import OfferingInput
from personnel.models import Competence, FamilyTie
from personnel.services.background import SPECIALISATIONS
from pilar.core.forms import IndonesianDateField
from pilar.core.views import GatedForm


class TieForm(GatedForm):
    relation = forms.ChoiceField(label="Hubungan", choices=[("", "Pilih hubungan"), *FamilyTie.Relation.choices])
    name = forms.CharField(label="Nama", max_length=120)
    nik = forms.CharField(
        label="NIK",
        max_length=24,
        help_text="16 angka; disimpan terenkripsi, hanya untuk menemukan benturan kepentingan",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )


class EndedForm(GatedForm):
    on = IndonesianDateField(label="Tanggal")


class CompetenceForm(GatedForm):
    kind = forms.ChoiceField(label="Jenis", choices=[("", "Pilih jenis"), *Competence.Kind.choices])
    name = forms.CharField(
        label="Nama",
        max_length=80,
        help_text="Pilih dari daftar, atau tulis seperti di sertifikat",
        widget=OfferingInput({"autocomplete": "off"}),
    )
    number = forms.CharField(label="Nomor sertifikat", max_length=80, required=False)
    issuer = forms.CharField(label="Penerbit", max_length=120, required=False)
    valid_from = IndonesianDateField(label="Sejak")
    valid_until = IndonesianDateField(label="Berlaku sampai", required=False, help_text="Kosong: tidak kedaluwarsa")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.offered = SPECIALISATIONS
