"""Handing in proof: the file, what it is, and where it was taken."""

from typing import Any

from django import forms

from assistance.forms.common import sentence
from assistance.models import Document
from pilar.core.forms import CoordinateField
from pilar.core.pages.attachments import UploadForm


class PlacedUploadForm(UploadForm):
    latitude = CoordinateField(label="Lintang", example="-3,795512")
    longitude = CoordinateField(label="Bujur", example="102,259223")

    field_order = ("document", "upload", "latitude", "longitude")


class ProofForm(PlacedUploadForm):
    document = forms.ChoiceField(
        label="Jenis bukti", choices=[("", "Pilih jenis"), *((d.value, sentence(d.label)) for d in Document)]
    )


class MinutesForm(UploadForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["upload"].label = "Berita acara"
