from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.reading_recap import Part, Recap, recap
from assistance.reading_verval import require_inside
from pilar.core.api.fields import RegionField
from pilar.core.models import BudgetYear, Programme, Region


class RecapQuery(serializers.Serializer[Any]):
    """An unknown parameter is an error that names it."""

    tahun = serializers.PrimaryKeyRelatedField(queryset=BudgetYear.objects.all())
    wilayah = RegionField(required=False, help_text="kode wilayah; bawaan: wilayah kantor Anda")
    program = serializers.SlugRelatedField(
        slug_field="code", queryset=Programme.objects.all(), required=False, default=None, help_text="kode program"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if unknown := sorted(set(self.initial_data) - set(self.fields) - {"format"}):
            raise serializers.ValidationError({name: ["Saringan ini tidak dikenal."] for name in unknown})
        return attrs


class RecapPartSerializer(serializers.Serializer[Part]):
    kode = serializers.CharField(source="code")
    uraian = serializers.CharField(source="label")
    jumlah = serializers.IntegerField(source="count")


class RecapSerializer(serializers.Serializer[Recap]):
    tidak_layak_menurut_alasan = RecapPartSerializer(source="reasons", many=True)
    graduasi_menurut_jenis = RecapPartSerializer(source="kinds", many=True)
    sanggahan_tepat_waktu = serializers.IntegerField(source="in_time")
    sanggahan_terlambat = serializers.IntegerField(source="late")
    sanggahan_menunggu = serializers.IntegerField(source="waiting")
    sanggahan_lewat_waktu = serializers.IntegerField(source="lapsed", help_text="lewat 14 hari dan belum dijawab")


class RecapViewSet(viewsets.ViewSet):
    """A year of checks, exits and objections, counted inside the reader's grant."""

    @extend_schema(
        summary="Rekap verval, graduasi, dan usul-sanggah", parameters=[RecapQuery], responses=RecapSerializer
    )
    def list(self, request: Request) -> Response:
        query = RecapQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked, user = query.validated_data, request.user
        region: Region = asked.get("wilayah") or user.region  # type: ignore[union-attr]
        require_inside(user, region)
        found = recap(user, region, asked["program"], asked["tahun"].year, timezone.localdate())
        return Response(RecapSerializer(found).data)
