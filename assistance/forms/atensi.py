"""ATENSI: one form per act."""

from datetime import date
from typing import Any

from django import forms

from assistance.forms.common import GroupField, own_groups, sentence
from assistance.forms.graduation_cases import AssessorField
from assistance.models import AtensiCase, AtensiItem, Beneficiary
from assistance.services.assessors import assessors
from assistance.services.atensi import PlanItem
from personnel.models import Assignment
from pilar.core.forms import IndonesianDateField, RegionField, RupiahField
from pilar.core.models import Programme, TargetGroup
from pilar.core.regions import Level
from pilar.core.views import GatedForm

Component = AtensiItem.Component


class AtensiAssessForm(GatedForm):
    beneficiary = forms.ModelChoiceField(Beneficiary.objects.all(), widget=forms.HiddenInput, label="Penerima")
    assessed_on = IndonesianDateField(label="Tanggal asesmen")
    assessor = AssessorField(Assignment.objects.all(), label="Pelaksana asesmen", empty_label="Pilih petugas")
    group = GroupField(
        TargetGroup.objects.filter(parent__isnull=True), label="Kelompok PAS", empty_label="Pilih kelompok"
    )
    needs = forms.CharField(label="Kebutuhan menurut asesmen", max_length=300)
    setting = forms.ChoiceField(
        label="Tempat layanan",
        choices=[(choice.value, sentence(choice.label)) for choice in AtensiCase.Setting],
        widget=forms.RadioSelect,
    )
    sentra = forms.CharField(label="Sentra", max_length=80, required=False, help_text="Wajib untuk layanan residensial")
    sentra_region = RegionField(
        label="Kabupaten/kota Sentra", right=None, levels=(Level.REGENCY,), required=False,
        help_text="Boleh di luar wilayah Anda, misalnya 17.71",
    )  # fmt: skip

    def __init__(self, *args: Any, person: Beneficiary | None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = own_groups(  # type: ignore[attr-defined]
            self.user, TargetGroup.objects.filter(parent__isnull=True)
        )
        rows = Assignment.objects.none()
        if person is not None:
            programme = Programme.objects.get(code="ATENSI")
            rows = assessors(person, programme, region=person.region_id, since=person.birth_date, until=today)
        self.fields["assessor"].queryset = (  # type: ignore[attr-defined]
            rows.visible_to(self.user).select_related("person", "pillar", "region").order_by("person__name_key", "id")
        )


class AtensiCaseForm(GatedForm):
    """An act on one case, which the form may ask about."""

    def __init__(self, *args: Any, case: AtensiCase, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)

    def groups(self) -> list[dict[str, Any]]:
        return []

    def entry(self) -> dict[str, Any]:
        """What the service is given."""
        return dict(self.cleaned_data)


class PlanForm(AtensiCaseForm):
    """The seven components; those without a service are left out of the plan."""

    on = IndonesianDateField(label="Tanggal rencana")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for component in Component:
            self.fields[f"what_{component}"] = forms.CharField(label="Bentuk layanan", max_length=120, required=False)
            self.fields[f"amount_{component}"] = RupiahField(label="Nilai (rupiah)", min_value=0, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for component in Component:
            if data.get(f"amount_{component}") and not data.get(f"what_{component}"):
                self.add_error(f"what_{component}", "Tulis bentuk layanannya.")
        return data

    def groups(self) -> list[dict[str, Any]]:
        note = "Isi komponen yang diberikan saja. Nilai orang ini adalah jumlah semuanya; kosong berarti 0."
        return [
            {"title": "Rencana", "note": note, "fields": [self["on"]]},
            *(
                {
                    "title": f"{component.value}. {sentence(component.label)}",
                    "fields": [self[f"what_{component}"], self[f"amount_{component}"]],
                }
                for component in Component
            ),
        ]

    def entry(self) -> dict[str, Any]:
        data = self.cleaned_data
        items = [
            PlanItem(int(component), data[f"what_{component}"], data[f"amount_{component}"] or 0)
            for component in Component
            if data[f"what_{component}"]
        ]
        return {"on": data["on"], "items": items}


class ServeForm(AtensiCaseForm):
    component = forms.TypedChoiceField(label="Komponen", coerce=int)
    on = IndonesianDateField(label="Dilayani pada tanggal")
    note = forms.CharField(label="Bukti", max_length=120, help_text="Misalnya nomor BAST atau laporan")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        waiting = self.case.items.filter(served_on__isnull=True)
        self.fields["component"].choices = [  # type: ignore[attr-defined]
            ("", "Pilih komponen"),
            *((item.component, f"{sentence(item.get_component_display())}: {item.what}") for item in waiting),
        ]


class EndForm(AtensiCaseForm):
    on = IndonesianDateField(label="Tanggal")
    note = forms.CharField(label="Hasil atau sebab", max_length=200)
