from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, PageContext, ProgrammeField, read
from assistance.api.proofs import MinutesFiles
from assistance.filters.proposals import ProposalApiFilter
from assistance.models import Beneficiary, Proposal, Step
from assistance.services.entry import may_see_sensitive
from assistance.services.proposals import (
    ProposalEntry,
    proposal_assign,
    proposal_create,
    proposal_withdraw,
    unsettled,
)
from assistance.words import words_of
from personnel.models import Assignment
from pilar.core.api.fields import RegionCodeField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import TargetGroup
from pilar.core.scoping import narrow_choices


class ProposalSerializer(serializers.ModelSerializer[Proposal]):
    penerima = serializers.IntegerField(source="beneficiary_id")
    nama_penerima = serializers.SerializerMethodField(help_text="null: kini tercatat di wilayah lain")
    program = serializers.CharField(source="programme.code")
    kelompok = serializers.SerializerMethodField(help_text="PAS; null: disembunyikan dari pembaca ini")
    wilayah = RegionCodeField(source="region_id")
    diusulkan_pada = serializers.DateField(source="proposed_on")
    nomor_berita_acara = serializers.CharField(source="minutes_number")
    tanggal_berita_acara = serializers.DateField(source="minutes_date")
    petugas = serializers.IntegerField(
        source="assigned_to_id", allow_null=True, help_text="nomor penugasan petugas verval; null: belum ditunjuk"
    )
    keadaan = serializers.ChoiceField(source="state", choices=Proposal.State.choices)
    arti_keadaan = serializers.SerializerMethodField()
    langkah_berikut = serializers.SerializerMethodField()
    alasan = serializers.CharField(source="reason", help_text="kode alasan; kosong bila tidak perlu")
    catatan = serializers.CharField(source="note")
    kembali_menerima = serializers.SerializerMethodField()
    alasan_masuk_kembali = serializers.CharField(source="reentry_reason")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Proposal
        fields: tuple[str, ...] = (
            "id", "penerima", "nama_penerima", "program", "kelompok", "wilayah", "diusulkan_pada",
            "nomor_berita_acara", "tanggal_berita_acara", "petugas", "keadaan", "arti_keadaan", "langkah_berikut",
            "alasan", "catatan", "kembali_menerima", "alasan_masuk_kembali", "contoh",
        )  # fmt: skip

    def get_nama_penerima(self, row: Proposal) -> str | None:
        name: str | None = self.context["names"].get(row.beneficiary_id)
        return name

    def get_kelompok(self, row: Proposal) -> str | None:
        hidden = row.group.sensitive and not may_see_sensitive(self.context["request"].user)
        return None if hidden else row.group.code

    def get_arti_keadaan(self, row: Proposal) -> str:
        return words_of(row.state, Proposal.State).meaning

    def get_langkah_berikut(self, row: Proposal) -> str:
        return words_of(row.state, Proposal.State).next_step

    def get_kembali_menerima(self, row: Proposal) -> bool:
        return bool(row.reentry_reason)


class FindingSerializer(serializers.Serializer[Any]):
    aturan = serializers.CharField(source="rule")
    kalimat = serializers.CharField(source="sentence")
    tindakan = serializers.CharField(source="remedy")
    belum_ada_data = serializers.BooleanField(source="missing", help_text="true: dipastikan oleh petugas verval")


class StepSerializer(serializers.ModelSerializer[Step]):
    dari = serializers.CharField(source="was")
    menjadi = serializers.CharField(source="became")
    tanggal = serializers.DateField(source="on")
    petugas = serializers.CharField(source="actor_name")
    alasan = serializers.CharField(source="reason")
    catatan = serializers.CharField(source="note")

    class Meta:
        model = Step
        fields = ("dari", "menjadi", "tanggal", "petugas", "alasan", "catatan")


class ProposalDetailSerializer(ProposalSerializer):
    syarat = serializers.SerializerMethodField(help_text="yang menghalangi hari ini; kosong sesudah usulan selesai")
    riwayat = serializers.SerializerMethodField(help_text="yang terbaru di depan")

    class Meta(ProposalSerializer.Meta):
        fields = (*ProposalSerializer.Meta.fields, "syarat", "riwayat")

    @extend_schema_field(FindingSerializer(many=True))
    def get_syarat(self, row: Proposal) -> Any:
        hits = unsettled(row, timezone.localdate()) if row.state in Proposal.OPEN else []
        return FindingSerializer(hits, many=True).data

    @extend_schema_field(StepSerializer(many=True))
    def get_riwayat(self, row: Proposal) -> Any:
        steps = narrow_choices(Step.objects.all(), self.context["request"].user)
        return StepSerializer(steps.filter(kind=Step.Kind.PROPOSAL, object_id=row.pk), many=True).data


class ProposalInput(EntrySerializer):
    penerima = serializers.PrimaryKeyRelatedField(
        source="beneficiary", queryset=Beneficiary.objects.select_related("region")
    )
    program = ProgrammeField(source="programme")
    kelompok = serializers.SlugRelatedField(
        source="group", slug_field="code", queryset=TargetGroup.objects.filter(parent__isnull=True)
    )
    nomor_berita_acara = serializers.CharField(source="minutes_number", max_length=80)
    tanggal_berita_acara = serializers.DateField(source="minutes_date")
    diusulkan_pada = serializers.DateField(source="proposed_on")
    alasan_masuk_kembali = serializers.CharField(
        source="reentry_reason", max_length=200, required=False, allow_blank=True, default=""
    )


class WithdrawInput(EntrySerializer):
    catatan = serializers.CharField(source="note", max_length=300, help_text="sebab penarikan")


class AssignInput(EntrySerializer):
    usulan = serializers.ListField(source="proposals", child=serializers.IntegerField(), max_length=1000)
    penugasan = serializers.PrimaryKeyRelatedField(
        source="assignment", queryset=Assignment.objects.all(), help_text="nomor penugasan petugas verval"
    )


class AssignedSerializer(serializers.Serializer[Any]):
    ditugaskan = serializers.IntegerField(help_text="banyaknya usulan")


@extend_schema_view(
    list=extend_schema(summary="Usulan"),
    retrieve=extend_schema(summary="Satu usulan", responses={200: ProposalDetailSerializer}),
)
class ProposalViewSet(MinutesFiles, PageContext, GatedViewSet):
    queryset = Proposal.objects.select_related("programme", "group")
    serializer_class = ProposalSerializer
    filterset_class = ProposalApiFilter

    def get_serializer_class(self) -> type[ProposalSerializer]:
        return ProposalSerializer if self.action == "list" else ProposalDetailSerializer

    @extend_schema(summary="Usulkan", request=ProposalInput, responses={201: ProposalDetailSerializer})
    def create(self, request: Request) -> Response:
        entry = read(ProposalInput, request)
        with entry.refusing():
            made = proposal_create(
                actor=request.user,  # type: ignore[arg-type]
                entry=ProposalEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Tarik usulan", request=WithdrawInput, responses={200: ProposalDetailSerializer})
    @action(detail=True, methods=["post"], url_path="tarik", filterset_class=None, pagination_class=None)
    def withdraw(self, request: Request, pk: str) -> Response:
        row, entry = self.get_object(), read(WithdrawInput, request)
        with entry.refusing():
            row = proposal_withdraw(
                actor=request.user,  # type: ignore[arg-type]
                proposal=row,
                today=timezone.localdate(),
                **entry.validated_data,
            )
        return Response(self.get_serializer(row).data)

    @extend_schema(
        summary="Tunjuk petugas verval untuk beberapa usulan", request=AssignInput, responses={200: AssignedSerializer}
    )
    @action(detail=False, methods=["post"], url_path="petugas", filterset_class=None, pagination_class=None)
    def assign(self, request: Request) -> Response:
        """Semua atau tidak satu pun."""
        entry = read(AssignInput, request)
        with entry.refusing():
            count = proposal_assign(
                actor=request.user,  # type: ignore[arg-type]
                today=timezone.localdate(),
                **entry.validated_data,
            )
        return Response({"ditugaskan": count})
