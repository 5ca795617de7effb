"""Lists and lines."""

from collections.abc import Collection
from typing import Any

from django import forms

from assistance.forms.common import ReasonForm, own_first, own_groups, own_programmes, sentence
from assistance.forms.people import RegisterForm
from assistance.models import Batch, Beneficiary
from assistance.states import State
from pilar.core.forms import IndonesianDateField, RegionField, RupiahField
from pilar.core.models import BudgetYear, Programme, TargetGroup
from pilar.core.rights import Right
from pilar.core.views import GatedForm


class BatchForm(GatedForm):
    programme = forms.ModelChoiceField(Programme.objects.all(), label="Program", empty_label="Pilih program")
    year = forms.ModelChoiceField(BudgetYear.objects.order_by("-year"), label="Tahun anggaran", empty_label=None)
    stage = forms.CharField(label="Tahap", max_length=40, help_text="Misalnya Tahap 1, Triwulan II, atau Juni")
    region = RegionField(label="Wilayah daftar")
    funding = forms.ChoiceField(
        label="Sumber dana", choices=Batch.Funding.choices, help_text="Dana APBN: catatan penyaluran yang terjadi"
    )
    ceiling = RupiahField(label="Pagu", help_text="Rupiah penuh; jumlah baris tidak bisa melebihinya")
    sk_number = forms.CharField(label="Nomor SK penetapan", max_length=80)
    sk_date = IndonesianDateField(label="Tanggal SK")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["programme"].queryset = own_programmes(user)  # type: ignore[attr-defined]


class LineForm(GatedForm):
    """A line for a person who is registered already."""

    beneficiary = forms.ModelChoiceField(Beneficiary.objects.all(), widget=forms.HiddenInput, label="Penerima")
    group = forms.ModelChoiceField(
        TargetGroup.objects.filter(parent__isnull=True), label="Kelompok PAS menurut SK", empty_label="Pilih kelompok"
    )
    amount = RupiahField(label="Jumlah")
    state = forms.ChoiceField(
        label="Keadaan",
        choices=[(s.value, sentence(s.label)) for s in (State.DECIDED, State.PAID)],
        initial=State.DECIDED.value,
        widget=forms.RadioSelect,
    )
    paid_on = IndonesianDateField(label="Tanggal salur", required=False, help_text="Wajib bila sudah disalurkan")
    region = RegionField(
        label="Wilayah baris", required=False, help_text="Kosong: wilayah tempat tinggal penerima", right=Right.ENTER
    )
    detail = forms.CharField(
        label="Rincian hitungan",
        max_length=120,
        required=False,
        help_text="Misalnya 3 bulan × Rp200.000. Di tahun yang sudah ditutup: sebab koreksi, wajib",
    )

    def __init__(self, *args: Any, user: Any, own: Collection[int] = (), **kwargs: Any) -> None:
        """`own`: the PAS groups of the person, offered first."""
        super().__init__(*args, user=user, **kwargs)
        field: Any = self.fields["group"]
        field.queryset = own_groups(user, field.queryset)
        own_first(field, own)


class NewPersonForm(RegisterForm, LineForm):
    """A new beneficiary with his PAS groups, and his line, in one go."""

    beneficiary = None  # type: ignore[assignment]


class CorrectionForm(ReasonForm):
    amount = RupiahField(label="Jumlah yang benar")
    on = IndonesianDateField(label="Tanggal salur yang benar")
    field_order = ("amount", "on", "note")


class DecidedCorrectionForm(ReasonForm):
    """Before any payment there is no date to mend."""

    amount = RupiahField(label="Jumlah yang benar")
    field_order = ("amount", "note")
