"""Ratios and their figures for REST clients."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from pilar.core.api.entry import EntrySerializer, read
from pilar.core.api.fields import RegionCodeField
from pilar.core.api.views import GatedViewSet
from pilar.core.views import region_from, year_from
from targets.models import Indicator, Ratio
from targets.ratios import RatioFigure, ratios_of
from targets.services.ratios import RatioEntry, ratio_make


class RatioSerializer(serializers.ModelSerializer[Ratio]):
    kode = serializers.CharField(source="code")
    nama = serializers.CharField(source="name")
    bagian = serializers.CharField(source="part.code", help_text="kode indikator")
    dari = serializers.CharField(source="whole.code", help_text="kode indikator")
    arah = serializers.CharField(source="direction")
    patokan = serializers.IntegerField(source="aim", allow_null=True, help_text="persen")
    sumber_patokan = serializers.CharField(source="aim_source")
    pengertian = serializers.CharField(source="definition")

    class Meta:
        model = Ratio
        fields = ("kode", "nama", "bagian", "dari", "arah", "patokan", "sumber_patokan", "pengertian")


class RatioInput(EntrySerializer):
    kode = serializers.SlugField(source="code", max_length=40)
    nama = serializers.CharField(source="name", max_length=120)
    bagian = serializers.SlugRelatedField(source="part", slug_field="code", queryset=Indicator.objects.all())
    dari = serializers.SlugRelatedField(source="whole", slug_field="code", queryset=Indicator.objects.all())
    arah = serializers.ChoiceField(
        source="direction", choices=Indicator.Direction.choices, default=Indicator.Direction.UP
    )
    patokan = serializers.IntegerField(
        source="aim", min_value=1, max_value=100, required=False, allow_null=True, default=None
    )
    sumber_patokan = serializers.CharField(
        source="aim_source", max_length=200, required=False, default="", allow_blank=True
    )
    pengertian = serializers.CharField(source="definition", max_length=1000)


class RatioFigureSerializer(serializers.Serializer[RatioFigure]):
    """`persen` is null where one of the two is not shown, or where there is nothing to be a share of."""

    rasio = serializers.CharField(source="ratio.code")
    wilayah = RegionCodeField(source="whole.cell.region")
    rincian = serializers.IntegerField(source="whole.breakdown")
    nama_rincian = serializers.CharField(source="label")
    bagian = serializers.IntegerField(source="part.realised", allow_null=True)
    dari = serializers.IntegerField(source="whole.realised", allow_null=True)
    persen = serializers.DecimalField(source="percent", max_digits=12, decimal_places=2, allow_null=True)
    keadaan = serializers.CharField(source="status.value")


@extend_schema_view(list=extend_schema(summary="Daftar rasio"), retrieve=extend_schema(summary="Satu rasio"))
class RatioViewSet(GatedViewSet):
    queryset = Ratio.objects.select_related("part", "whole")
    serializer_class = RatioSerializer
    lookup_field = "code"
    ordering = ("id",)

    @extend_schema(summary="Tetapkan rasio", request=RatioInput, responses={201: RatioSerializer})
    def create(self, request: Request) -> Response:
        entry = read(RatioInput, request)
        with entry.refusing():
            ratio = ratio_make(
                actor=request.user,  # type: ignore[arg-type]
                entry=RatioEntry(**entry.validated_data),
            )
        return Response(self.get_serializer(ratio).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Angka satu rasio",
        parameters=[
            OpenApiParameter("tahun", int, required=True),
            OpenApiParameter("wilayah", str, required=True, description="kode wilayah, misalnya 17.71, atau nasional"),
        ],
        responses={200: RatioFigureSerializer(many=True)},
    )
    @action(detail=True, methods=["get"], url_path="angka", filter_backends=[], pagination_class=None)
    def figures(self, request: Request, code: str) -> Response:
        """Per rincian; baris di balik keduanya dibuka lewat `capaian/baris` dengan kode indikatornya."""
        ratio = self.get_object()
        asked: dict[str, Any] = request.query_params.dict()
        missing = {name: ["Wajib diisi."] for name in ("tahun", "wilayah") if not asked.get(name)}
        if not missing and not asked["tahun"].isdigit():
            missing = {"tahun": ["Tulis tahun anggaran, misalnya 2024."]}
        if missing:
            raise serializers.ValidationError(missing)
        year, region = year_from(int(asked["tahun"])).year, region_from(asked["wilayah"])
        found = ratios_of(request.user, year=year, region=region.code, today=timezone.localdate(), only=[ratio])
        return Response([RatioFigureSerializer(figure).data for figure in found])
