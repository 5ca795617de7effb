from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, read
from assistance.filters.results import ResultFileApiFilter, ResultRowApiFilter
from assistance.models import Batch, ResultFile, ResultRow
from assistance.reading_results import counts_of, job_of
from assistance.services.exports import result_faults_export
from assistance.services.results import result_file_apply, result_file_check, result_file_drop, result_file_upload
from assistance.words import words_of
from pilar.core.api.fields import RegionCodeField
from pilar.core.api.views import GatedViewSet
from pilar.core.downloads import csv_answer
from pilar.core.scoping import narrow_choices

BARE: dict[str, Any] = {"filterset_class": None, "pagination_class": None}


class JobSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    keadaan = serializers.CharField(source="state")
    tahap = serializers.CharField(source="stage")
    selesai = serializers.IntegerField(source="done")
    seluruhnya = serializers.IntegerField(source="expected")
    galat = serializers.CharField(source="error")


class CountsSerializer(serializers.Serializer[Any]):
    pencocokan = serializers.DictField(source="by_match", child=serializers.IntegerField(), help_text="baris per jenis")
    hasil_cocok = serializers.DictField(
        source="by_outcome", child=serializers.IntegerField(), help_text="baris yang cocok per hasil"
    )
    diterapkan = serializers.IntegerField(source="applied", help_text="baris yang sudah tercatat di daftar")


class ResultFileSerializer(serializers.ModelSerializer[ResultFile]):
    daftar = serializers.IntegerField(source="batch_id")
    wilayah = RegionCodeField(source="region_id")
    program = serializers.CharField(source="programme.code")
    nama = serializers.CharField(source="name")
    sidik = serializers.CharField(source="digest", help_text="SHA-256 isi berkas")
    baris = serializers.IntegerField(source="rows")
    keadaan = serializers.ChoiceField(source="state", choices=ResultFile.State.choices)
    arti_keadaan = serializers.SerializerMethodField()
    langkah_berikut = serializers.SerializerMethodField()
    diunggah_pada = serializers.DateTimeField(source="uploaded_at")
    diterapkan_pada = serializers.DateTimeField(source="applied_at", allow_null=True)

    class Meta:
        model = ResultFile
        fields: tuple[str, ...] = (
            "id", "daftar", "wilayah", "program", "nama", "sidik", "baris", "keadaan", "arti_keadaan",
            "langkah_berikut", "diunggah_pada", "diterapkan_pada",
        )  # fmt: skip

    def get_arti_keadaan(self, file: ResultFile) -> str:
        return words_of(file.state, ResultFile.State).meaning

    def get_langkah_berikut(self, file: ResultFile) -> str:
        return words_of(file.state, ResultFile.State).next_step


class ResultFileDetailSerializer(ResultFileSerializer):
    hitungan = serializers.SerializerMethodField()
    pekerjaan = serializers.SerializerMethodField(help_text="pekerjaan terakhir berkas ini")

    class Meta(ResultFileSerializer.Meta):
        fields = (*ResultFileSerializer.Meta.fields, "hitungan", "pekerjaan")

    @extend_schema_field(CountsSerializer)
    def get_hitungan(self, file: ResultFile) -> Any:
        return CountsSerializer(counts_of(self.context["request"].user, file)).data

    @extend_schema_field(JobSerializer(allow_null=True))
    def get_pekerjaan(self, file: ResultFile) -> Any:
        job = job_of(self.context["request"].user, file)
        return JobSerializer(job).data if job else None


class ResultRowSerializer(serializers.ModelSerializer[ResultRow]):
    nomor = serializers.IntegerField(source="number", help_text="baris ke berapa di berkas")
    kunci = serializers.CharField(source="line_ref", help_text="kunci baris; NIK hanya tersamar")
    hasil = serializers.CharField(source="outcome")
    jumlah = serializers.IntegerField(source="amount", allow_null=True)
    tanggal = serializers.DateField(source="on", allow_null=True)
    baris = serializers.IntegerField(source="line_id", allow_null=True, help_text="nomor baris penyaluran")
    pencocokan = serializers.ChoiceField(source="match", choices=ResultRow.Match.choices)
    arti_pencocokan = serializers.CharField(source="get_match_display")
    keterangan = serializers.CharField(source="message")
    diterapkan = serializers.BooleanField(source="applied")

    class Meta:
        model = ResultRow
        fields = (
            "nomor", "kunci", "hasil", "jumlah", "tanggal", "baris", "pencocokan", "arti_pencocokan", "keterangan",
            "diterapkan",
        )  # fmt: skip


class UploadInput(EntrySerializer):
    daftar = serializers.PrimaryKeyRelatedField(source="batch", queryset=Batch.objects.select_related("programme"))
    berkas = serializers.FileField(source="content", allow_empty_file=True, help_text="CSV, paling besar 50 MB")


class ApplyInput(EntrySerializer):
    catatan = serializers.CharField(
        source="note", max_length=100, required=False, allow_blank=True, default="",
        help_text="wajib di tahun anggaran yang sudah ditutup",
    )  # fmt: skip


class DropInput(EntrySerializer):
    sebab = serializers.CharField(source="note", max_length=100)


@extend_schema_view(
    list=extend_schema(summary="Berkas hasil salur"),
    retrieve=extend_schema(summary="Satu berkas hasil dengan hitungannya", responses={200: ResultFileDetailSerializer}),
)
class ResultFileViewSet(GatedViewSet):
    """Berkas dari penyalur tentang baris satu daftar: diunggah, diperiksa, lalu diterapkan atau dibuang."""

    queryset = ResultFile.objects.select_related("programme")
    serializer_class = ResultFileSerializer
    filterset_class = ResultFileApiFilter
    ordering = "-id"
    parser_classes = (MultiPartParser, FormParser, JSONParser)

    def get_serializer_class(self) -> Any:
        return ResultFileSerializer if self.action == "list" else ResultFileDetailSerializer

    def get_object(self) -> ResultFile:
        files = narrow_choices(ResultFile.objects.select_related("programme", "batch"), self.request.user)
        file = files.filter(pk=self.kwargs["pk"]).first()
        if file is None:
            raise Http404("Berkas hasil ini tidak ada.")
        return file

    @extend_schema(
        summary="Unggah berkas hasil", request={"multipart/form-data": UploadInput},
        responses={201: ResultFileDetailSerializer},
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Baris yang bermasalah tidak menggagalkan unggahan; semuanya tampak di `baris`."""
        entry = read(UploadInput, request)
        given = entry.validated_data
        with entry.refusing():
            file = result_file_upload(
                actor=request.user,  # type: ignore[arg-type]
                batch=given["batch"],
                name=given["content"].name,
                content=given["content"],
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(file).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Baris berkas", responses={200: ResultRowSerializer(many=True)})
    @action(
        detail=True, url_path="baris", queryset=ResultRow.objects.all(), serializer_class=ResultRowSerializer,
        filterset_class=ResultRowApiFilter, ordering="number",
    )  # fmt: skip
    def rows(self, request: Request, pk: str) -> Response:
        rows = self.filter_queryset(self.get_queryset().filter(file=self.get_object()))
        page = self.paginate_queryset(rows)
        return self.get_paginated_response(ResultRowSerializer(page, many=True).data)

    @extend_schema(summary="Unduh baris bermasalah (CSV)", responses={(200, "text/csv"): OpenApiTypes.STR})
    @action(detail=True, url_path="bermasalah", **BARE)
    def faults(self, request: Request, pk: str) -> HttpResponseBase:
        file = self.get_object()
        return csv_answer(result_faults_export(actor=request.user, file=file), f"bermasalah-{file.pk}")  # type: ignore[arg-type]

    @extend_schema(summary="Terapkan baris yang cocok", request=ApplyInput, responses={200: ResultFileDetailSerializer})
    @action(detail=True, methods=["post"], url_path="terapkan", **BARE)
    def apply(self, request: Request, pk: str) -> Response:
        """Dikerjakan di belakang layar; kemajuannya di `pekerjaan`. Yang terhenti dilanjutkan dengan cara yang sama."""
        file, entry = self.get_object(), read(ApplyInput, request)
        with entry.refusing():
            file = result_file_apply(
                actor=request.user,  # type: ignore[arg-type]
                file=file,
                today=timezone.localdate(),
                **entry.validated_data,
            )
        return Response(self.get_serializer(file).data)

    @extend_schema(summary="Buang berkas", request=DropInput, responses={200: ResultFileDetailSerializer})
    @action(detail=True, methods=["post"], url_path="buang", **BARE)
    def drop(self, request: Request, pk: str) -> Response:
        file, entry = self.get_object(), read(DropInput, request)
        with entry.refusing():
            file = result_file_drop(actor=request.user, file=file, **entry.validated_data)  # type: ignore[arg-type]
        return Response(self.get_serializer(file).data)

    @extend_schema(summary="Periksa lagi", request=None, responses={200: ResultFileDetailSerializer})
    @action(detail=True, methods=["post"], url_path="periksa", **BARE)
    def check(self, request: Request, pk: str) -> Response:
        file = result_file_check(actor=request.user, file=self.get_object())  # type: ignore[arg-type]
        return Response(self.get_serializer(file).data)
