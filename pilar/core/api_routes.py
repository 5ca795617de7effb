"""Routes of this app: (prefix, viewset, basename)."""

from typing import Any

import django_filters as filters
from django.db.models import QuerySet
from rest_framework import serializers

from pilar.core import regions
from pilar.core.api.attachments import AttachmentViewSet
from pilar.core.api.exports import ExportViewSet
from pilar.core.api.imports import ImportViewSet
from pilar.core.api.offices import OfficeViewSet
from pilar.core.api.views import GatedViewSet
from pilar.core.models import BudgetYear, Pillar, Programme, Region, TargetGroup


class RegionFilter(filters.FilterSet):
    di_bawah = filters.CharFilter(label="kode wilayah induk, misalnya 17.71", method="below")
    tingkat = filters.NumberFilter(field_name="level", label="0 nasional, 1 provinsi, 2 kab/kota, 3 kecamatan, 4 desa")

    class Meta:
        model = Region
        fields = ()

    def below(self, rows: QuerySet[Region], _name: str, value: str) -> QuerySet[Region]:
        try:
            return rows.filter(regions.in_range("code", *regions.bounds(regions.parse(value))))
        except ValueError as error:
            raise serializers.ValidationError({"di_bawah": [str(error)]}) from error


class RegionSerializer(serializers.ModelSerializer[Region]):
    kode = serializers.CharField(source="dotted", help_text="kode bertitik; kosong untuk nasional")
    nama = serializers.CharField(source="name")
    tingkat = serializers.IntegerField(source="level")
    berlaku_sampai = serializers.DateField(source="valid_until", allow_null=True)

    class Meta:
        model = Region
        fields = ("kode", "nama", "tingkat", "berlaku_sampai")


class CatalogueSerializer(serializers.ModelSerializer[Any]):
    kode = serializers.CharField(source="code")
    nama = serializers.CharField(source="name")
    dasar_hukum = serializers.CharField(source="legal_basis")


class PillarSerializer(CatalogueSerializer):
    bentuk = serializers.CharField(source="shape")
    jabatan_dengan_dampingan = serializers.SerializerMethodField(
        help_text="jabatan yang mendampingi keluarga atau klien; hanya mereka yang memegang target graduasi perorangan"
    )

    class Meta:
        model = Pillar
        fields = ("id", "kode", "nama", "bentuk", "jabatan_dengan_dampingan", "dasar_hukum")

    def get_jabatan_dengan_dampingan(self, pillar: Pillar) -> list[str]:
        return [row["name"] for row in pillar.positions if row.get("caseload")]


class ProgrammeSerializer(CatalogueSerializer):
    satuan = serializers.CharField(source="unit", help_text="orang atau keluarga")
    saluran = serializers.CharField(source="channel")

    class Meta:
        model = Programme
        fields = ("id", "kode", "nama", "satuan", "saluran", "dasar_hukum")


class GroupSerializer(CatalogueSerializer):
    induk = serializers.IntegerField(source="parent_id", allow_null=True, help_text="nomor PAS bagi subkategori")
    pengertian = serializers.CharField(source="definition")
    data_spesifik = serializers.BooleanField(source="sensitive", help_text="data pribadi spesifik (UU PDP)")

    class Meta:
        model = TargetGroup
        fields = ("id", "kode", "nama", "induk", "pengertian", "data_spesifik", "dasar_hukum")


class YearSerializer(serializers.ModelSerializer[BudgetYear]):
    tahun = serializers.IntegerField(source="year")
    ditutup_pada = serializers.DateField(source="closed_on", allow_null=True)

    class Meta:
        model = BudgetYear
        fields = ("tahun", "ditutup_pada")


class RegionViewSet(GatedViewSet):
    """Wilayah menurut Kepmendagri 300.2.2-2138/2025."""

    queryset = Region.objects.all()
    serializer_class = RegionSerializer
    filterset_class = RegionFilter
    ordering = "code"


class PillarViewSet(GatedViewSet):
    queryset = Pillar.objects.all()
    serializer_class = PillarSerializer
    ordering = "id"


class ProgrammeViewSet(GatedViewSet):
    queryset = Programme.objects.all()
    serializer_class = ProgrammeSerializer
    ordering = "id"


class GroupViewSet(GatedViewSet):
    """12 PAS (nomor 1 sampai 12) dan subkategorinya."""

    queryset = TargetGroup.objects.all()
    serializer_class = GroupSerializer
    ordering = "id"


class YearViewSet(GatedViewSet):
    queryset = BudgetYear.objects.all()
    serializer_class = YearSerializer
    ordering = "year"


ROUTES: list[tuple[str, Any, str]] = [
    ("wilayah", RegionViewSet, "api-region"),
    ("pilar", PillarViewSet, "api-pillar"),
    ("program", ProgrammeViewSet, "api-programme"),
    ("kelompok-pas", GroupViewSet, "api-group"),
    ("unduhan", ExportViewSet, "api-export"),
    ("profil-dinas", OfficeViewSet, "api-office"),
    ("tahun-anggaran", YearViewSet, "api-year"),
    ("lampiran", AttachmentViewSet, "api-attachment"),
    ("impor", ImportViewSet, "api-import"),
]
