from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, PageContext, ProgrammeField, read
from assistance.api.verifications import DEGREES
from assistance.deadlines import clock_of
from assistance.filters.field import CLOCK_CHOICES, ObjectionApiFilter
from assistance.models import Beneficiary, Objection, Verification
from assistance.services.objections import ObjectionEntry, objection_answer, objection_file
from pilar.core.api.fields import RegionCodeField
from pilar.core.api.views import GatedViewSet

State = Objection.State


class ObjectionSerializer(serializers.ModelSerializer[Objection]):
    penerima = serializers.IntegerField(source="beneficiary_id")
    nama_penerima = serializers.SerializerMethodField(help_text="null: kini tercatat di wilayah lain")
    program = serializers.CharField(source="programme.code")
    wilayah = RegionCodeField(source="region_id")
    jenis = serializers.ChoiceField(source="kind", choices=Objection.Kind.choices)
    masuk_pada = serializers.DateField(source="filed_on")
    batas = serializers.DateField(source="due_on", help_text="14 hari sejak masuk")
    disampaikan_oleh = serializers.CharField(source="filed_by")
    isi = serializers.CharField(source="note")
    lintang = serializers.DecimalField(source="latitude", max_digits=9, decimal_places=6, allow_null=True)
    bujur = serializers.DecimalField(source="longitude", max_digits=9, decimal_places=6, allow_null=True)
    keadaan = serializers.SerializerMethodField(help_text=", ".join(value for value, _ in CLOCK_CHOICES))
    arti_keadaan = serializers.SerializerMethodField()
    langkah_berikut = serializers.SerializerMethodField()
    sisa_hari = serializers.SerializerMethodField(help_text="negatif: sudah lewat; sesudah dijawab: pada hari jawaban")
    waktu = serializers.SerializerMethodField(help_text="sisa hari dengan kata-kata")
    verval = serializers.IntegerField(source="verification_id", allow_null=True)
    jawaban = serializers.CharField(source="answer")
    dijawab_pada = serializers.DateField(source="answered_on", allow_null=True)
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Objection
        fields = (
            "id", "penerima", "nama_penerima", "program", "wilayah", "jenis", "masuk_pada", "batas",
            "disampaikan_oleh", "isi", "lintang", "bujur", "keadaan", "arti_keadaan", "langkah_berikut", "sisa_hari",
            "waktu", "verval", "jawaban", "dijawab_pada", "contoh",
        )  # fmt: skip

    def get_nama_penerima(self, row: Objection) -> str | None:
        name: str | None = self.context["names"].get(row.beneficiary_id)
        return name

    def get_keadaan(self, row: Objection) -> str:
        return clock_of(row, timezone.localdate()).state

    def get_arti_keadaan(self, row: Objection) -> str:
        return clock_of(row, timezone.localdate()).words.meaning

    def get_langkah_berikut(self, row: Objection) -> str:
        return clock_of(row, timezone.localdate()).words.next_step

    def get_sisa_hari(self, row: Objection) -> int:
        return clock_of(row, timezone.localdate()).days_left

    def get_waktu(self, row: Objection) -> str:
        return clock_of(row, timezone.localdate()).text


class ObjectionInput(EntrySerializer):
    penerima = serializers.PrimaryKeyRelatedField(
        source="beneficiary", queryset=Beneficiary.objects.select_related("region")
    )
    program = ProgrammeField(source="programme")
    jenis = serializers.ChoiceField(source="kind", choices=Objection.Kind.choices)
    masuk_pada = serializers.DateField(source="filed_on")
    disampaikan_oleh = serializers.CharField(source="filed_by", max_length=120)
    isi = serializers.CharField(source="note", max_length=300)
    lintang = serializers.DecimalField(source="latitude", **DEGREES)  # type: ignore[arg-type]
    bujur = serializers.DecimalField(source="longitude", **DEGREES)  # type: ignore[arg-type]


class AnswerInput(EntrySerializer):
    keadaan = serializers.ChoiceField(
        source="outcome", choices=[(s.value, s.label) for s in (State.UPHELD, State.REJECTED)]
    )
    jawaban = serializers.CharField(source="answer", max_length=300)
    verval = serializers.PrimaryKeyRelatedField(
        source="verification",
        queryset=Verification.objects.all(),
        required=False,
        allow_null=True,
        default=None,
        help_text="nomor verval yang dilakukan untuk sanggahan ini",
    )


@extend_schema_view(list=extend_schema(summary="Usul-sanggah"), retrieve=extend_schema(summary="Satu usul-sanggah"))
class ObjectionViewSet(PageContext, GatedViewSet):
    """`keadaan` is the one that is shown: a filed objection past its day is `lewat_waktu`."""

    queryset = Objection.objects.select_related("programme")
    serializer_class = ObjectionSerializer
    filterset_class = ObjectionApiFilter
    ordering = ("-id",)

    @extend_schema(summary="Catat usul-sanggah", request=ObjectionInput, responses={201: ObjectionSerializer})
    def create(self, request: Request) -> Response:
        entry = read(ObjectionInput, request)
        with entry.refusing():
            made = objection_file(
                actor=request.user,  # type: ignore[arg-type]
                entry=ObjectionEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        return self._shown(made, status.HTTP_201_CREATED)

    @extend_schema(summary="Jawab usul-sanggah", request=AnswerInput, responses=ObjectionSerializer)
    @action(detail=True, methods=["post"], url_path="jawab", url_name="answer")
    def answer(self, request: Request, pk: str | None = None) -> Response:
        objection = self.get_object()
        entry = read(AnswerInput, request)
        with entry.refusing():
            answered = objection_answer(
                actor=request.user,  # type: ignore[arg-type]
                objection=objection,
                today=timezone.localdate(),
                **entry.validated_data,
            )
        return self._shown(answered, status.HTTP_200_OK)

    def _shown(self, objection: Objection, code: int) -> Response:
        shown: Any = self.get_queryset().get(pk=objection.pk)
        return Response(self.get_serializer(shown).data, status=code)
