from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers

from assistance.api.entry import PageContext
from assistance.filters.care import GraduationApiFilter
from assistance.models import Graduation
from pilar.core.api.fields import RegionCodeField
from pilar.core.api.views import GatedViewSet


class GraduationSerializer(serializers.ModelSerializer[Graduation]):
    penerima = serializers.IntegerField(source="beneficiary_id")
    nama_penerima = serializers.SerializerMethodField(help_text="null: kini tercatat di wilayah lain")
    program = serializers.CharField(source="programme.code")
    wilayah = RegionCodeField(source="region_id")
    jenis = serializers.ChoiceField(source="kind", choices=Graduation.Kind.choices)
    diputuskan_pada = serializers.DateField(source="decided_on")
    pendamping = serializers.IntegerField(
        source="credited_to_id", allow_null=True, help_text="nomor personel; null: belum ada pendamping"
    )
    dihitung = serializers.SerializerMethodField(help_text="jenisnya dihitung ke target dan tidak dibatalkan")
    dibatalkan_pada = serializers.DateField(source="cancelled_on", allow_null=True)
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Graduation
        fields = (
            "id", "penerima", "nama_penerima", "program", "wilayah", "jenis", "diputuskan_pada", "pendamping",
            "dihitung", "dibatalkan_pada", "contoh",
        )  # fmt: skip

    def get_nama_penerima(self, row: Graduation) -> str | None:
        name: str | None = self.context["names"].get(row.beneficiary_id)
        return name

    def get_dihitung(self, graduation: Graduation) -> bool:
        return graduation.counts and graduation.cancelled_on is None


@extend_schema_view(list=extend_schema(summary="Graduasi"), retrieve=extend_schema(summary="Satu graduasi"))
class GraduationViewSet(PageContext, GatedViewSet):
    queryset = Graduation.objects.select_related("programme")
    serializer_class = GraduationSerializer
    filterset_class = GraduationApiFilter
    ordering = ("-decided_on", "-id")
