from collections.abc import Sequence
from typing import Any

from django.http.response import HttpResponseBase
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.batch_acts import BatchActs
from assistance.api.entry import EntrySerializer, PageContext, ProgrammeField, read
from assistance.api.proofs import BatchProofs
from assistance.filters.lists import BatchApiFilter
from assistance.models import Batch
from assistance.plan import capacity
from assistance.reading import NOTHING, Totals, totals_of
from assistance.services.batches import BatchEntry, batch_create
from assistance.services.exports import batch_export
from assistance.words import words_of
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.downloads import csv_answer
from pilar.core.models import BudgetYear


class TotalsSerializer(serializers.Serializer[Totals]):
    """Rupiah sums of one list; six different numbers."""

    ditetapkan = serializers.IntegerField(source="decided", help_text="semua baris yang berlaku (selain retur)")
    salur = serializers.IntegerField(source="paid", help_text="keluar dari kas dan tidak kembali")
    diterima = serializers.IntegerField(source="received", help_text="di tangan penerima (transaksi)")
    retur = serializers.IntegerField(source="returned", help_text="kembali; tidak dihitung di angka lain")
    setor_kas = serializers.IntegerField(source="deposited", help_text="bagian dari retur yang disetor ke kas negara")
    baris = serializers.IntegerField(source="lines", help_text="banyaknya baris yang berlaku")
    perlu_ditindaklanjuti = serializers.IntegerField(source="faults", help_text="banyaknya baris")


class BatchSerializer(serializers.ModelSerializer[Batch]):
    program = serializers.CharField(source="programme.code")
    tahun = serializers.IntegerField(source="year_id")
    tahap = serializers.CharField(source="stage")
    wilayah = RegionCodeField(source="region_id")
    dana = serializers.ChoiceField(source="funding", choices=Batch.Funding.choices)
    nomor_sk = serializers.CharField(source="sk_number")
    tanggal_sk = serializers.DateField(source="sk_date")
    pagu = serializers.IntegerField(source="ceiling")
    persetujuan = serializers.ChoiceField(source="approval", choices=Batch.Approval.choices)
    arti_persetujuan = serializers.SerializerMethodField()
    langkah_berikut = serializers.SerializerMethodField()
    catatan_pengembalian = serializers.CharField(source="note")
    sk = serializers.IntegerField(source="decree_id", allow_null=True, help_text="nomor SK di PILAR; null: di luar")
    harga_satuan = serializers.IntegerField(source="unit_price", allow_null=True)
    satuan = serializers.IntegerField(source="units", allow_null=True, help_text="banyaknya per penerima")
    cukup_untuk = serializers.SerializerMethodField(help_text="penerima yang dibayar pagu menurut rencana")
    diajukan_pada = serializers.DateField(source="proposed_on", allow_null=True)
    disetujui_pada = serializers.DateField(source="decided_on", allow_null=True)
    ditutup_pada = serializers.DateField(source="closed_on", allow_null=True)
    tanpa_verval_diterima = serializers.IntegerField(source="unverified_count", allow_null=True)
    alasan_tanpa_verval = serializers.CharField(source="unverified_reason")
    jumlah = serializers.SerializerMethodField()
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Batch
        fields = (
            "id", "program", "tahun", "tahap", "wilayah", "dana", "nomor_sk", "tanggal_sk", "pagu", "persetujuan",
            "arti_persetujuan", "langkah_berikut", "catatan_pengembalian", "sk", "harga_satuan", "satuan",
            "cukup_untuk", "diajukan_pada", "disetujui_pada", "ditutup_pada", "tanpa_verval_diterima",
            "alasan_tanpa_verval", "jumlah", "contoh",
        )  # fmt: skip

    def get_arti_persetujuan(self, batch: Batch) -> str:
        return words_of(batch.approval, Batch.Approval).meaning

    def get_langkah_berikut(self, batch: Batch) -> str:
        return words_of(batch.approval, Batch.Approval).next_step

    def get_cukup_untuk(self, batch: Batch) -> int | None:
        return capacity(batch)

    @extend_schema_field(TotalsSerializer)
    def get_jumlah(self, batch: Batch) -> Any:
        return TotalsSerializer(self.context["totals"].get(batch.pk, NOTHING)).data


class BatchInput(EntrySerializer):
    program = ProgrammeField(source="programme")
    tahun = serializers.PrimaryKeyRelatedField(source="year", queryset=BudgetYear.objects.all())
    tahap = serializers.CharField(source="stage", max_length=40)
    wilayah = RegionField(source="region")
    dana = serializers.ChoiceField(source="funding", choices=Batch.Funding.choices)
    nomor_sk = serializers.CharField(source="sk_number", max_length=80)
    tanggal_sk = serializers.DateField(source="sk_date")
    pagu = serializers.IntegerField(source="ceiling", min_value=1, max_value=10**15, help_text="rupiah penuh")


@extend_schema_view(
    list=extend_schema(summary="Daftar penyaluran dengan jumlahnya"),
    retrieve=extend_schema(summary="Satu daftar penyaluran"),
)
class BatchViewSet(BatchActs, BatchProofs, PageContext, GatedViewSet):
    queryset = Batch.objects.select_related("programme")
    serializer_class = BatchSerializer
    filterset_class = BatchApiFilter

    def looked_up(self, rows: Sequence[Batch]) -> dict[str, Any]:
        return {"totals": totals_of(self.request.user, rows)}

    @extend_schema(summary="Buat daftar penyaluran", request=BatchInput, responses={201: BatchSerializer})
    def create(self, request: Request) -> Response:
        entry = read(BatchInput, request)
        with entry.refusing():
            batch = batch_create(
                actor=request.user,  # type: ignore[arg-type]
                entry=BatchEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(batch).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Unduh baris daftar (CSV)", responses={(200, "text/csv"): OpenApiTypes.STR})
    @action(detail=True, url_path="unduh", filterset_class=None, pagination_class=None)
    def export(self, request: Request, pk: str) -> HttpResponseBase:
        """Isi kolom hasil, jumlah, dan tanggal, lalu unggah sebagai berkas hasil. Unduhan tercatat di jejak audit."""
        batch = self.get_object()
        return csv_answer(batch_export(actor=request.user, batch=batch), f"daftar-{batch.pk}")  # type: ignore[arg-type]
