"""Attachments as pages show them: small picture, or the sentence that stands in its place."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from pilar.core.attachments import may_open
from pilar.core.formatting import waktu
from pilar.core.models import Attachment, AttachmentLink
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import narrow_choices

HIDDEN = (
    f"Tidak ditampilkan: memuat data pribadi. Perlu wewenang {RIGHT_NAMES[Right.PERSONAL_DATA]} di wilayah ini, "
    "yang diatur admin wilayah di halaman Pengguna & wewenang."
)


def links_of(rows: QuerySet[Any], reader: Any) -> list[Any]:
    """An owner's links with their attachments, the latest first, through the reader's gate."""
    found: list[Any] = list(narrow_choices(rows, reader).select_related("attachment").order_by("-attachment_id"))
    return found


def cards(links: Iterable[AttachmentLink], reader: Any) -> list[dict[str, Any]]:
    """For `components/attachments.html`."""
    return [card(link.attachment, reader) | {"what": what_of(link)} for link in links]


def what_of(link: AttachmentLink) -> str:
    """Which document it is, where the owner's links say so."""
    display = getattr(link, "get_document_display", None)
    return display().partition(" (")[0] if display else ""


def card(attachment: Attachment, reader: Any) -> dict[str, Any]:
    withdrawn = attachment.withdrawn_at is not None
    shown = may_open(reader, attachment) and not withdrawn
    photo = attachment.kind == Attachment.Kind.PHOTO
    return {
        "name": shown_name(attachment, reader),
        "url": reverse("attachment-detail", args=[attachment.pk]),
        "thumbnail": reverse("attachment-thumbnail", args=[attachment.pk]) if shown and photo else "",
        "text": withdrawal_of(attachment) if withdrawn else hidden_because(attachment, reader),
        "note": waktu(attachment.uploaded_at),
        "withdrawn": withdrawn,
    }


def shown_name(attachment: Attachment, reader: Any) -> str:
    """The file's name may itself name a person."""
    return attachment.name if may_open(reader, attachment) else str(attachment.get_kind_display())


def hidden_because(attachment: Attachment, reader: Any) -> str:
    """Why this reader does not see the content; empty when he does."""
    if may_open(reader, attachment):
        return ""
    return HIDDEN if attachment.withdrawn_at is None else withdrawal_of(attachment)


def withdrawal_of(attachment: Attachment) -> str:
    return f"Ditarik {waktu(attachment.withdrawn_at)}: {attachment.withdrawal_reason.rstrip('.')}."


def where_of(latitude: Decimal | None, longitude: Decimal | None) -> str:
    if latitude is None or longitude is None:
        return "belum ada data"
    return "; ".join(f"{value:.6f}".replace(".", ",") for value in (latitude, longitude))


def size_of(size: int) -> str:
    """Bytes in the unit people know: "340 kB", "2,1 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")
