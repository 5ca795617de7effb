"""Profil Dinas for REST clients."""

from typing import Any, cast

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from pilar.core import offices
from pilar.core.api.entry import EntrySerializer, read
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import OfficeProfile, User
from pilar.core.pages.offices import OfficeFilter


class OfficeSerializer(serializers.ModelSerializer[OfficeProfile]):
    wilayah = RegionCodeField(source="region_id")
    berlaku_sejak = serializers.DateField(source="valid_from")
    nama_kantor = serializers.CharField(source="name")
    alamat = serializers.CharField(source="address")
    kontak = serializers.CharField(source="contact")
    tempat = serializers.CharField(source="place")
    nama = serializers.CharField(source="signatory_name")
    jabatan = serializers.CharField(source="signatory_title")
    pangkat = serializers.CharField(source="signatory_rank")
    nip = serializers.CharField(source="signatory_nip")

    class Meta:
        model = OfficeProfile
        fields = (
            "id", "wilayah", "berlaku_sejak", "nama_kantor", "alamat", "kontak", "tempat",
            "nama", "jabatan", "pangkat", "nip",
        )  # fmt: skip


class OfficeInput(EntrySerializer):
    wilayah = RegionField(source="region")
    berlaku_sejak = serializers.DateField(source="valid_from")
    nama_kantor = serializers.CharField(source="name", max_length=120)
    alamat = serializers.CharField(source="address", max_length=200, required=False, allow_blank=True)
    kontak = serializers.CharField(source="contact", max_length=200, required=False, allow_blank=True)
    tempat = serializers.CharField(source="place", max_length=80, help_text="di depan tanggal surat")
    nama = serializers.CharField(source="signatory_name", max_length=120)
    jabatan = serializers.CharField(source="signatory_title", max_length=160)
    pangkat = serializers.CharField(source="signatory_rank", max_length=80, required=False, allow_blank=True)
    nip = serializers.CharField(source="signatory_nip", max_length=30, required=False, allow_blank=True)


@extend_schema_view(
    list=extend_schema(summary="Profil dinas dan riwayatnya"), retrieve=extend_schema(summary="Satu profil dinas")
)
class OfficeViewSet(GatedViewSet):
    """Kop surat dan penanda tangan tiap kantor menurut tanggal; koreksi adalah baris baru."""

    queryset = OfficeProfile.objects.all()
    serializer_class = OfficeSerializer
    filterset_class = OfficeFilter
    ordering = ("-valid_from", "-id")

    @extend_schema(summary="Catat profil dinas", request=OfficeInput, responses={201: OfficeSerializer})
    def create(self, request: Request) -> Response:
        entry: Any = read(OfficeInput, request)
        with entry.refusing():
            made = offices.office_profile_record(
                actor=cast(User, request.user), entry=offices.OfficeEntry(**entry.validated_data)
            )
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)
