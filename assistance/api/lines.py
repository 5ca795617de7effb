from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, PageContext, read
from assistance.api.proofs import LineProofs
from assistance.filters.lists import LineApiFilter
from assistance.models import Batch, Beneficiary, Disbursement
from assistance.services import lines as service
from assistance.services.entry import may_see_sensitive
from assistance.services.lines import LineEntry, disbursement_add
from assistance.services.refusals import unknown_step
from assistance.states import State
from assistance.words import line_label, line_words
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import TargetGroup

KEY = OpenApiParameter(
    "kunci", OpenApiTypes.STR, OpenApiParameter.PATH, description="tahun anggaran dan nomor baris, misalnya 2024-151"
)
#: steps that a state is reached by; `sk` is where a line begins
STEPS: dict[str, Any] = {
    State.PAID: service.disbursement_pay,
    State.RECEIVED: service.disbursement_receive,
    State.RETURNED: service.disbursement_return,
}


class LineSerializer(serializers.ModelSerializer[Disbursement]):
    kunci = serializers.SerializerMethodField(help_text="tahun dan nomor; begitulah baris dicari")
    tahun = serializers.IntegerField(source="year")
    daftar = serializers.IntegerField(source="batch_id")
    program = serializers.CharField(source="programme.code")
    penerima = serializers.IntegerField(source="beneficiary_id")
    nama_penerima = serializers.SerializerMethodField(help_text="null: kini tercatat di wilayah lain")
    kelompok = serializers.SerializerMethodField(help_text="PAS menurut SK; null: disembunyikan dari pembaca ini")
    wilayah = RegionCodeField(source="region_id")
    jumlah = serializers.IntegerField(source="amount", help_text="rupiah penuh")
    rincian = serializers.CharField(source="detail")
    keadaan = serializers.ChoiceField(source="state", choices=Disbursement.State.choices)
    arti_keadaan = serializers.SerializerMethodField(help_text="menurut saluran program: uang, atau barang")
    langkah_berikut = serializers.SerializerMethodField()
    tanggal_salur = serializers.DateField(source="paid_on", allow_null=True)
    tanggal_diterima = serializers.DateField(source="received_on", allow_null=True)
    tanggal_retur = serializers.DateField(source="returned_on", allow_null=True)
    tanggal_setor = serializers.DateField(source="deposited_on", allow_null=True)
    membayar_ulang = serializers.IntegerField(source="repays_id", allow_null=True)
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Disbursement
        fields = (
            "kunci", "id", "tahun", "daftar", "program", "penerima", "nama_penerima", "kelompok", "wilayah", "jumlah",
            "rincian", "keadaan", "arti_keadaan", "langkah_berikut", "tanggal_salur", "tanggal_diterima",
            "tanggal_retur", "tanggal_setor", "membayar_ulang", "contoh",
        )  # fmt: skip

    def get_kunci(self, line: Disbursement) -> str:
        return f"{line.year}-{line.pk}"

    def get_nama_penerima(self, row: Disbursement) -> str | None:
        name: str | None = self.context["names"].get(row.beneficiary_id)
        return name

    def get_kelompok(self, line: Disbursement) -> str | None:
        hidden = line.group.sensitive and not may_see_sensitive(self.context["request"].user)
        return None if hidden else line.group.code

    def get_langkah_berikut(self, line: Disbursement) -> str:
        return line_words(line.state, line.programme).next_step

    def get_arti_keadaan(self, line: Disbursement) -> str:
        return line_label(line.state, line.programme)


class LineInput(EntrySerializer):
    daftar = serializers.PrimaryKeyRelatedField(source="batch", queryset=Batch.objects.select_related("programme"))
    penerima = serializers.PrimaryKeyRelatedField(
        source="beneficiary", queryset=Beneficiary.objects.select_related("region")
    )
    kelompok = serializers.SlugRelatedField(
        source="group", slug_field="code", queryset=TargetGroup.objects.filter(parent__isnull=True)
    )
    jumlah = serializers.IntegerField(source="amount", min_value=1, max_value=10**15, help_text="rupiah penuh")
    rincian = serializers.CharField(source="detail", max_length=120, required=False, allow_blank=True, default="")
    wilayah = RegionField(source="region", required=False, allow_null=True, default=None)
    keadaan = serializers.ChoiceField(source="state", choices=Disbursement.State.choices, default=State.DECIDED.value)
    tanggal_salur = serializers.DateField(source="paid_on", required=False, allow_null=True, default=None)


class StepInput(EntrySerializer):
    keadaan = serializers.ChoiceField(source="state", choices=Disbursement.State.choices)
    tanggal = serializers.DateField(source="on", required=False, allow_null=True, default=None)
    catatan = serializers.CharField(source="note", max_length=100, required=False, allow_blank=True, default="")
    nomor_setor = serializers.CharField(
        source="number", max_length=60, required=False, allow_blank=True, default="",
        help_text="nomor bukti setor; wajib untuk setor_kas",
    )  # fmt: skip


class RepayInput(EntrySerializer):
    tanggal = serializers.DateField(source="on")
    catatan = serializers.CharField(source="note", max_length=100, required=False, allow_blank=True, default="")


class CorrectInput(EntrySerializer):
    jumlah = serializers.IntegerField(source="amount", min_value=1, max_value=10**15, help_text="rupiah penuh")
    tanggal = serializers.DateField(
        source="on", required=False, allow_null=True, default=None, help_text="tanggal salur; wajib sesudah disalurkan"
    )
    sebab = serializers.CharField(source="note", max_length=100)


class RemoveInput(EntrySerializer):
    sebab = serializers.CharField(source="note", max_length=100)


@extend_schema_view(
    list=extend_schema(summary="Baris penyaluran"),
    retrieve=extend_schema(summary="Satu baris penyaluran", parameters=[KEY]),
)
class LineViewSet(LineProofs, PageContext, GatedViewSet):
    """Lines of all lists the reader may see. Every look-up carries the year: `<tahun>-<nomor>`."""

    queryset = Disbursement.objects.select_related("programme", "group")
    serializer_class = LineSerializer
    filterset_class = LineApiFilter
    lookup_url_kwarg = "kunci"
    lookup_value_regex = r"\d{4}-\d+"

    def get_object(self) -> Disbursement:
        year, _, number = self.kwargs["kunci"].partition("-")
        line: Disbursement | None = self.get_queryset().filter(year=int(year), pk=int(number)).first()
        if line is None:
            raise Http404("Baris ini tidak ada.")
        return line

    @extend_schema(summary="Tambah baris ke daftar", request=LineInput, responses={201: LineSerializer})
    def create(self, request: Request) -> Response:
        entry = read(LineInput, request)
        given = dict(entry.validated_data)
        with entry.refusing():
            line = disbursement_add(
                actor=request.user,  # type: ignore[arg-type]
                batch=given.pop("batch"),
                entry=LineEntry(**given),
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(line).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Catat langkah berikut", parameters=[KEY], request=StepInput, responses={200: LineSerializer}
    )
    @action(detail=True, methods=["post"], url_path="keadaan", filterset_class=None, pagination_class=None)
    def step(self, request: Request, kunci: str) -> Response:
        """salur, transaksi, tidak_transaksi, retur, atau setor_kas, menurut tabel langkah."""
        line, entry = self.get_object(), read(StepInput, request)
        common: dict[str, Any] = {"actor": request.user, "line": line, "today": timezone.localdate()}
        data = entry.validated_data
        with entry.refusing():
            if data["state"] == State.UNCLAIMED:
                line = service.disbursement_unclaimed(**common, note=data["note"])
            elif data["state"] == State.DEPOSITED:
                line = service.disbursement_deposit(**common, on=data["on"], number=data["number"], note=data["note"])
            elif data["state"] in STEPS:
                line = STEPS[data["state"]](**common, on=data["on"], note=data["note"])
            else:
                raise unknown_step(line, State(data["state"]))
        return Response(self.get_serializer(line).data)

    @extend_schema(
        summary="Bayar ulang baris retur", parameters=[KEY], request=RepayInput, responses={201: LineSerializer}
    )
    @action(detail=True, methods=["post"], url_path="bayar-ulang", filterset_class=None, pagination_class=None)
    def repay(self, request: Request, kunci: str) -> Response:
        new = self._act(service.disbursement_repay, RepayInput)
        return Response(self.get_serializer(new).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Koreksi jumlah atau tanggal salur", parameters=[KEY], request=CorrectInput,
        responses={200: LineSerializer},
    )  # fmt: skip
    @action(detail=True, methods=["post"], url_path="koreksi", filterset_class=None, pagination_class=None)
    def correct(self, request: Request, kunci: str) -> Response:
        """Nilai lama dan baru tercatat di jejak audit; angka capaian ikut berubah."""
        return Response(self.get_serializer(self._act(service.disbursement_correct, CorrectInput)).data)

    @extend_schema(summary="Hapus baris yang belum disalurkan", parameters=[KEY], request=RemoveInput,
                   responses={204: None})  # fmt: skip
    @action(detail=True, methods=["post"], url_path="hapus", filterset_class=None, pagination_class=None)
    def remove(self, request: Request, kunci: str) -> Response:
        self._act(service.disbursement_remove, RemoveInput)
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _act(self, serve: Any, form: type[EntrySerializer]) -> Any:
        line, entry = self.get_object(), read(form, self.request)
        with entry.refusing():
            return serve(actor=self.request.user, line=line, today=timezone.localdate(), **entry.validated_data)
