"""Lists and lines."""

from typing import Any

from django import forms

from assistance.forms.common import GroupField, ReasonForm, all_groups, own_groups, own_programmes, sentence
from assistance.models import Batch, Beneficiary
from assistance.states import State
from personnel.models import Personnel
from pilar.core.forms import IndonesianDateField, RegionField, RupiahField
from pilar.core.models import BudgetYear, Programme, TargetGroup
from pilar.core.regions import Level
from pilar.core.rights import Right
from pilar.core.views import GatedForm

HOME_LEVELS = (Level.REGENCY, Level.DISTRICT, Level.VILLAGE)
GROUP_ROWS = (1, 2, 3)


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

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        field: Any = self.fields["group"]
        field.queryset = own_groups(user, field.queryset)


class NewPersonForm(LineForm):
    """A new beneficiary with his PAS groups, and his line, in one go."""

    beneficiary = None  # type: ignore[assignment]
    name = forms.CharField(label="Nama lengkap", max_length=120, help_text="Seperti di KTP")
    nik = forms.CharField(
        label="NIK",
        max_length=24,
        help_text="16 angka; disimpan terenkripsi dan selalu tampil disamarkan",
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "off"}),
    )
    sex = forms.ChoiceField(label="Jenis kelamin", choices=Personnel.Sex.choices, widget=forms.RadioSelect)
    birth_date = IndonesianDateField(label="Tanggal lahir")
    region = RegionField(label="Tempat tinggal", levels=HOME_LEVELS)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        for row in GROUP_ROWS:
            first = row == GROUP_ROWS[0]
            self.fields[f"group_{row}"] = GroupField(
                own_groups(user, all_groups()), label=f"Kelompok PAS {row}", required=first, empty_label="Pilih"
            )
            self.fields[f"since_{row}"] = IndonesianDateField(label=f"Anggota kelompok {row} sejak", required=first)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for row in GROUP_ROWS[1:]:
            group, since = data.get(f"group_{row}"), data.get(f"since_{row}")
            if group and not since and f"since_{row}" not in self.errors:
                self.add_error(f"since_{row}", "Isi sejak kapan ia termasuk kelompok ini.")
            if since and not group:
                self.add_error(f"group_{row}", "Pilih kelompoknya, atau kosongkan tanggalnya.")
        return data


class CorrectionForm(ReasonForm):
    amount = RupiahField(label="Jumlah yang benar")
    on = IndonesianDateField(label="Tanggal salur yang benar")
    field_order = ("amount", "on", "note")


class DecidedCorrectionForm(ReasonForm):
    """Before any payment there is no date to mend."""

    amount = RupiahField(label="Jumlah yang benar")
    field_order = ("amount", "note")
