from collections.abc import Callable, Sequence
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, PageContext, ProgrammeField, act_on, read
from assistance.checklist import THRESHOLDS, items_of
from assistance.filters.graduation_cases import CaseApiFilter
from assistance.models import Beneficiary, Graduation, GraduationCase
from assistance.reading import people_names
from assistance.reading_graduation import companions_of
from assistance.services import graduation_cases as service
from assistance.services.graduation_cases import CaseEntry, case_propose
from assistance.words import words_of
from personnel.models import Assignment
from pilar.core.api.fields import RegionCodeField
from pilar.core.api.views import GatedViewSet

Kind = Graduation.Kind


class CaseSerializer(serializers.ModelSerializer[GraduationCase]):
    penerima = serializers.IntegerField(source="beneficiary_id")
    nama_penerima = serializers.SerializerMethodField(help_text="null: kini tercatat di wilayah lain")
    program = serializers.CharField(source="programme.code")
    wilayah = RegionCodeField(source="region_id")
    jenis = serializers.ChoiceField(source="kind", choices=Kind.choices)
    prakarsa = serializers.ChoiceField(source="initiative", choices=GraduationCase.Initiative.choices)
    keadaan = serializers.ChoiceField(source="state", choices=GraduationCase.State.choices)
    arti_keadaan = serializers.SerializerMethodField()
    langkah_berikut = serializers.SerializerMethodField()
    pendamping = serializers.SerializerMethodField(
        help_text="nomor personel: yang dikreditkan, atau pendamping sekarang; null: tidak ada atau tidak terlihat"
    )
    diusulkan_pada = serializers.DateField(source="proposed_on")
    asesmen_pada = serializers.DateField(source="assessed_on", allow_null=True)
    penilai = serializers.IntegerField(source="assessor_id", allow_null=True, help_text="nomor penugasan")
    skor = serializers.IntegerField(source="score", allow_null=True, help_text="0 sampai 100, dihitung dari jawaban")
    asesmen = serializers.JSONField(source="answers", help_text="ambang dan butir dengan jawaban, nilai, dan bobotnya")
    diputuskan_pada = serializers.DateField(source="graduation.decided_on", default=None, allow_null=True)
    masa_transisi_sampai = serializers.DateField(source="transition_until", allow_null=True)
    keluar_pada = serializers.DateField(source="left_on", allow_null=True)
    graduasi = serializers.IntegerField(source="graduation_id", allow_null=True)
    dihitung = serializers.SerializerMethodField(help_text="diputuskan, jenisnya dihitung ke target, tidak dibatalkan")
    catatan = serializers.CharField(source="note")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = GraduationCase
        fields = (
            "id", "penerima", "nama_penerima", "program", "wilayah", "jenis", "prakarsa", "keadaan", "arti_keadaan",
            "langkah_berikut", "pendamping", "diusulkan_pada", "asesmen_pada", "penilai", "skor", "asesmen",
            "diputuskan_pada", "masa_transisi_sampai", "keluar_pada", "graduasi", "dihitung", "catatan", "contoh",
        )  # fmt: skip

    def get_nama_penerima(self, case: GraduationCase) -> str | None:
        name: str | None = self.context["names"].get(case.beneficiary_id)
        return name

    def get_arti_keadaan(self, case: GraduationCase) -> str:
        return words_of(case.state, GraduationCase.State).meaning

    def get_langkah_berikut(self, case: GraduationCase) -> str:
        return words_of(case.state, GraduationCase.State).next_step

    def get_pendamping(self, case: GraduationCase) -> int | None:
        number: int | None = self.context["companions"].get(case.pk)
        return number

    def get_dihitung(self, case: GraduationCase) -> bool:
        graduation = case.graduation
        return graduation is not None and graduation.counts and graduation.cancelled_on is None


class ProposeInput(EntrySerializer):
    penerima = serializers.PrimaryKeyRelatedField(source="beneficiary", queryset=Beneficiary.objects.all())
    program = ProgrammeField(source="programme")
    jenis = serializers.ChoiceField(source="kind", choices=Kind.choices)
    prakarsa = serializers.ChoiceField(source="initiative", choices=GraduationCase.Initiative.choices)
    tanggal = serializers.DateField(source="proposed_on")
    catatan = serializers.CharField(source="note", max_length=200, required=False, allow_blank=True, default="")


class AssessInput(EntrySerializer):
    tanggal = serializers.DateField(source="on")
    penilai = serializers.PrimaryKeyRelatedField(
        source="assessor", queryset=Assignment.objects.all(), help_text="nomor penugasan"
    )
    jawaban = serializers.DictField(
        source="answers", child=serializers.CharField(), help_text="kode butir: ya, sebagian, atau tidak"
    )


class DecideInput(EntrySerializer):
    tanggal = serializers.DateField(source="on")
    masa_transisi_sampai = serializers.DateField(source="transition_until")
    catatan = serializers.CharField(
        source="note", max_length=200, required=False, allow_blank=True, default="",
        help_text="wajib bila skor di bawah ambang",
    )  # fmt: skip


class ReasonInput(EntrySerializer):
    tanggal = serializers.DateField(source="on")
    sebab = serializers.CharField(source="reason", max_length=200)


class LeaveInput(EntrySerializer):
    tanggal = serializers.DateField(source="on")
    catatan = serializers.CharField(source="note", max_length=200, required=False, allow_blank=True, default="")


class ItemSerializer(serializers.Serializer[Any]):
    kode = serializers.CharField(source="code")
    pertanyaan = serializers.CharField(source="question")
    bobot = serializers.IntegerField(source="weight")
    pilihan = serializers.ListField(source="answers", child=serializers.CharField())
    syarat = serializers.BooleanField(source="condition")
    sumber = serializers.CharField(source="source")


class ChecklistSerializer(serializers.Serializer[Any]):
    jenis = serializers.CharField()
    ambang = serializers.IntegerField()
    butir = ItemSerializer(many=True)


@extend_schema_view(
    list=extend_schema(summary="Proses graduasi"), retrieve=extend_schema(summary="Satu proses graduasi")
)
class GraduationCaseViewSet(PageContext, GatedViewSet):
    queryset = GraduationCase.objects.select_related("programme", "graduation")
    serializer_class = CaseSerializer
    filterset_class = CaseApiFilter

    def looked_up(self, rows: Sequence[GraduationCase]) -> dict[str, Any]:
        user = self.request.user
        return {
            "names": people_names(user, [row.beneficiary_id for row in rows]),
            "companions": companions_of(user, rows, timezone.localdate()),
        }

    @extend_schema(summary="Usulkan graduasi", request=ProposeInput, responses={201: CaseSerializer})
    def create(self, request: Request) -> Response:
        entry = read(ProposeInput, request)
        with entry.refusing():
            case = case_propose(
                actor=request.user,  # type: ignore[arg-type]
                entry=CaseEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(case).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Daftar periksa asesmen tiap jenis", responses={200: ChecklistSerializer(many=True)})
    @action(detail=False, url_path="daftar-periksa", filterset_class=None, pagination_class=None)
    def checklist(self, request: Request) -> Response:
        kinds = [{"jenis": kind.value, "ambang": THRESHOLDS[kind], "butir": items_of(kind)} for kind in Kind]
        return Response(ChecklistSerializer(kinds, many=True).data)

    @act_on("Catat asesmen", AssessInput, "asesmen", CaseSerializer)
    def assess(self, request: Request, pk: str) -> Response:
        return self._act(request, AssessInput, service.case_assess)

    @act_on("Putuskan lulus", DecideInput, "putuskan", CaseSerializer)
    def decide(self, request: Request, pk: str) -> Response:
        return self._act(request, DecideInput, service.case_decide)

    @act_on("Tolak", ReasonInput, "tolak", CaseSerializer)
    def reject(self, request: Request, pk: str) -> Response:
        return self._act(request, ReasonInput, service.case_reject)

    @act_on("Batalkan dalam masa transisi", ReasonInput, "batal", CaseSerializer)
    def cancel(self, request: Request, pk: str) -> Response:
        return self._act(request, ReasonInput, service.case_cancel)

    @act_on("Catat keluar", LeaveInput, "keluar", CaseSerializer)
    def leave(self, request: Request, pk: str) -> Response:
        return self._act(request, LeaveInput, service.case_leave)

    def _act(self, request: Request, shape: type[EntrySerializer], serve: Callable[..., GraduationCase]) -> Response:
        case, entry = self.get_object(), read(shape, request)
        with entry.refusing():
            case = serve(actor=request.user, case=case, today=timezone.localdate(), **entry.validated_data)
        return Response(self.get_serializer(case).data)
