"""Acts on whole lists over REST: the same services, and the same sentences when they refuse."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api import batch_forms as forms
from assistance.api.entry import EntrySerializer, read
from assistance.models import Batch
from assistance.reading import people_names
from assistance.services import approvals as service
from assistance.services.ceilings import Noted, Revision
from assistance.services.coverage import unverified_lines
from assistance.services.mass import lines_hand_over, lines_pay

SHOWN = 1000
PLAIN: dict[str, Any] = {"detail": True, "methods": ["post"], "filterset_class": None, "pagination_class": None}


class BatchActs:
    """Actions for the viewset of lists."""

    request: Any
    get_object: Callable[[], Batch]
    get_serializer: Callable[..., Any]

    @extend_schema(summary="Susun daftar untuk disetujui", request=forms.DraftInput)
    @action(detail=False, methods=["post"], url_path="susun", filterset_class=None, pagination_class=None)
    def draft(self, request: Request) -> Response:
        """Daftar yang diajukan, disetujui, dibekukan, lalu disalurkan. Yang sudah terjadi dicatat lewat POST daftar."""
        entry = read(forms.DraftInput, request)
        with entry.refusing():
            batch = service.batch_draft(
                actor=request.user,  # type: ignore[arg-type]
                entry=service.DraftEntry(**entry.validated_data),
                today=timezone.localdate(),
            )
        return Response(self.get_serializer(batch).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        summary="Isi dari penerima aktif", request=forms.NothingInput, responses={200: forms.FillingSerializer}
    )
    @action(**PLAIN, url_path="isi")
    def fill(self, request: Request, pk: str) -> Response:
        """Yang tidak mendapat baris disebut dengan sebabnya."""
        return Response(forms.FillingSerializer(self._act(service.batch_fill, forms.NothingInput)).data)

    @extend_schema(summary="Ajukan persetujuan", request=forms.NothingInput)
    @action(**PLAIN, url_path="ajukan")
    def propose(self, request: Request, pk: str) -> Response:
        return self._listed(service.batch_propose, forms.NothingInput)

    @extend_schema(summary="Kembalikan dengan catatan", request=forms.SendBackBatchInput)
    @action(**PLAIN, url_path="kembalikan")
    def send_back(self, request: Request, pk: str) -> Response:
        return self._listed(service.batch_send_back, forms.SendBackBatchInput)

    @extend_schema(summary="Setujui", request=forms.NothingInput)
    @action(**PLAIN, url_path="setujui")
    def approve(self, request: Request, pk: str) -> Response:
        """Oleh tingkat yang mendanai, bukan oleh pengusulnya."""
        return self._listed(service.batch_approve, forms.NothingInput)

    @extend_schema(summary="Penerima tanpa verval di daftar ini", responses={200: forms.CoverageSerializer})
    @action(detail=True, methods=["get"], url_path="cakupan", filterset_class=None, pagination_class=None)
    def coverage(self, request: Request, pk: str) -> Response:
        lines = unverified_lines(self.get_object(), on=timezone.localdate())
        first = list(lines.values_list("beneficiary_id", flat=True)[:SHOWN])
        names = people_names(request.user, first)
        shown = {
            "bulan": settings.VERVAL_VALID_MONTHS,
            "belum_diverval": lines.count(),
            "nama_pertama": [{"penerima": pk, "nama": names.get(pk, "")} for pk in first],
        }
        return Response(forms.CoverageSerializer(shown).data)

    @extend_schema(summary="Terima yang belum diverval, dengan alasan", request=forms.AcceptInput)
    @action(**PLAIN, url_path="terima-tanpa-verval")
    def accept_unverified(self, request: Request, pk: str) -> Response:
        return self._listed(service.batch_accept_unverified, forms.AcceptInput)

    @extend_schema(summary="Final closing", request=forms.NothingInput)
    @action(**PLAIN, url_path="tutup")
    def close(self, request: Request, pk: str) -> Response:
        return self._listed(service.batch_close, forms.NothingInput)

    @extend_schema(
        summary="Salurkan semua baris pada satu tanggal", request=forms.PayAllInput,
        responses={200: forms.MovedSerializer},
    )  # fmt: skip
    @action(**PLAIN, url_path="salurkan")
    def pay(self, request: Request, pk: str) -> Response:
        return Response(forms.MovedSerializer(self._act(lines_pay, forms.PayAllInput)).data)

    @extend_schema(
        summary="Catat semua diserahkan dengan satu BAST", request=forms.HandOverInput,
        responses={200: forms.MovedSerializer},
    )  # fmt: skip
    @action(**PLAIN, url_path="serahkan")
    def hand_over(self, request: Request, pk: str) -> Response:
        return Response(forms.MovedSerializer(self._act(lines_hand_over, forms.HandOverInput)).data)

    @extend_schema(summary="Nyatakan selesai", request=forms.NothingInput)
    @action(**PLAIN, url_path="selesai")
    def settle(self, request: Request, pk: str) -> Response:
        return self._listed(service.batch_settle, forms.NothingInput)

    @extend_schema(summary="Revisi pagu", request=forms.RevisionInput, responses={201: forms.RevisionSerializer})
    @action(**PLAIN, url_path="pagu")
    def revise(self, request: Request, pk: str) -> Response:
        def serve(*, actor: Any, batch: Batch, today: Any, **given: Any) -> Any:
            return service.ceiling_revise(actor=actor, batch=batch, revision=Revision(**given), today=today)

        row = self._act(serve, forms.RevisionInput)
        return Response(forms.RevisionSerializer(row).data, status=status.HTTP_201_CREATED)

    @extend_schema(summary="Catat status sistem lain", request=forms.NoteInput, responses={201: forms.NoteSerializer})
    @action(**PLAIN, url_path="catatan")
    def note(self, request: Request, pk: str) -> Response:
        """SPM, SP2D, SI, burekol, OMSPAN, BAST: tidak mengubah keadaan apa pun."""

        def serve(*, actor: Any, batch: Batch, today: Any, **given: Any) -> Any:
            return service.batch_note(actor=actor, batch=batch, noted=Noted(**given), today=today)

        row = self._act(serve, forms.NoteInput)
        return Response(forms.NoteSerializer(row).data, status=status.HTTP_201_CREATED)

    def _act(self, serve: Callable[..., Any], form: type[EntrySerializer]) -> Any:
        batch, entry = self.get_object(), read(form, self.request)
        with entry.refusing():
            return serve(actor=self.request.user, batch=batch, today=timezone.localdate(), **entry.validated_data)

    def _listed(self, serve: Callable[..., Any], form: type[EntrySerializer]) -> Response:
        return Response(self.get_serializer(self._act(serve, form)).data)
