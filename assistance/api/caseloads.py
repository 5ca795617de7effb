"""Dampingan: who looks after whom, and since when."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, ProgrammeField, act_on, read
from assistance.filters.caseloads import CaseloadFilter
from assistance.models import Beneficiary, Caseload
from assistance.services import caseloads as service
from personnel.models import Assignment
from pilar.core.api.fields import RegionCodeField
from pilar.core.api.views import GatedViewSet


class CaseloadSerializer(serializers.ModelSerializer[Caseload]):
    penugasan = serializers.IntegerField(source="assignment_id")
    penerima = serializers.IntegerField(source="beneficiary_id")
    program = serializers.CharField(source="programme.code")
    wilayah = RegionCodeField(source="region_id")
    sejak = serializers.DateField(source="valid_from")
    sampai = serializers.DateField(source="valid_until", allow_null=True)

    class Meta:
        model = Caseload
        fields = ("id", "penugasan", "penerima", "program", "wilayah", "sejak", "sampai")


class CaseloadInput(EntrySerializer):
    penugasan = serializers.PrimaryKeyRelatedField(
        source="assignment", queryset=Assignment.objects.select_related("pillar", "region")
    )
    penerima = serializers.PrimaryKeyRelatedField(source="beneficiary", queryset=Beneficiary.objects.all())
    program = ProgrammeField(source="programme")
    sejak = serializers.DateField(source="since")


class CaseloadEndInput(EntrySerializer):
    terakhir = serializers.DateField(source="on")


class CaseloadHandOverInput(EntrySerializer):
    dari = serializers.PrimaryKeyRelatedField(
        source="assignment", queryset=Assignment.objects.select_related("pillar", "region"), help_text="nomor penugasan"
    )
    kepada = serializers.PrimaryKeyRelatedField(
        source="successor", queryset=Assignment.objects.select_related("pillar", "region"), help_text="nomor penugasan"
    )
    sejak = serializers.DateField(source="on")


class HandedOverSerializer(serializers.Serializer[service.HandedOver]):
    diserahkan = serializers.IntegerField(source="moved")
    tidak_ikut = serializers.IntegerField(source="kept", help_text="keluarga penerus sendiri, atau di luar wilayah")


@extend_schema_view(list=extend_schema(summary="Dampingan"), retrieve=extend_schema(summary="Satu dampingan"))
class CaseloadViewSet(GatedViewSet):
    """Satu keluarga satu pendamping per program pada satu hari; riwayatnya tetap."""

    queryset = Caseload.objects.select_related("programme")
    serializer_class = CaseloadSerializer
    filterset_class = CaseloadFilter
    ordering = "-id"

    @extend_schema(summary="Catat dampingan", request=CaseloadInput, responses={201: CaseloadSerializer})
    def create(self, request: Request) -> Response:
        entry = read(CaseloadInput, request)
        with entry.refusing():
            row = service.caseload_start(
                actor=request.user,  # type: ignore[arg-type]
                entry=service.CaseloadEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @act_on("Akhiri dampingan", CaseloadEndInput, "akhiri", CaseloadSerializer)
    def end(self, request: Request, pk: str) -> Response:
        row, entry = self.get_object(), read(CaseloadEndInput, request)
        user: Any = request.user
        with entry.refusing():
            saved = service.caseload_end(actor=user, caseload=row, today=timezone.localdate(), **entry.validated_data)
        return Response(self.get_serializer(saved).data)

    @extend_schema(
        summary="Serahkan semua dampingan", request=CaseloadHandOverInput, responses={200: HandedOverSerializer}
    )
    @action(detail=False, methods=["post"], url_path="serahkan", filterset_class=None, pagination_class=None)
    def hand_over(self, request: Request) -> Response:
        """Semua yang didampingi `dari` pada hari itu pindah ke `kepada`; hari-hari sebelumnya tetap."""
        entry = read(CaseloadHandOverInput, request)
        user: Any = request.user
        with entry.refusing():
            done = service.caseload_hand_over(actor=user, today=timezone.localdate(), **entry.validated_data)
        return Response(HandedOverSerializer(done).data)
