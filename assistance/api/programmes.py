from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from assistance import reading_programmes as reading
from assistance.filters.programmes import PriceFilter, ProofRuleFilter, RuleFilter
from assistance.models import Document, EligibilityRule, ProgrammePrice, ProofRule
from pilar.core.api.views import GatedViewSet


class VersionSerializer(serializers.ModelSerializer[Any]):
    program = serializers.CharField(source="programme.code")
    berlaku_sejak = serializers.DateField(source="valid_from")
    berlaku_sampai = serializers.DateField(source="valid_until", allow_null=True)
    keadaan = serializers.SerializerMethodField(help_text="belum berlaku, berlaku, tidak berlaku lagi; hari ini")
    sumber = serializers.CharField(source="source")

    def get_keadaan(self, row: Any) -> str:
        return reading.validity(row, timezone.localdate())


class PriceSerializer(VersionSerializer):
    komponen = serializers.CharField(source="component")
    satuan = serializers.CharField(source="per")
    harga = serializers.IntegerField(source="amount", help_text="rupiah penuh per satuan")

    class Meta:
        model = ProgrammePrice
        fields = (
            "id", "program", "komponen", "satuan", "harga", "berlaku_sejak", "berlaku_sampai", "keadaan", "sumber",
        )  # fmt: skip


class ProofRuleSerializer(VersionSerializer):
    untuk = serializers.ChoiceField(source="of", choices=ProofRule.Of.choices)
    dokumen = serializers.ChoiceField(source="document", choices=Document.choices)
    titik_lokasi = serializers.BooleanField(source="placed", help_text="tempat pengambilan wajib diisi")

    class Meta:
        model = ProofRule
        fields = (
            "id", "program", "untuk", "dokumen", "titik_lokasi", "berlaku_sejak", "berlaku_sampai", "keadaan", "sumber",
        )  # fmt: skip


class RuleSerializer(VersionSerializer):
    jenis = serializers.ChoiceField(source="kind", choices=EligibilityRule.Kind.choices)
    nilai = serializers.JSONField(source="value")
    kalimat = serializers.SerializerMethodField()

    class Meta:
        model = EligibilityRule
        fields = (
            "id", "program", "jenis", "nilai", "kalimat", "berlaku_sejak", "berlaku_sampai", "keadaan", "sumber",
        )  # fmt: skip

    def get_kalimat(self, rule: EligibilityRule) -> str:
        return reading.rule_sentence(rule, self.context["known"])


@extend_schema_view(
    list=extend_schema(summary="Harga satuan program, semua versi"),
    retrieve=extend_schema(summary="Satu harga satuan"),
)
class PriceViewSet(GatedViewSet):
    queryset = ProgrammePrice.objects.select_related("programme")
    serializer_class = PriceSerializer
    filterset_class = PriceFilter
    ordering = "id"


@extend_schema_view(
    list=extend_schema(summary="Bukti yang diwajibkan program, semua versi"),
    retrieve=extend_schema(summary="Satu syarat bukti"),
)
class ProofRuleViewSet(GatedViewSet):
    """Daftar tidak dapat dinyatakan selesai tanpanya."""

    queryset = ProofRule.objects.select_related("programme")
    serializer_class = ProofRuleSerializer
    filterset_class = ProofRuleFilter
    ordering = "id"


@extend_schema_view(
    list=extend_schema(summary="Aturan kelayakan program, semua versi"),
    retrieve=extend_schema(summary="Satu aturan kelayakan"),
)
class RuleViewSet(GatedViewSet):
    """Versi terbaru dari satu jenis menggantikan yang lama. Syarat umum setiap program tidak tercantum di sini."""

    queryset = EligibilityRule.objects.select_related("programme")
    serializer_class = RuleSerializer
    filterset_class = RuleFilter
    ordering = "id"

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "known": reading.names()}
