"""The way out in phases: one form per act."""

from datetime import date
from typing import Any

from django import forms

from assistance.checklist import ANSWERS, OWN, THRESHOLDS, items_of
from assistance.forms.common import own_programmes, sentence
from assistance.models import Beneficiary, Graduation, GraduationCase
from assistance.services.graduation_cases import assessors_of
from personnel.models import Assignment
from pilar.core.forms import IndonesianDateField
from pilar.core.models import Programme
from pilar.core.views import GatedForm

ANSWER = "jawaban_"


def radios(choices: Any) -> list[tuple[str, str]]:
    return [(choice.value, sentence(choice.label)) for choice in choices]


class ProposeForm(GatedForm):
    beneficiary = forms.ModelChoiceField(Beneficiary.objects.all(), widget=forms.HiddenInput, label="Keluarga")
    programme = forms.ModelChoiceField(Programme.objects.all(), label="Program", empty_label="Pilih program")
    proposed_on = IndonesianDateField(label="Tanggal usulan")
    kind = forms.ChoiceField(label="Jenis graduasi", choices=radios(Graduation.Kind), widget=forms.RadioSelect)
    initiative = forms.ChoiceField(
        label="Prakarsa siapa", choices=radios(GraduationCase.Initiative), widget=forms.RadioSelect
    )
    note = forms.CharField(
        label="Catatan", max_length=200, required=False, help_text="Misalnya nomor surat atau berita acara"
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, user=user, **kwargs)
        self.fields["programme"].queryset = own_programmes(user)  # type: ignore[attr-defined]


class CaseForm(GatedForm):
    """An act on one case, which the form may ask about."""

    def __init__(self, *args: Any, case: GraduationCase, today: date, **kwargs: Any) -> None:
        self.case, self.today = case, today
        super().__init__(*args, **kwargs)

    def groups(self) -> list[dict[str, Any]]:
        return []

    def entry(self) -> dict[str, Any]:
        """What the service is given."""
        return dict(self.cleaned_data)


class AssessorField(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.person.name}, {obj.pillar.code} {obj.region.name}"


class AssessForm(CaseForm):
    """The checklist of the case's kind; the score is not asked, it follows from the answers."""

    on = IndonesianDateField(label="Tanggal asesmen")
    assessor = AssessorField(Assignment.objects.all(), label="Penilai", empty_label="Pilih penilai")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = assessors_of(self.case, since=self.case.proposed_on, until=self.today).visible_to(self.user)
        self.fields["assessor"].queryset = (  # type: ignore[attr-defined]
            rows.select_related("person", "pillar", "region").order_by("person__name_key", "id")
        )
        for item in items_of(self.case.kind):
            label = f"{item.question} ({item.weight})"
            choices = [(answer, sentence(ANSWERS[answer])) for answer in item.answers]
            self.fields[ANSWER + item.code] = forms.ChoiceField(
                label=label, choices=choices, widget=forms.RadioSelect, help_text=said_of(item.source, item.condition)
            )

    def groups(self) -> list[dict[str, Any]]:
        items = [self[ANSWER + item.code] for item in items_of(self.case.kind)]
        threshold = THRESHOLDS[Graduation.Kind(self.case.kind)]
        return [
            {"title": "Asesmen lapangan", "fields": [self["on"], self["assessor"]]},
            {
                "title": "Daftar periksa",
                "note": f"Angka dalam kurung adalah bobotnya; “sebagian” bernilai setengah. Skor dihitung dari "
                f"jawaban; ambang {self.case.get_kind_display()} {threshold} dari 100.",
                "fields": items,
            },
        ]

    def entry(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        answers = {item.code: data.pop(ANSWER + item.code) for item in items_of(self.case.kind)}
        return {**data, "answers": answers}


class DecideForm(CaseForm):
    on = IndonesianDateField(label="Tanggal keputusan")
    transition_until = IndonesianDateField(
        label="Masa transisi sampai", help_text="Sesudah tanggal keputusan; boleh di waktu mendatang"
    )
    note = forms.CharField(
        label="Catatan",
        max_length=200,
        required=False,
        help_text="Wajib bila skor di bawah ambang: mengapa lulus",
    )


class CaseReasonForm(CaseForm):
    on = IndonesianDateField(label="Tanggal")
    reason = forms.CharField(label="Sebab", max_length=200)


class LeaveForm(CaseForm):
    on = IndonesianDateField(label="Keluar pada tanggal", help_text="Paling awal pada akhir masa transisi")
    note = forms.CharField(label="Catatan", max_length=200, required=False)


def said_of(source: str, condition: bool) -> str:
    """Where a question comes from, and whether the kind depends on it."""
    place = "Daftar periksa dinas" if source == OWN else f"Sumber: {source}"
    return f"Syarat jenis ini. {place}" if condition else place
