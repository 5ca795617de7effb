"""Indicators, targets and printed figures for REST clients; same services and readers as the pages."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from personnel.models import Personnel
from pilar.core.api.fields import RegionCodeField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import BudgetYear
from pilar.core.scoping import narrow_choices
from targets.api.acts import TargetActs, refusing
from targets.api.personal import PersonalActs
from targets.api.sharing import SharingActs
from targets.api.sheet import SheetActs
from targets.filters import TargetApiFilter
from targets.models import Indicator, Target
from targets.services.approval import target_set
from targets.services.plan import Aim, target_draft


class IndicatorSerializer(serializers.ModelSerializer[Indicator]):
    kode = serializers.CharField(source="code")
    nama = serializers.CharField(source="name")
    ukuran = serializers.CharField(source="measure")
    dimensi = serializers.CharField(source="get_dim_display")
    satuan = serializers.CharField(source="unit")
    arah = serializers.CharField(source="direction")
    pengertian = serializers.CharField(source="definition")
    untuk_orang = serializers.BooleanField(source="personal")

    class Meta:
        model = Indicator
        fields = ("kode", "nama", "ukuran", "dimensi", "satuan", "arah", "pengertian", "untuk_orang")


@extend_schema_view(list=extend_schema(summary="Daftar indikator"), retrieve=extend_schema(summary="Satu indikator"))
class IndicatorViewSet(GatedViewSet):
    queryset = Indicator.objects.all()
    serializer_class = IndicatorSerializer
    lookup_field = "code"
    ordering = ("id",)


class TargetSerializer(serializers.ModelSerializer[Target]):
    tahun = serializers.IntegerField(source="year_id")
    wilayah = RegionCodeField(source="region_id")
    indikator = serializers.CharField(source="indicator.code")
    rincian = serializers.IntegerField(source="breakdown")
    orang = serializers.IntegerField(source="person_id", allow_null=True)
    nilai = serializers.IntegerField(source="value")
    versi = serializers.IntegerField(source="version")
    sumber = serializers.CharField(source="source")
    alasan = serializers.CharField(source="reason")
    ditetapkan_pada = serializers.DateTimeField(source="set_at")
    keadaan = serializers.CharField(
        source="state", help_text="draf, diajukan (dihitung selama belum ada yang disetujui), atau disetujui"
    )
    diajukan_pada = serializers.DateField(source="submitted_on", allow_null=True)
    disetujui_pada = serializers.DateField(source="approved_on", allow_null=True)
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Target
        fields = (
            "id", "tahun", "wilayah", "indikator", "rincian", "orang", "nilai", "versi", "sumber", "alasan",
            "ditetapkan_pada", "keadaan", "diajukan_pada", "disetujui_pada", "contoh",
        )  # fmt: skip


class TargetInput(serializers.Serializer[Any]):
    """A new target, or the next version of one that exists."""

    tahun = serializers.PrimaryKeyRelatedField(queryset=BudgetYear.objects.all())
    wilayah = RegionCodeField()
    indikator = serializers.SlugRelatedField(slug_field="code", queryset=Indicator.objects.all())
    rincian = serializers.IntegerField(min_value=0, default=0, help_text="0: semua rincian bersama")
    nilai = serializers.IntegerField(min_value=0, max_value=10**15)
    sumber = serializers.CharField(max_length=200)
    alasan = serializers.CharField(
        max_length=300, required=False, default="", allow_blank=True, help_text="wajib untuk versi baru"
    )
    orang = serializers.PrimaryKeyRelatedField(queryset=Personnel.objects.none(), required=False, allow_null=True)
    versi_dilihat = serializers.IntegerField(
        min_value=0, required=False, help_text="versi yang dilihat pengirim; ditolak bila sudah ada yang lebih baru"
    )
    draf = serializers.BooleanField(default=False, help_text="true: simpan sebagai draf; false: langsung diajukan")

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """A person of another region does not exist here."""
        fields = super().get_fields()
        if "request" in self.context:
            people = narrow_choices(Personnel.objects.all(), self.context["request"].user)
            fields["orang"].queryset = people  # type: ignore[attr-defined]
        return fields


@extend_schema_view(list=extend_schema(summary="Daftar target"), retrieve=extend_schema(summary="Satu versi target"))
class TargetViewSet(PersonalActs, SharingActs, SheetActs, TargetActs, GatedViewSet):
    """All versions; `berlaku=true` keeps those figures are held against, `menunggu=true` those you may decide."""

    queryset = Target.objects.select_related("indicator", "region")
    serializer_class = TargetSerializer
    filterset_class = TargetApiFilter

    @extend_schema(summary="Usulkan target", request=TargetInput, responses={201: TargetSerializer})
    def create(self, request: Request) -> Response:
        asked = TargetInput(data=request.data, context=self.get_serializer_context())
        asked.is_valid(raise_exception=True)
        data = asked.validated_data
        aim = Aim(data["tahun"].pk, data["wilayah"], data["indikator"], data["rincian"], data.get("orang"))
        serve = target_draft if data["draf"] else target_set
        with refusing({"value": "nilai", "source": "sumber", "reason": "alasan"}):
            target = serve(
                actor=request.user,  # type: ignore[arg-type]
                aim=aim,
                value=data["nilai"],
                source=data["sumber"],
                today=timezone.localdate(),
                reason=data["alasan"],
                seen_version=data.get("versi_dilihat"),
            )
        return Response(self.get_serializer(target).data, status=status.HTTP_201_CREATED)
