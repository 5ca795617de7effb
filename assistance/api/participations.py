from collections.abc import Callable
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, PageContext, read
from assistance.filters.participation import ParticipationApiFilter
from assistance.models import Participation
from assistance.services import participation as service
from assistance.services.decrees import candidate_send_back
from assistance.services.entry import may_see_sensitive
from assistance.words import REASON_CHOICES, words_of
from pilar.core.api.fields import RegionCodeField
from pilar.core.api.views import GatedViewSet


class ParticipationSerializer(serializers.ModelSerializer[Participation]):
    penerima = serializers.IntegerField(source="beneficiary_id")
    nama_penerima = serializers.SerializerMethodField(help_text="null: kini tercatat di wilayah lain")
    program = serializers.CharField(source="programme.code")
    kelompok = serializers.SerializerMethodField(help_text="PAS menurut SK; null: disembunyikan dari pembaca ini")
    wilayah = RegionCodeField(source="region_id")
    keadaan = serializers.ChoiceField(source="state", choices=Participation.State.choices)
    arti_keadaan = serializers.SerializerMethodField()
    langkah_berikut = serializers.SerializerMethodField()
    usulan = serializers.IntegerField(source="proposal_id", allow_null=True)
    sk = serializers.IntegerField(source="decree_id", allow_null=True, help_text="nomor SK penetapan di PILAR")
    aktif_sejak = serializers.DateField(source="active_from", allow_null=True)
    berakhir_pada = serializers.DateField(source="ended_on", allow_null=True)
    alasan = serializers.ChoiceField(source="reason", choices=REASON_CHOICES)
    catatan = serializers.CharField(source="note")
    kembali_menerima = serializers.BooleanField(source="returning")
    contoh = serializers.BooleanField(source="is_example")

    class Meta:
        model = Participation
        fields = (
            "id", "penerima", "nama_penerima", "program", "kelompok", "wilayah", "keadaan", "arti_keadaan",
            "langkah_berikut", "usulan", "sk", "aktif_sejak", "berakhir_pada", "alasan", "catatan",
            "kembali_menerima", "contoh",
        )  # fmt: skip

    def get_nama_penerima(self, row: Participation) -> str | None:
        name: str | None = self.context["names"].get(row.beneficiary_id)
        return name

    def get_kelompok(self, row: Participation) -> str | None:
        hidden = row.group.sensitive and not may_see_sensitive(self.context["request"].user)
        return None if hidden else row.group.code

    def get_arti_keadaan(self, row: Participation) -> str:
        return words_of(row.state, Participation.State).meaning

    def get_langkah_berikut(self, row: Participation) -> str:
        return words_of(row.state, Participation.State).next_step


class SuspendInput(EntrySerializer):
    tanggal = serializers.DateField(source="on")
    alasan = serializers.ChoiceField(source="reason", choices=service.SUSPEND_REASONS)
    catatan = serializers.CharField(source="note", max_length=200, required=False, allow_blank=True, default="")


class ResumeInput(EntrySerializer):
    tanggal = serializers.DateField(source="on")
    catatan = serializers.CharField(source="note", max_length=200, help_text="mengapa boleh dilanjutkan")


class EndInput(SuspendInput):
    alasan = serializers.ChoiceField(source="reason", choices=service.END_REASONS)


class ReverifyInput(EntrySerializer):
    catatan = serializers.CharField(source="note", max_length=200, help_text="apa yang harus diperiksa lagi")


@extend_schema_view(list=extend_schema(summary="Kepesertaan"), retrieve=extend_schema(summary="Satu kepesertaan"))
class ParticipationViewSet(PageContext, GatedViewSet):
    """Candidates come from a verval, and become active by an SK only."""

    queryset = Participation.objects.select_related("programme", "region", "group")
    serializer_class = ParticipationSerializer
    filterset_class = ParticipationApiFilter

    @extend_schema(summary="Tangguhkan", request=SuspendInput, responses={200: ParticipationSerializer})
    @action(detail=True, methods=["post"], url_path="tangguhkan", filterset_class=None, pagination_class=None)
    def suspend(self, request: Request, pk: str) -> Response:
        return self._act(service.participation_suspend, SuspendInput)

    @extend_schema(summary="Lanjutkan", request=ResumeInput, responses={200: ParticipationSerializer})
    @action(detail=True, methods=["post"], url_path="lanjutkan", filterset_class=None, pagination_class=None)
    def resume(self, request: Request, pk: str) -> Response:
        return self._act(service.participation_resume, ResumeInput)

    @extend_schema(summary="Akhiri", request=EndInput, responses={200: ParticipationSerializer})
    @action(detail=True, methods=["post"], url_path="akhiri", filterset_class=None, pagination_class=None)
    def end(self, request: Request, pk: str) -> Response:
        return self._act(service.participation_end, EndInput)

    @extend_schema(
        summary="Kembalikan calon ke verval", request=ReverifyInput, responses={200: ParticipationSerializer}
    )
    @action(detail=True, methods=["post"], url_path="verval-ulang", filterset_class=None, pagination_class=None)
    def reverify(self, request: Request, pk: str) -> Response:
        return self._act(candidate_send_back, ReverifyInput)

    def _act(self, serve: Callable[..., Any], form: type[EntrySerializer]) -> Response:
        row, entry = self.get_object(), read(form, self.request)
        with entry.refusing():
            serve(actor=self.request.user, participation=row, today=timezone.localdate(), **entry.validated_data)
        return Response(self.get_serializer(self.get_object()).data)
