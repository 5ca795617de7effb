from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, PageContext, act_on, read
from assistance.filters.atensi import AtensiApiFilter
from assistance.models import AtensiCase, AtensiItem, Beneficiary
from assistance.reading import people_names
from assistance.reading_atensi import care_of
from assistance.services import atensi as service
from assistance.services.atensi import AtensiEntry, PlanItem, atensi_assess
from assistance.words import words_of
from personnel.models import Assignment
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import TargetGroup

Component = AtensiItem.Component


class AtensiItemSerializer(serializers.ModelSerializer[AtensiItem]):
    komponen = serializers.IntegerField(source="component")
    nama_komponen = serializers.CharField(source="get_component_display")
    bentuk = serializers.CharField(source="what")
    nilai = serializers.IntegerField(source="amount", help_text="rupiah penuh")
    dilayani_pada = serializers.DateField(source="served_on", allow_null=True)
    bukti = serializers.CharField(source="served_note")

    class Meta:
        model = AtensiItem
        fields = ("komponen", "nama_komponen", "bentuk", "nilai", "dilayani_pada", "bukti")


class AtensiSerializer(serializers.ModelSerializer[AtensiCase]):
    penerima = serializers.IntegerField(source="beneficiary_id")
    nama_penerima = serializers.SerializerMethodField(help_text="null: kini tercatat di wilayah lain")
    kelompok = serializers.CharField(source="group.code")
    wilayah = RegionCodeField(source="region_id")
    tempat = serializers.ChoiceField(source="setting", choices=AtensiCase.Setting.choices)
    wilayah_sentra = serializers.SerializerMethodField(help_text="kode kabupaten/kota Sentra, boleh di luar wilayah")
    keadaan = serializers.ChoiceField(source="state", choices=AtensiCase.State.choices)
    arti_keadaan = serializers.SerializerMethodField()
    langkah_berikut = serializers.SerializerMethodField()
    asesmen_pada = serializers.DateField(source="assessed_on")
    pelaksana = serializers.IntegerField(source="assessor_id", help_text="nomor penugasan")
    kebutuhan = serializers.CharField(source="needs")
    rencana_pada = serializers.DateField(source="planned_on", allow_null=True)
    ditutup_pada = serializers.DateField(source="closed_on", allow_null=True)
    catatan_penutupan = serializers.CharField(source="closing_note")
    nilai = serializers.SerializerMethodField(help_text="rupiah penuh, jumlah rencana")
    rencana = serializers.SerializerMethodField()
    pembayaran_pertama = serializers.SerializerMethodField(help_text="null: belum dibayar")
    jeda_hari = serializers.SerializerMethodField(help_text="dari asesmen sampai pembayaran pertama; null: belum")
    disalurkan = serializers.SerializerMethodField(help_text="rupiah penuh sejak asesmen")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = AtensiCase
        fields = (
            "id", "penerima", "nama_penerima", "kelompok", "wilayah", "tempat", "sentra", "wilayah_sentra", "keadaan",
            "arti_keadaan", "langkah_berikut", "asesmen_pada", "pelaksana", "kebutuhan", "rencana_pada",
            "ditutup_pada", "catatan_penutupan", "nilai", "rencana", "pembayaran_pertama", "jeda_hari", "disalurkan",
            "contoh",
        )  # fmt: skip

    def get_nama_penerima(self, case: AtensiCase) -> str | None:
        name: str | None = self.context["names"].get(case.beneficiary_id)
        return name

    def get_wilayah_sentra(self, case: AtensiCase) -> str | None:
        return case.sentra_region.dotted if case.sentra_region else None

    def get_arti_keadaan(self, case: AtensiCase) -> str:
        return words_of(case.state, AtensiCase.State).meaning

    def get_langkah_berikut(self, case: AtensiCase) -> str:
        return words_of(case.state, AtensiCase.State).next_step

    def get_nilai(self, case: AtensiCase) -> int:
        return int(self.context["care"][case.pk].value)

    @extend_schema_field(AtensiItemSerializer(many=True))
    def get_rencana(self, case: AtensiCase) -> Any:
        return AtensiItemSerializer(self.context["care"][case.pk].items, many=True).data

    @extend_schema_field(serializers.DateField(allow_null=True))
    def get_pembayaran_pertama(self, case: AtensiCase) -> Any:
        return self.context["care"][case.pk].first_paid

    def get_jeda_hari(self, case: AtensiCase) -> int | None:
        lag: int | None = self.context["care"][case.pk].lag(case)
        return lag

    def get_disalurkan(self, case: AtensiCase) -> int:
        return int(self.context["care"][case.pk].paid)


class AssessInput(EntrySerializer):
    penerima = serializers.PrimaryKeyRelatedField(
        source="beneficiary", queryset=Beneficiary.objects.select_related("region")
    )
    kelompok = serializers.SlugRelatedField(
        source="group", slug_field="code", queryset=TargetGroup.objects.filter(parent__isnull=True)
    )
    pelaksana = serializers.PrimaryKeyRelatedField(
        source="assessor", queryset=Assignment.objects.all(), help_text="nomor penugasan"
    )
    tanggal = serializers.DateField(source="assessed_on")
    tempat = serializers.ChoiceField(source="setting", choices=AtensiCase.Setting.choices)
    kebutuhan = serializers.CharField(source="needs", max_length=300)
    sentra = serializers.CharField(max_length=80, required=False, allow_blank=True, default="")
    wilayah_sentra = RegionField(source="sentra_region", required=False, allow_null=True, default=None)


class PlanItemInput(serializers.Serializer[Any]):
    komponen = serializers.ChoiceField(source="component", choices=Component.choices)
    bentuk = serializers.CharField(source="what", max_length=120)
    nilai = serializers.IntegerField(source="amount", min_value=0, max_value=10**15, help_text="rupiah penuh")


class PlanInput(EntrySerializer):
    tanggal = serializers.DateField(source="on")
    butir = PlanItemInput(source="items", many=True)

    def validate_butir(self, rows: list[dict[str, Any]]) -> list[PlanItem]:
        return [PlanItem(**row) for row in rows]


class ServeInput(EntrySerializer):
    komponen = serializers.ChoiceField(source="component", choices=Component.choices)
    tanggal = serializers.DateField(source="on")
    bukti = serializers.CharField(source="note", max_length=120)


class EndInput(EntrySerializer):
    tanggal = serializers.DateField(source="on")
    catatan = serializers.CharField(source="note", max_length=200)


@extend_schema_view(list=extend_schema(summary="Kasus ATENSI"), retrieve=extend_schema(summary="Satu kasus ATENSI"))
class AtensiViewSet(PageContext, GatedViewSet):
    queryset = AtensiCase.objects.select_related("group", "sentra_region")
    serializer_class = AtensiSerializer
    filterset_class = AtensiApiFilter

    def looked_up(self, rows: Sequence[AtensiCase]) -> dict[str, Any]:
        user = self.request.user
        return {
            "names": people_names(user, [row.beneficiary_id for row in rows]),
            "care": care_of(user, rows),
        }

    @extend_schema(summary="Catat asesmen", request=AssessInput, responses={201: AtensiSerializer})
    def create(self, request: Request) -> Response:
        entry = read(AssessInput, request)
        with entry.refusing():
            case = atensi_assess(
                actor=request.user,  # type: ignore[arg-type]
                entry=AtensiEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(case).data, status=status.HTTP_201_CREATED)

    @act_on("Susun rencana", PlanInput, "rencana", AtensiSerializer)
    def plan(self, request: Request, pk: str) -> Response:
        return self._act(request, PlanInput, service.atensi_plan)

    @act_on("Catat layanan", ServeInput, "layanan", AtensiSerializer)
    def serve(self, request: Request, pk: str) -> Response:
        return self._act(request, ServeInput, service.atensi_serve)

    @act_on("Selesaikan", EndInput, "selesai", AtensiSerializer)
    def close(self, request: Request, pk: str) -> Response:
        return self._act(request, EndInput, service.atensi_close)

    @act_on("Hentikan", EndInput, "hentikan", AtensiSerializer)
    def stop(self, request: Request, pk: str) -> Response:
        return self._act(request, EndInput, service.atensi_stop)

    def _act(self, request: Request, shape: type[EntrySerializer], serve: Callable[..., AtensiCase]) -> Response:
        case, entry = self.get_object(), read(shape, request)
        with entry.refusing():
            case = serve(actor=request.user, case=case, today=timezone.localdate(), **entry.validated_data)
        return Response(self.get_serializer(case).data)
