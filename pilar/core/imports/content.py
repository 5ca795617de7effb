"""The uploaded file at rest: pieces, each encrypted, deleted when the session is cleared."""

import io
from collections.abc import Iterator
from typing import IO

from pilar.core import crypto
from pilar.core.imports import refusals
from pilar.core.models import ImportPiece, ImportSession

PIECE = 1 << 20


def keep(session: ImportSession, content: IO[bytes]) -> None:
    content.seek(0)
    ImportPiece.objects.bulk_create(_pieces(session, content), batch_size=8)


def _pieces(session: ImportSession, content: IO[bytes]) -> Iterator[ImportPiece]:
    number = 0
    while piece := content.read(PIECE):
        yield ImportPiece(session=session, number=number, cipher=crypto.encrypt_bytes(piece))
        number += 1


def opened(session: ImportSession) -> IO[bytes]:
    """The file again, in memory. Raises Refusal when its content was deleted."""
    content = io.BytesIO()
    for piece in session.pieces.order_by("number").iterator(chunk_size=4):
        content.write(crypto.decrypt_bytes(piece.cipher))
    if not content.tell() or session.cleared:
        raise refusals.cleared(session)
    content.seek(0)
    return content
