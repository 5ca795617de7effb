from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Count
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, PageContext, ProgrammeField, read
from assistance.filters.participation import DecreeApiFilter
from assistance.models import Batch, Decree, Participation
from assistance.services import decrees as service
from assistance.services.decree_names import Fault
from assistance.words import words_of
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import BudgetYear
from pilar.core.scoping import narrow_choices


class DecreeSerializer(serializers.ModelSerializer[Decree]):
    program = serializers.CharField(source="programme.code")
    tahun = serializers.IntegerField(source="year_id")
    wilayah = RegionCodeField(source="region_id")
    dana = serializers.ChoiceField(source="funding", choices=Batch.Funding.choices)
    judul = serializers.CharField(source="title")
    keadaan = serializers.ChoiceField(source="state", choices=Decree.State.choices)
    arti_keadaan = serializers.SerializerMethodField()
    langkah_berikut = serializers.SerializerMethodField()
    banyak_nama = serializers.SerializerMethodField(help_text="nama yang boleh dilihat pembaca ini")
    diajukan_pada = serializers.DateField(source="proposed_on", allow_null=True)
    nomor = serializers.CharField(source="number")
    tanggal_sk = serializers.DateField(source="sk_date", allow_null=True)
    catatan_pengembalian = serializers.CharField(source="note")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Decree
        fields = (
            "id", "program", "tahun", "wilayah", "dana", "judul", "keadaan", "arti_keadaan", "langkah_berikut",
            "banyak_nama", "diajukan_pada", "nomor", "tanggal_sk", "catatan_pengembalian", "contoh",
        )  # fmt: skip

    def get_arti_keadaan(self, decree: Decree) -> str:
        return words_of(decree.state, Decree.State).meaning

    def get_langkah_berikut(self, decree: Decree) -> str:
        return words_of(decree.state, Decree.State).next_step

    def get_banyak_nama(self, decree: Decree) -> int:
        return int(self.context["counts"].get(decree.pk, 0))


class DecreeInput(EntrySerializer):
    program = ProgrammeField(source="programme")
    tahun = serializers.PrimaryKeyRelatedField(source="year", queryset=BudgetYear.objects.all())
    wilayah = RegionField(source="region")
    dana = serializers.ChoiceField(source="funding", choices=Batch.Funding.choices)
    judul = serializers.CharField(source="title", max_length=120)


class NothingInput(EntrySerializer):
    """The act asks nothing."""


class NameInput(EntrySerializer):
    kepesertaan = serializers.PrimaryKeyRelatedField(source="participation", queryset=Participation.objects.all())
    sebab = serializers.CharField(source="note", max_length=100)


class SendBackInput(EntrySerializer):
    catatan = serializers.CharField(source="note", max_length=300)
    kembali_ke_verval = serializers.ListField(
        child=serializers.IntegerField(), source="candidates", required=False, default=list,
        help_text="nomor kepesertaan yang keluar dari SK ini; usulannya menunggu verval lagi",
    )  # fmt: skip


class DecideInput(EntrySerializer):
    nomor = serializers.CharField(source="number", max_length=80)
    tanggal_sk = serializers.DateField(source="sk_date")


class LeftOutSerializer(serializers.Serializer[Fault]):
    kepesertaan = serializers.IntegerField(source="row")
    penerima = serializers.IntegerField(source="person")
    nama = serializers.CharField(source="name")
    sebab = serializers.SerializerMethodField()

    def get_sebab(self, fault: Fault) -> list[str]:
        return [f"{finding.sentence} {finding.remedy}" for finding in fault.findings]


class FilledSerializer(serializers.Serializer[service.Filled]):
    masuk = serializers.IntegerField(source="added", help_text="banyaknya nama yang masuk")
    tidak_masuk = LeftOutSerializer(source="left_out", many=True)


@extend_schema_view(list=extend_schema(summary="SK penetapan"), retrieve=extend_schema(summary="Satu SK penetapan"))
class DecreeViewSet(PageContext, GatedViewSet):
    """Its names: `/api/v1/kepesertaan/?sk=<id>`."""

    queryset = Decree.objects.select_related("programme", "region", "year")
    serializer_class = DecreeSerializer
    filterset_class = DecreeApiFilter

    def looked_up(self, rows: Sequence[Decree]) -> dict[str, Any]:
        names = narrow_choices(Participation.objects.all(), self.request.user)
        counted = names.filter(decree__in=[row.pk for row in rows]).order_by().values("decree_id")
        return {"counts": dict(counted.annotate(n=Count("pk")).values_list("decree_id", "n"))}

    @extend_schema(summary="Buat draf SK", request=DecreeInput, responses={201: DecreeSerializer})
    def create(self, request: Request) -> Response:
        entry = read(DecreeInput, request)
        with entry.refusing():
            decree = service.decree_create(
                actor=request.user,  # type: ignore[arg-type]
                entry=service.DecreeEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(decree).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Isi draf dari calon penerima", request=NothingInput, responses={200: FilledSerializer})
    @action(detail=True, methods=["post"], url_path="isi", filterset_class=None, pagination_class=None)
    def fill(self, request: Request, pk: str) -> Response:
        """Yang tidak memenuhi syarat tetap calon dan disebut dengan sebabnya."""
        return Response(FilledSerializer(self._act(service.decree_fill, NothingInput)).data)

    @extend_schema(summary="Keluarkan satu nama dari draf", request=NameInput, responses={200: DecreeSerializer})
    @action(detail=True, methods=["post"], url_path="keluarkan", filterset_class=None, pagination_class=None)
    def remove(self, request: Request, pk: str) -> Response:
        self._act(service.decree_remove_candidate, NameInput)
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(summary="Ajukan penetapan", request=NothingInput, responses={200: DecreeSerializer})
    @action(detail=True, methods=["post"], url_path="ajukan", filterset_class=None, pagination_class=None)
    def propose(self, request: Request, pk: str) -> Response:
        return Response(self.get_serializer(self._act(service.decree_propose, NothingInput)).data)

    @extend_schema(summary="Kembalikan dengan catatan", request=SendBackInput, responses={200: DecreeSerializer})
    @action(detail=True, methods=["post"], url_path="kembalikan", filterset_class=None, pagination_class=None)
    def send_back(self, request: Request, pk: str) -> Response:
        return Response(self.get_serializer(self._act(service.decree_send_back, SendBackInput)).data)

    @extend_schema(summary="Tetapkan", request=DecideInput, responses={200: DecreeSerializer})
    @action(detail=True, methods=["post"], url_path="tetapkan", filterset_class=None, pagination_class=None)
    def decide(self, request: Request, pk: str) -> Response:
        """Oleh tingkat yang mendanai, bukan oleh pengusulnya; semua namanya aktif sejak tanggal SK."""
        return Response(self.get_serializer(self._act(service.decree_decide, DecideInput)).data)

    def _act(self, serve: Callable[..., Any], form: type[EntrySerializer]) -> Any:
        decree, entry = self.get_object(), read(form, self.request)
        with entry.refusing():
            return serve(actor=self.request.user, decree=decree, today=timezone.localdate(), **entry.validated_data)
