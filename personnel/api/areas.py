"""Who answers for an area, areas that nobody answers for, and the rules of service."""

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from personnel.api.people_shown import AssignmentSerializer
from personnel.filters.areas import ResponsibleFilter, ServiceRuleFilter, VacancyFilter
from personnel.models import ServiceRule
from pilar.core.api.views import GatedViewSet
from pilar.core.models import Region


class DistrictSerializer(serializers.ModelSerializer[Region]):
    kode = serializers.CharField(source="dotted")
    nama = serializers.CharField(source="name")

    class Meta:
        model = Region
        fields = ("kode", "nama")


class AreaActs(GenericViewSet[Any]):
    """Questions about areas, asked of the assignments."""

    @extend_schema(summary="Siapa yang bertugas di suatu wilayah pada suatu hari")
    @action(detail=False, url_path="penanggung-jawab", filterset_class=ResponsibleFilter)
    def responsible(self, request: Request) -> Response:
        """Di wilayah itu, di dalamnya, dan di tingkat atasnya; tanpa `pada`: hari ini. `region` wajib."""
        rows = self.paginate_queryset(self.filter_queryset(self.get_queryset()))
        return self.get_paginated_response(AssignmentSerializer(rows, many=True).data)


@extend_schema_view(list=extend_schema(summary="Kecamatan tanpa petugas suatu pilar"))
class VacancyViewSet(ListModelMixin, GenericViewSet[Region]):
    """Di wilayah pembaca; tanpa `pilar`: TKSK, tanpa `pada`: hari ini."""

    queryset = Region.objects.none()  # `VacancyFilter` looks for them, through the gate
    serializer_class = DistrictSerializer
    filterset_class = VacancyFilter
    ordering = "code"


class ServiceRuleSerializer(serializers.ModelSerializer[ServiceRule]):
    pilar = serializers.CharField(source="pillar.code")
    aturan = serializers.ChoiceField(source="kind", choices=ServiceRule.Kind.choices)
    nilai = serializers.IntegerField(source="value", help_text="tahun, atau keluarga per pendamping")
    mulai = serializers.DateField(source="valid_from")
    selesai = serializers.DateField(source="valid_until", allow_null=True)
    sumber = serializers.CharField(source="source")

    class Meta:
        model = ServiceRule
        fields = ("id", "pilar", "aturan", "nilai", "mulai", "selesai", "sumber")


@extend_schema_view(list=extend_schema(summary="Aturan tugas pilar"), retrieve=extend_schema(summary="Satu aturan"))
class ServiceRuleViewSet(GatedViewSet):
    """Umur saat direkrut, masa tugas, beban dampingan; versi menurut sumbernya."""

    queryset = ServiceRule.objects.select_related("pillar")
    serializer_class = ServiceRuleSerializer
    filterset_class = ServiceRuleFilter
    ordering = "-id"
