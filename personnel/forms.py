from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from personnel.models import Assignment, Personnel
from personnel.services import AssignmentEntry, PersonEntry
from pilar.core import nik
from pilar.core.forms import IndonesianDateField, RegionField
from pilar.core.models import Pillar
from pilar.core.regions import Level
from pilar.core.views import GatedForm

OFFICES = (Level.REGENCY, Level.PROVINCE)
WORK_AREAS = (Level.DISTRICT, Level.REGENCY, Level.PROVINCE)


class PersonForm(GatedForm):
    name = forms.CharField(label="Nama lengkap", max_length=120, help_text="Seperti di KTP")
    sex = forms.ChoiceField(label="Jenis kelamin", choices=Personnel.Sex.choices, widget=forms.RadioSelect)
    birth_date = IndonesianDateField(label="Tanggal lahir")
    phone = forms.CharField(label="Nomor telepon", max_length=20, required=False)
    employment = forms.ChoiceField(label="Status kepegawaian", choices=Personnel.Employment.choices)
    region = RegionField(label="Kabupaten/kota pengelola", levels=OFFICES)

    def person_entry(self) -> PersonEntry:
        names = ("name", "sex", "birth_date", "phone", "employment", "region")
        return PersonEntry(**{name: self.cleaned_data[name] for name in names})


class AssignmentForm(GatedForm):
    pillar = forms.ModelChoiceField(Pillar.objects.all(), label="Pilar", empty_label="Pilih pilar")
    position = forms.CharField(
        label="Jabatan atau jenjang", max_length=60, help_text="Misalnya anggota, muda, pendamping"
    )
    work_region = RegionField(label="Wilayah kerja", levels=WORK_AREAS)
    is_primary = forms.BooleanField(label="Wilayah utama (kosongkan bila merangkap)", required=False, initial=True)
    valid_from = IndonesianDateField(label="TMT (mulai tugas)")
    sk_number = forms.CharField(
        label="Nomor SK", max_length=80, required=False, help_text="Kosong: ditampilkan “bekerja tanpa SK berlaku”"
    )
    sk_date = IndonesianDateField(label="Tanggal SK", required=False)
    sk_until = IndonesianDateField(label="SK berlaku sampai", required=False)
    sk_issuer = forms.CharField(label="Penerbit SK", max_length=120, required=False)

    def assignment_entry(self) -> AssignmentEntry:
        names = ("pillar", "position", "valid_from", "sk_number", "sk_date", "sk_until", "sk_issuer", "is_primary")
        return AssignmentEntry(
            region=self.cleaned_data["work_region"], **{name: self.cleaned_data[name] for name in names}
        )


class RegisterForm(AssignmentForm, PersonForm):
    nik = forms.CharField(
        label="NIK",
        max_length=24,
        help_text="16 angka; disimpan terenkripsi dan selalu tampil disamarkan",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_nik(self) -> str:
        return nik.validate(self.cleaned_data["nik"])

    def warnings(self) -> list[str]:
        """Differences that are allowed: the officer is told, nothing is stopped."""
        data = self.cleaned_data
        return nik.warnings(data["nik"], birth_date=data["birth_date"], female=data["sex"] == Personnel.Sex.FEMALE)


class ChangeForm(PersonForm):
    version = forms.IntegerField(widget=forms.HiddenInput)


class EndForm(GatedForm):
    on = IndonesianDateField(label="Hari terakhir bertugas")
    reason = forms.ChoiceField(label="Sebab", choices=Assignment.EndReason.choices)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("reason"):
            raise ValidationError("Pilih sebabnya.")
        return data
