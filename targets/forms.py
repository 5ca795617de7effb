from typing import Any

from django import forms

from pilar.core.forms import RupiahField
from pilar.core.measures import Dim, Unit
from pilar.core.views import GatedForm
from targets import achievement
from targets.models import Indicator

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
    names = {dim: achievement.catalogue(dim) for dim in {Dim(i.dim) for i in chosen}}
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
    return [(0, achievement.WHOLE[Dim(indicator.dim)])] if achievement.has_whole(indicator) else []


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
