from typing import Any

from django.http import Http404
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import FormParser, JSONParser, MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from pilar.core.api.entry import EntrySerializer, act_on, read
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.downloads import file_handed_out
from pilar.core.imports import services, workbooks
from pilar.core.imports.filters import FaultApiFilter, ImportApiFilter
from pilar.core.imports.kinds import all_kinds, kind_of
from pilar.core.imports.reporting import address, job_of, rule_counts
from pilar.core.imports.rules import rule_of
from pilar.core.models import ImportFault, ImportSession
from pilar.core.pages.import_files import kind_or_404
from pilar.core.personal import SHORTEST_REASON
from pilar.core.scoping import narrow_choices

BARE: dict[str, Any] = {"filterset_class": None, "pagination_class": None}


class ImportJobSerializer(serializers.Serializer[Any]):
    id = serializers.IntegerField()
    keadaan = serializers.CharField(source="state")
    tahap = serializers.CharField(source="stage")
    selesai = serializers.IntegerField(source="done")
    seluruhnya = serializers.IntegerField(source="expected")
    galat = serializers.CharField(source="error")


class ImportRuleSerializer(serializers.Serializer[Any]):
    aturan = serializers.CharField(source="rule")
    kesalahan = serializers.CharField(source="label")
    perbaikan = serializers.CharField(source="remedy")
    banyaknya = serializers.IntegerField(source="count")


class ImportSerializer(serializers.ModelSerializer[ImportSession]):
    jenis = serializers.CharField(source="kind")
    wilayah = RegionCodeField(source="region_id")
    kantor = serializers.CharField(source="office")
    nama = serializers.CharField(source="name")
    sidik = serializers.CharField(source="digest", help_text="SHA-256 isi berkas")
    keadaan = serializers.ChoiceField(source="state", choices=ImportSession.State.choices)
    cara = serializers.CharField(source="mode", help_text="semua atau baik; kosong sebelum disimpan")
    hitungan = serializers.JSONField(
        source="counts", help_text="rows, create, update, same, bad, faults, excluded, saved"
    )
    diunggah_pada = serializers.DateTimeField(source="created_at")
    disimpan_pada = serializers.DateTimeField(source="applied_at", allow_null=True)
    diurungkan_pada = serializers.DateTimeField(source="undone_at", allow_null=True)

    class Meta:
        model = ImportSession
        fields: tuple[str, ...] = (
            "id", "jenis", "wilayah", "kantor", "nama", "sidik", "keadaan", "cara", "hitungan", "diunggah_pada",
            "disimpan_pada", "diurungkan_pada",
        )  # fmt: skip


class ImportDetailSerializer(ImportSerializer):
    judul = serializers.SerializerMethodField(help_text="judul kolom di berkas, menurut urutan")
    kolom = serializers.ListField(
        source="mapping", child=serializers.CharField(allow_null=True),
        help_text="isi tiap kolom berkas; kosong diabaikan, null belum dikenal",
    )  # fmt: skip
    pertanyaan = serializers.JSONField(source="questions", help_text="yang perlu dipilih: key, label, rows, options")
    bukan_data = serializers.JSONField(source="excluded", help_text="baris yang tidak ikut: row, why, text")
    kesalahan = serializers.SerializerMethodField()
    pekerjaan = serializers.SerializerMethodField(help_text="pekerjaan terakhir impor ini")

    class Meta(ImportSerializer.Meta):
        fields = (
            *ImportSerializer.Meta.fields, "judul", "kolom", "pertanyaan", "bukan_data", "kesalahan", "pekerjaan",
        )  # fmt: skip

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_judul(self, session: ImportSession) -> Any:
        return session.layout.get("heads", [])

    @extend_schema_field(ImportRuleSerializer(many=True))
    def get_kesalahan(self, session: ImportSession) -> Any:
        found = rule_counts(self.context["request"].user, session, kind_of(session.kind))
        return ImportRuleSerializer(found, many=True).data

    @extend_schema_field(ImportJobSerializer(allow_null=True))
    def get_pekerjaan(self, session: ImportSession) -> Any:
        job = job_of(self.context["request"].user, session)
        return ImportJobSerializer(job).data if job else None


class ImportFaultSerializer(serializers.ModelSerializer[ImportFault]):
    baris = serializers.IntegerField(source="number")
    sel = serializers.SerializerMethodField(help_text="alamat sel, misalnya Data!C17")
    kolom = serializers.CharField(source="column")
    isi = serializers.CharField(source="value", help_text="tersamar bila data pribadi")
    aturan = serializers.CharField(source="rule")
    kesalahan = serializers.SerializerMethodField()
    perbaikan = serializers.SerializerMethodField()
    keterangan = serializers.CharField(source="detail")

    class Meta:
        model = ImportFault
        fields = ("baris", "sel", "kolom", "isi", "aturan", "kesalahan", "perbaikan", "keterangan")

    def get_sel(self, fault: ImportFault) -> str:
        return address(self.context["session"], fault)

    def get_kesalahan(self, fault: ImportFault) -> str:
        return rule_of(kind_of(self.context["session"].kind), fault.rule).label

    def get_perbaikan(self, fault: ImportFault) -> str:
        return rule_of(kind_of(self.context["session"].kind), fault.rule).remedy


class KindColumnSerializer(serializers.Serializer[Any]):
    kunci = serializers.CharField(source="key")
    judul = serializers.CharField(source="heading")
    isi = serializers.CharField(source="cell.value")
    wajib = serializers.BooleanField(source="required")
    contoh = serializers.CharField(source="example")
    penjelasan = serializers.CharField(source="help")


class KindSerializer(serializers.Serializer[Any]):
    kode = serializers.CharField(source="code")
    nama = serializers.CharField(source="label")
    keterangan = serializers.CharField(source="intro")
    kolom = KindColumnSerializer(source="columns", many=True)


class ImportUploadInput(EntrySerializer):
    jenis = serializers.CharField(source="kind", max_length=20)
    wilayah = RegionField(source="region")
    berkas = serializers.FileField(
        source="content", allow_empty_file=True, help_text="CSV, XLSX, atau XLS, paling besar 50 MB"
    )
    ulangi = serializers.BooleanField(source="again", default=False, help_text="isi yang sama memang diimpor lagi")


class DataInput(EntrySerializer):
    wilayah = RegionField(source="region")
    alasan = serializers.CharField(
        source="reason", min_length=SHORTEST_REASON, max_length=200, help_text="untuk keperluan apa"
    )


class LayoutInput(EntrySerializer):
    lembar = serializers.CharField(source="sheet", max_length=120, allow_blank=True, default="")
    baris = serializers.IntegerField(
        source="row", min_value=1, max_value=60, help_text="baris judul kolom di lembar itu"
    )


class MapInput(EntrySerializer):
    kolom = serializers.ListField(
        source="mapping", child=serializers.CharField(allow_blank=True, max_length=30), max_length=256,
        help_text="sebanyak judul di berkas; kosong berarti diabaikan",
    )  # fmt: skip


class ChooseInput(EntrySerializer):
    pilihan = serializers.DictField(
        source="choices", child=serializers.CharField(), help_text="key pertanyaan -> nilai"
    )


class SaveInput(EntrySerializer):
    cara = serializers.ChoiceField(source="mode", choices=ImportSession.Mode.choices)


class UndoInput(EntrySerializer):
    sebab = serializers.CharField(source="reason", max_length=200)


class EmptyImportInput(EntrySerializer):
    pass


@extend_schema_view(
    list=extend_schema(summary="Impor berkas"),
    retrieve=extend_schema(summary="Satu impor dengan kolom dan kesalahannya", responses={200: ImportDetailSerializer}),
)
class ImportViewSet(GatedViewSet):
    """Berkas yang dibawa masuk: diunggah, kolomnya dipastikan, diperiksa, disimpan atau dibuang, dapat diurungkan."""

    queryset = ImportSession.objects.select_related("region", "user")
    serializer_class = ImportSerializer
    filterset_class = ImportApiFilter
    ordering = "-id"
    parser_classes = (MultiPartParser, FormParser, JSONParser)

    def get_serializer_class(self) -> Any:
        return ImportSerializer if self.action == "list" else ImportDetailSerializer

    def get_object(self) -> ImportSession:
        rows = narrow_choices(ImportSession.objects.select_related("region", "user"), self.request.user)
        session: ImportSession | None = rows.filter(pk=self.kwargs["pk"]).first()
        if session is None:
            raise Http404("Impor ini tidak ada.")
        return session

    @extend_schema(
        summary="Unggah berkas", request={"multipart/form-data": ImportUploadInput},
        responses={201: ImportDetailSerializer},
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Data belum berubah: pastikan `kolom`, lalu kirim ke `/kolom/`."""
        entry = read(ImportUploadInput, request)
        given = entry.validated_data
        with entry.refusing():
            session = services.import_upload(actor=request.user, name=given["content"].name, **given)  # type: ignore[arg-type]
        return Response(self.get_serializer(session).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Jenis berkas dan kolomnya", responses={200: KindSerializer(many=True)})
    @action(detail=False, url_path="jenis", **BARE)
    def kinds(self, request: Request) -> Response:
        return Response(KindSerializer(all_kinds(), many=True).data)

    @extend_schema(summary="Templat satu jenis (XLSX)", responses={200: OpenApiTypes.BINARY})
    @action(detail=False, url_path=r"templat/(?P<jenis>[a-z_]+)", **BARE)
    def template(self, request: Request, jenis: str) -> HttpResponseBase:
        kind = kind_or_404(jenis)
        return file_handed_out(workbooks.template(kind, region=request.user.region), f"templat-{kind.code}.xlsx")  # type: ignore[union-attr]

    @extend_schema(summary="Unduh data tercatat (XLSX)", request=DataInput, responses={200: OpenApiTypes.BINARY})
    @action(detail=False, methods=["post"], url_path=r"data/(?P<jenis>[a-z_]+)", **BARE)
    def data(self, request: Request, jenis: str) -> HttpResponseBase:
        """Dalam kolom templat; jenis dengan NIK hanya bagi pemegang wewenang data pribadi, dan tercatat."""
        kind, entry = kind_or_404(jenis), read(DataInput, request)
        file = workbooks.recorded(actor=request.user, kind=kind, **entry.validated_data)  # type: ignore[arg-type]
        return file_handed_out(file, f"data-{kind.code}.xlsx")

    @extend_schema(summary="Kesalahan, sel per sel", responses={200: ImportFaultSerializer(many=True)})
    @action(
        detail=True, url_path="kesalahan", queryset=ImportFault.objects.all(), serializer_class=ImportFaultSerializer,
        filterset_class=FaultApiFilter, ordering="id",
    )  # fmt: skip
    def cells(self, request: Request, pk: str) -> Response:
        session = self.get_object()
        page = self.paginate_queryset(self.filter_queryset(self.get_queryset().filter(session=session)))
        context = {**self.get_serializer_context(), "session": session}
        return self.get_paginated_response(ImportFaultSerializer(page, many=True, context=context).data)

    @extend_schema(summary="Unduh baris bermasalah (XLSX)", responses={200: OpenApiTypes.BINARY})
    @action(detail=True, url_path="bermasalah", **BARE)
    def faults(self, request: Request, pk: str) -> HttpResponseBase:
        session = self.get_object()
        file = workbooks.bad_rows(actor=request.user, session=session, kind=kind_of(session.kind))  # type: ignore[arg-type]
        return file_handed_out(file, f"bermasalah-{session.pk}.xlsx")

    @act_on("Pilih baris judul yang lain", LayoutInput, "judul", ImportDetailSerializer)
    def layout(self, request: Request, pk: str) -> Response:
        return self._act(request, LayoutInput, services.import_lay_out)

    @act_on("Pastikan kolom dan periksa", MapInput, "kolom", ImportDetailSerializer)
    def map(self, request: Request, pk: str) -> Response:
        """Dikerjakan di belakang layar; kemajuannya di `pekerjaan`."""
        return self._act(request, MapInput, services.import_map)

    @act_on("Jawab pertanyaan dan periksa lagi", ChooseInput, "pilihan", ImportDetailSerializer)
    def choose(self, request: Request, pk: str) -> Response:
        return self._act(request, ChooseInput, services.import_choose)

    @act_on("Simpan", SaveInput, "simpan", ImportDetailSerializer)
    def apply(self, request: Request, pk: str) -> Response:
        return self._act(request, SaveInput, services.import_apply)

    @act_on("Urungkan", UndoInput, "urungkan", ImportDetailSerializer)
    def undo(self, request: Request, pk: str) -> Response:
        return self._act(request, UndoInput, services.import_undo)

    @act_on("Buang berkas", EmptyImportInput, "buang", ImportDetailSerializer)
    def drop(self, request: Request, pk: str) -> Response:
        return self._act(request, EmptyImportInput, services.import_drop)

    def _act(self, request: Request, shape: type[EntrySerializer], service: Any) -> Response:
        session, entry = self.get_object(), read(shape, request)
        with entry.refusing():
            session = service(actor=request.user, session=session, **entry.validated_data)
        return Response(self.get_serializer(session).data)
