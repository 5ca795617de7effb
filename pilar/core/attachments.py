"""Storing, opening and withdrawing proof. What it proves is the caller's link (`AttachmentLink`, ADR 0014)."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from cryptography.fernet import InvalidToken
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.db.models.fields.files import FieldFile

from pilar.core import audit, crypto, media
from pilar.core.errors import Refusal, no_right
from pilar.core.formatting import waktu
from pilar.core.models import Attachment, AttachmentLink, User
from pilar.core.models.attachment import link_models
from pilar.core.personal import SHORTEST_REASON
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import narrow_choices, reach_of, require

Kind = Attachment.Kind


@transaction.atomic
def attachment_store(
    *,
    actor: User,
    upload: "UploadedFile[Any]",
    link: AttachmentLink,
    region: int,
    kind: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> Attachment:
    """Keeps a file as proof of `link`'s owner, saves the unsaved link, and returns the attachment.

    Args:
        upload: told by its content; photos are written anew without metadata, bytes are encrypted.
        link: an unsaved row of the owner's link table with the owner set.
        region: the owner's region; the actor holds one of `link.rights` there.
        kind: "foto" or "dokumen" where only that one fits; what `link.accepts` otherwise.
        latitude, longitude: where it was taken, as the form says; never read from the file.
    Raises Refusal without the right; ValidationError on `upload` for a file that cannot be kept or is kept already.
    """
    _require_write(actor, link, region)
    accepts = (kind,) if kind else link.accepts
    try:
        prepared = media.prepare(upload, photo=Kind.PHOTO in accepts, document=Kind.DOCUMENT in accepts)
        name = media.clean_name(upload.name or "")
        _require_new(link, name, prepared.digest)
    except ValidationError as error:
        raise ValidationError({"upload": error.error_list}) from error
    found = Attachment(
        region_id=region,
        kind=Kind.DOCUMENT if prepared.media_type == media.PDF else Kind.PHOTO,
        name=name,
        digest=prepared.digest,
        media_type=prepared.media_type,
        size=len(prepared.content),
        personal=link.personal,
        latitude=latitude,
        longitude=longitude,
        uploaded_by=actor,
    )
    _require_place(found)
    _keep(found.content, prepared.content)
    if prepared.thumbnail:
        _keep(found.thumbnail, prepared.thumbnail)
    found.save(force_insert=True)
    link.attachment = found
    link.save(force_insert=True)
    _record(actor, found, audit.Action.CREATE, f"disimpan untuk {link.owner_label()}, SHA-256 {found.digest[:12]}")
    return found


def may_write(actor: Any, link: AttachmentLink | None, region: int) -> bool:
    """Whether the actor may store or withdraw what this link joins."""
    return link is not None and link.may_be_written_by(actor, region)


def _require_write(actor: User, link: AttachmentLink | None, region: int) -> None:
    if not may_write(actor, link, region):
        acts = " atau ".join(RIGHT_NAMES[right] for right in (link.rights if link else (Right.ENTER,)))
        raise no_right(acts, "admin wilayah di atas Anda")


def _require_new(link: AttachmentLink, name: str, digest: str) -> None:
    """The same file once per owner. Two clicks at one moment wait for each other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"pilar.attachment.{digest}"])
    same = link.of_same_owner().filter(attachment__digest=digest, attachment__withdrawn_at__isnull=True)
    if earlier := same.select_related("attachment").first():
        raise ValidationError(
            f"Berkas “{name}” sudah tersimpan di sini sebagai “{earlier.attachment.name}” sejak "
            f"{waktu(earlier.attachment.uploaded_at)}. Pilih berkas lain; yang sama tidak disimpan dua kali.",
            code="ganda",
        )


def _require_place(found: Attachment) -> None:
    """Raises ValidationError on `latitude` for half a place or one outside Indonesia."""
    if (found.latitude is None) != (found.longitude is None):
        raise ValidationError({"latitude": "Isi lintang dan bujur bersama-sama, atau kosongkan keduanya."})
    try:
        found.clean_fields(exclude=[f.name for f in found._meta.fields if f.name not in ("latitude", "longitude")])
        place = next(c for c in found._meta.constraints if c.name == "attachment_in_indonesia")
        place.validate(Attachment, found)
    except ValidationError as error:
        raise ValidationError({"latitude": error.messages}) from error


def _keep(field: FieldFile, content: bytes) -> None:
    field.save("", ContentFile(crypto.encrypt_bytes(content)), save=False)


# --- opening ------------------------------------------------------------------


def may_open(reader: Any, attachment: Attachment) -> bool:
    """Whether the reader may see the picture or the document, not only that it exists."""
    reach = reach_of(reader)
    if attachment.withdrawn_at is not None and not reach.can(Right.AUDIT, attachment.region_id):
        return False
    return not attachment.personal or reach.can(Right.PERSONAL_DATA, attachment.region_id)


@transaction.atomic
def attachment_read(*, actor: User, attachment: Attachment) -> bytes:
    """The bytes kept, decrypted; of a person's file the reading is recorded. Raises Refusal."""
    _require_open(actor, attachment)
    content = _opened(attachment, attachment.content)
    if attachment.personal:
        _record(actor, attachment, audit.Action.READ_PERSONAL, "dibuka")
    return content


def thumbnail_read(*, actor: User, attachment: Attachment) -> bytes:
    """The small picture of a photo, under the same right as the photo itself; lists of them are not recorded."""
    _require_open(actor, attachment)
    return _opened(attachment, attachment.thumbnail)


def _require_open(actor: User, attachment: Attachment) -> None:
    if attachment.withdrawn_at is not None and not reach_of(actor).can(Right.AUDIT, attachment.region_id):
        raise Refusal(
            f"Lampiran ini ditarik pada {waktu(attachment.withdrawn_at)}: {attachment.withdrawal_reason}.",
            "Isinya tetap tersimpan dan hanya dibuka oleh yang berwenang melihat jejak audit.",
            rule="lampiran_ditarik",
        )
    if attachment.personal:
        require(actor, Right.PERSONAL_DATA, attachment.region_id)


def _opened(attachment: Attachment, field: FieldFile) -> bytes:
    try:
        with field.storage.open(field.name or "") as file:
            return crypto.decrypt_bytes(file.read())
    except (FileNotFoundError, InvalidToken) as error:
        raise Refusal(
            f"Isi lampiran nomor {attachment.pk} tidak ada di penyimpanan, atau tidak dapat dibuka dengan kunci ini.",
            "Hubungi pengelola server: pulihkan folder media (PILAR_MEDIA_ROOT) dan kunci dari cadangan.",
            rule="lampiran_hilang",
        ) from error


def attachment_rotate(attachment: Attachment) -> None:
    """Puts the bytes under the first key. The new file is named by the row before the old one goes."""
    for name in ("content", "thumbnail"):
        field = getattr(attachment, name)
        if not field:
            continue
        old = field.name
        with field.storage.open(old) as file:
            token = crypto.rotate(file.read())
        field.save("", ContentFile(token), save=False)
        attachment.save(update_fields=[name])
        field.storage.delete(old)


# --- withdrawing --------------------------------------------------------------


def link_of(attachment: Attachment, reader: Any) -> AttachmentLink | None:
    """What the attachment proves, through the reader's gate."""
    for model in link_models():
        rows = narrow_choices(model._default_manager.all(), reader)
        if found := rows.filter(attachment=attachment).select_related(model.owner).first():
            return found
    return None


@transaction.atomic
def attachment_withdraw(*, actor: User, attachment: Attachment, reason: str, now: datetime) -> Attachment:
    """Takes a proof back; it stays listed with the reason, its bytes stay stored.

    Raises Refusal without the right, when it was withdrawn already, or when something was decided on it;
    ValidationError on `reason`.
    """
    link = link_of(attachment, actor)
    _require_write(actor, link, attachment.region_id)
    rows = Attachment.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    found = rows.get(pk=attachment.pk)
    if found.withdrawn_at is not None:
        raise Refusal(
            f"Lampiran ini sudah ditarik pada {waktu(found.withdrawn_at)}: {found.withdrawal_reason}.",
            "Bila masih diperlukan, unggah berkasnya lagi.",
            rule="lampiran_ditarik",
        )
    if link and (refusal := link.withdrawal_refused()):
        raise refusal
    said = " ".join(reason.split())
    if len(said) < SHORTEST_REASON:
        raise ValidationError({"reason": f"Tulis mengapa lampiran ditarik, paling sedikit {SHORTEST_REASON} huruf."})
    found.withdrawn_at, found.withdrawn_by, found.withdrawal_reason = now, actor, said
    found.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    _record(actor, found, audit.Action.CHANGE, "ditarik", said)
    return found


def _record(actor: User, attachment: Attachment, action: str, what: str, reason: str = "") -> None:
    """The file's name stays out of the trail: people write names and numbers of people into it."""
    audit.record(
        actor=actor,
        action=action,
        target=attachment,
        region=attachment.region_id,
        summary=f"Lampiran {attachment.get_kind_display()} {what}",
        reason=reason,
    )
