"""Proof over REST: listed and handed in at the address of what is proved."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assistance.api.entry import EntrySerializer, read
from assistance.models import BatchProof, Document, LineProof, ProposalMinutes, VerificationProof
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
