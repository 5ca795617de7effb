from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from personnel.api.entry import EntrySerializer, NothingInput, act_on, read
from personnel.filters.allowances import AllowanceFilter, AllowanceLineApiFilter, AllowanceRateFilter
from personnel.models import AllowanceLine, AllowanceProposal, AllowanceRate, Funding
from personnel.services import allowance_lines as lines
from personnel.services import allowances as service
from personnel.words import FAIL_REASONS, LEAVE_OUT_REASONS, STATES, reason_text
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import Pillar


class AllowanceRateSerializer(serializers.ModelSerializer[AllowanceRate]):
    pilar = serializers.CharField(source="pillar.code")
    wilayah = RegionCodeField(source="region_id")
    per_bulan = serializers.IntegerField(source="amount", help_text="rupiah")
    mulai = serializers.DateField(source="valid_from")
    selesai = serializers.DateField(source="valid_until", allow_null=True)
    sumber = serializers.CharField(source="source")

    class Meta:
        model = AllowanceRate
        fields = ("id", "pilar", "wilayah", "per_bulan", "mulai", "selesai", "sumber")


class AllowanceSerializer(serializers.ModelSerializer[AllowanceProposal]):
    pilar = serializers.CharField(source="pillar.code")
    wilayah = RegionCodeField(source="region_id")
    semester = serializers.CharField(source="period", help_text="misalnya 2024-S1")
    dana = serializers.ChoiceField(source="funding", choices=Funding.choices)
    keadaan = serializers.ChoiceField(source="state", choices=AllowanceProposal.State.choices)
    arti_keadaan = serializers.SerializerMethodField()
    langkah_berikut = serializers.SerializerMethodField()
    diajukan_pada = serializers.DateField(source="proposed_on", allow_null=True)
    diteruskan_pada = serializers.DateField(source="forwarded_on", allow_null=True)
    disetujui_pada = serializers.DateField(source="decided_on", allow_null=True)
    catatan_pengembalian = serializers.CharField(source="note")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = AllowanceProposal
        fields = (
            "id", "pilar", "wilayah", "semester", "dana", "keadaan", "arti_keadaan", "langkah_berikut", "diajukan_pada",
            "diteruskan_pada", "disetujui_pada", "catatan_pengembalian", "contoh",
        )  # fmt: skip

    def get_arti_keadaan(self, row: AllowanceProposal) -> str:
        return STATES[AllowanceProposal.State][row.state].meaning

    def get_langkah_berikut(self, row: AllowanceProposal) -> str:
        return STATES[AllowanceProposal.State][row.state].next_step


class AllowanceLineSerializer(serializers.ModelSerializer[AllowanceLine]):
    daftar = serializers.IntegerField(source="proposal_id")
    semester = serializers.CharField(source="proposal.period")
    personel = serializers.IntegerField(source="person_id")
    pilar = serializers.CharField(source="pillar.code")
    wilayah = RegionCodeField(source="region_id")
    bulan = serializers.IntegerField(source="months")
    jumlah = serializers.IntegerField(source="amount", help_text="rupiah")
    keadaan = serializers.ChoiceField(source="state", choices=AllowanceLine.State.choices)
    arti_keadaan = serializers.SerializerMethodField()
    alasan = serializers.CharField(source="reason", help_text="kode; kosong bila tidak perlu")
    arti_alasan = serializers.SerializerMethodField()
    catatan = serializers.CharField(source="note")
    oleh = serializers.CharField(source="acted_by_name")
    kantor = serializers.CharField(source="office")
    pada = serializers.DateField(source="acted_on", allow_null=True)
    dibayar_pada = serializers.DateField(source="paid_on", allow_null=True)
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = AllowanceLine
        fields = (
            "id", "daftar", "semester", "personel", "pilar", "wilayah", "bulan", "jumlah", "keadaan", "arti_keadaan",
            "alasan", "arti_alasan", "catatan", "oleh", "kantor", "pada", "dibayar_pada", "contoh",
        )  # fmt: skip

    def get_arti_keadaan(self, row: AllowanceLine) -> str:
        return STATES[AllowanceLine.State][row.state].meaning

    def get_arti_alasan(self, row: AllowanceLine) -> str:
        return reason_text(row.reason)


class AllowanceInput(EntrySerializer):
    pilar = serializers.SlugRelatedField(source="pillar", slug_field="code", queryset=Pillar.objects.all())
    wilayah = RegionField(source="region", help_text="kabupaten/kota")
    semester = serializers.CharField(source="period", max_length=7)
    dana = serializers.ChoiceField(source="funding", choices=Funding.choices)


class SendBackInput(EntrySerializer):
    catatan = serializers.CharField(source="note", max_length=300)


class PaidInput(EntrySerializer):
    tanggal = serializers.DateField(source="on")


class LeaveOutInput(EntrySerializer):
    alasan = serializers.ChoiceField(source="reason", choices=list(LEAVE_OUT_REASONS.items()))
    catatan = serializers.CharField(source="note", max_length=200, default="", allow_blank=True)


class FailInput(EntrySerializer):
    alasan = serializers.ChoiceField(source="reason", choices=list(FAIL_REASONS.items()))
    catatan = serializers.CharField(source="note", max_length=200, default="", allow_blank=True)


class AllowanceFilledSerializer(serializers.Serializer[service.Filled]):
    masuk = serializers.IntegerField(source="added")
    berubah = serializers.IntegerField(source="changed")
    tidak_berlaku = serializers.IntegerField(source="not_applicable")


class ManySerializer(serializers.Serializer[dict[str, int]]):
    banyak = serializers.IntegerField(help_text="orang yang diputuskan")


@extend_schema_view(
    list=extend_schema(summary="Besaran tali asih"), retrieve=extend_schema(summary="Satu besaran tali asih")
)
class AllowanceRateViewSet(GatedViewSet):
    """Versi besaran per bulan menurut sumbernya; wilayah terkecil yang memuat kabupaten/kota berlaku."""

    queryset = AllowanceRate.objects.select_related("pillar")
    serializer_class = AllowanceRateSerializer
    filterset_class = AllowanceRateFilter
    ordering = "-id"


@extend_schema_view(list=extend_schema(summary="Daftar tali asih"), retrieve=extend_schema(summary="Satu daftar"))
class AllowanceViewSet(GatedViewSet):
    """Orang-orangnya: `/api/v1/baris-tali-asih/?daftar=<id>`."""

    queryset = AllowanceProposal.objects.select_related("pillar", "region")
    serializer_class = AllowanceSerializer
    filterset_class = AllowanceFilter
    ordering = "-id"

    @extend_schema(summary="Buat daftar", request=AllowanceInput, responses={201: AllowanceSerializer})
    def create(self, request: Request) -> Response:
        entry = read(AllowanceInput, request)
        with entry.refusing():
            row = service.allowance_create(
                actor=request.user,  # type: ignore[arg-type]
                entry=service.AllowanceEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @act_on("Isi dengan semua yang berhak", NothingInput, "isi", AllowanceFilledSerializer)
    def fill(self, request: Request, pk: str) -> Response:
        """Yang sudah diputuskan tetap; yang haknya berubah dikoreksi."""
        return Response(AllowanceFilledSerializer(self._act(service.allowance_fill)).data)

    @act_on("Usulkan semua yang belum diputuskan", NothingInput, "usulkan", ManySerializer)
    def propose_lines(self, request: Request, pk: str) -> Response:
        return Response({"banyak": self._act(lines.lines_propose)})

    @act_on("Ajukan daftar", NothingInput, "ajukan", AllowanceSerializer)
    def propose(self, request: Request, pk: str) -> Response:
        """Ditolak selama ada orang berhak yang belum diputuskan."""
        return Response(self.get_serializer(self._act(service.allowance_propose)).data)

    @act_on("Teruskan ke Kemensos", NothingInput, "teruskan", AllowanceSerializer)
    def forward(self, request: Request, pk: str) -> Response:
        return Response(self.get_serializer(self._act(service.allowance_forward)).data)

    @act_on("Setujui", NothingInput, "setujui", AllowanceSerializer)
    def approve(self, request: Request, pk: str) -> Response:
        """Oleh tingkat yang mendanai, bukan oleh pengusul atau yang meneruskan."""
        return Response(self.get_serializer(self._act(service.allowance_approve)).data)

    @act_on("Kembalikan dengan catatan", SendBackInput, "kembalikan", AllowanceSerializer)
    def send_back(self, request: Request, pk: str) -> Response:
        return Response(self.get_serializer(self._act(service.allowance_send_back, SendBackInput)).data)

    @act_on("Catat semua dibayar", PaidInput, "bayar", ManySerializer)
    def pay(self, request: Request, pk: str) -> Response:
        return Response({"banyak": self._act(lines.lines_pay, PaidInput)})

    def _act(self, serve: Callable[..., Any], form: type[EntrySerializer] = NothingInput) -> Any:
        row, entry = self.get_object(), read(form, self.request)
        with entry.refusing():
            return serve(actor=self.request.user, proposal=row, today=timezone.localdate(), **entry.validated_data)


@extend_schema_view(
    list=extend_schema(summary="Orang di daftar tali asih"), retrieve=extend_schema(summary="Satu orang di daftar")
)
class AllowanceLineViewSet(GatedViewSet):
    """Diusulkan atau tidak, oleh siapa, kapan, mengapa; hasil bank. Satu orang: `?personel=<id>`."""

    queryset = AllowanceLine.objects.select_related("proposal", "pillar")
    serializer_class = AllowanceLineSerializer
    filterset_class = AllowanceLineApiFilter
    ordering = "-id"

    @act_on("Usulkan orang ini", NothingInput, "usulkan", AllowanceLineSerializer)
    def propose(self, request: Request, pk: str) -> Response:
        return self._act(lines.line_propose, NothingInput)

    @act_on("Tidak diusulkan, dengan alasan", LeaveOutInput, "tidak-diusulkan", AllowanceLineSerializer)
    def leave_out(self, request: Request, pk: str) -> Response:
        return self._act(lines.line_leave_out, LeaveOutInput)

    @act_on("Tolak, dengan alasan", LeaveOutInput, "tolak", AllowanceLineSerializer)
    def reject(self, request: Request, pk: str) -> Response:
        return self._act(lines.line_reject, LeaveOutInput)

    @act_on("Dibayar", PaidInput, "dibayar", AllowanceLineSerializer)
    def pay(self, request: Request, pk: str) -> Response:
        return self._act(lines.line_pay, PaidInput)

    @act_on("Gagal bayar, dengan alasan", FailInput, "gagal-bayar", AllowanceLineSerializer)
    def fail(self, request: Request, pk: str) -> Response:
        return self._act(lines.line_fail, FailInput)

    def _act(self, serve: Callable[..., Any], form: type[EntrySerializer]) -> Response:
        row, entry = self.get_object(), read(form, self.request)
        with entry.refusing():
            saved = serve(actor=self.request.user, line=row, today=timezone.localdate(), **entry.validated_data)
        return Response(self.get_serializer(saved).data)
