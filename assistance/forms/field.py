"""Verval and usul-sanggah, as they are written down in the field: a phone first."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from assistance.forms.common import own_programmes, sentence
from assistance.models import Objection, Verification
from assistance.reading_verval import holders_of
from assistance.services.verifications import Consequence
from assistance.states import OBJECTION
from assistance.words import CIRCUMSTANCES, REASON_CHOICES
from personnel.models import Assignment
from pilar.core import regions
from pilar.core.formatting import tanggal
from pilar.core.forms import CoordinateField, IndonesianDateField
from pilar.core.models import Programme
from pilar.core.pages.attachments import ACCEPT_PHOTO
from pilar.core.views import GatedForm

UNNAMED = "petugas yang dikelola wilayah lain"
FACT = "fact_"  # fields for what is seen on the spot, by kind
LEFT_LATELY = timedelta(days=365)  # a verval may be written down after its companion left
State = Objection.State


class CompanionField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A pillar member's assignment, by the holder's name, his pillar and his area."""

    names: dict[int, str] = {}

    def label_from_instance(self, obj: Any) -> str:
        return f"{self.names.get(obj.pk, UNNAMED)}, {obj.pillar.code}, {obj.region.name}"


def companions_for(region: int, today: date) -> QuerySet[Assignment]:
    """Whose work area covers the place or lies in it, on duty now or until lately."""
    meets = Q(region__in=regions.path(region)) | regions.in_range("region_id", *regions.bounds(region))
    lately = Q(valid_until__isnull=True) | Q(valid_until__gte=today - LEFT_LATELY)
    rows = Assignment.objects.filter(meets, lately, valid_from__lte=today)
    return rows.select_related("pillar", "region").order_by("-region_id", "id")


def optional_photo() -> forms.FileField:
    return forms.FileField(
        label="Foto bukti",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput({"accept": ACCEPT_PHOTO}),
        help_text="Satu foto JPG, PNG, atau WebP, paling besar 10 MB; yang lain ditambahkan di halaman vervalnya",
    )


class PlaceForm(GatedForm):
    latitude = CoordinateField(label="Lintang", example="-3,795512")
    longitude = CoordinateField(label="Bujur", example="102,259223")


class VerificationForm(PlaceForm):
    """`region` and `participant` say of whom: the companions offered, and whether the consequence is asked.

    `lacks` are kinds of `words.CIRCUMSTANCES` that the programme asks and nobody recorded.
    """

    result = forms.ChoiceField(
        label="Hasil",
        choices=[(r.value, sentence(r.label)) for r in Verification.Result],
        widget=forms.RadioSelect,
    )
    reason = forms.ChoiceField(
        label="Alasan tidak layak", choices=[("", "Pilih alasan"), *REASON_CHOICES], required=False
    )
    consequence = forms.ChoiceField(
        label="Akibat bagi kepesertaannya bila tidak layak",
        choices=[(c.value, sentence(c.label)) for c in Consequence],
        widget=forms.RadioSelect,
        initial=Consequence.SUSPEND.value,
        required=False,
    )
    evidence = forms.CharField(
        label="Bukti",
        max_length=300,
        help_text="Apa yang dilihat, siapa yang ditemui, dokumen apa yang ditunjukkan",
        widget=forms.Textarea({"rows": 3}),
    )
    upload = optional_photo()
    companion = CompanionField(Assignment.objects.none(), label="Petugas yang memeriksa", empty_label="Pilih petugas")
    verified_on = IndonesianDateField(label="Tanggal verval")

    def __init__(
        self,
        *args: Any,
        user: Any,
        region: int,
        participant: bool,
        today: date,
        lacks: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, user=user, **kwargs)
        rows = companions_for(region, today).visible_to(user)  # type: ignore[attr-defined]
        field: Any = self.fields["companion"]
        field.queryset = rows
        field.names = holders_of(user, list(rows.values_list("pk", flat=True)))
        if not participant:
            del self.fields["consequence"]
        for kind in lacks:
            name, values = CIRCUMSTANCES[kind]
            self.fields[FACT + kind] = forms.ChoiceField(
                label=name, choices=[("", "Belum diketahui"), *values.items()], required=False,
                help_text="Syarat program menanyakannya dan belum tercatat",
            )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A reason chosen before the result was changed to layak says nothing."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if data.get("result") == Verification.Result.FIT:
            data["reason"] = ""
        if "consequence" in data:
            data["consequence"] = data["consequence"] or Consequence.SUSPEND.value
        asked = [name for name in self.fields if name.startswith(FACT)]
        facts = {name.removeprefix(FACT): data.pop(name, "") for name in asked}
        data["facts"] = {kind: value for kind, value in facts.items() if value}
        return data


class ObjectionForm(PlaceForm):
    programme = forms.ModelChoiceField(Programme.objects.all(), label="Program", empty_label="Pilih program")
    kind = forms.ChoiceField(
        label="Jenis", choices=[(k.value, sentence(k.label)) for k in Objection.Kind], widget=forms.RadioSelect
    )
    filed_on = IndonesianDateField(label="Masuk pada", help_text="Batas pemeriksaan 14 hari dihitung dari tanggal ini")
    filed_by = forms.CharField(
        label="Disampaikan oleh", max_length=120, help_text="Nama dan kedudukannya, misalnya Ketua RT 03"
    )
    note = forms.CharField(label="Isi sanggahan", max_length=300, widget=forms.Textarea({"rows": 3}))

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["programme"].queryset = own_programmes(user)  # type: ignore[attr-defined]


class AnswerForm(GatedForm):
    outcome = forms.ChoiceField(
        label="Jawaban",
        choices=[(s.value, sentence(s.label)) for s in State if OBJECTION.may_follow(State.FILED, s)],
        widget=forms.RadioSelect,
    )
    answer = forms.CharField(
        label="Isi jawaban",
        max_length=300,
        help_text="Apa yang ditemukan, dan mengapa diputuskan begitu",
        widget=forms.Textarea({"rows": 3}),
    )
    verification = forms.ModelChoiceField(
        Verification.objects.all(),
        label="Verval yang dilakukan untuk sanggahan ini",
        empty_label="tanpa verval",
        required=False,
    )

    def __init__(self, *args: Any, user: Any, objection: Objection, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        field: Any = self.fields["verification"]
        field.queryset = field.queryset.filter(
            beneficiary=objection.beneficiary_id,
            programme=objection.programme_id,
            verified_on__gte=objection.filed_on,
        )
        field.label_from_instance = verification_label


def verification_label(act: Verification) -> str:
    return f"{tanggal(act.verified_on)}: {act.get_result_display()}"
