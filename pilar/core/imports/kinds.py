"""What an app declares so that files of one kind can be brought in; found in each app's `imports.py`."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from pilar.core.discovery import discover
from pilar.core.errors import Refusal
from pilar.core.rights import Right

if TYPE_CHECKING:
    from pilar.core.imports.run import Run
    from pilar.core.models import User

_NO_WORD = re.compile(r"[^a-z0-9]+")


class Cell(StrEnum):
    """What a column holds; `cells.py` reads it, `STAGED` says as which type it waits."""

    TEXT = "teks"
    NIK = "NIK"
    DAY = "tanggal"
    CODE = "kode wilayah"
    CHOICE = "pilihan"
    WHOLE = "bilangan bulat"
    WORDS = "beberapa kata"
    DAYS = "beberapa tanggal"
    YES = "ya atau kosong"


#: SQL columns of each type behind the column's own name
STAGED: dict[Cell, tuple[tuple[str, str], ...]] = {
    Cell.TEXT: (("", "text"),),
    Cell.NIK: (("_index", "bytea"), ("_cipher", "bytea"), ("_masked", "text"), ("_zero", "boolean")),
    Cell.DAY: (("", "date"),),
    Cell.CODE: (("", "bigint"),),
    Cell.CHOICE: (("", "text"),),
    Cell.WHOLE: (("", "bigint"),),
    Cell.WORDS: (("", "jsonb"),),
    Cell.DAYS: (("", "jsonb"),),
    Cell.YES: (("", "boolean"),),
}


@dataclass(frozen=True)
class Column:
    """Attributes:
    heading: as the template writes it; `aliases`: as other files do.
    required: the cell may not be empty, in any row.
    values: for CHOICE, what may be written -> what is stored.
    offered: what the template's drop-down offers; by default one word for each stored value.
    most: longest text, or largest number.
    """

    key: str
    heading: str
    cell: Cell = Cell.TEXT
    aliases: tuple[str, ...] = ()
    required: bool = False
    example: str = ""
    help: str = ""
    values: dict[str, str] = field(default_factory=dict)
    offered: tuple[str, ...] = ()
    most: int = 120

    @cached_property
    def names(self) -> frozenset[str]:
        return frozenset(map(plain, (self.key, self.heading, *self.aliases)))


@dataclass(frozen=True)
class Rule:
    """Why a row is not saved: `label` heads its group, `remedy` says what to do."""

    label: str
    remedy: str


@dataclass(frozen=True)
class Kind:
    """One kind of file.

    Attributes:
        code, label: its name in addresses, and for people.
        row: what one row is, for sentences ("penerima").
        intro: what such a file does, in one or two sentences.
        columns: in the template's order.
        key: columns of which one row of the file may hold a combination once.
        checks: the set-based rules, run in the actor's own role after everything is staged; answers the questions that
            only a person can answer.
        save: writes the good rows, in the actor's role; returns nothing, marks what it wrote in `ImportedRow`.
        undo: takes back what `save` wrote, and sets `kept` on rows that were changed since.
        changed: SQL that selects the ids of `ImportedRow` (alias r) changed since; for the page before an undo.
        extra: further SQL columns of the staging table: (name, type).
        rules: code -> sentence, beside the common ones of `rules.py`.
        placed: the file names a region per row, resolved into the staged column `place`.
        recorded: what the actor sees of what is recorded, for its download; `region` leads to a row's region.
        cells: such rows in the template's columns.
        exports_personal: that download holds personal data.
        nouns: what `ImportedRow.noun` may be -> its label, and the name of its page.
        right: which the officer must hold at the place of each row.
        offered: column -> words for the template's sheet of choices, where the column does not list them.
    """

    code: str
    label: str
    row: str
    intro: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    checks: Callable[["Run"], list[dict[str, Any]]]
    save: Callable[["Run"], None]
    undo: Callable[["Run"], None]
    changed: str
    recorded: Callable[["User"], QuerySet[Any]]
    cells: Callable[["User", Sequence[Any]], list[Sequence[Any]]]
    region: str = "region_id"
    extra: tuple[tuple[str, str], ...] = ()
    rules: dict[str, Rule] = field(default_factory=dict)
    placed: bool = False
    exports_personal: bool = True
    nouns: dict[str, tuple[str, str]] = field(default_factory=dict)
    order: int = 50
    right: Right = Right.ENTER
    offered: Callable[[], dict[str, Sequence[str]]] = dict

    @cached_property
    def by_key(self) -> dict[str, Column]:
        return {column.key: column for column in self.columns}

    @property
    def required(self) -> list[str]:
        return [column.key for column in self.columns if column.required]

    def column_of(self, heading: str) -> str:
        """The key of the column that is headed so; empty when none is."""
        name = plain(heading)
        return next((column.key for column in self.columns if name and name in column.names), "")


def plain(text: str) -> str:
    """A heading as it is compared: lower case, words and numbers only."""
    return " ".join(_NO_WORD.sub(" ", text.lower()).split())


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> Kind:
    if kind.code in _kinds:
        raise ValueError(f"kind {kind.code} is declared twice")
    _kinds[kind.code] = kind
    return kind


def all_kinds() -> list[Kind]:
    discover("imports")
    return sorted(_kinds.values(), key=lambda kind: (kind.order, kind.code))


def kind_of(code: str) -> Kind:
    """Raises Refusal for a kind that nobody declared."""
    found = next((kind for kind in all_kinds() if kind.code == code), None)
    if found is None:
        raise Refusal(f"Jenis berkas “{code[:20]}” tidak dikenal.", "Pilih jenisnya dari daftar.", rule="jenis_impor")
    return found
