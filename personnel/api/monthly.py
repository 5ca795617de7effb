"""Monthly reports."""

from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from personnel.api.activities import ActivityReturnInput
from personnel.api.entry import EntrySerializer, NothingInput, act_on, read
from personnel.filters.monthly import MonthlyReportApiFilter, read_month
from personnel.models import MonthlyReport, Personnel
from personnel.monthly import activities_of, paper_of
from personnel.names import name_shown
from personnel.services import monthly_reports as service
from pilar.core import pdf
from pilar.core.api.fields import RegionCodeField
from pilar.core.api.views import GatedViewSet
from pilar.core.downloads import file_answer
from pilar.core.models import Pillar
from pilar.core.offices import issuer_of


class MonthlyReportSerializer(serializers.ModelSerializer[MonthlyReport]):
    personel = serializers.IntegerField(source="person_id")
    pilar = serializers.CharField(source="pillar.code")
    wilayah = RegionCodeField(source="region_id")
    bulan = serializers.DateField(source="month", format="%Y-%m")
    keadaan = serializers.ChoiceField(source="state", choices=MonthlyReport.State.choices)
    catatan = serializers.CharField(source="note")
    diajukan_pada = serializers.DateField(source="submitted_on")
    batas_waktu = serializers.DateField(source="due_on")
    tepat_waktu = serializers.BooleanField(source="on_time")
    diputuskan_pada = serializers.DateField(source="decided_on", allow_null=True)
    catatan_pengembalian = serializers.CharField(source="returned_note")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = MonthlyReport
        fields: tuple[str, ...] = (
            "id", "personel", "pilar", "wilayah", "bulan", "keadaan", "catatan", "diajukan_pada", "batas_waktu",
            "tepat_waktu", "diputuskan_pada", "catatan_pengembalian", "contoh",
        )  # fmt: skip


class MonthlyReportDetailSerializer(MonthlyReportSerializer):
    kegiatan = serializers.SerializerMethodField(help_text="nomor kegiatan terverifikasi pada bulan itu")

    class Meta(MonthlyReportSerializer.Meta):
        fields = (*MonthlyReportSerializer.Meta.fields, "kegiatan")

    def get_kegiatan(self, report: MonthlyReport) -> list[int]:
        return [row.pk for row in activities_of(self.context["request"].user, report)]


class MonthlyReportInput(EntrySerializer):
    personel = serializers.PrimaryKeyRelatedField(source="person", queryset=Personnel.objects.all())
    pilar = serializers.SlugRelatedField(source="pillar", slug_field="code", queryset=Pillar.objects.all())
    bulan = serializers.CharField(source="month", help_text="misalnya 2024-06; bulan yang sudah berakhir")
    catatan = serializers.CharField(source="note", max_length=500, default="", allow_blank=True)

    def validate_bulan(self, text: str) -> date:
        if (month := read_month(text)) is None:
            raise serializers.ValidationError("Tulis tahun dan bulan, misalnya 2024-06.")
        return month


@extend_schema_view(
    list=extend_schema(summary="Laporan bulanan"), retrieve=extend_schema(summary="Satu laporan bulanan")
)
class MonthlyReportViewSet(GatedViewSet):
    """Kegiatan terverifikasi seorang anggota dalam satu bulan."""

    for_members = ("list", "retrieve", "create", "paper")
    queryset = MonthlyReport.objects.select_related("pillar", "region")
    serializer_class = MonthlyReportSerializer
    filterset_class = MonthlyReportApiFilter
    ordering = "-id"

    def get_serializer_class(self) -> type[serializers.BaseSerializer[MonthlyReport]]:
        return MonthlyReportDetailSerializer if self.action == "retrieve" else MonthlyReportSerializer

    @extend_schema(
        summary="Ajukan laporan bulanan", request=MonthlyReportInput, responses={201: MonthlyReportSerializer}
    )
    def create(self, request: Request) -> Response:
        """Juga mengajukan lagi yang dikembalikan."""
        entry = read(MonthlyReportInput, request)
        with entry.refusing():
            row = service.monthly_report_submit(
                actor=request.user,  # type: ignore[arg-type]
                due_day=settings.REPORT_DUE_DAY,
                today=timezone.localdate(),
                **entry.validated_data,
            )
        return Response(MonthlyReportSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Laporan bulanan sebagai PDF", responses={200: OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], url_path="pdf", filterset_class=None, pagination_class=None)
    def paper(self, request: Request, pk: str) -> HttpResponse:
        report, user = self.get_object(), request.user
        issuer = issuer_of(user, today=timezone.localdate())  # type: ignore[arg-type]
        content = paper_of(user, report, name_shown(user, report), issuer, at=timezone.now())
        return file_answer(content, f"laporan-{report.month:%Y-%m}-{report.pk}.pdf", pdf.PDF)

    @act_on("Terima laporan", NothingInput, "terima", MonthlyReportSerializer)
    def accept(self, request: Request, pk: str) -> Response:
        return self._act(service.monthly_report_accept, NothingInput)

    @act_on("Kembalikan laporan dengan catatan", ActivityReturnInput, "kembalikan", MonthlyReportSerializer)
    def send_back(self, request: Request, pk: str) -> Response:
        return self._act(service.monthly_report_return, ActivityReturnInput)

    def _act(self, serve: Any, form: type[EntrySerializer]) -> Response:
        row, entry = self.get_object(), read(form, self.request)
        with entry.refusing():
            saved = serve(actor=self.request.user, report=row, today=timezone.localdate(), **entry.validated_data)
        return Response(MonthlyReportSerializer(saved).data)
