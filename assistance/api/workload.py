"""Beban kerja per area one level down."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.reading_workload import default_pillar, require_whole, workload
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.models import Pillar, Region


class WorkloadQuery(serializers.Serializer[Any]):
    """An unknown parameter is an error that names it."""

    region = RegionField(required=False, help_text="kode wilayah; bawaan: wilayah kantor Anda")
    pilar = serializers.SlugRelatedField(
        slug_field="code",
        queryset=Pillar.objects.filter(shape=Pillar.Shape.PERSON),
        required=False,
        help_text="kode pilar; bawaan: PKH",
    )
    pada = serializers.DateField(required=False, help_text="bawaan: hari ini")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if unknown := sorted(set(self.initial_data) - set(self.fields) - {"format"}):
            raise serializers.ValidationError({name: ["Saringan ini tidak dikenal."] for name in unknown})
        return attrs


class AreaWorkloadSerializer(serializers.Serializer[Any]):
    wilayah = RegionCodeField(source="region.pk")
    nama = serializers.CharField(source="region.name")
    langsung = serializers.BooleanField(source="direct", help_text="wilayah yang ditanyakan sendiri")
    bertugas = serializers.IntegerField(source="serving", help_text="orang, masing-masing sekali")
    kebutuhan = serializers.IntegerField(source="need", allow_null=True, help_text="null: belum ada data")
    kurang = serializers.IntegerField(source="missing", allow_null=True, help_text="null: kebutuhan belum ada data")
    pendamping = serializers.IntegerField(source="companions", help_text="jabatannya memiliki dampingan")
    dampingan = serializers.IntegerField(source="families", help_text="keluarga atau klien menurut tempat tinggalnya")
    per_pendamping = serializers.DecimalField(
        source="each", max_digits=8, decimal_places=1, allow_null=True, help_text="null: tidak ada pendamping"
    )
    norma = serializers.IntegerField(source="norm", allow_null=True, help_text="null: belum ada data")
    di_atas_norma = serializers.BooleanField(source="heavy")


class WorkloadSerializer(serializers.Serializer[Any]):
    pilar = serializers.CharField()
    pada = serializers.DateField()
    hasil = AreaWorkloadSerializer(many=True)


class WorkloadViewSet(viewsets.ViewSet):
    """Yang bertugas, dampingannya, dan kebutuhannya, di dalam wewenang pembaca."""

    @extend_schema(summary="Beban kerja", parameters=[WorkloadQuery], responses=WorkloadSerializer)
    def list(self, request: Request) -> Response:
        query = WorkloadQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked, user = query.validated_data, request.user
        region: Region = asked.get("region") or user.region  # type: ignore[union-attr]
        pillar, day = asked.get("pilar") or default_pillar(), asked.get("pada") or timezone.localdate()
        require_whole(user, region, pillar)
        body = {"pilar": pillar.code, "pada": day, "hasil": workload(user, region, pillar, day)}
        return Response(WorkloadSerializer(body).data)
