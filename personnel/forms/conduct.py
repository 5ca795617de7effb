"""Forms of conduct and of the end of service."""

from django import forms

from personnel.models import Sanction, Termination
from pilar.core.forms import IndonesianDateField
from pilar.core.views import GatedForm


class SanctionForm(GatedForm):
    kind = forms.ChoiceField(label="Jenis", choices=[("", "Pilih jenis"), *Sanction.Kind.choices])
    number = forms.CharField(label="Nomor surat", max_length=80)
    on = IndonesianDateField(label="Tanggal surat")
    issuer = forms.CharField(label="Penerbit", max_length=120, help_text="Misalnya Dinas Sosial, atau Komisi Etik")
    about = forms.CharField(label="Perihal atau isi putusan", max_length=500, widget=forms.Textarea({"rows": 3}))


class WithdrawalForm(GatedForm):
    why = forms.CharField(label="Sebab dicabut", max_length=200)


class TerminationForm(GatedForm):
    kind = forms.ChoiceField(label="Sebab", choices=[("", "Pilih sebab"), *Termination.Kind.choices])
    last_day = IndonesianDateField(label="Hari terakhir bertugas", help_text="Berlaku bila diputuskan")
    reason = forms.CharField(
        label="Alasan",
        max_length=500,
        required=False,
        help_text="Wajib bila diberhentikan tanpa SP1 sampai SP3; yang memutuskan dan orangnya membacanya",
        widget=forms.Textarea({"rows": 3}),
    )


class DecisionForm(GatedForm):
    number = forms.CharField(label="Nomor keputusan", max_length=80)


class RejectionForm(GatedForm):
    note = forms.CharField(
        label="Mengapa ditolak", max_length=500, widget=forms.Textarea({"rows": 3}), help_text="Pengusul membacanya"
    )


class NothingForm(GatedForm):
    """The act asks nothing; the page says what it does."""
