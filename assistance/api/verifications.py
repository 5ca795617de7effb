from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, PageContext, ProgrammeField, read
from assistance.api.proofs import VerificationProofs
from assistance.filters.field import UnverifiedApiFilter, VerificationApiFilter, due_for_verval
from assistance.models import Beneficiary, Participation, Verification
from assistance.reading_verval import caretakers_of, holders_of, latest_of
from assistance.services.entry import may_see_sensitive
from assistance.services.verifications import Consequence, VerificationEntry, verification_record
from assistance.words import REASON_CHOICES, SEEN_ON_THE_SPOT, reason_words
from personnel.models import Assignment
from pilar.core.api.fields import RegionCodeField
from pilar.core.api.views import GatedViewSet
from pilar.core.scoping import narrow_choices

DEGREES = {"max_digits": 9, "decimal_places": 6, "required": False, "allow_null": True, "default": None}


class VerificationSerializer(serializers.ModelSerializer[Verification]):
    penerima = serializers.IntegerField(source="beneficiary_id")
    nama_penerima = serializers.SerializerMethodField(help_text="null: kini tercatat di wilayah lain")
    program = serializers.CharField(source="programme.code")
    wilayah = RegionCodeField(source="region_id")
    usulan = serializers.IntegerField(source="proposal_id", allow_null=True)
    tanggal = serializers.DateField(source="verified_on")
    petugas = serializers.IntegerField(source="companion_id", help_text="nomor penugasan")
    nama_petugas = serializers.SerializerMethodField(help_text="null: dikelola wilayah lain")
    hasil = serializers.ChoiceField(source="result", choices=Verification.Result.choices)
    alasan = serializers.CharField(source="reason", help_text="kosong bila layak")
    arti_alasan = serializers.SerializerMethodField(allow_null=True)
    bukti = serializers.CharField(source="evidence")
    lintang = serializers.DecimalField(source="latitude", max_digits=9, decimal_places=6, allow_null=True)
    bujur = serializers.DecimalField(source="longitude", max_digits=9, decimal_places=6, allow_null=True)
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Verification
        fields = (
            "id", "penerima", "nama_penerima", "program", "wilayah", "usulan", "tanggal", "petugas", "nama_petugas",
            "hasil", "alasan", "arti_alasan", "bukti", "lintang", "bujur", "contoh",
        )  # fmt: skip

    def get_nama_penerima(self, row: Verification) -> str | None:
        name: str | None = self.context["names"].get(row.beneficiary_id)
        return name

    def get_nama_petugas(self, row: Verification) -> str | None:
        name: str | None = self.context["holders"].get(row.companion_id)
        return name

    def get_arti_alasan(self, row: Verification) -> str | None:
        words = reason_words(row.reason)
        return words.meaning if words else None


class VerificationInput(EntrySerializer):
    penerima = serializers.PrimaryKeyRelatedField(
        source="beneficiary", queryset=Beneficiary.objects.select_related("region")
    )
    program = ProgrammeField(source="programme")
    tanggal = serializers.DateField(source="verified_on")
    petugas = serializers.PrimaryKeyRelatedField(
        source="companion", queryset=Assignment.objects.select_related("region"), help_text="nomor penugasan"
    )
    hasil = serializers.ChoiceField(source="result", choices=Verification.Result.choices)
    alasan = serializers.ChoiceField(
        source="reason",
        choices=REASON_CHOICES,
        required=False,
        allow_blank=True,
        default="",
        help_text="bila tidak layak",
    )
    bukti = serializers.CharField(source="evidence", max_length=300)
    lintang = serializers.DecimalField(source="latitude", **DEGREES)  # type: ignore[arg-type]
    bujur = serializers.DecimalField(source="longitude", **DEGREES)  # type: ignore[arg-type]
    akibat = serializers.ChoiceField(
        source="consequence",
        choices=Consequence.choices,
        default=Consequence.SUSPEND.value,
        help_text="bagi peserta yang tidak layak",
    )
    keadaan = serializers.DictField(
        source="facts",
        child=serializers.CharField(),
        default=dict,
        help_text=f"keadaan yang dilihat di lapangan, perihal: nilai; perihal: {', '.join(SEEN_ON_THE_SPOT)}",
    )


@extend_schema_view(list=extend_schema(summary="Verval"), retrieve=extend_schema(summary="Satu verval"))
class VerificationViewSet(VerificationProofs, PageContext, GatedViewSet):
    queryset = Verification.objects.select_related("programme")
    serializer_class = VerificationSerializer
    filterset_class = VerificationApiFilter
    ordering = ("-verified_on", "-id")

    def looked_up(self, rows: Any) -> dict[str, Any]:
        holders = holders_of(self.request.user, [row.companion_id for row in rows])
        return super().looked_up(rows) | {"holders": holders}

    @extend_schema(
        summary="Catat verval",
        description="Untuk usulan yang menunggu, peserta yang berjalan, atau sanggahan yang terbuka. Layak menjadikan "
        "pengusulan calon penerima; tidak layak menutup usulan, atau menangguhkan maupun mengakhiri kepesertaan "
        "menurut `akibat`.",
        request=VerificationInput,
        responses={201: VerificationSerializer},
    )
    def create(self, request: Request) -> Response:
        entry = read(VerificationInput, request)
        with entry.refusing():
            made = verification_record(
                actor=request.user,  # type: ignore[arg-type]
                entry=VerificationEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        shown = self.get_queryset().get(pk=made.pk)
        return Response(self.get_serializer(shown).data, status=status.HTTP_201_CREATED)


class UnverifiedSerializer(serializers.ModelSerializer[Participation]):
    penerima = serializers.IntegerField(source="beneficiary_id")
    nama_penerima = serializers.SerializerMethodField(help_text="null: kini tercatat di wilayah lain")
    program = serializers.CharField(source="programme.code")
    kelompok = serializers.SerializerMethodField(help_text="null: disembunyikan dari pembaca ini")
    wilayah = RegionCodeField(source="region_id")
    aktif_sejak = serializers.DateField(source="active_from")
    verval_terakhir = serializers.SerializerMethodField(help_text="null: belum pernah diverval untuk program itu")
    petugas = serializers.SerializerMethodField(help_text="nomor penugasan pendampingnya hari ini")

    class Meta:
        model = Participation
        fields = (
            "id", "penerima", "nama_penerima", "program", "kelompok", "wilayah", "aktif_sejak", "verval_terakhir",
            "petugas",
        )  # fmt: skip

    def get_nama_penerima(self, row: Participation) -> str | None:
        name: str | None = self.context["names"].get(row.beneficiary_id)
        return name

    def get_kelompok(self, row: Participation) -> str | None:
        hidden = row.group.sensitive and not may_see_sensitive(self.context["request"].user)
        return None if hidden else row.group.code

    def get_verval_terakhir(self, row: Participation) -> str | None:
        last = self.context["latest"].get((row.beneficiary_id, row.programme_id))
        return last.verified_on.isoformat() if last else None

    def get_petugas(self, row: Participation) -> int | None:
        assignment: int | None = self.context["carers"].get((row.beneficiary_id, row.programme_id))
        return assignment


@extend_schema_view(
    list=extend_schema(
        summary="Peserta yang perlu diverval",
        description=f"Penerima aktif tanpa verval dalam {settings.VERVAL_VALID_MONTHS} bulan terakhir.",
    ),
    retrieve=extend_schema(summary="Satu peserta yang perlu diverval"),
)
class UnverifiedViewSet(PageContext, GatedViewSet):
    queryset = Participation.objects.select_related("programme", "group")
    serializer_class = UnverifiedSerializer
    filterset_class = UnverifiedApiFilter
    ordering = ("id",)

    def get_queryset(self) -> QuerySet[Any]:
        due = narrow_choices(due_for_verval(timezone.localdate()), self.request.user)
        return due.select_related("programme", "group")

    def looked_up(self, rows: Any) -> dict[str, Any]:
        user, people = self.request.user, [row.beneficiary_id for row in rows]
        return super().looked_up(rows) | {
            "latest": latest_of(user, people),
            "carers": caretakers_of(user, people, timezone.localdate()),
        }
