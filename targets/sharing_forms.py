"""Forms of sharing out and of data dasar wilayah."""

from collections.abc import Sequence
from typing import Any

from django import forms

from pilar.core.forms import IndonesianDateField, RegionField, RupiahField
from pilar.core.models import Pillar, Programme, Region
from pilar.core.rights import Right
from pilar.core.views import GatedForm
from targets.forms import address_choices, read_address
from targets.models import BaseFigure, PersonalRule
from targets.sharing import Way

MOST = 10**15
NOT_A_NUMBER = {"invalid": "Tulis bilangan bulat, misalnya 1.250 atau 1250."}


def whole_number(**kwargs: Any) -> RupiahField:
    """A count written as officers write it, "1.250"."""
    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return RupiahField(min_value=0, max_value=MOST, widget=widget, error_messages=NOT_A_NUMBER, **kwargs)


class WayForm(forms.Form):
    """Which way; sent by GET, so that the preview has an address."""

    cara = forms.ChoiceField(label="Cara membagi", choices=[("", "Pilih cara"), *Way.choices])


class ShareForm(GatedForm):
    """What is applied: the seal of the preview, and the values where they are written by hand."""

    seal = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Alasan", max_length=300, required=False,
        help_text="Tercatat pada wilayah yang sudah punya target; bila kosong, cara pembagiannya yang dicatat",
    )  # fmt: skip

    def __init__(self, *args: Any, areas: Sequence[Region] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas
        for area in areas:
            self.fields[f"v{area.code}"] = whole_number(label=area.name, required=False)

    def values(self) -> dict[int, int | None]:
        return {area.code: self.cleaned_data[f"v{area.code}"] for area in self.areas}


class BaseFillForm(GatedForm):
    """One kind of one day, for an area and those right below it; what stays empty is left as it is."""

    kind = forms.ChoiceField(label="Jenis", choices=BaseFigure.Kind.choices)
    programme = forms.ModelChoiceField(
        label="Program", queryset=Programme.objects.all(), required=False, empty_label="tidak per program",
        help_text="Wajib untuk jumlah dampingan; kosong untuk penduduk",
    )  # fmt: skip
    as_of = IndonesianDateField(label="Keadaan per", help_text="Tanggal yang dimaksud sumbernya")
    source = forms.CharField(label="Sumber", max_length=200, help_text="Misalnya BPS, Bengkulu Dalam Angka 2026")
    reason = forms.CharField(
        label="Alasan", max_length=300, required=False, help_text="Wajib untuk pembetulan angka yang sudah tercatat"
    )

    def __init__(self, *args: Any, areas: Sequence[Region], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas
        for area in areas:
            self.fields[f"v{area.code}"] = whole_number(label=area.name, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        caseload = data.get("kind") == BaseFigure.Kind.CASELOAD
        if caseload and not data.get("programme") and "programme" not in self.errors:
            self.add_error("programme", "Pilih programnya: dampingan dicatat per program.")
        if not caseload and data.get("programme"):
            self.add_error("programme", "Kosongkan: jumlah penduduk tidak per program.")
        if not self.errors and all(data.get(f"v{area.code}") is None for area in self.areas):
            self.add_error(None, "Belum ada angka yang diisi. Isi sedikitnya satu wilayah.")
        return data


class RuleForm(GatedForm):
    """A yearly target for everybody of a pillar who looks after families, in an area and below."""

    address = forms.TypedChoiceField(label="Indikator dan program", coerce=read_address)
    pillar = forms.ModelChoiceField(label="Pilar", queryset=Pillar.objects.all(), empty_label="Pilih pilar")
    region = RegionField(
        label="Berlaku di",
        right=Right.DECIDE,
        help_text="Wilayah ini dan di bawahnya; aturan yang terdekat yang dipakai",
    )
    way = forms.ChoiceField(label="Cara", choices=PersonalRule.Way.choices)
    amount = whole_number(label="Besar", help_text="Jumlah setahun, atau persen dari dampingan; untuk setahun penuh")
    since = IndonesianDateField(label="Berlaku sejak", help_text="Aturan sebelumnya berakhir sehari sebelumnya")
    source = forms.CharField(label="Sumber", max_length=200, help_text="Nomor surat, keputusan, atau rilis")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["address"].choices = [("", "Pilih indikator"), *address_choices(personal=True)]  # type: ignore[attr-defined]


class PersonalApplyForm(GatedForm):
    """The seal of what was shown."""

    seal = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Alasan", max_length=300, required=False, help_text="Tercatat pada orang yang sudah punya target"
    )
