"""Surat peringatan, putusan etik, and pengakhiran tugas with its three parties."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from personnel.api.entry import EntrySerializer, NothingInput, act_on, read
from personnel.filters.conduct import SanctionFilter, TerminationFilter
from personnel.models import Assignment, Sanction, Termination
from personnel.services import terminations as service
from personnel.services.sanctions import SanctionEntry, sanction_record, sanction_withdraw
from personnel.words import STATES
from pilar.core.api.fields import RegionCodeField
from pilar.core.api.views import GatedViewSet
from pilar.core.scoping import narrow_choices


class OfAssignmentInput(EntrySerializer):
    penugasan = serializers.PrimaryKeyRelatedField(source="assignment", queryset=Assignment.objects.none())

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """An assignment out of the client's sight does not exist here."""
        fields = super().get_fields()
        if "request" in self.context:
            held = narrow_choices(Assignment.objects.select_related("pillar", "region"), self.context["request"].user)
            fields["penugasan"].queryset = held  # type: ignore[attr-defined]
        return fields


class SanctionSerializer(serializers.ModelSerializer[Sanction]):
    penugasan = serializers.IntegerField(source="assignment_id")
    personel = serializers.IntegerField(source="person_id")
    pilar = serializers.CharField(source="pillar.code")
    wilayah = RegionCodeField(source="region_id")
    jenis = serializers.ChoiceField(source="kind", choices=Sanction.Kind.choices)
    nomor = serializers.CharField(source="number")
    tanggal = serializers.DateField(source="on")
    penerbit = serializers.CharField(source="issuer")
    perihal = serializers.CharField(source="about")
    dicabut_pada = serializers.DateField(source="withdrawn_on", allow_null=True)
    sebab_dicabut = serializers.CharField(source="withdrawn_why")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Sanction
        fields = (
            "id", "penugasan", "personel", "pilar", "wilayah", "jenis", "nomor", "tanggal", "penerbit", "perihal",
            "dicabut_pada", "sebab_dicabut", "contoh",
        )  # fmt: skip


class SanctionInput(OfAssignmentInput):
    jenis = serializers.ChoiceField(source="kind", choices=Sanction.Kind.choices)
    nomor = serializers.CharField(source="number", max_length=80)
    tanggal = serializers.DateField(source="on")
    penerbit = serializers.CharField(source="issuer", max_length=120)
    perihal = serializers.CharField(source="about", max_length=500)


class WithdrawalInput(EntrySerializer):
    sebab = serializers.CharField(source="why", max_length=200)


@extend_schema_view(list=extend_schema(summary="Catatan disiplin"), retrieve=extend_schema(summary="Satu catatan"))
class SanctionViewSet(GatedViewSet):
    """SP1 sampai SP3 menurut urutannya, dan putusan Komisi Etik."""

    queryset = Sanction.objects.select_related("pillar")
    serializer_class = SanctionSerializer
    filterset_class = SanctionFilter
    ordering = "-id"

    @extend_schema(summary="Catat", request=SanctionInput, responses={201: SanctionSerializer})
    def create(self, request: Request) -> Response:
        entry = read(SanctionInput, request)
        data = dict(entry.validated_data)
        assignment = data.pop("assignment")
        with entry.refusing():
            row = sanction_record(
                actor=request.user,  # type: ignore[arg-type]
                assignment=assignment,
                entry=SanctionEntry(**data),
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @act_on("Cabut dengan sebab", WithdrawalInput, "cabut", SanctionSerializer)
    def withdraw(self, request: Request, pk: str) -> Response:
        row, entry = self.get_object(), read(WithdrawalInput, request)
        with entry.refusing():
            saved = sanction_withdraw(
                actor=request.user,  # type: ignore[arg-type]
                sanction=row,
                today=timezone.localdate(),
                **entry.validated_data,
            )
        return Response(self.get_serializer(saved).data)


class TerminationSerializer(serializers.ModelSerializer[Termination]):
    penugasan = serializers.IntegerField(source="assignment_id")
    personel = serializers.IntegerField(source="person_id")
    pilar = serializers.CharField(source="pillar.code")
    wilayah = RegionCodeField(source="region_id")
    sebab = serializers.ChoiceField(source="kind", choices=Termination.Kind.choices)
    terakhir = serializers.DateField(source="last_day", help_text="hari terakhir bertugas")
    alasan = serializers.CharField(source="reason")
    tanpa_peringatan = serializers.BooleanField(source="unwarned", help_text="diajukan tanpa SP1 sampai SP3")
    keadaan = serializers.ChoiceField(source="state", choices=Termination.State.choices)
    arti_keadaan = serializers.SerializerMethodField()
    langkah_berikut = serializers.SerializerMethodField()
    diusulkan_pada = serializers.DateField(source="proposed_on")
    diteruskan_pada = serializers.DateField(source="endorsed_on", allow_null=True)
    diputuskan_pada = serializers.DateField(source="decided_on", allow_null=True)
    nomor_keputusan = serializers.CharField(source="decree_number")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Termination
        fields = (
            "id", "penugasan", "personel", "pilar", "wilayah", "sebab", "terakhir", "alasan", "tanpa_peringatan",
            "keadaan", "arti_keadaan", "langkah_berikut", "diusulkan_pada", "diteruskan_pada", "diputuskan_pada",
            "nomor_keputusan", "contoh",
        )  # fmt: skip

    def get_arti_keadaan(self, row: Termination) -> str:
        return STATES[Termination.State][row.state].meaning

    def get_langkah_berikut(self, row: Termination) -> str:
        return STATES[Termination.State][row.state].next_step


class TerminationInput(OfAssignmentInput):
    sebab = serializers.ChoiceField(source="kind", choices=Termination.Kind.choices)
    terakhir = serializers.DateField(source="last_day")
    alasan = serializers.CharField(
        source="reason", max_length=500, default="", allow_blank=True, help_text="wajib tanpa SP1 sampai SP3"
    )


class DecisionInput(EntrySerializer):
    nomor = serializers.CharField(source="number", max_length=80)


class RejectionInput(EntrySerializer):
    catatan = serializers.CharField(source="note", max_length=500)


@extend_schema_view(list=extend_schema(summary="Usulan pengakhiran"), retrieve=extend_schema(summary="Satu usulan"))
class TerminationViewSet(GatedViewSet):
    """Diusulkan kabupaten/kota, diteruskan provinsi, diputuskan Kementerian Sosial: tiga orang."""

    queryset = Termination.objects.select_related("pillar", "region")
    serializer_class = TerminationSerializer
    filterset_class = TerminationFilter
    ordering = "-id"

    @extend_schema(summary="Usulkan", request=TerminationInput, responses={201: TerminationSerializer})
    def create(self, request: Request) -> Response:
        entry = read(TerminationInput, request)
        data = dict(entry.validated_data)
        assignment = data.pop("assignment")
        with entry.refusing():
            row = service.termination_propose(
                actor=request.user,  # type: ignore[arg-type]
                assignment=assignment,
                entry=service.TerminationEntry(**data),
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @act_on("Teruskan ke Kemensos", NothingInput, "teruskan", TerminationSerializer)
    def endorse(self, request: Request, pk: str) -> Response:
        return self._act(service.termination_endorse, NothingInput)

    @act_on("Putuskan", DecisionInput, "putuskan", TerminationSerializer)
    def decide(self, request: Request, pk: str) -> Response:
        """Penugasannya berakhir pada hari terakhir yang diusulkan."""
        return self._act(service.termination_decide, DecisionInput)

    @act_on("Tolak dengan catatan", RejectionInput, "tolak", TerminationSerializer)
    def reject(self, request: Request, pk: str) -> Response:
        return self._act(service.termination_reject, RejectionInput)

    @act_on("Tarik usulan", NothingInput, "tarik", TerminationSerializer)
    def withdraw(self, request: Request, pk: str) -> Response:
        return self._act(service.termination_withdraw, NothingInput)

    def _act(self, serve: Callable[..., Any], form: type[EntrySerializer]) -> Response:
        row, entry = self.get_object(), read(form, self.request)
        with entry.refusing():
            saved = serve(actor=self.request.user, termination=row, today=timezone.localdate(), **entry.validated_data)
        return Response(self.get_serializer(saved).data)
