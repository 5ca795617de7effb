"""Forms of tali asih and of the status of employment that it follows."""

from typing import Any

from django import forms

from personnel.models import Funding, Personnel
from personnel.rules import own_pillars
from personnel.semesters import Semester
from personnel.words import FAIL_REASONS, LEAVE_OUT_REASONS
from pilar.core.forms import IndonesianDateField, RegionField
from pilar.core.models import Pillar
from pilar.core.regions import Level
from pilar.core.views import GatedForm

FUNDING_DECIDES = (
    "Yang mendanai yang menyetujui: APBN oleh Kementerian Sosial sesudah diteruskan provinsi, APBD oleh Dinas Sosial "
    "provinsi atau kabupaten/kota"
)


def reasons(known: dict[str, str]) -> list[tuple[str, str]]:
    return [("", "Pilih alasan"), *known.items()]


class EmptyForm(GatedForm):
    """An act that asks nothing; the page says what it does."""


class AllowanceForm(GatedForm):
    pillar = forms.ModelChoiceField(Pillar.objects.all(), label="Pilar", empty_label="Pilih pilar")
    region = RegionField(label="Kabupaten/kota", levels=(Level.REGENCY,))
    period = forms.CharField(label="Semester", max_length=7, help_text="Tahun dan semester, misalnya 2024-S1")
    funding = forms.ChoiceField(label="Sumber dana", choices=Funding.choices, help_text=FUNDING_DECIDES)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["pillar"].queryset = own_pillars(user)  # type: ignore[attr-defined]

    def clean_period(self) -> str:
        try:
            return Semester.read(self.cleaned_data["period"]).code
        except ValueError as error:
            raise forms.ValidationError(str(error)) from error


class SendBackForm(GatedForm):
    note = forms.CharField(
        label="Apa yang harus diperbaiki",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="Penyusun membacanya di halaman daftar ini",
    )


class LeaveOutForm(GatedForm):
    reason = forms.ChoiceField(label="Alasan", choices=reasons(LEAVE_OUT_REASONS))
    note = forms.CharField(
        label="Catatan",
        max_length=200,
        required=False,
        help_text="Wajib bila alasannya lain; orang yang bersangkutan membacanya",
    )


class FailForm(LeaveOutForm):
    reason = forms.ChoiceField(label="Alasan", choices=reasons(FAIL_REASONS))


class PaidForm(GatedForm):
    on = IndonesianDateField(label="Tanggal dibayar", help_text="Menurut bank")


class EmploymentForm(GatedForm):
    became = forms.ChoiceField(label="Status baru", choices=[("", "Pilih status"), *Personnel.Employment.choices])
    on = IndonesianDateField(label="Berlaku sejak", help_text="Bulan sebelumnya tetap dengan status lama")
    source = forms.CharField(label="Dasar", max_length=120, required=False, help_text="Misalnya nomor SK")
