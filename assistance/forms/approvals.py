"""Lists that go through approval, and acts on whole lists."""

from typing import Any

from django import forms

from assistance.forms.common import NoteForm, StepForm, own_programmes, sentence
from assistance.models import Batch, BatchNote, Decree
from pilar.core.forms import IndonesianDateField, RegionField, RupiahField
from pilar.core.models import BudgetYear, Programme
from pilar.core.views import GatedForm


class DraftForm(GatedForm):
    programme = forms.ModelChoiceField(Programme.objects.all(), label="Program", empty_label="Pilih program")
    year = forms.ModelChoiceField(BudgetYear.objects.order_by("-year"), label="Tahun anggaran", empty_label=None)
    stage = forms.CharField(label="Tahap", max_length=40, help_text="Misalnya Tahap 1, Triwulan II, atau Juni")
    region = RegionField(label="Wilayah daftar", help_text="Penerima aktif di wilayah ini dan di bawahnya")
    funding = forms.ChoiceField(
        label="Sumber dana",
        choices=[(value, sentence(label)) for value, label in Batch.Funding.choices],
        help_text="Yang mendanai yang menyetujui: APBN oleh Kementerian Sosial, APBD oleh Dinas Sosial tingkat itu",
    )
    decree = forms.ModelChoiceField(
        Decree.objects.filter(state=Decree.State.DECIDED),
        label="SK penetapan di PILAR",
        required=False,
        empty_label="SK terbit di luar PILAR",
        help_text="Nomor dan tanggalnya disalin ke daftar ini",
    )
    sk_number = forms.CharField(
        label="Nomor SK", max_length=80, required=False, help_text="Wajib bila SK terbit di luar PILAR"
    )
    sk_date = IndonesianDateField(label="Tanggal SK", required=False, help_text="Wajib bila SK terbit di luar PILAR")
    ceiling = RupiahField(label="Pagu", help_text="Rupiah penuh; jumlah baris tidak bisa melebihinya")
    units = forms.IntegerField(
        label="Banyaknya satuan per penerima",
        min_value=1,
        max_value=1000,
        help_text="Misalnya 30 hari makan, atau 3 bulan",
        widget=forms.TextInput({"inputmode": "numeric"}),
    )
    unit_price = RupiahField(
        label="Harga satuan",
        required=False,
        help_text="Kosong: harga program yang berlaku. Bila lain, selisihnya tampil di daftar",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["programme"].queryset = own_programmes(user)  # type: ignore[attr-defined]


class SendBackForm(GatedForm):
    note = forms.CharField(
        label="Apa yang harus diperbaiki",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="Pengusul membacanya di halaman daftar ini",
    )


class AcceptForm(GatedForm):
    reason = forms.CharField(
        label="Alasan menerima mereka tanpa verval",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="Tersimpan di daftar ini bersama nama Anda",
    )


class PayAllForm(StepForm):
    on = IndonesianDateField(label="Tanggal salur")


class HandOverForm(NoteForm):
    on = IndonesianDateField(label="Tanggal diserahkan")
    number = forms.CharField(label="Nomor BAST", max_length=80, help_text="Berita acara serah terima")
    field_order = ("on", "number", "note")


class DepositForm(NoteForm):
    on = IndonesianDateField(label="Tanggal setor")
    number = forms.CharField(label="Nomor bukti setor", max_length=60)
    field_order = ("on", "number", "note")


class RevisionForm(GatedForm):
    number = forms.CharField(label="Nomor revisi", max_length=80)
    on = IndonesianDateField(label="Tanggal revisi")
    after = RupiahField(label="Pagu yang baru")
    reason = forms.CharField(label="Sebab revisi", max_length=200)


class BatchNoteForm(GatedForm):
    code = forms.ChoiceField(label="Jenis", choices=[("", "Pilih jenis"), *BatchNote.Code.choices])
    number = forms.CharField(label="Nomor", max_length=80, required=False, help_text="Nomor, catatan, atau keduanya")
    on = IndonesianDateField(label="Tanggal")
    note = forms.CharField(label="Catatan", max_length=200, required=False)
