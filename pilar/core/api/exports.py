"""Lists taken away by REST clients: always as a job, whose file is then fetched."""

from typing import Any, cast

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from pilar.core import exporting, exports, services
from pilar.core.api.entry import EntrySerializer, read
from pilar.core.api.views import GatedViewSet
from pilar.core.downloads import file_stream
from pilar.core.export_files import FORMATS
from pilar.core.exporting import ExportEntry
from pilar.core.models import Job, User
from pilar.core.pages.jobs import JobFilter


class ExportSerializer(serializers.ModelSerializer[Job]):
    daftar = serializers.CharField(source="params.list")
    bentuk = serializers.CharField(source="params.form")
    saringan = serializers.CharField(source="params.query")
    keadaan = serializers.CharField(source="state")
    tahap = serializers.CharField(source="stage")
    baris = serializers.IntegerField(source="done")
    galat = serializers.CharField(source="error")
    diminta_pada = serializers.DateTimeField(source="created_at")
    berlaku_sampai = serializers.SerializerMethodField()

    class Meta:
        model = Job
        fields = (
            "id", "daftar", "bentuk", "saringan", "keadaan", "tahap", "baris", "galat", "diminta_pada",
            "berlaku_sampai",
        )  # fmt: skip

    @extend_schema_field(OpenApiTypes.DATETIME)
    def get_berlaku_sampai(self, job: Job) -> Any:
        """Kosong selama berkasnya belum ada atau sudah lewat masanya."""
        return exporting.expires_at(job) if exporting.is_ready(job, timezone.now()) else None


class ExportInput(EntrySerializer):
    daftar = serializers.CharField(help_text="nama daftar, misalnya personel, penerima, kegiatan")
    bentuk = serializers.ChoiceField(source="form", choices=list(FORMATS))
    saringan = serializers.CharField(
        source="query",
        required=False,
        allow_blank=True,
        help_text="seperti di alamat halamannya: pilar=TKSK&region=17.71",
    )
    alasan = serializers.CharField(
        source="reason",
        required=False,
        allow_blank=True,
        max_length=300,
        help_text="membuka data pribadi; perlu haknya",
    )

    def validate_daftar(self, value: str) -> str:
        if exports.get(value) is None:
            raise serializers.ValidationError(f"Daftar ini tidak ada. Yang ada: {', '.join(exports.all_exports())}.")
        return value


@extend_schema_view(
    list=extend_schema(summary="Unduhan saya"), retrieve=extend_schema(summary="Satu unduhan, keadaannya")
)
class ExportViewSet(GatedViewSet):
    """Daftar yang diminta pemilik token, sebagaimana disaring, di wilayahnya sendiri."""

    queryset = Job.objects.all()
    serializer_class = ExportSerializer
    filterset_class = JobFilter

    def get_queryset(self) -> Any:
        return exporting.own_exports(self.request.user)

    @extend_schema(summary="Minta unduhan", request=ExportInput, responses={201: ExportSerializer})
    def create(self, request: Request) -> Response:
        given = read(ExportInput, request)
        data = given.validated_data
        entry = ExportEntry(
            cast(Any, exports.get(data["daftar"])), data["form"], data.get("query", ""), data.get("reason", "")
        )
        with given.refusing():
            made = exporting.export_make(actor=cast(User, request.user), entry=entry, now=timezone.now(), at_once=False)
        return Response(self.get_serializer(made.job).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Batalkan unduhan", request=None, responses={200: ExportSerializer})
    @action(detail=True, methods=["post"], url_path="batal", filterset_class=None, pagination_class=None)
    def cancel(self, request: Request, pk: str) -> Response:
        services.job_stop(actor=cast(User, request.user), job=self.get_object())
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(summary="Ambil berkas", responses={(200, "application/octet-stream"): OpenApiTypes.BINARY})
    @action(detail=True, methods=["get"], url_path="berkas", filterset_class=None, pagination_class=None)
    def file(self, request: Request, pk: str) -> HttpResponseBase:
        job = self.get_object()
        if not exporting.is_ready(job, timezone.now()):
            raise Http404("Berkasnya belum selesai atau sudah lewat masanya.")
        name, content = exporting.export_fetch(actor=cast(User, request.user), job=job)
        return file_stream(content, name)
