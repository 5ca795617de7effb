"""Workbooks out: templates, the rows that were bad, and what is recorded. Every cell is text, so that no NIK is cut."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import zip_longest
from typing import IO, Any

from django.db.models import Q

from pilar.core import audit, regions
from pilar.core.imports import refusals
from pilar.core.imports.content import opened
from pilar.core.imports.heads import text_of
from pilar.core.imports.kinds import Cell, Column, Kind
from pilar.core.imports.reading import rows_of
from pilar.core.imports.reporting import sentence
from pilar.core.imports.services import REASON
from pilar.core.models import ImportFault, ImportSession, Region, User
from pilar.core.regions import LEVEL_NAMES, Level
from pilar.core.rights import Right
from pilar.core.scoping import reach_of, require
from pilar.core.sheets import workbook

FILLED_ROWS = 5000  # rows of a template that have drop-downs
OFFERED_PLACES = 4000
PIECE = 2000  # rows read at once
MADE = datetime(2024, 1, 1)  # noqa: DTZ001 - of no meaning
LONG = 40  # letters of a cell that is wrapped


class _Book:
    """A workbook of text cells, in a file that vanishes when it is closed."""

    def __init__(self, file: IO[bytes], book: Any) -> None:
        self.file, self.book = file, book
        self.book.set_properties({"created": MADE})  # the same rows give the same bytes
        self.head = self.book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self.text = self.book.add_format({"num_format": "@"})
        self.wrapped = self.book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})

    def sheet(self, name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], widths: Sequence[int] = ()) -> Any:
        page = self.book.add_worksheet(name)
        for at in range(len(heads)):
            page.set_column(at, at, widths[at] if at < len(widths) else 20, self.text)
        page.freeze_panes(1, 0)
        for at, head in enumerate(heads):
            page.write_string(0, at, head, self.head)
        for number, row in enumerate(rows, 1):
            for at, cell in enumerate(row):
                if cell not in ("", None):
                    page.write_string(number, at, str(cell), self.wrapped if len(str(cell)) > LONG else self.text)
        return page


@contextmanager
def _new_book() -> Iterator[_Book]:
    """Its `file` is whole after the block."""
    file = tempfile.TemporaryFile()  # noqa: SIM115 - whoever answers with it closes it
    with workbook(file) as book:
        yield _Book(file, book)
    file.seek(0)


def template(kind: Kind, *, region: Region) -> IO[bytes]:
    """The sheet to fill with drop-downs, what each column is with an example, and the places of the area."""
    choices = kind.offered()
    lists = {column.key: list(column.offered or choices.get(column.key, ())) for column in kind.columns}
    at_lists = {key: at for at, key in enumerate(key for key, words in lists.items() if words)}
    with _new_book() as book:
        page = book.sheet("Data", [column.heading for column in kind.columns], [])
        for at, column in enumerate(kind.columns):
            _guide(page, at, column, lists[column.key], at_lists)
        book.sheet(
            "Penjelasan", ["Kolom", "Wajib", "Isi", "Contoh", "Penjelasan", "Judul lain yang dikenali"],
            [
                (c.heading, "wajib" if c.required else "", c.cell.value, c.example, c.help, ", ".join(c.aliases))
                for c in kind.columns
            ],
            (24, 8, 16, 24, 60, 40),
        )  # fmt: skip
        columns = [lists[key] for key in at_lists]
        heads = [kind.by_key[key].heading for key in at_lists]
        book.sheet("Pilihan", heads, zip_longest(*columns, fillvalue=""))
        if kind.placed:
            book.sheet("Wilayah", ["Kode", "Nama", "Tingkat"], _places(region), (16, 32, 18))
    return book.file


def _guide(page: Any, at: int, column: Column, words: list[str], lists: dict[str, int]) -> None:
    rule: dict[str, Any] = {"validate": "any"}
    if words and column.cell != Cell.WORDS:
        letter = chr(ord("A") + lists[column.key])
        rule = {"validate": "list", "source": f"=Pilihan!${letter}$2:${letter}${len(words) + 1}"}
    says = f"{column.help} Contoh: {column.example}" if column.example else column.help
    if says:
        rule |= {"input_title": column.heading[:32], "input_message": says[:255]}
    if len(rule) > 1:
        page.data_validation(1, at, FILLED_ROWS, at, rule | {"ignore_blank": True})


def _places(region: Region) -> Iterator[tuple[str, str, str]]:
    """The area and what lies in it, down to villages where that is few enough."""
    lo, hi = regions.bounds(region.code)
    inside = Region.objects.filter(regions.in_range("code", lo, hi)).filter(Q(valid_until__isnull=True))
    deepest = next(
        (lv for lv in (Level.VILLAGE, Level.DISTRICT) if inside.filter(level__lte=lv).count() <= OFFERED_PLACES),
        Level.REGENCY,
    )
    for code, name, level in inside.filter(level__lte=deepest).order_by("code").values_list("code", "name", "level"):
        yield regions.slug(code), name, LEVEL_NAMES[Level(level)]


def bad_rows(*, actor: User, session: ImportSession, kind: Kind) -> IO[bytes]:
    """The rows with faults as they were written, each with its reasons; to be repaired and uploaded.

    Raises Refusal for anybody but the uploader, whose file it is, and once the content is gone.
    """
    if session.user_id != actor.pk:
        raise refusals.not_yours(session)
    content = opened(session)
    reasons = _reasons(actor, session, kind)
    audit.record(
        actor=actor, action=audit.Action.READ_PERSONAL, target=session, region=session.region_id,
        summary=f"Baris bermasalah dari impor {session.name} diunduh",
    )  # fmt: skip

    def rows() -> Iterator[list[str]]:
        for number, cells in rows_of(content, session.layout):
            if number in reasons:
                texts = [text_of(cell) for cell in cells or []][: len(heads)]
                yield [*texts, *([""] * (len(heads) - len(texts))), " ".join(reasons[number])]

    heads = list(session.layout["heads"])
    with _new_book() as book:
        book.sheet("Data", [*heads, REASON], rows(), [20] * len(heads) + [80])
    return book.file


def _reasons(actor: User, session: ImportSession, kind: Kind) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = ImportFault.objects.visible_to(actor).filter(session=session)
    for fault in rows.order_by("number", "id").iterator():
        found.setdefault(fault.number, []).append(sentence(kind, fault))
    return found


def recorded(*, actor: User, kind: Kind, region: Region, reason: str) -> IO[bytes]:
    """What is recorded in an area, in the columns of the kind. Raises Refusal without the right to personal data."""
    if kind.exports_personal:
        require(actor, Right.PERSONAL_DATA, region.code)
    action = audit.Action.READ_PERSONAL if kind.exports_personal else audit.Action.EXPORT
    audit.record(
        actor=actor, action=action, target=ImportSession, region=region.code,
        summary=f"Data {kind.label} diunduh untuk {region}", reason=reason,
    )  # fmt: skip
    with _new_book() as book:
        book.sheet("Data", [column.heading for column in kind.columns], _recorded_rows(actor, kind, region))
    return book.file


def _recorded_rows(actor: User, kind: Kind, region: Region) -> Iterator[Sequence[Any]]:
    """Piece by piece; of personal data those where the actor may open them."""
    reach, after = reach_of(actor), 0
    rows = kind.recorded(actor).filter(regions.in_range(kind.region, *regions.bounds(region.code))).order_by("pk")
    while found := list(rows.filter(pk__gt=after)[:PIECE]):
        after = found[-1].pk
        if kind.exports_personal:
            found = [row for row in found if reach.can(Right.PERSONAL_DATA, row.region_id)]
        yield from kind.cells(actor, found)
