"""SK penetapan and participation."""

from typing import Any

from django import forms

from assistance.forms.common import own_programmes, sentence
from assistance.models import Batch
from assistance.services.participation import END_REASONS, SUSPEND_REASONS
from assistance.words import REASONS
from pilar.core.forms import IndonesianDateField, RegionField
from pilar.core.models import BudgetYear, Programme
from pilar.core.views import GatedForm

FUNDING_DECIDES = (
    "Yang mendanai yang menetapkan: APBN oleh Kementerian Sosial, APBD oleh Dinas Sosial provinsi atau kabupaten/kota"
)


def reasons(codes: tuple[str, ...]) -> list[tuple[str, str]]:
    return [("", "Pilih alasan"), *((code, REASONS[code].meaning.rstrip(".")) for code in codes)]


class DecreeForm(GatedForm):
    programme = forms.ModelChoiceField(Programme.objects.all(), label="Program", empty_label="Pilih program")
    year = forms.ModelChoiceField(BudgetYear.objects.order_by("-year"), label="Tahun anggaran", empty_label=None)
    region = RegionField(label="Wilayah SK", help_text="Calon penerima di wilayah ini dan di bawahnya")
    funding = forms.ChoiceField(
        label="Sumber dana",
        choices=[(value, sentence(label)) for value, label in Batch.Funding.choices],
        help_text=FUNDING_DECIDES,
    )
    title = forms.CharField(label="Judul", max_length=120, help_text="Misalnya Penerima YAPI tahap 1, Kota Bengkulu")

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["programme"].queryset = own_programmes(user)  # type: ignore[attr-defined]


class EmptyForm(GatedForm):
    """An act that asks nothing; the page says what it does."""


class SendBackForm(GatedForm):
    """`names` are candidates whose verval may be doubted: (id of the participation, words)."""

    note = forms.CharField(
        label="Apa yang harus diperbaiki",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="Pengusul membacanya di halaman SK ini",
    )
    candidates = forms.TypedMultipleChoiceField(
        label="Nama yang kembali ke verval",
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Nama yang dicentang keluar dari SK ini dan usulannya menunggu verval lagi",
    )

    def __init__(self, *args: Any, names: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["candidates"].choices = names  # type: ignore[attr-defined]
        if not names:
            del self.fields["candidates"]


class DecideForm(GatedForm):
    number = forms.CharField(label="Nomor SK", max_length=80, help_text="Seperti tertulis di SK yang ditandatangani")
    sk_date = IndonesianDateField(label="Tanggal SK", help_text="Semua namanya aktif sejak tanggal ini")


class SuspendForm(GatedForm):
    on = IndonesianDateField(label="Ditangguhkan per tanggal")
    reason = forms.ChoiceField(label="Alasan", choices=reasons(SUSPEND_REASONS))
    note = forms.CharField(label="Catatan", max_length=200, required=False, help_text="Wajib bila alasannya lain")


class ResumeForm(GatedForm):
    on = IndonesianDateField(label="Aktif lagi per tanggal")
    note = forms.CharField(label="Mengapa boleh dilanjutkan", max_length=200)


class EndForm(SuspendForm):
    on = IndonesianDateField(label="Berakhir per tanggal")
    reason = forms.ChoiceField(label="Alasan", choices=reasons(END_REASONS))


class ReverifyForm(GatedForm):
    note = forms.CharField(
        label="Apa yang harus diperiksa lagi", max_length=200, help_text="Petugas verval membacanya pada usulannya"
    )
