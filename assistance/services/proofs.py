"""Handing in proof: of a list, of a line that was paid, of a verval, of a usulan; and the rules that ask for it."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from assistance.models import (
    Batch,
    BatchProof,
    Disbursement,
    Document,
    LineProof,
    ProofRule,
    Proposal,
    ProposalMinutes,
    Verification,
    VerificationProof,
)
from assistance.reading import people_names
from assistance.reading_proof import Asked, asked_of, first_lacking
from assistance.services import refusals_batch as refusals
from assistance.services.entry import require_entry
from assistance.services.fieldwork import require_coordinates, require_field_right
from assistance.services.refusals import who
from pilar.core.attachments import Kind, attachment_store
from pilar.core.models import AttachmentLink, User

NAMED = 5


@transaction.atomic
def batch_proof_add(
    *,
    actor: User,
    batch: Batch,
    document: str,
    upload: "UploadedFile[Any]",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> BatchProof:
    """Also of a settled list: proof may come late. Raises Refusal (right), ValidationError (document, file, place)."""
    require_entry(actor, batch.region_id, batch.programme)
    link = BatchProof(batch=batch, document=_known(document))
    _store(actor, link, batch.region_id, upload, _kind_of(document), (latitude, longitude))
    return link


@transaction.atomic
def line_proof_add(
    *,
    actor: User,
    line: Disbursement,
    document: str,
    upload: "UploadedFile[Any]",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> LineProof:
    """Raises Refusal (right, nothing was paid yet), ValidationError (document, file, place)."""
    require_entry(actor, line.region_id, line.programme)
    if line.state == Disbursement.State.DECIDED:
        raise refusals.nothing_to_prove(who(line))
    link = LineProof(line=line, year=line.year, document=_known(document))
    _store(actor, link, line.region_id, upload, _kind_of(document), (latitude, longitude))
    return link


@transaction.atomic
def verification_proof_add(
    *,
    actor: User,
    verification: Verification,
    upload: "UploadedFile[Any]",
    kind: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> VerificationProof:
    """By whoever may write down what was found there. The verval itself stays as it is.

    Args:
        kind: "foto" where only a photo was asked for.
    """
    require_field_right(actor, verification.region_id, verification.programme)
    link = VerificationProof(verification=verification)
    _store(actor, link, verification.region_id, upload, kind, (latitude, longitude))
    return link


@transaction.atomic
def proposal_minutes_add(*, actor: User, proposal: Proposal, upload: "UploadedFile[Any]") -> ProposalMinutes:
    require_entry(actor, proposal.region_id, proposal.programme)
    link = ProposalMinutes(proposal=proposal)
    _store(actor, link, proposal.region_id, upload, "", (None, None))
    return link


def require_proofs(actor: User, batch: Batch, *, today: date) -> None:
    """What the programme asks as proof is there. Raises Refusal that names the first lines without it."""
    gaps = [asked for asked in asked_of(batch, today) if not asked.met]
    if gaps:
        raise refusals.proof_missing({gap: _names(actor, batch, gap) for gap in gaps})


def _names(actor: User, batch: Batch, gap: Asked) -> list[str]:
    if gap.rule.of != ProofRule.Of.LINE:
        return []
    people = first_lacking(batch, gap.rule, NAMED)
    names = people_names(actor, people)
    return [names.get(person, "penerima yang tercatat di wilayah lain") for person in people]


def _known(document: str) -> str:
    if document not in Document.values:
        raise ValidationError({"document": f"Pilih jenis bukti: {', '.join(Document.values)}."})
    return document


def _kind_of(document: str) -> str:
    """A photo of the handing over is a photo; any other document may be a scan or a picture of the paper."""
    return Kind.PHOTO if document == Document.PHOTO else ""


def _store(
    actor: User,
    link: AttachmentLink,
    region: int,
    upload: "UploadedFile[Any]",
    kind: str,
    place: tuple[Decimal | None, Decimal | None],
) -> None:
    latitude, longitude = place
    require_coordinates(latitude, longitude)
    attachment_store(
        actor=actor, upload=upload, link=link, region=region, kind=kind, latitude=latitude, longitude=longitude
    )
