from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse

from pilar.core.export_files import FORMATS


def csv_answer(pieces: Iterator[str], name: str) -> StreamingHttpResponse:
    """A file of CSV, sent piece by piece. The pieces read in transactions of their own: the request's has ended."""
    answer = StreamingHttpResponse(pieces, content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    answer["Cache-Control"] = "no-store"
    return answer


def file_answer(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A whole file, made within the request; `name` with its extension."""
    answer = HttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def file_stream(pieces: Iterator[bytes], name: str) -> StreamingHttpResponse:
    """A file of which no more than a piece is in memory; its type follows from its name."""
    answer = StreamingHttpResponse(pieces, content_type=FORMATS[name.rpartition(".")[2]])
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
