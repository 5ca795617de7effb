"""Peringatan dini for REST clients, as on its page."""

from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, viewsets
from rest_framework.request import Request
from rest_framework.response import Response

from pilar.core.api.fields import RegionCodeField
from pilar.core.views import region_from
from pilar.core.warnings import Ask, warnings_of
from targets.reading_warnings import require_read


class WarnedSerializer(serializers.Serializer[Any]):
    jenis = serializers.CharField()
    nama_jenis = serializers.CharField()
    peringatan = serializers.CharField()
    baris = serializers.CharField(help_text="alamat API baris di baliknya")
    halaman = serializers.CharField()


class WarningsSerializer(serializers.Serializer[Any]):
    wilayah = RegionCodeField()
    pada = serializers.DateField()
    hasil = WarnedSerializer(many=True)


class WarningViewSet(viewsets.ViewSet):
    """What needs somebody's hand in one area now; each with the address of the rows behind it."""

    @extend_schema(
        summary="Peringatan dini satu wilayah",
        parameters=[OpenApiParameter("wilayah", str, required=True, description="kode wilayah atau nasional")],
        responses=WarningsSerializer,
    )
    def list(self, request: Request) -> Response:
        if unknown := sorted(set(request.query_params) - {"wilayah", "format"}):
            raise serializers.ValidationError({name: ["Saringan ini tidak dikenal."] for name in unknown})
        if "wilayah" not in request.query_params:
            raise serializers.ValidationError({"wilayah": ["Isi wilayah, misalnya 17.71."]})
        try:
            region = region_from(request.query_params["wilayah"])
        except Http404 as error:
            raise serializers.ValidationError({"wilayah": [str(error)]}) from error
        require_read(request.user, region)
        today = timezone.localdate()
        found = [
            {
                "jenis": watcher.kind,
                "nama_jenis": watcher.title,
                "peringatan": one.sentence,
                "baris": one.api,
                "halaman": one.url,
            }
            for watcher, warned in warnings_of(Ask(request.user, region, today))
            for one in warned
        ]
        return Response(WarningsSerializer({"wilayah": region.code, "pada": today, "hasil": found}).data)
