"""Langkah bersama for REST clients: the same services as the pages."""

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from personnel.models import Personnel
from pilar.core.api.entry import EntrySerializer, act_on, read
from pilar.core.api.fields import RegionCodeField, RegionField
from pilar.core.api.views import GatedViewSet
from pilar.core.models import BudgetYear
from targets.models import Indicator, Party, WorkAgreement, WorkMove, WorkPlan, WorkStep
from targets.services.workplan import Assent, PlanText, plan_agree, plan_create, plan_renew, plan_write
from targets.services.worksteps import StepEntry, step_add, step_change, step_move, step_remove
from targets.workplan_filters import WorkPlanFilter, WorkStepFilter
from targets.workplan_states import WORDS


class AgreementSerializer(serializers.ModelSerializer[WorkAgreement]):
    pihak = serializers.ChoiceField(source="party", choices=Party.choices)
    wilayah_kantor = RegionCodeField(source="region_id")
    nama = serializers.CharField(source="name")
    pada = serializers.DateField(source="agreed_on")
    dicatat_pada = serializers.DateTimeField(source="recorded_at")

    class Meta:
        model = WorkAgreement
        fields = ("pihak", "wilayah_kantor", "nama", "pada", "dicatat_pada")


class PlanSerializer(serializers.ModelSerializer[WorkPlan]):
    tahun = serializers.IntegerField(source="year_id")
    wilayah = RegionCodeField(source="region_id")
    versi = serializers.IntegerField(source="version")
    strategi = serializers.CharField(source="strategy")
    mekanisme = serializers.CharField(source="mechanism")
    keadaan = serializers.ChoiceField(source="state", choices=WorkPlan.State.choices)
    arti_keadaan = serializers.SerializerMethodField()
    alasan = serializers.CharField(source="reason")
    disusun_pada = serializers.DateField(source="made_on")
    disepakati_pada = serializers.DateField(source="agreed_on", allow_null=True)
    kesepakatan = AgreementSerializer(source="agreements", many=True)

    class Meta:
        model = WorkPlan
        fields = (
            "id", "tahun", "wilayah", "versi", "strategi", "mekanisme", "keadaan", "arti_keadaan", "alasan",
            "disusun_pada", "disepakati_pada", "kesepakatan",
        )  # fmt: skip

    def get_arti_keadaan(self, plan: WorkPlan) -> str:
        return WORDS[plan.state].meaning


class MoveSerializer(serializers.ModelSerializer[WorkMove]):
    dari = serializers.CharField(source="was")
    menjadi = serializers.CharField(source="became")
    pada = serializers.DateField(source="on")
    oleh = serializers.CharField(source="actor_name")
    sebab = serializers.CharField(source="reason")

    class Meta:
        model = WorkMove
        fields = ("dari", "menjadi", "pada", "oleh", "sebab")


class WorkStepSerializer(serializers.ModelSerializer[WorkStep]):
    langkah_bersama = serializers.IntegerField(source="plan_id")
    asal = serializers.IntegerField(source="key", help_text="nomor langkah ini di versi pertamanya")
    langkah = serializers.CharField(source="text")
    penanggung_jawab = serializers.ChoiceField(source="owner", choices=WorkStep.Owner.choices)
    kantor = serializers.CharField(source="office")
    wilayah_penanggung_jawab = RegionCodeField(source="owner_region_id")
    tenggat = serializers.DateField(source="deadline")
    indikator = serializers.CharField(source="indicator.code", allow_null=True, default=None)
    keadaan = serializers.ChoiceField(source="state", choices=WorkStep.State.choices)
    arti_keadaan = serializers.SerializerMethodField()
    sebab_batal = serializers.CharField(source="reason")
    riwayat = MoveSerializer(source="moves", many=True)

    class Meta:
        model = WorkStep
        fields = (
            "id", "langkah_bersama", "asal", "langkah", "penanggung_jawab", "kantor", "wilayah_penanggung_jawab",
            "tenggat", "indikator", "keadaan", "arti_keadaan", "sebab_batal", "riwayat",
        )  # fmt: skip

    def get_arti_keadaan(self, step: WorkStep) -> str:
        return WORDS[step.state].meaning


class TextInput(EntrySerializer):
    strategi = serializers.CharField(source="strategy", max_length=4000)
    mekanisme = serializers.CharField(source="mechanism", max_length=4000)


class PlanInput(TextInput):
    tahun = serializers.PrimaryKeyRelatedField(source="year", queryset=BudgetYear.objects.all())
    wilayah = RegionField(source="region", help_text="provinsi atau kabupaten/kota")


class RenewInput(EntrySerializer):
    alasan = serializers.CharField(source="reason", max_length=300)


class AgreeInput(EntrySerializer):
    pihak = serializers.ChoiceField(source="party", choices=Party.choices)
    pada = serializers.DateField(source="on")
    nama = serializers.CharField(
        source="name", max_length=120, required=False, allow_blank=True, default="", help_text="bagi wakil kantor"
    )
    orang = serializers.PrimaryKeyRelatedField(
        source="person",
        queryset=Personnel.objects.all(),
        required=False,
        allow_null=True,
        default=None,
        help_text="nomor personel, bagi wakil pendamping",
    )


class StepInput(EntrySerializer):
    langkah = serializers.CharField(source="text", max_length=300)
    penanggung_jawab = serializers.ChoiceField(source="owner", choices=WorkStep.Owner.choices)
    kantor = serializers.CharField(source="office", max_length=120, required=False, allow_blank=True, default="")
    kabupaten = RegionField(
        source="regency", required=False, default=None, help_text="dalam langkah bersama provinsi: kabupaten/kotanya"
    )
    tenggat = serializers.DateField(source="deadline")
    indikator = serializers.SlugRelatedField(
        source="indicator", slug_field="code", queryset=Indicator.objects.all(), required=False, default=None
    )


class MoveInput(EntrySerializer):
    keadaan = serializers.ChoiceField(source="then", choices=WorkStep.State.choices)
    pada = serializers.DateField(source="on")
    sebab = serializers.CharField(
        source="reason", max_length=300, required=False, allow_blank=True, default="", help_text="wajib bila batal"
    )


class NoInput(EntrySerializer):
    """Nothing is asked."""


@extend_schema_view(list=extend_schema(summary="Langkah bersama"), retrieve=extend_schema(summary="Satu versi"))
class WorkPlanViewSet(GatedViewSet):
    """All versions; `berlaku=true` keeps those in force."""

    queryset = WorkPlan.objects.select_related("region").prefetch_related("agreements")
    serializer_class = PlanSerializer
    filterset_class = WorkPlanFilter
    ordering = ("-id",)

    @extend_schema(summary="Susun langkah bersama", request=PlanInput, responses={201: PlanSerializer})
    def create(self, request: Request) -> Response:
        entry = read(PlanInput, request)
        data = entry.validated_data
        with entry.refusing():
            made = plan_create(
                actor=request.user,  # type: ignore[arg-type]
                year=data["year"].pk,
                region=data["region"],
                text=PlanText(data["strategy"], data["mechanism"]),
                today=timezone.localdate(),
            )
        return self._shown(made, status.HTTP_201_CREATED)

    @act_on("Ubah strategi dan mekanisme", TextInput, "ubah", PlanSerializer)
    def write(self, request: Request, pk: str | None = None) -> Response:
        plan, entry = self.get_object(), read(TextInput, request)
        with entry.refusing():
            plan_write(actor=request.user, plan=plan, text=PlanText(**entry.validated_data))  # type: ignore[arg-type]
        return self._shown(plan)

    @act_on("Buat versi baru", RenewInput, "versi-baru", PlanSerializer)
    def renew(self, request: Request, pk: str | None = None) -> Response:
        plan, entry = self.get_object(), read(RenewInput, request)
        with entry.refusing():
            made = plan_renew(
                actor=request.user,  # type: ignore[arg-type]
                plan=plan,
                reason=entry.validated_data["reason"],
                today=timezone.localdate(),
            )
        return self._shown(made)

    @act_on("Catat kesepakatan satu pihak", AgreeInput, "sepakat", PlanSerializer)
    def agree(self, request: Request, pk: str | None = None) -> Response:
        plan, entry = self.get_object(), read(AgreeInput, request)
        with entry.refusing():
            plan_agree(
                actor=request.user,  # type: ignore[arg-type]
                plan=plan,
                assent=Assent(**entry.validated_data),
                today=timezone.localdate(),
            )
        return self._shown(plan)

    @act_on("Tambah langkah", StepInput, "langkah", WorkStepSerializer)
    def step(self, request: Request, pk: str | None = None) -> Response:
        plan, entry = self.get_object(), read(StepInput, request)
        with entry.refusing():
            made = step_add(actor=request.user, plan=plan, entry=StepEntry(**entry.validated_data))  # type: ignore[arg-type]
        return Response(WorkStepSerializer(made).data)

    def _shown(self, plan: WorkPlan, code: int = status.HTTP_200_OK) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=plan.pk)).data, status=code)


@extend_schema_view(list=extend_schema(summary="Langkah"), retrieve=extend_schema(summary="Satu langkah"))
class WorkStepViewSet(GatedViewSet):
    """Steps of all versions; `lewat_tenggat=true` keeps those overdue in plans in force."""

    queryset = WorkStep.objects.select_related("plan__region", "owner_region", "indicator").prefetch_related("moves")
    serializer_class = WorkStepSerializer
    filterset_class = WorkStepFilter
    ordering = ("deadline", "id")

    @act_on("Ubah langkah", StepInput, "ubah", WorkStepSerializer)
    def change(self, request: Request, pk: str | None = None) -> Response:
        step, entry = self.get_object(), read(StepInput, request)
        with entry.refusing():
            step_change(actor=request.user, step=step, entry=StepEntry(**entry.validated_data))  # type: ignore[arg-type]
        return self._shown(step)

    @extend_schema(summary="Hapus langkah", request=NoInput, responses={204: None})
    @act_on("Hapus langkah", NoInput, "hapus", WorkStepSerializer)
    def remove(self, request: Request, pk: str | None = None) -> Response:
        step, entry = self.get_object(), read(NoInput, request)
        with entry.refusing():
            step_remove(actor=request.user, step=step)  # type: ignore[arg-type]
        return Response(status=status.HTTP_204_NO_CONTENT)

    @act_on("Catat kemajuan langkah", MoveInput, "keadaan", WorkStepSerializer)
    def move(self, request: Request, pk: str | None = None) -> Response:
        step, entry = self.get_object(), read(MoveInput, request)
        with entry.refusing():
            step_move(
                actor=request.user,  # type: ignore[arg-type]
                step=step,
                today=timezone.localdate(),
                **entry.validated_data,
            )
        return self._shown(step)

    def _shown(self, step: WorkStep) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=step.pk)).data)
