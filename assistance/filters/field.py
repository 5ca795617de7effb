"""Verval and usul-sanggah: work lists, records, coverage. The API's names stand beside those of the pages."""

from datetime import date
from typing import Any

import django_filters as filters
from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from assistance.deadlines import LAPSED, LAPSED_LABEL
from assistance.filters.common import programme_filter, visible_personnel
from assistance.models import Caseload, Objection, Participation, Proposal, Verification
from assistance.reading_verval import never_verified, unverified
from assistance.words import REASON_CHOICES
from personnel.models import valid_on
from pilar.core import regions
from pilar.core.filters import DayFilter, RegionFilter
from pilar.core.models import BudgetYear

ASSIGNED, UNASSIGNED = "ditunjuk", "belum_ditunjuk"
NEVER, STALE = "belum_pernah", "lewat"
ASSIGNED_CHOICES = [(UNASSIGNED, "belum ada petugas"), (ASSIGNED, "sudah ada petugas")]
STALE_CHOICES = [(NEVER, "belum pernah diverval"), (STALE, "verval terakhir sudah lewat waktu")]
CLOCK_CHOICES = [
    (Objection.State.FILED.value, "masuk, masih dalam 14 hari"),
    (LAPSED, LAPSED_LABEL),
    *((s.value, s.label) for s in (Objection.State.UPHELD, Objection.State.REJECTED)),
]
OFFICER = "Awal nama petugas"


def called(request: Any, name: str) -> Any:
    return visible_personnel(request).named(name).values("pk")


class ProposalQueueFilter(filters.FilterSet):
    """Proposals that wait for their verval."""

    region = RegionFilter()
    programme = programme_filter()
    officer = filters.CharFilter(label=OFFICER, field_name="assigned_to__person__in", method="of_officer")
    state = filters.ChoiceFilter(
        label="Keadaan", choices=ASSIGNED_CHOICES, empty_label="semua keadaan", method="in_state"
    )

    class Meta:
        model = Proposal
        fields = ()

    def of_officer(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(assigned_to__person__in=called(self.request, value))

    def in_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(assigned_to__isnull=value == UNASSIGNED)


class UnverifiedFilter(filters.FilterSet):
    """Active participants who must be checked again. The officer is who looks after the family today."""

    region = RegionFilter()
    programme = programme_filter()
    officer = filters.CharFilter(label=OFFICER, method="of_officer")
    state = filters.ChoiceFilter(label="Keadaan", choices=STALE_CHOICES, empty_label="semua keadaan", method="in_state")

    class Meta:
        model = Participation
        fields = ()

    def of_officer(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        cases = Caseload.objects.filter(
            valid_on(timezone.localdate()),
            beneficiary=OuterRef("beneficiary"),
            programme=OuterRef("programme"),
            assignment__person__in=called(self.request, value),
        )
        return rows.filter(Exists(cases))

    def in_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(never_verified() if value == NEVER else ~never_verified())


class UnverifiedApiFilter(UnverifiedFilter):
    region = programme = officer = state = None  # type: ignore[assignment]
    wilayah = RegionFilter()
    program = programme_filter()
    petugas = filters.CharFilter(label="awal nama petugas", method="of_officer")
    keadaan = filters.ChoiceFilter(label="keadaan", choices=STALE_CHOICES, method="in_state")


class VerificationFilter(filters.FilterSet):
    """Vervals on record."""

    year = filters.ModelChoiceFilter(
        label="Tahun verval", queryset=BudgetYear.objects.all(), empty_label="semua tahun", method="in_year"
    )
    region = RegionFilter()
    programme = programme_filter()
    officer = filters.CharFilter(label=OFFICER, method="of_officer")
    result = filters.ChoiceFilter(label="Hasil", choices=Verification.Result.choices, empty_label="semua hasil")
    reason = filters.ChoiceFilter(label="Alasan", choices=REASON_CHOICES, empty_label="semua alasan")

    class Meta:
        model = Verification
        fields = ()

    def in_year(self, rows: QuerySet[Any], _name: str, value: BudgetYear) -> QuerySet[Any]:
        return rows.filter(verified_on__gte=date(value.year, 1, 1), verified_on__lte=date(value.year, 12, 31))

    def of_officer(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        return rows.filter(companion__person__in=called(self.request, value))


class VerificationApiFilter(VerificationFilter):
    year = region = programme = officer = result = reason = None  # type: ignore[assignment]
    tahun = filters.NumberFilter(field_name="verified_on", lookup_expr="year", label="tahun verval")
    wilayah = RegionFilter()
    program = programme_filter()
    petugas = filters.CharFilter(label="awal nama petugas", method="of_officer")
    penerima = filters.NumberFilter(field_name="beneficiary", label="nomor penerima manfaat")
    usulan = filters.NumberFilter(field_name="proposal", label="nomor usulan")
    hasil = filters.ChoiceFilter(field_name="result", label="hasil", choices=Verification.Result.choices)
    alasan = filters.ChoiceFilter(field_name="reason", label="kode alasan", choices=REASON_CHOICES)


class ObjectionFilter(filters.FilterSet):
    """By the state that is shown: a filed one past its day is "lewat waktu"."""

    region = RegionFilter()
    programme = programme_filter()
    kind = filters.ChoiceFilter(label="Jenis", choices=Objection.Kind.choices, empty_label="semua jenis")
    state = filters.ChoiceFilter(label="Keadaan", choices=CLOCK_CHOICES, empty_label="semua keadaan", method="in_state")

    class Meta:
        model = Objection
        fields = ()

    def in_state(self, rows: QuerySet[Any], _name: str, value: str) -> QuerySet[Any]:
        today = timezone.localdate()
        if value == LAPSED:
            return rows.filter(state=Objection.State.FILED, due_on__lt=today)
        if value == Objection.State.FILED:
            return rows.filter(state=Objection.State.FILED, due_on__gte=today)
        return rows.filter(state=value)


class ObjectionApiFilter(ObjectionFilter):
    region = programme = kind = state = None  # type: ignore[assignment]
    wilayah = RegionFilter()
    program = programme_filter()
    penerima = filters.NumberFilter(field_name="beneficiary", label="nomor penerima manfaat")
    jenis = filters.ChoiceFilter(field_name="kind", label="jenis", choices=Objection.Kind.choices)
    keadaan = filters.ChoiceFilter(label="keadaan yang tampil", choices=CLOCK_CHOICES, method="in_state")


class CoverageFilter(filters.FilterSet):
    """Which area, programme and day a coverage is asked for; it narrows no rows itself."""

    region = RegionFilter()
    programme = programme_filter()
    on = DayFilter(label="Per tanggal")

    class Meta:
        model = Participation
        fields = ()


class RecapFilter(filters.FilterSet):
    """Which year, area and programme a recap is asked for; it narrows no rows itself."""

    year = filters.ModelChoiceFilter(label="Tahun", queryset=BudgetYear.objects.all(), empty_label="tahun ini")
    region = RegionFilter()
    programme = programme_filter()

    class Meta:
        model = Participation
        fields = ()


def due_for_verval(on: date) -> QuerySet[Participation]:
    """The work list of all readers; doors narrow it."""
    return unverified(programme=None, region=regions.NATION, months=settings.VERVAL_VALID_MONTHS, on=on)
