"""Many targets in one request, as the sheet saves them."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from pilar.core import regions
from pilar.core.api.fields import RegionCodeField
from pilar.core.models import BudgetYear
from targets.api.acts import LISTED
from targets.models import Indicator
from targets.services.sheet import CellEntry, Saved, sheet_save

MOST = 500


class SheetCellInput(serializers.Serializer[Any]):
    wilayah = RegionCodeField()
    indikator = serializers.SlugRelatedField(slug_field="code", queryset=Indicator.objects.all())
    rincian = serializers.IntegerField(min_value=0, default=0)
    nilai = serializers.IntegerField(
        min_value=0, max_value=10**15, allow_null=True, help_text="null menghapus draf yang belum pernah diajukan"
    )
    versi_dilihat = serializers.IntegerField(min_value=0, required=False)


class SheetInput(serializers.Serializer[Any]):
    tahun = serializers.PrimaryKeyRelatedField(queryset=BudgetYear.objects.all())
    sumber = serializers.CharField(max_length=200)
    alasan = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    sel = SheetCellInput(many=True, allow_empty=False, max_length=MOST)  # type: ignore[call-arg]


class SheetFaultSerializer(serializers.Serializer[Any]):
    wilayah = serializers.CharField()
    indikator = serializers.CharField()
    rincian = serializers.IntegerField()
    sebab = serializers.CharField()


class SheetSavedSerializer(serializers.Serializer[Any]):
    tersimpan = serializers.IntegerField(help_text="sel yang berubah, sebagai draf")
    galat = SheetFaultSerializer(many=True)


class SheetActs:
    """Mixed into the viewset of targets."""

    get_serializer_context: Callable[[], dict[str, Any]]

    @extend_schema(summary="Simpan lembar", request=SheetInput, responses={200: SheetSavedSerializer})
    @action(**LISTED, url_path="lembar")
    def sheet(self, request: Request) -> Response:
        """Setiap wilayah disimpan sendiri; wilayah dengan sel yang salah tidak disimpan dan disebut sebabnya."""
        entry = SheetInput(data=request.data, context=self.get_serializer_context())
        entry.is_valid(raise_exception=True)
        data, actor = entry.validated_data, request.user
        cells = [
            CellEntry(c["wilayah"], c["indikator"], c["rincian"], c["nilai"], c.get("versi_dilihat"))
            for c in data["sel"]
        ]
        saved = sheet_save(
            actor=actor,  # type: ignore[arg-type]
            year=data["tahun"].pk,
            cells=cells,
            source=data["sumber"],
            reason=data["alasan"],
            today=timezone.localdate(),
        )
        return Response(SheetSavedSerializer(_told(saved, cells)).data)


def _told(saved: Saved, cells: list[CellEntry]) -> dict[str, Any]:
    codes = {cell.indicator.pk: cell.indicator.code for cell in cells}
    faults = [
        {"wilayah": regions.slug(region), "indikator": codes[indicator], "rincian": breakdown, "sebab": why}
        for (region, indicator, breakdown), why in saved.faults.items()
    ]
    return {"tersimpan": saved.changed, "galat": faults}
