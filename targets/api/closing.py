"""Closings of years, and what changed in closed years since, for REST clients."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status, viewsets
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.listing import KeysetPagination
from pilar.core.api.views import GatedViewSet
from pilar.core.models import BudgetYear
from targets.api.acts import PLAIN, NothingInput, refusing
from targets.corrections import Correction, corrections_in, described
from targets.filters import ClosureFilter
from targets.models import YearClosure
from targets.openness import require_open
from targets.services import closing as service


class ClosureSerializer(serializers.ModelSerializer[YearClosure]):
    tahun = serializers.IntegerField(source="year_id")
    versi = serializers.IntegerField(source="version")
    keadaan = serializers.CharField(source="state")
    alasan = serializers.CharField(source="reason")
    dasar_koreksi = serializers.CharField(source="decree")
    diusulkan_pada = serializers.DateField(source="proposed_on")
    diputuskan_pada = serializers.DateField(source="decided_on", allow_null=True)
    catatan = serializers.CharField(source="note")
    ditutup_pada = serializers.DateTimeField(source="closed_at", allow_null=True)
    sel = serializers.IntegerField(source="cells")
    sidik = serializers.CharField(source="hash")
    sidik_sebelumnya = serializers.CharField(source="previous_hash")

    class Meta:
        model = YearClosure
        fields = (
            "id", "tahun", "versi", "keadaan", "alasan", "dasar_koreksi", "diusulkan_pada", "diputuskan_pada",
            "catatan", "ditutup_pada", "sel", "sidik", "sidik_sebelumnya",
        )  # fmt: skip


class ClosureInput(serializers.Serializer[Any]):
    tahun = serializers.PrimaryKeyRelatedField(queryset=BudgetYear.objects.all())
    alasan = serializers.CharField(max_length=300, required=False, default="", allow_blank=True)
    dasar_koreksi = serializers.CharField(
        max_length=200, required=False, default="", allow_blank=True, help_text="wajib bila tahun itu sudah ditutup"
    )


class ClosureDropInput(serializers.Serializer[Any]):
    catatan = serializers.CharField(max_length=300)


@extend_schema_view(
    list=extend_schema(summary="Daftar penutupan tahun"), retrieve=extend_schema(summary="Satu penutupan tahun")
)
class ClosureViewSet(GatedViewSet):
    """Diusulkan satu petugas Kementerian Sosial, ditutup petugas lain; versi lama tetap tersimpan."""

    queryset = YearClosure.objects.all()
    serializer_class = ClosureSerializer
    filterset_class = ClosureFilter

    @extend_schema(summary="Usulkan penutupan tahun", request=ClosureInput, responses={201: ClosureSerializer})
    def create(self, request: Request) -> Response:
        entry = ClosureInput(data=request.data)
        entry.is_valid(raise_exception=True)
        data = entry.validated_data
        with refusing({"reason": "alasan", "decree": "dasar_koreksi"}):
            made = service.closure_propose(
                actor=_user(request),
                year=data["tahun"].pk,
                reason=data["alasan"],
                decree=data["dasar_koreksi"],
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Tutup tahun", request=NothingInput)
    @action(**PLAIN, url_path="tutup")
    def close(self, request: Request, pk: str) -> Response:
        """Oleh petugas selain pengusul. Salinannya dibuat pekerja; keadaannya lalu "ditutup"."""
        done = service.closure_decide(actor=_user(request), closure=self.get_object(), today=timezone.localdate())
        return Response(self.get_serializer(done).data)

    @extend_schema(summary="Batalkan usulan penutupan", request=ClosureDropInput)
    @action(**PLAIN, url_path="batalkan")
    def drop(self, request: Request, pk: str) -> Response:
        entry = ClosureDropInput(data=request.data)
        closure = self.get_object()
        entry.is_valid(raise_exception=True)
        with refusing({"note": "catatan"}):
            done = service.closure_drop(actor=_user(request), closure=closure, note=entry.validated_data["catatan"])
        return Response(self.get_serializer(done).data)

    @extend_schema(summary="Ulangi salinan yang gagal", request=NothingInput)
    @action(**PLAIN, url_path="ulangi")
    def repeat(self, request: Request, pk: str) -> Response:
        closure = self.get_object()
        service.closure_repeat(actor=_user(request), closure=closure)
        return Response(self.get_serializer(closure).data)


class CorrectionSerializer(serializers.Serializer[Correction]):
    indikator = serializers.CharField(source="indicator.code")
    wilayah = RegionCodeField(source="row.region_id")
    rincian = serializers.IntegerField(source="row.breakdown")
    nama_rincian = serializers.CharField(source="label")
    masa = serializers.CharField(source="period")
    ditutup = serializers.IntegerField(source="kept")
    kini = serializers.IntegerField(source="today")
    koreksi = serializers.IntegerField(source="row.value")
    dihitung = serializers.DateTimeField(source="row.noted_at")


class CorrectionPage(serializers.Serializer[Any]):
    next = serializers.CharField(allow_null=True)
    previous = serializers.CharField(allow_null=True)
    results = CorrectionSerializer(many=True)


class CorrectionQuery(serializers.Serializer[Any]):
    tahun = serializers.PrimaryKeyRelatedField(queryset=BudgetYear.objects.all())
    wilayah = RegionField(help_text="kode wilayah, misalnya 17.71, atau nasional")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        known = {*self.fields, "cursor", "page_size", "format"}
        if unknown := sorted(set(self.initial_data) - known):
            raise serializers.ValidationError({name: ["Saringan ini tidak dikenal."] for name in unknown})
        return attrs


class CorrectionViewSet(viewsets.ViewSet):
    """Koreksi sesudah penutupan: the closed figure, today's, the difference and when, of one area."""

    ordering = ("-id",)

    @extend_schema(
        summary="Koreksi sesudah penutupan satu wilayah", parameters=[CorrectionQuery], responses=CorrectionPage
    )
    def list(self, request: Request) -> Response:
        asked = CorrectionQuery(data=request.query_params.dict())
        asked.is_valid(raise_exception=True)
        year, region = asked.validated_data["tahun"], asked.validated_data["wilayah"]
        require_open(request.user, region)
        rows = corrections_in(request.user, year=year.pk, region=region.code, today=timezone.localdate())
        pager = KeysetPagination()
        page = pager.paginate_queryset(rows, request, view=self) or []
        body = {
            "next": pager.get_next_link(),
            "previous": pager.get_previous_link(),
            "results": described(request.user, page),
        }
        return Response(CorrectionPage(body).data)


def _user(request: Request) -> Any:
    return request.user
