"""Tables partitioned by year: managed single-key models whose CREATE TABLE is SQL (architecture.md 6)."""

from pathlib import Path

from django.db.migrations.operations import CreateModel, RunSQL, SeparateDatabaseAndState


def sql_file(migration: str, name: str) -> str:
    """The text of `sql/<name>.sql` beside the migration file."""
    return (Path(migration).parent / "sql" / f"{name}.sql").read_text(encoding="utf-8")


def partitioned(create: CreateModel, *, sql: str, table: str) -> SeparateDatabaseAndState:
    """The model's state as Django knows it, its table as `sql` makes it."""
    return SeparateDatabaseAndState(
        database_operations=[RunSQL(sql, reverse_sql=f"DROP TABLE {table}")],
        state_operations=[create],
    )
