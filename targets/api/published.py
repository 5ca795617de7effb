"""Printed figures for REST clients: read with their comparison, written as printed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, status
from rest_framework.fields import get_error_detail
from rest_framework.request import Request
from rest_framework.response import Response

from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.measures import Unit
from targets import published
from targets.checks import Check, checks
from targets.filters import PublishedFilter
from targets.models import PublishedFigure
from targets.services.published import FigureEntry, PartEntry, figure_enter


class PartSerializer(serializers.Serializer[published.ComparedPart]):
    bagian = serializers.CharField(source="part.label")
    tercetak = serializers.CharField(source="part.printed")
    nilai = serializers.IntegerField(source="part.value")
    paling_rendah = serializers.IntegerField(source="interval.low")
    paling_tinggi = serializers.IntegerField(source="interval.high")
    dihitung = serializers.IntegerField(source="counted", allow_null=True)
    hasil = serializers.CharField(source="verdict.value")


class CheckSerializer(serializers.Serializer[Check]):
    """A multiplication or a percentage of the source, worked out again."""

    hitungan = serializers.CharField(source="label")
    tercetak = serializers.CharField(source="printed")
    dihitung = serializers.CharField(source="computed")
    selisih = serializers.CharField(source="gap")
    hasil = serializers.CharField(source="verdict.value")


class PartInput(serializers.Serializer[Any]):
    bagian = serializers.CharField(source="label", max_length=100)
    tercetak = serializers.CharField(source="printed", max_length=60)


class FigureInput(serializers.Serializer[Any]):
    """Sums as printed: "Rp2,22 miliar", "418 orang"."""

    judul = serializers.CharField(source="title", max_length=200)
    wilayah = RegionField(source="region")
    terbit = serializers.DateField(source="published_on")
    tahun = serializers.IntegerField(source="year", min_value=2000, max_value=2100)
    pengertian = serializers.ChoiceField(source="definition", choices=PublishedFigure.Definition.choices)
    satuan = serializers.ChoiceField(source="unit", choices=Unit.choices)
    ukuran = serializers.CharField(source="measure", required=False, default="", allow_blank=True)
    tercetak = serializers.CharField(source="headline", max_length=60)
    hitungan = serializers.CharField(source="arithmetic", max_length=160, required=False, default="", allow_blank=True)
    target = serializers.CharField(max_length=60, required=False, default="", allow_blank=True)
    persentase = serializers.CharField(source="percent", max_length=20, required=False, default="", allow_blank=True)
    sumber = serializers.CharField(source="source_name", max_length=120)
    alamat_sumber = serializers.URLField(source="source_url", max_length=400)
    catatan = serializers.CharField(source="note", required=False, default="", allow_blank=True)
    bagian = PartInput(source="parts", many=True, required=False, default=list)


class PublishedSerializer(serializers.Serializer[published.Comparison]):
    """A printed figure, its parts, and what the registry counted; nothing is repaired."""

    id = serializers.IntegerField(source="figure.pk")
    kode = serializers.CharField(source="figure.code")
    judul = serializers.CharField(source="figure.title")
    wilayah = RegionCodeField(source="figure.region_id")
    tahun = serializers.IntegerField(source="figure.year")
    terbit = serializers.DateField(source="figure.published_on")
    satuan = serializers.CharField(source="figure.unit")
    pengertian = serializers.CharField(source="figure.definition")
    tercetak = serializers.CharField(source="figure.headline_printed")
    total = serializers.IntegerField(source="figure.headline")
    jumlah_bagian = serializers.IntegerField(source="parts_sum", allow_null=True)
    selisih = serializers.IntegerField(source="difference", allow_null=True)
    kata_selisih = serializers.CharField(source="difference_word")
    rentang = serializers.CharField(source="interval_text")
    dihitung = serializers.IntegerField(
        source="counted", allow_null=True, help_text="null bila belum ada data, atau beberapa bagian menghitung orang"
    )
    hasil = serializers.CharField(source="verdict.value")
    sumber = serializers.CharField(source="figure.source_name")
    alamat_sumber = serializers.URLField(source="figure.source_url")
    catatan = serializers.CharField(source="figure.note")
    bagian = PartSerializer(source="parts", many=True)
    pemeriksaan = serializers.SerializerMethodField()

    @extend_schema_field(CheckSerializer(many=True))
    def get_pemeriksaan(self, compared: published.Comparison) -> Any:
        return [CheckSerializer(check).data for check in checks(compared.figure)]


@extend_schema_view(
    list=extend_schema(summary="Daftar angka rilis dan hitungannya"),
    retrieve=extend_schema(summary="Satu angka rilis dan hitungannya"),
)
class PublishedViewSet(GatedViewSet):
    queryset = PublishedFigure.objects.prefetch_related("parts")
    serializer_class = PublishedSerializer
    filterset_class = PublishedFilter
    ordering = ("-published_on", "id")

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        figures: QuerySet[PublishedFigure] = self.filter_queryset(self.get_queryset())
        page = self.paginate_queryset(figures) or []
        compared = published.compare_all(list(page), request.user, today=timezone.localdate())
        return self.get_paginated_response(self.get_serializer(compared, many=True).data)

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        compared = published.compare(self.get_object(), request.user, today=timezone.localdate())
        return Response(self.get_serializer(compared).data)

    @extend_schema(summary="Catat angka rilis", request=FigureInput, responses={201: PublishedSerializer})
    def create(self, request: Request) -> Response:
        asked = FigureInput(data=request.data)
        asked.is_valid(raise_exception=True)
        data = dict(asked.validated_data)
        parts = [PartEntry(**part) for part in data.pop("parts")]
        today = timezone.localdate()
        try:
            figure = figure_enter(
                actor=request.user,  # type: ignore[arg-type]
                entry=FigureEntry(**data, parts=parts),
                today=today,
            )
        except ValidationError as error:
            raise serializers.ValidationError(_renamed(get_error_detail(error))) from error
        compared = published.compare(figure, request.user, today=today)
        return Response(self.get_serializer(compared).data, status=status.HTTP_201_CREATED)


def _renamed(detail: Any) -> Any:
    """A service's field names in the words of the API."""
    names = {field.source: name for name, field in FigureInput().fields.items()}
    return {names.get(key, key): value for key, value in detail.items()} if isinstance(detail, dict) else detail
