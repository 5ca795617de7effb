"""Uploading a result file."""

from django import forms

from pilar.core.views import GatedForm


class ResultFileForm(GatedForm):
    content = forms.FileField(
        label="Berkas hasil (CSV)",
        allow_empty_file=True,  # the service says what is wrong with it
        widget=forms.ClearableFileInput({"accept": ".csv,.txt,text/csv,text/plain"}),
        help_text="Paling besar 50 MB dan 200.000 baris. Kolom: kunci atau nik, hasil, jumlah, tanggal.",
        error_messages={"required": "Pilih berkasnya dahulu."},
    )
