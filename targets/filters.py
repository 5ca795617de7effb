from typing import Any

import django_filters as filters
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from pilar.core import regions
from pilar.core.filters import RegionFilter as PlaceFilter
from pilar.core.models import Pillar, Programme
from targets.models import Indicator, PublishedFigure, Target, TargetFreeze, YearClosure
from targets.models.plan import COUNTED, TargetQuerySet, TargetState, rank
from targets.services.authority import waiting_for


def region_code(text: str) -> None:
    """Raises ValidationError with the sentence of `regions.parse`."""
    try:
        regions.parse(text)
    except ValueError as error:
        raise ValidationError(str(error)) from error


class RegionFilter(filters.CharFilter):
    """Exactly one area, by its dotted code or "nasional"."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, validators=[region_code], **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        return qs.filter(region_id=regions.parse(value)) if value else qs


def leading(rows: QuerySet[Target]) -> QuerySet[Target]:
    """One version of each target: the one in force, else its newest draft (unlike `TargetQuerySet.in_force`)."""
    better = _same_target().alias(rank=rank()).filter(rank__gt=OuterRef("rank"))
    return rows.alias(rank=rank()).filter(~Exists(better))


def in_force(rows: QuerySet[Target]) -> QuerySet[Target]:
    """Only the versions figures are held against, in any order."""
    return leading(rows).filter(state__in=COUNTED)


def waiting(rows: QuerySet[Target], user: Any) -> QuerySet[Target]:
    """Submitted versions this user may decide, without those a newer version replaced."""
    newer = _same_target().counted().filter(version__gt=OuterRef("version"))
    return rows.filter(waiting_for(user)).filter(~Exists(newer))


def _same_target() -> TargetQuerySet:
    nobody = Value(0)
    same = {name: OuterRef(name) for name in ("year_id", "indicator_id", "breakdown", "region_id")}
    return Target.objects.alias(who=Coalesce("person_id", nobody)).filter(
        **same, who=Coalesce(OuterRef("person_id"), nobody)
    )


class TargetFilter(filters.FilterSet):
    """Of the list; the address gives year and region."""

    jenis = filters.ChoiceFilter(
        label="Target untuk",
        choices=[("orang", "orang bernama")],
        empty_label="wilayah",
        method="of_kind",
    )
    indikator = filters.ModelChoiceFilter(
        label="Indikator",
        field_name="indicator",
        queryset=Indicator.objects.all(),
        to_field_name="code",
        empty_label="semua indikator",
    )
    versi = filters.NumberFilter(label="Versi", min_value=1, method="of_version")
    q = filters.CharFilter(label="Nama orang", method="named")

    class Meta:
        model = Target
        fields = ()

    def of_version(self, rows: QuerySet[Target], _name: str, value: int) -> QuerySet[Target]:
        """The view chooses the rows: that version instead of the one in force."""
        return rows

    def of_kind(self, rows: QuerySet[Target], _name: str, value: str) -> QuerySet[Target]:
        return rows

    def named(self, rows: QuerySet[Target], _name: str, value: str) -> QuerySet[Target]:
        return rows.filter(person__name_key__startswith=value.strip().lower())

    def filter_queryset(self, queryset: QuerySet[Target]) -> QuerySet[Target]:
        personal = bool(self.form.cleaned_data.get("jenis"))
        rows: QuerySet[Target] = super().filter_queryset(queryset)
        return rows.filter(person__isnull=not personal)


class WaitingFilter(filters.FilterSet):
    """Of the versions that wait for the reader's decision."""

    indikator = filters.ModelChoiceFilter(
        label="Indikator",
        field_name="indicator",
        queryset=Indicator.objects.all(),
        to_field_name="code",
        empty_label="semua indikator",
    )
    wilayah = PlaceFilter(label="Wilayah di bawahnya")

    class Meta:
        model = Target
        fields = ()


class TargetApiFilter(filters.FilterSet):
    tahun = filters.NumberFilter(field_name="year", label="tahun anggaran")
    wilayah = RegionFilter(label="kode wilayah, misalnya 17.71, atau nasional")
    indikator = filters.CharFilter(field_name="indicator__code", label="kode indikator")
    rincian = filters.NumberFilter(field_name="breakdown", label="nomor rincian; 0 berarti semua")
    orang = filters.NumberFilter(field_name="person", label="nomor personel")
    versi = filters.NumberFilter(field_name="version", label="nomor versi")
    keadaan = filters.ChoiceFilter(
        field_name="state", label="draf, diajukan, atau disetujui", choices=TargetState.choices
    )
    berlaku = filters.BooleanFilter(label="true: hanya versi yang berlaku", method="newest")
    menunggu = filters.BooleanFilter(label="true: hanya yang menunggu persetujuan Anda", method="to_decide")

    class Meta:
        model = Target
        fields = ()

    def newest(self, rows: QuerySet[Target], _name: str, value: bool) -> QuerySet[Target]:
        return in_force(rows) if value else rows

    def to_decide(self, rows: QuerySet[Target], _name: str, value: bool) -> QuerySet[Target]:
        return waiting(rows, self.request.user) if value else rows


class FreezeFilter(filters.FilterSet):
    tahun = filters.NumberFilter(field_name="year", label="tahun anggaran")
    wilayah = RegionFilter(label="kode wilayah pembekuan, misalnya 17, atau nasional")

    class Meta:
        model = TargetFreeze
        fields = ()


class ClosureFilter(filters.FilterSet):
    tahun = filters.NumberFilter(field_name="year", label="tahun anggaran")
    keadaan = filters.ChoiceFilter(field_name="state", label="keadaan", choices=YearClosure.State.choices)

    class Meta:
        model = YearClosure
        fields = ()


class PublishedFilter(filters.FilterSet):
    """Of the list of printed figures, in both doors."""

    wilayah = PlaceFilter()
    tahun = filters.NumberFilter(field_name="year", label="Tahun")
    pilar = filters.ModelChoiceFilter(
        label="Pilar", queryset=Pillar.objects.all(), to_field_name="code", field_name="parts__pillar",
        empty_label="semua pilar", distinct=True,
    )  # fmt: skip
    program = filters.ModelChoiceFilter(
        label="Program", queryset=Programme.objects.all(), to_field_name="code", field_name="parts__programme",
        empty_label="semua program", distinct=True,
    )  # fmt: skip
    q = filters.CharFilter(label="Cari judul atau sumber", method="matching")

    class Meta:
        model = PublishedFigure
        fields = ()

    def matching(self, rows: QuerySet[PublishedFigure], _name: str, value: str) -> QuerySet[PublishedFigure]:
        return rows.filter(Q(title__icontains=value) | Q(source_name__icontains=value) | Q(code__iexact=value))


def with_person_key(rows: QuerySet[Target]) -> QuerySet[Target]:
    """Adds `person_key`, the person's lower-cased name, to sort by."""
    return rows.annotate(person_key=F("person__name_key"))
