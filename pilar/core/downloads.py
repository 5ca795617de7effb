from collections.abc import Iterator
from typing import IO, TypeVar

from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from pilar.core.export_files import FORMATS

A = TypeVar("A", bound=HttpResponseBase)


def csv_answer(pieces: Iterator[str], name: str) -> StreamingHttpResponse:
    """A file of CSV, sent piece by piece. The pieces read in transactions of their own: the request's has ended."""
    return _saved(StreamingHttpResponse(pieces, content_type=FORMATS["csv"]), f"{name}.csv")


def file_answer(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A whole file, made within the request; `name` with its extension."""
    return _saved(HttpResponse(content, content_type=content_type), name)


def file_stream(pieces: Iterator[bytes], name: str) -> StreamingHttpResponse:
    """A file of which no more than a piece is in memory; its type follows from its name."""
    return _saved(StreamingHttpResponse(pieces, content_type=_type_of(name)), name)


def file_handed_out(file: IO[bytes], name: str) -> FileResponse:
    """An open file from where it stands; it is closed, and so gone, when it was sent."""
    return _saved(FileResponse(file, content_type=_type_of(name)), name)


def _type_of(name: str) -> str:
    return FORMATS[name.rpartition(".")[2]]


def _saved(answer: A, name: str) -> A:
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
