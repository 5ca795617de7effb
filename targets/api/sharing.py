"""Sharing targets out, and data dasar wilayah, for REST clients."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from pilar.core.api.entry import EntrySerializer, read
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import Programme
from targets.api.acts import PLAIN
from targets.base_filters import BaseFigureFilter
from targets.gaps import Gap, gap_of
from targets.models import AcceptedRest, BaseFigure, Target
from targets.services.allocation import allocation_apply, rest_accept
from targets.services.basedata import BaseEntry, basefigure_enter
from targets.sharing import Preview, Share, Way, preview


class GapSerializer(serializers.Serializer[Gap]):
    """How far a version is shared out; null figures where the caller does not see the areas below."""

    nilai = serializers.IntegerField(source="value")
    wilayah_di_bawah = serializers.IntegerField(source="areas")
    wilayah_bertarget = serializers.IntegerField(source="aimed", help_text="diajukan atau disetujui")
    dialokasikan = serializers.IntegerField(source="shared")
    belum_dialokasikan = serializers.IntegerField(source="rest", help_text="kurang dari 0: bagiannya melebihi target")
    sesudah_draf = serializers.IntegerField(source="rest_with_drafts", help_text="sisa bila semua draf diajukan")
    sisa_diterima_oleh = serializers.CharField(source="accepted.accepted_by_name", default="")
    alasan_sisa = serializers.CharField(source="accepted.reason", default="")


class ShareSerializer(serializers.Serializer[Share]):
    wilayah = RegionCodeField(source="region.code")
    nama = serializers.CharField(source="region.name")
    dasar = serializers.IntegerField(source="basis.weight", default=None)
    keterangan_dasar = serializers.CharField(source="basis.note", default="")
    bagian = serializers.DecimalField(
        source="percent", max_digits=7, decimal_places=3, allow_null=True, help_text="persen dari target"
    )
    hasil = serializers.IntegerField(source="result", allow_null=True)
    sekarang = serializers.IntegerField(source="now.value", default=None)
    selisih = serializers.IntegerField(source="difference", allow_null=True)


class PreviewSerializer(serializers.Serializer[Preview]):
    cara = serializers.CharField(source="way.value")
    segel = serializers.CharField(source="seal", help_text="kirim kembali untuk menerapkan pembagian ini")
    dialokasikan = serializers.IntegerField(source="shared")
    belum_dialokasikan = serializers.IntegerField(source="rest")
    wilayah = ShareSerializer(source="shares", many=True)


class HandValueInput(serializers.Serializer[Any]):
    wilayah = RegionCodeField()
    nilai = serializers.IntegerField(min_value=0, max_value=10**15)


class AllocationInput(EntrySerializer):
    cara = serializers.ChoiceField(choices=Way.choices)
    nilai = HandValueInput(many=True, required=False, default=list)
    segel = serializers.CharField(
        required=False,
        default="",
        allow_blank=True,
        help_text="dari pratinjau; kosong: hanya pratinjau, tidak disimpan",
    )
    alasan = serializers.CharField(source="reason", max_length=300, required=False, default="", allow_blank=True)


class AppliedSerializer(PreviewSerializer):
    draf = serializers.ListField(child=serializers.IntegerField(), help_text="nomor versi draf yang ditulis")


class RestInput(EntrySerializer):
    alasan = serializers.CharField(source="reason", max_length=300)


class RestSerializer(serializers.ModelSerializer[AcceptedRest]):
    sisa = serializers.IntegerField(source="amount")
    diterima_oleh = serializers.CharField(source="accepted_by_name")
    diterima_pada = serializers.DateTimeField(source="accepted_at")
    alasan = serializers.CharField(source="reason")

    class Meta:
        model = AcceptedRest
        fields = ("id", "sisa", "diterima_oleh", "diterima_pada", "alasan")


class SharingActs:
    """Mixed into the viewset of targets."""

    get_object: Callable[[], Target]

    @extend_schema(summary="Sejauh mana satu target dibagi", responses={200: GapSerializer})
    @action(detail=True, methods=["get"], url_path="pembagian", filterset_class=None, pagination_class=None)
    def shared_out(self, request: Request, pk: str) -> Response:
        """Kosong bila tidak ada wilayah di bawahnya, atau wilayah itu di luar wewenang Anda."""
        gap = gap_of(request.user, self.get_object())
        return Response(GapSerializer(gap).data if gap else None)

    @extend_schema(summary="Bagikan target", request=AllocationInput, responses={200: AppliedSerializer})
    @action(**PLAIN, url_path="alokasi")
    def allocate(self, request: Request, pk: str) -> Response:
        """Tanpa segel: pratinjau saja. Dengan segel pratinjau itu: draf ditulis di wilayah di bawahnya."""
        target, entry = self.get_object(), read(AllocationInput, request)
        data: dict[str, Any] = entry.validated_data
        way, today = Way(data["cara"]), timezone.localdate()
        by_hand = {cell["wilayah"]: cell["nilai"] for cell in data["nilai"]}
        shown = preview(request.user, target, way, today, by_hand)
        written: list[Target] = []
        if data["segel"]:
            with entry.refusing():
                written = allocation_apply(
                    actor=request.user,  # type: ignore[arg-type]
                    parent=target,
                    way=way,
                    today=today,
                    seal=data["segel"],
                    by_hand=by_hand,
                    reason=data["reason"],
                )
        return Response(PreviewSerializer(shown).data | {"draf": [draft.pk for draft in written]})

    @extend_schema(summary="Terima sisa yang belum dialokasikan", request=RestInput, responses={201: RestSerializer})
    @action(**PLAIN, url_path="terima-sisa")
    def accept_rest(self, request: Request, pk: str) -> Response:
        target, entry = self.get_object(), read(RestInput, request)
        with entry.refusing():
            rest = rest_accept(actor=request.user, target=target, **entry.validated_data)  # type: ignore[arg-type]
        return Response(RestSerializer(rest).data, status=status.HTTP_201_CREATED)


class BaseFigureSerializer(serializers.ModelSerializer[BaseFigure]):
    wilayah = RegionCodeField(source="region_id")
    jenis = serializers.CharField(source="kind")
    program = serializers.CharField(source="programme.code", default=None)
    keadaan_per = serializers.DateField(source="as_of")
    jumlah = serializers.IntegerField(source="number")
    sumber = serializers.CharField(source="source")
    versi = serializers.IntegerField(source="version")
    alasan = serializers.CharField(source="reason")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = BaseFigure
        fields = (
            "id", "wilayah", "jenis", "program", "keadaan_per", "jumlah", "sumber", "versi", "alasan", "contoh",
        )  # fmt: skip


class BaseFigureInput(EntrySerializer):
    wilayah = RegionField(source="region")
    jenis = serializers.ChoiceField(source="kind", choices=BaseFigure.Kind.choices)
    program = serializers.SlugRelatedField(
        source="programme", slug_field="code", queryset=Programme.objects.all(), required=False, allow_null=True,
        default=None, help_text="wajib untuk dampingan",
    )  # fmt: skip
    keadaan_per = serializers.DateField(source="as_of")
    jumlah = serializers.IntegerField(source="number", min_value=0, max_value=10**15)
    sumber = serializers.CharField(source="source", max_length=200)
    alasan = serializers.CharField(
        source="reason",
        max_length=300,
        required=False,
        default="",
        allow_blank=True,
        help_text="wajib untuk pembetulan",
    )


@extend_schema_view(
    list=extend_schema(summary="Daftar data dasar wilayah"), retrieve=extend_schema(summary="Satu data dasar wilayah")
)
class BaseFigureViewSet(GatedViewSet):
    """Jumlah penduduk dan dampingan, bertanggal dan bersumber; tanpa `versi=semua` hanya versi terbarunya."""

    queryset = BaseFigure.objects.select_related("programme")
    serializer_class = BaseFigureSerializer
    filterset_class = BaseFigureFilter
    ordering = ("region_id", "kind", "-as_of", "-version", "id")

    @extend_schema(summary="Catat data dasar", request=BaseFigureInput, responses={201: BaseFigureSerializer})
    def create(self, request: Request) -> Response:
        entry = read(BaseFigureInput, request)
        with entry.refusing():
            row = basefigure_enter(
                actor=request.user,  # type: ignore[arg-type]
                entry=BaseEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)
