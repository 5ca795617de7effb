"""Family cards, guardians and payees over the API."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, read
from assistance.models import FamilyCard, Guardian
from assistance.services.family import GuardianEntry, card_record, guardian_end, guardian_record

ONE: dict[str, Any] = {"filterset_class": None, "pagination_class": None}


class CardSerializer(serializers.ModelSerializer[FamilyCard]):
    nomor_samar = serializers.CharField(source="number_masked")
    sejak = serializers.DateField(source="valid_from")
    sampai = serializers.DateField(source="valid_until", allow_null=True)

    class Meta:
        model = FamilyCard
        fields = ("id", "nomor_samar", "sejak", "sampai")


class GuardianSerializer(serializers.ModelSerializer[Guardian]):
    sebagai = serializers.ChoiceField(source="role", choices=Guardian.Role.choices)
    nama = serializers.CharField(source="name")
    hubungan = serializers.CharField(source="relation")
    nik_samar = serializers.CharField(source="nik_masked", help_text="kosong: belum dicatat")
    sejak = serializers.DateField(source="valid_from")
    sampai = serializers.DateField(source="valid_until", allow_null=True)

    class Meta:
        model = Guardian
        fields = ("id", "sebagai", "nama", "hubungan", "nik_samar", "sejak", "sampai")


class CardInput(EntrySerializer):
    nomor = serializers.CharField(source="number", max_length=24)
    sejak = serializers.DateField(source="since")


class GuardianInput(EntrySerializer):
    sebagai = serializers.ChoiceField(source="role", choices=Guardian.Role.choices)
    nama = serializers.CharField(source="name", max_length=120)
    hubungan = serializers.CharField(source="relation", max_length=60)
    nik = serializers.CharField(max_length=24, required=False, allow_blank=True, default="")
    sejak = serializers.DateField(source="since")


class GuardianEndInput(EntrySerializer):
    wali = serializers.PrimaryKeyRelatedField(
        source="guardian", queryset=Guardian.objects.all(), help_text="nomor wali atau kuasa orang ini"
    )
    sampai = serializers.DateField(source="on", help_text="hari terakhir")


class FamilyActions:
    """For the viewset of beneficiaries."""

    @extend_schema(summary="Catat kartu keluarga", request=CardInput, responses={201: CardSerializer})
    @action(detail=True, methods=["post"], url_path="kartu-keluarga", **ONE)
    def card(self, request: Request, pk: str) -> Response:
        """Kartu sebelumnya berakhir sehari sebelum yang baru."""
        person, entry = self.get_object(), read(CardInput, request)  # type: ignore[attr-defined]
        with entry.refusing():
            row = card_record(
                actor=request.user,  # type: ignore[arg-type]
                person=person,
                today=timezone.localdate(),
                **entry.validated_data,
            )
        return Response(CardSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Catat wali atau penerima kuasa", request=GuardianInput, responses={201: GuardianSerializer})
    @action(detail=True, methods=["post"], url_path="wali", **ONE)
    def guardian(self, request: Request, pk: str) -> Response:
        """Yang sebelumnya dengan peran yang sama berakhir sehari sebelum yang baru."""
        person, entry = self.get_object(), read(GuardianInput, request)  # type: ignore[attr-defined]
        with entry.refusing():
            row = guardian_record(
                actor=request.user,  # type: ignore[arg-type]
                person=person,
                entry=GuardianEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        return Response(GuardianSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Akhiri wali atau penerima kuasa", request=GuardianEndInput, responses=GuardianSerializer)
    @action(detail=True, methods=["post"], url_path="wali/akhiri", **ONE)
    def guardian_end(self, request: Request, pk: str) -> Response:
        person, entry = self.get_object(), read(GuardianEndInput, request)  # type: ignore[attr-defined]
        guardian = entry.validated_data["guardian"]
        if guardian.beneficiary_id != person.pk:
            raise serializers.ValidationError({"wali": ["Wali ini bukan milik penerima itu."]})
        with entry.refusing():
            row = guardian_end(
                actor=request.user,  # type: ignore[arg-type]
                guardian=guardian,
                on=entry.validated_data["on"],
                today=timezone.localdate(),
            )
        return Response(GuardianSerializer(row).data)
