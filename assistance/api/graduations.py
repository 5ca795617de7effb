from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, PageContext, ProgrammeField, act_on, read
from assistance.filters.care import GraduationApiFilter
from assistance.models import Beneficiary, Graduation
from assistance.services.graduations import GraduationEntry, graduation_cancel, graduation_confirm, graduation_record
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
    dihitung = serializers.SerializerMethodField(
        help_text="jenisnya dihitung ke target, dikonfirmasi, dan tidak dibatalkan"
    )
    dikonfirmasi_pada = serializers.DateField(
        source="confirmed_on", allow_null=True, help_text="null: menunggu pejabat selain pencatatnya"
    )
    dibatalkan_pada = serializers.DateField(source="cancelled_on", allow_null=True)
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Graduation
        fields = (
            "id", "penerima", "nama_penerima", "program", "wilayah", "jenis", "diputuskan_pada", "pendamping",
            "dihitung", "dikonfirmasi_pada", "dibatalkan_pada", "contoh",
        )  # fmt: skip

    def get_nama_penerima(self, row: Graduation) -> str | None:
        name: str | None = self.context["names"].get(row.beneficiary_id)
        return name

    def get_dihitung(self, graduation: Graduation) -> bool:
        return graduation.counts and graduation.confirmed_on is not None and graduation.cancelled_on is None


class GraduationInput(EntrySerializer):
    penerima = serializers.PrimaryKeyRelatedField(source="beneficiary", queryset=Beneficiary.objects.all())
    program = ProgrammeField(source="programme")
    jenis = serializers.ChoiceField(source="kind", choices=Graduation.Kind.choices)
    diputuskan_pada = serializers.DateField(source="decided_on")


class ConfirmInput(EntrySerializer):
    """Asks nothing."""


class CancelInput(EntrySerializer):
    tanggal = serializers.DateField(source="on")
    sebab = serializers.CharField(source="reason", max_length=200)


@extend_schema_view(list=extend_schema(summary="Graduasi"), retrieve=extend_schema(summary="Satu graduasi"))
class GraduationViewSet(PageContext, GatedViewSet):
    queryset = Graduation.objects.select_related("programme")
    serializer_class = GraduationSerializer
    filterset_class = GraduationApiFilter
    ordering = ("-decided_on", "-id")

    @extend_schema(
        summary="Catat graduasi yang diputuskan di luar PILAR", request=GraduationInput,
        responses={201: GraduationSerializer},
    )  # fmt: skip
    def create(self, request: Request) -> Response:
        """Kepesertaan yang berjalan pada hari itu berakhir. Dihitung sesudah dikonfirmasi pejabat lain.

        Yang diputuskan di PILAR lewat proses graduasi.
        """
        entry = read(GraduationInput, request)
        with entry.refusing():
            made = graduation_record(
                actor=request.user,  # type: ignore[arg-type]
                entry=GraduationEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @act_on("Konfirmasi graduasi yang dicatat petugas lain", ConfirmInput, "konfirmasi", GraduationSerializer)
    def confirm(self, request: Request, pk: str) -> Response:
        graduation = self.get_object()
        with read(ConfirmInput, request).refusing():
            graduation = graduation_confirm(
                actor=request.user,  # type: ignore[arg-type]
                graduation=graduation,
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(graduation).data)

    @act_on("Batalkan graduasi", CancelInput, "batal", GraduationSerializer)
    def cancel(self, request: Request, pk: str) -> Response:
        graduation, entry = self.get_object(), read(CancelInput, request)
        with entry.refusing():
            graduation = graduation_cancel(
                actor=request.user,  # type: ignore[arg-type]
                graduation=graduation,
                today=timezone.localdate(),
                **entry.validated_data,
            )
        return Response(self.get_serializer(graduation).data)
