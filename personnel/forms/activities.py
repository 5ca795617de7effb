"""The form of one kind of activity: day, place and reach, then what the kind asks."""

from typing import Any

from django import forms

from personnel.kinds import OWN, Asked, Type, asked_by, asks_stage, stages_at
from personnel.models import ActivityKind
from personnel.services.activities import PAS_GROUPS
from pilar.core.forms import OFFERED, CoordinateField, IndonesianDateField, RegionField
from pilar.core.models import Programme, Region, TargetGroup
from pilar.core.pages.attachments import PhotoForm
from pilar.core.places import children_of, labels
from pilar.core.regions import Level
from pilar.core.scoping import Slot, reach_of
from pilar.core.views import GatedForm

PLACES = (Level.VILLAGE, Level.DISTRICT, Level.REGENCY, Level.PROVINCE)


class ActivityForm(GatedForm):
    """Few fields; the kind, of which the page is one, decides the rest."""

    date = IndonesianDateField(label="Tanggal")
    region = RegionField(label="Tempat", levels=PLACES)
    quantity = forms.IntegerField(min_value=0, max_value=1_000_000, widget=forms.NumberInput({"inputmode": "numeric"}))
    programme = forms.ModelChoiceField(Programme.objects.all(), label="Program", empty_label="Pilih program")
    stage = forms.TypedChoiceField(
        label="Daftar penyaluran",
        coerce=int,
        empty_value=None,
        required=False,
        help_text="Yang menjangkau tempat ini. Kosongkan bila daftarnya belum ada di PILAR",
    )
    groups = forms.TypedMultipleChoiceField(
        label="Kelompok PAS yang dijangkau", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label="Uraian", max_length=500, required=False, widget=forms.Textarea({"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, user: Any, kind: ActivityKind, place: Region | None, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.kind = kind
        if reach_of(user).member is not None:
            self._place_of_member(place)
        fields: dict[str, Any] = self.fields
        fields["quantity"].label = kind.reach_label
        fields["groups"].choices = list(TargetGroup.objects.filter(pk__lte=PAS_GROUPS).values_list("pk", "name"))
        if asks_stage(kind):
            stages = stages_at(place, user) if place else []
            fields["stage"].choices = [("", "Pilih daftar"), *((stage.pk, stage.name) for stage in stages)]
        else:
            del fields["stage"], fields["programme"]
        self.own = [f"{OWN}{one.name}" for one in asked_by(kind)]
        for one in asked_by(kind):
            fields[f"{OWN}{one.name}"] = _field(one)

    def _place_of_member(self, place: Region | None) -> None:
        """He holds no right over an area: any place is read, and the service asks whether it is in his work area."""
        field: Any = self.fields["region"]
        field.right = field.widget.right = None
        field.widget.searches = False
        near = [place, *children_of((Slot.of(place.pk),), OFFERED)] if place else []
        field.widget.offered = list(labels(near).values())

    def details(self) -> dict[str, Any]:
        return {name.removeprefix(OWN): self.cleaned_data.get(name) for name in self.own}

    def parts(self) -> list[dict[str, Any]]:
        """Bound fields for form.html, from the most needed to what may stay empty."""
        names = ("date", "region", "programme", "stage", "quantity", *self.own)
        return [
            {"title": "Kegiatan", "fields": [self[name] for name in names if name in self.fields]},
            {"title": "Keterangan", "fields": [self["groups"], self["note"]]},
        ]


def _field(one: Asked) -> forms.Field:
    """What is wrong with a value the service says, in the same words for both doors; here only what a widget needs."""
    shared: dict[str, Any] = {"label": one.label, "required": one.required, "help_text": one.hint}
    if one.type == Type.NUMBER:
        return forms.IntegerField(min_value=0, widget=forms.NumberInput({"inputmode": "numeric"}), **shared)
    if one.type == Type.DAY:
        return IndonesianDateField(**shared)
    if one.type == Type.CHOICE:
        return forms.ChoiceField(choices=[("", "Pilih"), *((text, text) for text in one.choices)], **shared)
    return forms.CharField(max_length=300, **shared)


class ReturnForm(GatedForm):
    note = forms.CharField(
        label="Apa yang harus diperbaiki",
        max_length=300,
        widget=forms.Textarea({"rows": 3}),
        help_text="Yang mengajukan membacanya di halaman kegiatan ini",
    )


class ActivityPhotoForm(PhotoForm):
    """A photo and where it was taken; the place comes from the form, never from the file."""

    latitude = CoordinateField(label="Lintang", example="-3,795512")
    longitude = CoordinateField(label="Bujur", example="102,259223")
