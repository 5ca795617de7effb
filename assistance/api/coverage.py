from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.reading_verval import coverage, months_before, require_inside
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.models import Programme, Region

LONGEST = 120  # months


class CoverageQuery(serializers.Serializer[Any]):
    """An unknown parameter is an error that names it."""

    wilayah = RegionField(required=False, help_text="kode wilayah; bawaan: wilayah kantor Anda")
    program = serializers.SlugRelatedField(
        slug_field="code", queryset=Programme.objects.all(), required=False, default=None, help_text="kode program"
    )
    per = serializers.DateField(required=False, help_text="bawaan: hari ini")
    bulan = serializers.IntegerField(
        required=False, min_value=1, max_value=LONGEST, help_text="masa berlaku verval; bawaan: menurut konfigurasi"
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if unknown := sorted(set(self.initial_data) - set(self.fields) - {"format"}):
            raise serializers.ValidationError({name: ["Saringan ini tidak dikenal."] for name in unknown})
        return attrs


class AreaCoverageSerializer(serializers.Serializer[Any]):
    wilayah = RegionCodeField(source="region.pk")
    nama = serializers.CharField(source="region.name")
    aktif = serializers.IntegerField(source="active", help_text="penerima aktif saat ini, tiap orang sekali")
    diverval = serializers.IntegerField(
        source="verified", help_text="tanpa program: yang sudah diverval untuk semua program yang diikutinya"
    )
    persen = serializers.DecimalField(
        source="percent", max_digits=5, decimal_places=2, allow_null=True, help_text="null: tidak ada penerima aktif"
    )


class VervalCoverageSerializer(AreaCoverageSerializer):
    program = serializers.CharField(allow_null=True)
    per = serializers.DateField()
    bulan = serializers.IntegerField()
    sejak = serializers.DateField(help_text="verval dari hari ini dihitung")
    turunan = AreaCoverageSerializer(many=True)


class CoverageViewSet(viewsets.ViewSet):
    """Of the active participants of an area, how many were verified lately; counted inside the reader's grant."""

    @extend_schema(summary="Cakupan verval", parameters=[CoverageQuery], responses=VervalCoverageSerializer)
    def list(self, request: Request) -> Response:
        query = CoverageQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        user: Any = request.user
        region: Region = asked.get("wilayah") or user.region
        programme, on = asked["program"], asked.get("per") or timezone.localdate()
        months = asked.get("bulan") or settings.VERVAL_VALID_MONTHS
        require_inside(user, region)
        whole, children = coverage(user, region, programme, on, months)
        body = {
            "region": region,
            "active": whole.active,
            "verified": whole.verified,
            "percent": whole.percent,
            "program": programme.code if programme else None,
            "per": on,
            "bulan": months,
            "sejak": months_before(on, months),
            "turunan": children,
        }
        return Response(VervalCoverageSerializer(body).data)
