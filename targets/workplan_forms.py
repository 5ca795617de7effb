"""Forms of langkah bersama."""

from typing import Any

from django import forms

from personnel.models import Assignment, Personnel
from pilar.core.forms import IndonesianDateField
from pilar.core.models import Region
from pilar.core.regions import Level
from pilar.core.scoping import narrow_choices
from pilar.core.views import GatedForm
from targets.models import Indicator, Party, WorkPlan, WorkStep

OFFERED = 20
LONG = forms.Textarea(attrs={"rows": 5})


class PlanForm(GatedForm):
    strategy = forms.CharField(
        label="Strategi", max_length=4000, widget=LONG, help_text="Apa yang didahulukan tahun ini, dan mengapa."
    )
    mechanism = forms.CharField(
        label="Mekanisme",
        max_length=4000,
        widget=LONG,
        help_text="Bagaimana para pihak bekerja bersama: rapat, pelaporan, siapa menghubungi siapa.",
    )


class RenewForm(GatedForm):
    reason = forms.CharField(
        label="Alasan versi baru",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Apa yang berubah.",
    )


class StepForm(GatedForm):
    """`plan`: in a province's plan a kabupaten/kota is chosen for its Dinas Sosial or companions."""

    text = forms.CharField(label="Langkah", max_length=300, help_text="Satu pekerjaan yang bisa selesai.")
    owner = forms.ChoiceField(label="Penanggung jawab", choices=WorkStep.Owner.choices)
    regency = forms.ModelChoiceField(
        label="Kabupaten/kota",
        queryset=Region.objects.none(),
        required=False,
        help_text="Diisi bila penanggung jawabnya Dinas Sosial kabupaten/kota atau para pendamping.",
    )
    office = forms.CharField(
        label="Nama kantor",
        max_length=120,
        required=False,
        help_text="Diisi hanya bila penanggung jawabnya kantor lain.",
    )
    deadline = IndonesianDateField(label="Tenggat")
    indicator = forms.ModelChoiceField(
        label="Indikator yang dikejar", queryset=Indicator.objects.all(), required=False, empty_label="tidak ada"
    )

    def __init__(self, *args: Any, plan: WorkPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deadline"].help_text = f"Hari di tahun {plan.year_id}."
        if plan.region.level == Level.REGENCY:
            del self.fields["regency"]
        else:
            below = Region.objects.children_of(plan.region_id).filter(valid_until__isnull=True)
            field: Any = self.fields["regency"]
            field.queryset = below
            field.choices = [("", "tidak ada"), *((area.code, area.name) for area in below)]


class AgreeForm(GatedForm):
    """A name for an office; for the companions one of those who serve in `area` today."""

    name = forms.CharField(
        label="Nama yang menyepakati", max_length=120, help_text="Pejabat yang menyatakan sepakat untuk kantor ini."
    )
    person = forms.ModelChoiceField(
        label="Wakil pendamping", queryset=Personnel.objects.none(), widget=forms.RadioSelect, empty_label=None
    )
    on = IndonesianDateField(label="Tanggal kesepakatan")

    def __init__(self, *args: Any, party: Party, area: int, called: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if party != Party.COMPANIONS:
            del self.fields["person"]
            return
        del self.fields["name"]
        serves = narrow_choices(Assignment.objects.within(area), self.user).values("person")
        people = Personnel.objects.visible_to(self.user).filter(pk__in=serves)
        found = people.called(called) if called else people
        field: Any = self.fields["person"]
        field.queryset = people
        field.choices = [(p.pk, p.name) for p in found.order_by("name_key", "id")[:OFFERED]]


class MoveForm(GatedForm):
    on = IndonesianDateField(label="Tanggal")
    reason = forms.CharField(
        label="Sebab",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Mengapa tidak jadi dikerjakan.",
    )

    def __init__(self, *args: Any, then: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if then != WorkStep.State.CANCELLED:
            del self.fields["reason"]


class RemoveForm(GatedForm):
    """Nothing to fill in: the page says what happens."""
