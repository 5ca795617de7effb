"""Beneficiaries: one set of questions, under the page's names and under the API's."""

from datetime import date
from typing import Any

import django_filters as filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from assistance.forms.common import own_groups
from assistance.models import Beneficiary, Disbursement, GroupMembership, Participation
from personnel.models import valid_on
from pilar.core.filters import RegionFilter
from pilar.core.models import Programme, TargetGroup
from pilar.core.scoping import narrow_choices

OUTSIDE = "bukan_peserta"
STATES = [*Participation.State.choices, (OUTSIDE, "bukan peserta program apa pun")]


def offered_groups(request: Any) -> QuerySet[TargetGroup]:
    """The 12 PAS, sensitive ones for whoever may see them; all of them while the API's description is made."""
    groups = TargetGroup.objects.filter(parent__isnull=True)
    return own_groups(request.user, groups) if request else groups


class PeopleFilter(filters.FilterSet):
    """Programme and state speak of the same participation; a programme alone also of the lists that named him."""

    nama = filters.CharFilter(label="Awal nama", method="called")
    program = filters.ModelChoiceFilter(
        label="Program",
        queryset=Programme.objects.all(),
        to_field_name="code",
        empty_label="semua program",
        method="pass_by",
    )
    kelompok = filters.ModelChoiceFilter(
        label="Kelompok PAS",
        queryset=offered_groups,
        to_field_name="code",
        empty_label="semua kelompok",
        method="belonging",
    )
    keadaan = filters.ChoiceFilter(label="Kepesertaan", choices=STATES, empty_label="semua keadaan", method="pass_by")

    class Meta:
        model = Beneficiary
        fields = ()

    def called(self, rows: Any, _name: str, value: str) -> QuerySet[Beneficiary]:
        found: QuerySet[Beneficiary] = rows.named(value)
        return found

    def belonging(self, rows: QuerySet[Beneficiary], _name: str, value: TargetGroup) -> QuerySet[Beneficiary]:
        held = narrow_choices(GroupMembership.objects.filter(valid_on(self.today)), self.request.user)
        of_group = Q(group=value) | Q(group__parent=value)
        return rows.filter(Exists(held.filter(of_group, beneficiary=OuterRef("pk"))))

    def pass_by(self, rows: QuerySet[Any], _name: str, value: Any) -> QuerySet[Any]:
        """Both speak of one participation: see `filter_queryset`."""
        return rows

    @property
    def today(self) -> date:
        return timezone.localdate()

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().filter_queryset(queryset)
        data = self.form.cleaned_data
        return self._taking_part(rows, data.get("program"), data.get("keadaan") or "")

    def _taking_part(self, rows: QuerySet[Any], programme: Programme | None, state: str) -> QuerySet[Any]:
        if not programme and not state:
            return rows
        user = self.request.user
        held = narrow_choices(Participation.objects.filter(beneficiary=OuterRef("pk")), user)
        if programme:
            held = held.filter(programme=programme)
        if state == OUTSIDE:
            return rows.exclude(Exists(held.filter(state__in=Participation.OPEN)))
        if state:
            return rows.filter(Exists(held.filter(state=state)))
        lines = narrow_choices(Disbursement.objects.filter(beneficiary=OuterRef("pk")), user)
        return rows.filter(Exists(held) | Exists(lines.filter(programme=programme)))


class BeneficiaryFilter(PeopleFilter):
    region = RegionFilter()


class BeneficiaryApiFilter(PeopleFilter):
    wilayah = RegionFilter()
