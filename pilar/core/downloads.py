from collections.abc import Iterator

from django.http import HttpResponse, StreamingHttpResponse


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
