"""Kinds whose rows go through the form's own service, one after another: tried and rolled back, later saved."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction

from pilar.core.errors import Refusal
from pilar.core.formatting import angka
from pilar.core.imports.run import Run
from pilar.core.imports.staging import rows_table
from pilar.core.models import ImportedRow
from pilar.core.views import constraint_sentence

MOST = 20_000  # rows
Act = ImportedRow.Act


@dataclass(frozen=True)
class Made:
    """What the service made or changed of one row of the file; as `ImportedRow`."""

    noun: str
    object_id: int
    act: str
    mark: str
    before: dict[str, Any] = field(default_factory=dict)


#: saves one staged row (column -> value) by services; nothing when all is so already. Raises what they raise.
Do = Callable[[Run, dict[str, Any]], list[Made]]


class _Tried(Exception):
    """Takes everything back."""


def try_all(run: Run, do: Do, *, fields: dict[str, str]) -> None:
    """Saves every good row and takes all of it back, so that each is told what the form would have told.

    Args:
        fields: field of the services' ValidationError -> column of the file.
    """
    if run.fetch("SELECT count(*) FROM {rows}")[0][0] > MOST:
        raise Refusal(
            f"Berkas jenis ini paling banyak {angka(MOST)} baris.",
            "Pecah menjadi beberapa berkas.",
            rule="banyak_baris",
        )
    acts: list[tuple[int, str]] = []
    found: list[tuple[int, str, str]] = []
    try:
        with transaction.atomic():
            for row in _rows(run):
                made, said = _attempt(run, do, row)
                found += [(row["line"], fields.get(name, name), text) for name, text in said]
                acts.append((row["line"], _act_of(made)))
            raise _Tried
    except _Tried:
        pass
    lines, columns, texts = (list(part) for part in zip(*found, strict=True)) if found else ([], [], [])
    run.execute(
        'INSERT INTO {faults} (line, "column", rule, value, detail)'
        " SELECT f.line, f.name, 'aturan', '', left(f.said, 300)"
        " FROM unnest(%(lines)s::int[], %(columns)s::text[], %(texts)s::text[]) f(line, name, said)",
        lines=lines, columns=columns, texts=texts,
    )  # fmt: skip
    run.execute(
        "UPDATE {rows} s SET act = a.act FROM unnest(%(lines)s::int[], %(acts)s::text[]) a(line, act)"
        " WHERE a.line = s.line",
        lines=[line for line, _ in acts], acts=[act for _, act in acts],
    )  # fmt: skip


def save_all(run: Run, do: Do) -> None:
    """What was refused only now, because somebody changed something since the check, is noted as such."""
    noted: list[ImportedRow] = []
    for row in _rows(run):
        made, said = _attempt(run, do, row)
        if said:
            run.fault("berubah", "", "s.line = %(line)s", line=row["line"], detail="%(said)s", said=said[0][1])
        noted += [
            ImportedRow(
                session=run.session, number=row["line"], noun=one.noun, object_id=one.object_id, act=one.act,
                before=one.before, mark=one.mark,
            )
            for one in made
        ]  # fmt: skip
    first = {(row.noun, row.object_id): row for row in reversed(noted)}  # two rows of the file, one object
    marks = {(row.noun, row.object_id): row.mark for row in noted}
    for address, kept in first.items():
        kept.mark = marks[address]
    ImportedRow.objects.bulk_create(sorted(first.values(), key=lambda row: row.number), batch_size=2000)


def _rows(run: Run) -> Iterator[dict[str, Any]]:
    run.mark_bad()
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {rows_table(run.session.pk)} WHERE NOT bad ORDER BY line")
        names = [column[0] for column in cursor.description]
        found = cursor.fetchall()
    return (dict(zip(names, row, strict=True)) for row in found)


def _attempt(run: Run, do: Do, row: dict[str, Any]) -> tuple[list[Made], list[tuple[str, str]]]:
    """What was made, or which field was refused with which words."""
    try:
        with transaction.atomic():
            return do(run, row), []
    except Refusal as refusal:
        return [], [("", str(refusal))]
    except ValidationError as error:
        if hasattr(error, "error_dict"):
            return [], [(name, " ".join(one.messages)) for name, e in error.error_dict.items() for one in e]
        return [], [("", " ".join(error.messages))]
    except IntegrityError as error:
        return [], [("", constraint_sentence(error))]


def _act_of(made: list[Made]) -> str:
    if not made:
        return "sama"
    return Act.CREATE.value if any(one.act == Act.CREATE for one in made) else Act.UPDATE.value


# --- taking back ------------------------------------------------------------------


def used_sql(model: type[models.Model], *, but: tuple[str, ...] = ()) -> str:
    """SQL: some row of the nation, outside the tables `but`, names the object of an `ImportedRow` r."""
    found = {(rel.related_model._meta.db_table, rel.field.column) for rel in model._meta.related_objects}
    parts = [
        f"EXISTS (SELECT 1 FROM {table} x WHERE x.{column} = r.object_id)"
        for table, column in sorted(found)
        if table not in but
    ]
    return " OR ".join(parts) or "false"


def keep_used(run: Run, noun: str, model: type[models.Model]) -> None:
    """Rows that the import made and something else names by now are kept; asked as the engine, past row security."""
    with run.as_engine():
        used = run.fetch(
            "SELECT r.id FROM core_importedrow r WHERE r.session_id = %(session)s AND r.noun = %(noun)s AND r.kept = ''"
            f" AND r.act = 'baru' AND ({used_sql(model)})",
            noun=noun,
        )
    run.execute(
        "UPDATE core_importedrow SET kept = 'sudah dipakai catatan lain' WHERE id = ANY(%(ids)s)",
        ids=[pk for (pk,) in used],
    )


def keep_changed(run: Run) -> None:
    run.execute(f"UPDATE core_importedrow SET kept = 'sudah diubah sesudah impor' WHERE id IN ({run.kind.changed})")


def delete_made(run: Run, noun: str, table: str) -> None:
    run.execute(
        f"DELETE FROM {table} t USING core_importedrow r WHERE r.session_id = %(session)s AND r.noun = %(noun)s"
        " AND r.act = 'baru' AND r.kept = '' AND t.id = r.object_id",
        noun=noun,
    )


def restore(run: Run, noun: str, table: str, columns: dict[str, str], *, versioned: bool = False) -> None:
    """Columns (name -> SQL type) of changed rows as they were before."""
    parts = [f"{name} = (r.before ->> '{name}')::{sql}" for name, sql in columns.items()]
    parts += ["version = t.version + 1"] if versioned else []
    run.execute(
        f"UPDATE {table} t SET {', '.join(parts)} FROM core_importedrow r WHERE r.session_id = %(session)s"
        " AND r.noun = %(noun)s AND r.act = 'ubah' AND r.kept = '' AND t.id = r.object_id",
        noun=noun,
    )
