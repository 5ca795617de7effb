"""Proof over REST: listed and handed in at the address of what is proved."""

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, read
from assistance.models import BatchProof, Document, LineProof, ProofRule, ProposalMinutes, VerificationProof
from assistance.reading_proof import asked_of
from assistance.services.proofs import (
    batch_proof_add,
    line_proof_add,
    proposal_minutes_add,
    verification_proof_add,
)
from pilar.core.api.attachments import (
    AttachmentSerializer,
    PlacedUploadInput,
    UploadInput,
    attachment_stored,
    attachments_act,
    attachments_listed,
)

DOCUMENT: dict[str, Any] = {"choices": Document.choices, "help_text": "jenis bukti"}


class ProofSerializer(AttachmentSerializer):
    dokumen = serializers.ChoiceField(source="link.document", **DOCUMENT)

    class Meta(AttachmentSerializer.Meta):
        fields = ("dokumen", *AttachmentSerializer.Meta.fields)


class ProofAskedSerializer(serializers.Serializer[Any]):
    """One document that the programme asks for today, and how much of it is missing in this list."""

    untuk = serializers.ChoiceField(source="rule.of", choices=ProofRule.Of.choices)
    dokumen = serializers.ChoiceField(source="rule.document", **DOCUMENT)
    titik_lokasi = serializers.BooleanField(source="rule.placed", help_text="tempat pengambilan wajib diisi")
    lengkap = serializers.BooleanField(source="met")
    baris_kurang = serializers.IntegerField(source="lines", help_text="baris yang diterima tanpa dokumen itu")
    sumber = serializers.CharField(source="rule.source")


class ProofInput(PlacedUploadInput):
    dokumen = serializers.ChoiceField(source="document", **DOCUMENT)


class Proving:
    """`serve` takes the actor, the row under its own name, and the entry."""

    request: Any
    get_object: Any

    def _handed_in(self, request: Request, entry_class: type[EntrySerializer], serve: Any, **row: Any) -> Any:
        entry = read(entry_class, request)
        with entry.refusing():
            return serve(actor=request.user, **row, **entry.validated_data)


class BatchProofs(Proving):
    @attachments_act(ProofInput, "bukti", ProofSerializer, summary="Bukti seluruh daftar")
    def proofs(self: Any, request: Request, pk: str) -> Response:
        """BAST, SPTJM, daftar nama: berlaku untuk seluruh daftar."""
        batch = self.get_object()
        if request.method == "GET":
            return attachments_listed(self, BatchProof.objects.filter(batch=batch), ProofSerializer)
        link = self._handed_in(request, ProofInput, batch_proof_add, batch=batch)
        return attachment_stored(self, link, ProofSerializer)

    @extend_schema(summary="Bukti yang diwajibkan untuk daftar ini", responses={200: ProofAskedSerializer(many=True)})
    @action(detail=True, methods=["get"], url_path="syarat-bukti", filterset_class=None, pagination_class=None)
    def asked(self: Any, request: Request, pk: str) -> Response:
        """Daftar tidak dapat dinyatakan selesai sebelum semuanya lengkap."""
        batch = self.get_object()
        return Response(ProofAskedSerializer(asked_of(batch, timezone.localdate()), many=True).data)


class LineProofs(Proving):
    @attachments_act(ProofInput, "bukti", ProofSerializer, summary="Bukti satu baris")
    def proofs(self: Any, request: Request, kunci: str) -> Response:
        """Foto penyerahan, kwitansi: sesudah barisnya disalurkan."""
        line = self.get_object()
        if request.method == "GET":
            return attachments_listed(self, LineProof.objects.filter(line=line, year=line.year), ProofSerializer)
        link = self._handed_in(request, ProofInput, line_proof_add, line=line)
        return attachment_stored(self, link, ProofSerializer)


class VerificationProofs(Proving):
    @attachments_act(PlacedUploadInput, "bukti", summary="Foto dan dokumen verval")
    def proofs(self: Any, request: Request, pk: str) -> Response:
        """Oleh yang boleh mencatat verval di wilayah itu; hasil vervalnya tidak berubah."""
        act = self.get_object()
        if request.method == "GET":
            return attachments_listed(self, VerificationProof.objects.filter(verification=act))
        link = self._handed_in(request, PlacedUploadInput, verification_proof_add, verification=act)
        return attachment_stored(self, link)


class MinutesFiles(Proving):
    @attachments_act(UploadInput, "berita-acara", summary="Berita acara musdes atau muskel")
    def minutes(self: Any, request: Request, pk: str) -> Response:
        row = self.get_object()
        if request.method == "GET":
            return attachments_listed(self, ProposalMinutes.objects.filter(proposal=row))
        return attachment_stored(self, self._handed_in(request, UploadInput, proposal_minutes_add, proposal=row))
