"""Freezes of targets and their exceptions for REST clients."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import BudgetYear
from targets.api.acts import PLAIN, refusing
from targets.filters import FreezeFilter
from targets.models import FreezeException, TargetFreeze
from targets.services import freezes as service


class ExceptionSerializer(serializers.ModelSerializer[FreezeException]):
    wilayah = RegionCodeField(source="region_id")
    mulai = serializers.DateField(source="granted_on")
    sampai = serializers.DateField(source="until")
    alasan = serializers.CharField(source="reason")

    class Meta:
        model = FreezeException
        fields = ("id", "wilayah", "mulai", "sampai", "alasan")


class FreezeSerializer(serializers.ModelSerializer[TargetFreeze]):
    tahun = serializers.IntegerField(source="year_id")
    wilayah = RegionCodeField(source="region_id")
    mulai = serializers.DateField(source="frozen_from")
    alasan = serializers.CharField(source="reason")
    dicabut_pada = serializers.DateField(source="lifted_on", allow_null=True)
    alasan_pencabutan = serializers.CharField(source="lift_reason")
    pengecualian = ExceptionSerializer(source="exceptions", many=True)

    class Meta:
        model = TargetFreeze
        fields = ("id", "tahun", "wilayah", "mulai", "alasan", "dicabut_pada", "alasan_pencabutan", "pengecualian")


class FreezeInput(serializers.Serializer[Any]):
    tahun = serializers.PrimaryKeyRelatedField(queryset=BudgetYear.objects.all())
    wilayah = RegionField()
    mulai = serializers.DateField()
    alasan = serializers.CharField(max_length=300)


class LiftInput(serializers.Serializer[Any]):
    alasan = serializers.CharField(max_length=300)


class ExceptionInput(serializers.Serializer[Any]):
    wilayah = RegionField()
    sampai = serializers.DateField(help_text="hari terakhir")
    alasan = serializers.CharField(max_length=300)


@extend_schema_view(
    list=extend_schema(summary="Daftar pembekuan target"), retrieve=extend_schema(summary="Satu pembekuan target")
)
class FreezeViewSet(GatedViewSet):
    queryset = TargetFreeze.objects.select_related("region").prefetch_related("exceptions")
    serializer_class = FreezeSerializer
    filterset_class = FreezeFilter

    @extend_schema(summary="Bekukan target", request=FreezeInput, responses={201: FreezeSerializer})
    def create(self, request: Request) -> Response:
        data = _read(FreezeInput, request)
        entry = service.FreezeEntry(data["tahun"].pk, data["wilayah"], data["mulai"], data["alasan"])
        with refusing({"start": "mulai", "reason": "alasan"}):
            made = service.target_freeze(actor=_user(request), entry=entry, today=timezone.localdate())
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Cabut pembekuan", request=LiftInput, responses={200: FreezeSerializer})
    @action(**PLAIN, url_path="cabut")
    def lift(self, request: Request, pk: str) -> Response:
        freeze, data = self.get_object(), _read(LiftInput, request)
        with refusing({"reason": "alasan"}):
            done = service.target_freeze_lift(
                actor=_user(request), freeze=freeze, reason=data["alasan"], today=timezone.localdate()
            )
        return Response(self.get_serializer(done).data)

    @extend_schema(summary="Beri pengecualian", request=ExceptionInput, responses={201: ExceptionSerializer})
    @action(**PLAIN, url_path="pengecualian")
    def exempt(self, request: Request, pk: str) -> Response:
        """Satu wilayah dapat mengajukan lagi sampai tanggal itu; sesudahnya pembekuan berlaku sendiri."""
        freeze, data = self.get_object(), _read(ExceptionInput, request)
        with refusing({"until": "sampai", "reason": "alasan"}):
            made = service.target_freeze_except(
                actor=_user(request),
                freeze=freeze,
                region=data["wilayah"],
                until=data["sampai"],
                reason=data["alasan"],
                today=timezone.localdate(),
            )
        return Response(ExceptionSerializer(made).data, status=status.HTTP_201_CREATED)


def _user(request: Request) -> Any:
    return request.user


def _read(serializer: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    entry = serializer(data=request.data)
    entry.is_valid(raise_exception=True)
    data: dict[str, Any] = entry.validated_data
    return data
