from typing import Any

from django import forms

from pilar.core.forms import IndonesianDateField, RegionField, RupiahField
from pilar.core.measures import Dim, Unit, all_measures
from pilar.core.views import GatedForm
from targets import breakdowns
from targets.models import Indicator, PublishedFigure
from targets.services.published import PartEntry

Address = tuple[Indicator, int]


def address_text(indicator: Indicator, breakdown: int) -> str:
    """ "PENERIMA_PAS:3", as the form and the links write it."""
    return f"{indicator.code}:{breakdown}"


def read_address(text: str) -> Address | None:
    """The indicator and breakdown of such a text; None when it is not one."""
    code, _, number = text.partition(":")
    indicator = Indicator.objects.filter(code=code).first()
    return (indicator, int(number)) if indicator and number.isdigit() else None


def address_choices(*, personal: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """Indicators with their breakdowns, as groups of one select."""
    chosen = Indicator.objects.filter(personal=True) if personal else Indicator.objects.all()
    names = {dim: breakdowns.catalogue(dim) for dim in {Dim(i.dim) for i in chosen}}
    return [
        (
            indicator.name,
            [
                (address_text(indicator, breakdown), name)
                for breakdown, name in [*_whole(indicator), *names[Dim(indicator.dim)].items()]
            ],
        )
        for indicator in chosen
    ]


def _whole(indicator: Indicator) -> list[tuple[int, str]]:
    return [(0, breakdowns.WHOLE[Dim(indicator.dim)])] if breakdowns.has_whole(indicator) else []


class TargetForm(GatedForm):
    """One target of the region (or person) in the address.

    `fixed`: its indicator and breakdown, when the address names them; `again`: a version is in force.
    """

    address = forms.TypedChoiceField(label="Indikator dan rincian", coerce=read_address)
    value = RupiahField(
        label="Nilai target",
        min_value=0,
        max_value=10**15,
        help_text="Dalam satuan indikator: orang, keluarga, kegiatan, atau rupiah penuh.",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Tulis bilangan bulat dengan angka, misalnya 1.250 atau 1250."},
    )
    source = forms.CharField(
        label="Sumber",
        max_length=200,
        help_text="Dari mana nilai ini, misalnya nomor SK, rapat, atau dokumen perencanaan.",
    )
    reason = forms.CharField(
        label="Alasan",
        max_length=300,
        required=False,
        help_text="Wajib bila target ini sudah punya versi.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, personal: bool, fixed: Address | None = None, again: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if fixed is not None:
            del self.fields["address"]
            self.fields["value"].widget.attrs |= {"data-money": True} if fixed[0].unit == Unit.RUPIAH else {}
            if again:
                self.fields["reason"].required = True
                self.fields["reason"].help_text = "Mengapa nilainya berubah."
            return
        del self.fields["seen"]
        choices = [("", "Pilih indikator"), *address_choices(personal=personal)]
        self.fields["address"].choices = choices  # type: ignore[attr-defined]


class EmptyForm(GatedForm):
    """Nothing but the question whether to go on."""


class NoteForm(GatedForm):
    note = forms.CharField(
        label="Catatan", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Terbaca di riwayat target ini",
    )  # fmt: skip


class SendBackForm(GatedForm):
    note = forms.CharField(
        label="Catatan untuk pengusul", max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Apa yang harus diperbaiki sebelum diajukan lagi",
    )  # fmt: skip


class SheetForm(GatedForm):
    """What all cells of one saving share."""

    source = forms.CharField(
        label="Sumber", max_length=200, required=False, help_text="Dari mana nilai ini; wajib bila ada sel yang berubah"
    )
    reason = forms.CharField(
        label="Alasan", max_length=300, required=False, help_text="Wajib bila ada sel yang sudah punya versi"
    )


class FreezeForm(GatedForm):
    start = IndonesianDateField(label="Mulai", help_text="Sejak hari ini tidak ada versi baru")
    reason = forms.CharField(label="Alasan", max_length=300, help_text="Terbaca oleh semua yang terkena")


class LiftForm(GatedForm):
    reason = forms.CharField(label="Alasan", max_length=300)


class ExceptionForm(GatedForm):
    region = RegionField(label="Wilayah yang dikecualikan", help_text="Wilayah ini dan semua di bawahnya")
    until = IndonesianDateField(label="Sampai", help_text="Hari terakhir; sesudahnya pembekuan berlaku lagi sendiri")
    reason = forms.CharField(label="Alasan", max_length=300)


class ClosureForm(GatedForm):
    reason = forms.CharField(
        label="Alasan", max_length=300, required=False, help_text="Misalnya berita acara tutup buku"
    )


class CorrectedClosureForm(GatedForm):
    reason = forms.CharField(label="Sebab koreksi", max_length=300)
    decree = forms.CharField(label="Dasar koreksi", max_length=200, help_text="Nomor dan tanggal keputusan atau LHP")


class DropClosureForm(GatedForm):
    note = forms.CharField(label="Sebab", max_length=300)


class FigureForm(GatedForm):
    """A printed figure; sums are written as the source prints them and read by the service."""

    title = forms.CharField(label="Judul", max_length=200, help_text="Misalnya Permakanan nasional 2023")
    region = RegionField(label="Wilayah yang dimaksud sumber")
    published_on = IndonesianDateField(label="Terbit")
    year = forms.IntegerField(label="Tahun angka", min_value=2000, max_value=2100)
    unit = forms.ChoiceField(label="Satuan", choices=Unit.choices)
    definition = forms.ChoiceField(label="Arti angka menurut sumber", choices=PublishedFigure.Definition.choices)
    measure = forms.ChoiceField(
        label="Bandingkan dengan ukuran PILAR",
        required=False,
        help_text="Kosongkan bila tidak ada ukuran yang sepadan",
    )
    headline = forms.CharField(label="Angka tercetak", max_length=60, help_text="Seperti sumbernya: Rp2,22 miliar")
    parts = forms.CharField(
        label="Bagian yang dirinci",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Satu bagian satu baris, dengan titik dua. Misalnya Permakanan: Rp879,77 juta",
    )
    arithmetic = forms.CharField(
        label="Hitungan menurut sumber",
        max_length=160,
        required=False,
        help_text="Misalnya 133.774 orang × 184 hari × Rp32.000",
    )
    target = forms.CharField(label="Target tercetak", max_length=60, required=False)
    percent = forms.CharField(
        label="Persentase tercetak", max_length=20, required=False, help_text="Dihitung ulang; yang tercetak tetap"
    )
    source_name = forms.CharField(label="Sumber", max_length=120, help_text="Misalnya Antara, 19 November 2024")
    source_url = forms.URLField(label="Alamat sumber", max_length=400, assume_scheme="https")
    note = forms.CharField(label="Catatan", required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measures = [(m.code, m.definition.split(",")[0].split(".")[0][:90]) for m in all_measures()]
        self.fields["measure"].choices = [("", "tidak ada"), *measures]  # type: ignore[attr-defined]

    def clean_parts(self) -> list[PartEntry]:
        """Each line "Bagian: tercetak"; the last colon parts them."""
        entries = []
        for number, line in enumerate(self.cleaned_data["parts"].splitlines(), start=1):
            if not line.strip():
                continue
            label, colon, printed = line.rpartition(":")
            if not colon or not label.strip() or not printed.strip():
                raise forms.ValidationError(
                    f"Baris {number}, “{line.strip()}”: tulis nama bagian, titik dua, lalu angka tercetak."
                )
            entries.append(PartEntry(label.strip(), printed.strip()))
        return entries
