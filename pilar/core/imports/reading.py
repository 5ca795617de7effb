"""From the bytes of a file to rows of cells: CSV here, workbooks in a bounded process of their own (`child.py`)."""

import hashlib
import json
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError

from pilar.core.tables import BLOCK, DELIMITERS, MAX_BYTES, lines_of, rows_of_lines, scan, too_big

CHILD = Path(__file__).with_name("child.py")
PATIENCE = 120  # seconds
TOP = 60  # rows in which the heading is looked for
WORKBOOKS = {b"PK\x03\x04": "xlsx", b"\xd0\xcf\x11\xe0": "xls"}
CSV = "csv"
SIGNS = (*DELIMITERS, "|")

#: a text, or what a workbook said it was: ("n", digits), ("d", day), ("b", "ya"/"tidak")
Content = str | tuple[str, str]
Row = tuple[int, list[Content] | None]


@dataclass(frozen=True)
class Found:
    """What a file is: `tops` are the first rows of each sheet; a CSV has one sheet without a name."""

    digest: str
    size: int
    format: str
    encoding: str = ""
    delimiter: str = ""
    tops: dict[str, list[list[Content]]] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


def look(content: IO[bytes]) -> Found:
    """Raises ValidationError with a sentence for a file that cannot be read at all."""
    content.seek(0)
    kind = WORKBOOKS.get(content.read(4), CSV)
    if kind == CSV:
        return _look_at_text(content)
    digest, size = _digest(content)
    tops: dict[str, list[list[Content]]] = {}
    notes: list[str] = []
    sheet = ""
    with _child(content, TOP, "") as answers:
        for answer in answers:
            if isinstance(answer, list):
                tops[sheet].append(_cells(answer))
            elif "sheet" in answer:
                sheet = answer["sheet"]
                tops[sheet] = []
            else:
                notes = answer["notes"]
    if not any(any(cell != "" for row in rows for cell in row) for rows in tops.values()):
        raise ValidationError("Berkas ini kosong. Pilih berkas yang berisi.", code="kosong")
    return Found(digest, size, kind, tops=tops, notes=notes)


def _look_at_text(content: IO[bytes]) -> Found:
    found = scan(content)
    size = content.tell()
    lines = [text for _, text in islice(lines_of(content, found.encoding), TOP) if text]
    delimiter = _delimiter(lines)
    top: list[list[Content]] = [[] for _ in range(TOP)]
    last = 0
    for number, cells in rows_of_lines(islice(lines_of(content, found.encoding), TOP), delimiter):
        top[number - 1], last = [*(cells or [])], number
    if not last:
        raise ValidationError("Berkas ini kosong. Pilih berkas yang berisi.", code="kosong")
    return Found(found.digest, size, CSV, found.encoding, delimiter, {"": top[:last]})


def _delimiter(lines: list[str]) -> str:
    """The sign that parts most lines into the same number of cells, more than one."""

    def agreement(sign: str) -> tuple[int, int]:
        counts = Counter(line.count(sign) for line in lines if line.count(sign))
        cells, agreeing = counts.most_common(1)[0] if counts else (0, 0)
        return agreeing, cells

    return max(SIGNS, key=agreement)


def _digest(content: IO[bytes]) -> tuple[str, int]:
    content.seek(0)
    digest, size = hashlib.sha256(), 0
    while block := content.read(BLOCK):
        size += len(block)
        if size > MAX_BYTES:
            raise too_big()
        digest.update(block)
    return digest.hexdigest(), size


def rows_of(content: IO[bytes], layout: dict[str, Any]) -> Iterator[Row]:
    """Every row of the chosen sheet, blank ones left out; None for a line of text that is too long.

    Raises ValidationError when the file turns out unreadable further down.
    """
    if layout["format"] == CSV:
        yield from rows_of_lines(lines_of(content, layout["encoding"]), layout["delimiter"])  # type: ignore[misc]
        return
    with _child(content, 0, layout["sheet"]) as answers:
        number = 0
        for answer in answers:
            if isinstance(answer, list):
                number += 1
                cells = _cells(answer)
                if any(cell != "" for cell in cells):
                    yield number, cells


def _cells(answer: list[Any]) -> list[Content]:
    return [(cell[0], cell[1]) if isinstance(cell, list) else cell.strip() for cell in answer]


@contextmanager
def _child(content: IO[bytes], most: int, sheet: str) -> Iterator[Iterator[Any]]:
    """What the child answers, line by line. It ends with the block, whatever it is doing."""
    child = subprocess.Popen(
        [sys.executable, "-I", str(CHILD), str(most), sheet],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    feeder = threading.Thread(target=_feed, args=(content, child.stdin), daemon=True)
    clock = threading.Timer(PATIENCE, child.kill)
    feeder.start()
    clock.start()
    try:
        yield _answers(child)
    finally:
        clock.cancel()
        child.kill()
        feeder.join()
        child.wait()
        if child.stdout:
            child.stdout.close()


def _feed(content: IO[bytes], pipe: Any) -> None:
    with suppress(BrokenPipeError, OSError):
        content.seek(0)
        while block := content.read(BLOCK):
            pipe.write(block)
        pipe.close()


def _answers(child: "subprocess.Popen[bytes]") -> Iterator[Any]:
    for line in child.stdout or ():
        answer = json.loads(line)
        if isinstance(answer, dict) and "error" in answer:
            raise ValidationError(answer["error"], code="tidak_terbaca")
        yield answer
    if child.wait() != 0:
        raise ValidationError(
            "Berkas ini memerlukan terlalu banyak memori atau waktu untuk dibaca, jadi dihentikan. Salin isinya ke "
            "berkas baru tanpa lembar lain, atau simpan sebagai “CSV UTF-8”, lalu unggah berkas itu.",
            code="batas",
        )
