from django import forms

from pilar.core.views import GatedForm
from targets.models import Indicator


class RatioForm(GatedForm):
    name = forms.CharField(label="Nama", max_length=120, help_text="Misalnya Rupiah diterima dari yang tersalur")
    code = forms.SlugField(
        label="Kode", max_length=40, help_text="Huruf kecil, angka, dan tanda hubung; dipakai di alamat dan API"
    )
    part = forms.ModelChoiceField(label="Bagian", queryset=Indicator.objects.all(), empty_label="Pilih indikator")
    whole = forms.ModelChoiceField(
        label="Dari", queryset=Indicator.objects.all(), empty_label="Pilih indikator",
        help_text="Rincian dan satuannya sama dengan bagiannya",
    )  # fmt: skip
    direction = forms.ChoiceField(label="Arah", choices=Indicator.Direction.choices)
    aim = forms.IntegerField(
        label="Patokan (persen)", min_value=1, max_value=100, required=False,
        help_text="Batas bawah, atau batas atas bila makin sedikit makin baik; boleh tanpa patokan",
    )  # fmt: skip
    aim_source = forms.CharField(
        label="Sumber patokan", max_length=200, required=False, help_text="Wajib bila ada patokan"
    )
    definition = forms.CharField(label="Pengertian", max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
