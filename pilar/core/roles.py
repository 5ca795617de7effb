"""The database roles. They are global to a cluster, so a command makes them, never a migration."""

import time
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import DatabaseError, ProgrammingError, connection, transaction

from pilar.logins import login_password

GROUPS = ("pilar_region", "pilar_national", "pilar_member", "pilar_engine")
LOGINS = {
    "pilar_web": ("pilar_region", "pilar_national", "pilar_member"),
    "pilar_worker": ("pilar_region", "pilar_national", "pilar_member", "pilar_engine", "pilar_web"),
}


def statements() -> Iterator[tuple[str, list[str]]]:
    """SQL that an administrator may also run by hand; every statement can be repeated."""
    for role in GROUPS:
        yield _create(role, "NOLOGIN"), []
    for login, groups in LOGINS.items():
        yield _create(login, "LOGIN NOINHERIT"), []
        yield (
            f"ALTER ROLE {login} LOGIN NOINHERIT PASSWORD %s",
            [login_password(login.removeprefix("pilar_"), settings.SECRET_KEY)],
        )
        yield f"GRANT {', '.join(groups)} TO {login}", []
    yield f"GRANT {', '.join([*GROUPS, 'pilar_web'])} TO CURRENT_USER", []


def _create(role: str, options: str) -> str:
    return (
        f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{role}') "
        f"THEN CREATE ROLE {role} {options}; END IF; END $$"
    )


def ensure() -> None:
    """Makes the roles. Raises CommandError with the SQL when it may not.

    The lock keeps two migrations of one database apart, the repetition those of two databases of one cluster.
    """
    for patience in (0.2, 1, 3, 0):
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext('pilar.roles'))")
                for sql, params in statements():
                    cursor.execute(sql, params or None)
            return
        except DatabaseError as error:
            if not patience or isinstance(error, ProgrammingError):  # no right to
                raise CommandError(_ask_administrator(error)) from error
            time.sleep(patience)


def _ask_administrator(error: Exception) -> str:
    script = "\n".join(f"{_filled(sql, params)};" for sql, params in statements())
    return (
        f"Pengguna basis data ini tidak boleh membuat peran ({str(error).strip().splitlines()[0]}).\n"
        f"Minta administrator PostgreSQL menjalankan, lalu ulangi perintah ini:\n\n{script}"
    )


def _filled(sql: str, params: list[Any]) -> str:
    for value in params:
        sql = sql.replace("%s", f"'{value}'", 1)
    return sql
