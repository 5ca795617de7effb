"""Close family and competence of people."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from personnel.api.entry import EntrySerializer, act_on, read
from personnel.filters.background import CompetenceFilter, FamilyTieFilter
from personnel.models import Competence, FamilyTie, Personnel
from personnel.services import background as service
from pilar.core.api.views import GatedViewSet
from pilar.core.scoping import narrow_choices


class OfPersonInput(EntrySerializer):
    personel = serializers.PrimaryKeyRelatedField(source="person", queryset=Personnel.objects.none())

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        """A person out of the client's sight does not exist here."""
        fields = super().get_fields()
        if "request" in self.context:
            people = narrow_choices(Personnel.objects.all(), self.context["request"].user)
            fields["personel"].queryset = people  # type: ignore[attr-defined]
        return fields


class EndedInput(EntrySerializer):
    tanggal = serializers.DateField(source="on")


class FamilyTieSerializer(serializers.ModelSerializer[FamilyTie]):
    personel = serializers.IntegerField(source="person_id")
    hubungan = serializers.ChoiceField(source="relation", choices=FamilyTie.Relation.choices)
    nama = serializers.CharField(source="name")
    nik_samar = serializers.CharField(source="nik_masked")
    berakhir_pada = serializers.DateField(source="ended_on", allow_null=True)

    class Meta:
        model = FamilyTie
        fields = ("id", "personel", "hubungan", "nama", "nik_samar", "berakhir_pada")


class FamilyTieInput(OfPersonInput):
    hubungan = serializers.ChoiceField(source="relation", choices=FamilyTie.Relation.choices)
    nama = serializers.CharField(source="name", max_length=120)
    nik = serializers.CharField(max_length=24, help_text="16 angka")


@extend_schema_view(list=extend_schema(summary="Keluarga dekat"), retrieve=extend_schema(summary="Satu hubungan"))
class FamilyTieViewSet(GatedViewSet):
    """Hanya yang perlu untuk menemukan benturan kepentingan; NIK selalu disamarkan."""

    queryset = FamilyTie.objects.select_related("person")
    serializer_class = FamilyTieSerializer
    filterset_class = FamilyTieFilter
    ordering = "-id"

    @extend_schema(summary="Catat hubungan", request=FamilyTieInput, responses={201: FamilyTieSerializer})
    def create(self, request: Request) -> Response:
        entry = read(FamilyTieInput, request)
        data = dict(entry.validated_data)
        person = data.pop("person")
        with entry.refusing():
            row = service.tie_record(actor=request.user, person=person, entry=service.TieEntry(**data))  # type: ignore[arg-type]
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @act_on("Akhiri hubungan", EndedInput, "akhiri", FamilyTieSerializer)
    def end(self, request: Request, pk: str) -> Response:
        row, entry = self.get_object(), read(EndedInput, request)
        user: Any = request.user
        with entry.refusing():
            saved = service.tie_end(actor=user, tie=row, today=timezone.localdate(), **entry.validated_data)
        return Response(self.get_serializer(saved).data)


class CompetenceSerializer(serializers.ModelSerializer[Competence]):
    personel = serializers.IntegerField(source="person_id")
    jenis = serializers.ChoiceField(source="kind", choices=Competence.Kind.choices)
    nama = serializers.CharField(source="name")
    nomor = serializers.CharField(source="number")
    penerbit = serializers.CharField(source="issuer")
    sejak = serializers.DateField(source="valid_from")
    sampai = serializers.DateField(source="valid_until", allow_null=True)

    class Meta:
        model = Competence
        fields = ("id", "personel", "jenis", "nama", "nomor", "penerbit", "sejak", "sampai")


class CompetenceInput(OfPersonInput):
    jenis = serializers.ChoiceField(source="kind", choices=Competence.Kind.choices)
    nama = serializers.CharField(source="name", max_length=80)
    nomor = serializers.CharField(source="number", max_length=80, default="", allow_blank=True)
    penerbit = serializers.CharField(source="issuer", max_length=120, default="", allow_blank=True)
    sejak = serializers.DateField(source="valid_from")
    sampai = serializers.DateField(source="valid_until", allow_null=True, default=None)


@extend_schema_view(list=extend_schema(summary="Kompetensi"), retrieve=extend_schema(summary="Satu kompetensi"))
class CompetenceViewSet(GatedViewSet):
    """Spesialisasi, dan sertifikat dengan masa berlakunya."""

    queryset = Competence.objects.select_related("person")
    serializer_class = CompetenceSerializer
    filterset_class = CompetenceFilter
    ordering = "-id"

    @extend_schema(summary="Catat kompetensi", request=CompetenceInput, responses={201: CompetenceSerializer})
    def create(self, request: Request) -> Response:
        entry = read(CompetenceInput, request)
        data = dict(entry.validated_data)
        person = data.pop("person")
        with entry.refusing():
            row = service.competence_record(
                actor=request.user,  # type: ignore[arg-type]
                person=person,
                entry=service.CompetenceEntry(**data),
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(row).data, status=status.HTTP_201_CREATED)

    @act_on("Akhiri kompetensi", EndedInput, "akhiri", CompetenceSerializer)
    def end(self, request: Request, pk: str) -> Response:
        row, entry = self.get_object(), read(EndedInput, request)
        user: Any = request.user
        with entry.refusing():
            saved = service.competence_end(
                actor=user, competence=row, today=timezone.localdate(), **entry.validated_data
            )
        return Response(self.get_serializer(saved).data)
