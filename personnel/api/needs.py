"""Kebutuhan of areas, with date and source."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from personnel.api.entry import EntrySerializer, read
from personnel.filters.needs import NeedFilter
from personnel.models import Need
from personnel.services.needs import need_set
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import Pillar


class NeedSerializer(serializers.ModelSerializer[Need]):
    pilar = serializers.CharField(source="pillar.code")
    wilayah = RegionCodeField(source="region_id")
    orang = serializers.IntegerField(source="people")
    sejak = serializers.DateField(source="valid_from")
    sumber = serializers.CharField(source="source")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Need
        fields = ("id", "pilar", "wilayah", "orang", "sejak", "sumber", "contoh")


class NeedInput(EntrySerializer):
    pilar = serializers.SlugRelatedField(source="pillar", slug_field="code", queryset=Pillar.objects.all())
    wilayah = RegionField(source="region", help_text="provinsi, kabupaten/kota, atau kecamatan")
    orang = serializers.IntegerField(source="people", min_value=0, max_value=100_000)
    sejak = serializers.DateField(source="since")
    sumber = serializers.CharField(source="source", max_length=200)


@extend_schema_view(list=extend_schema(summary="Kebutuhan personel"), retrieve=extend_schema(summary="Satu kebutuhan"))
class NeedViewSet(GatedViewSet):
    """Yang terakhir menurut tanggalnya berlaku; wilayah tanpa baris: belum ada data."""

    queryset = Need.objects.select_related("pillar")
    serializer_class = NeedSerializer
    filterset_class = NeedFilter
    ordering = "-id"

    @extend_schema(summary="Catat kebutuhan", request=NeedInput, responses={201: NeedSerializer})
    def create(self, request: Request) -> Response:
        entry = read(NeedInput, request)
        user: Any = request.user
        with entry.refusing():
            row = need_set(actor=user, today=timezone.localdate(), **entry.validated_data)
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)
