"""Reports for REST clients: JSON, one of its tables as CSV, or the whole as XLSX, by `Accept` or ?format=."""

from typing import Any, cast

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, viewsets
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response

from pilar.core.models import User
from pilar.core.offices import issuer_of
from pilar.core.sheets import XLSX
from pilar.core.views import region_from, year_from
from pilar.dashboard.api import StrictQuery
from pilar.reports.build import report_of
from pilar.reports.flat import as_csv, as_data
from pilar.reports.kinds import KINDS
from pilar.reports.layout import Report, Section
from pilar.reports.sheet import workbook
from targets.periods import SLUGS, Period

CSV = "text/csv"


class FileRenderer(BaseRenderer):
    """Gives the bytes it is handed; an error, which is data, stays JSON."""

    charset = None
    render_style = "binary"

    def render(self, data: Any, accepted_media_type: str | None = None, renderer_context: Any = None) -> bytes:
        return data if isinstance(data, bytes) else JSONRenderer().render(data)


class CsvRenderer(FileRenderer):
    media_type, format = CSV, "csv"


class XlsxRenderer(FileRenderer):
    media_type, format = XLSX, "xlsx"


class ReportKindSerializer(serializers.Serializer[Any]):
    laporan = serializers.CharField(source="slug")
    judul = serializers.CharField(source="title")
    isi = serializers.CharField(source="about")


class ReportColumnSerializer(serializers.Serializer[Any]):
    nama = serializers.CharField()
    judul = serializers.CharField()
    bentuk = serializers.CharField(help_text="teks, kode, angka, atau persen")


class ReportRowSerializer(serializers.Serializer[Any]):
    jumlah = serializers.BooleanField(help_text="baris jumlah")
    nilai = serializers.DictField(child=serializers.JSONField(allow_null=True))
    kosong = serializers.DictField(child=serializers.CharField(), help_text="sebab sel yang null")


class ReportSectionSerializer(serializers.Serializer[Any]):
    bagian = serializers.CharField()
    judul = serializers.CharField()
    tertutup = serializers.CharField(help_text="sebab bagian ini tidak ditampilkan")
    kolom = ReportColumnSerializer(many=True)
    baris = ReportRowSerializer(many=True)


class ReportSerializer(serializers.Serializer[Any]):
    laporan = serializers.CharField()
    judul = serializers.CharField()
    tahun = serializers.IntegerField()
    periode = serializers.CharField()
    wilayah = serializers.CharField()
    nama_wilayah = serializers.CharField()
    data_per = serializers.DateTimeField(allow_null=True)
    bagian = ReportSectionSerializer(many=True)
    keterangan = serializers.ListField(child=serializers.CharField())


class ReportQuery(StrictQuery):
    tahun = serializers.IntegerField(help_text="tahun anggaran")
    wilayah = serializers.CharField(help_text="kode wilayah, misalnya 17.71, atau nasional")
    periode = serializers.ChoiceField(choices=list(SLUGS), default="setahun")
    bagian = serializers.ChoiceField(
        choices=["utama", "wilayah"], default="utama", help_text="tabel yang dikirim sebagai CSV"
    )


class ReportViewSet(viewsets.ViewSet):
    """Laporan yang sama dengan halaman Laporan dan dasbor: penyamaran dan wilayah tertutup berlaku juga."""

    lookup_value_regex = "[a-z-]+"
    renderer_classes = (JSONRenderer, CsvRenderer, XlsxRenderer)

    @extend_schema(summary="Laporan yang ada", responses={(200, "application/json"): ReportKindSerializer(many=True)})
    def list(self, request: Request) -> Response:
        StrictQuery(data=request.query_params.dict()).is_valid(raise_exception=True)
        rows = ReportKindSerializer(list(KINDS.values()), many=True).data
        return Response({"results": rows})

    @extend_schema(
        summary="Satu laporan",
        parameters=[ReportQuery],
        responses={
            (200, "application/json"): ReportSerializer,
            (200, CSV): OpenApiTypes.STR,
            (200, XLSX): OpenApiTypes.BINARY,
        },
    )
    def retrieve(self, request: Request, pk: str) -> Response:
        if pk not in KINDS:
            raise Http404("Laporan ini tidak ada.")
        query = ReportQuery(data=request.query_params.dict())
        query.is_valid(raise_exception=True)
        asked = query.validated_data
        report = report_of(
            request.user,
            kind=KINDS[pk],
            region=region_from(asked["wilayah"]),
            period=Period(year_from(asked["tahun"]).year, SLUGS[asked["periode"]]),
            today=timezone.localdate(),
        )
        return _answer(request, report, asked["bagian"])


def _answer(request: Request, report: Report, part: str) -> Response:
    form = request.accepted_renderer.format
    if form == "csv":
        return _file(as_csv(_section(report, part)).encode(), f"{report.name}-{part}.csv")
    if form == "xlsx":
        issuer = issuer_of(cast(User, request.user), today=timezone.localdate())
        return _file(workbook(report, issuer), f"{report.name}.xlsx")
    return Response(ReportSerializer(as_data(report)).data)


def _section(report: Report, key: str) -> Section:
    found = next((section for section in report.sections if section.key == key), None)
    if found is None:
        raise Http404("Laporan ini tidak punya bagian itu di wilayah ini.")
    return found


def _file(content: bytes, name: str) -> Response:
    return Response(content, headers={"Content-Disposition": f'attachment; filename="{name}"'})


#: Routes of this app: (prefix, viewset, basename)
ROUTES: list[tuple[str, Any, str]] = [("laporan", ReportViewSet, "api-report")]
