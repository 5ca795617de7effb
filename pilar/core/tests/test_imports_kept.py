"""How long the content of a file is kept, and that nobody else reads what waits of it."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from assistance.tests.import_files import checked, line, saved, upload, xlsx
from pilar.core import jobs
from pilar.core.imports import staging
from pilar.core.imports.services import KEPT_DAYS, clear_old, import_drop
from pilar.core.models import ImportPiece
from pilar.core.scoping import enter_scope, leave_scope, reach_of


def cleared(days: int = 0) -> int:
    with jobs.engine_transaction():
        return clear_old(timezone.now() + timedelta(days=days))


def staged_rows(session, user) -> int:
    with transaction.atomic():
        enter_scope(reach_of(user))
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(*) FROM {staging.rows_table(session.pk)}")
            found = cursor.fetchone()[0]
        leave_scope()
    return found


def test_a_file_is_kept_encrypted_for_some_days_and_then_deleted(cast):
    session = checked(cast.owner, line(1))
    assert b"Orang 1" not in bytes(session.pieces.get().cipher)
    assert cleared(KEPT_DAYS - 1) == 0
    assert cleared(KEPT_DAYS + 1) == 1
    session.refresh_from_db()
    assert (session.state, session.cleared, ImportPiece.objects.count()) == ("dibuang", True, 0)
    assert not staging.there(session.pk)


def test_what_was_saved_whole_or_dropped_is_not_kept_at_all(cast):
    whole = saved(cast.owner, checked(cast.owner, line(1)))
    assert (whole.cleared, whole.pieces.count(), staging.there(whole.pk)) == (True, 0, False)
    some = saved(cast.owner, checked(cast.owner, line(2), line(3, sex="?")), "baik")
    assert (some.cleared, some.pieces.count()) == (False, 1)
    dropped = upload(cast.owner, xlsx([["NIK", "Nama"], ["1", "x"]]), name="x.xlsx")
    import_drop(actor=cast.owner, session=dropped)
    assert dropped.pieces.count() == 0
    assert cleared() == 1


def test_staged_rows_are_shown_to_their_uploader_only(cast):
    session = checked(cast.owner, line(1))
    assert staged_rows(session, cast.owner) == 1
    assert [staged_rows(session, user) for user in (cast.colleague, cast.neighbour, cast.admin)] == [0, 0, 0]


def test_no_staged_row_holds_a_plain_nik(cast):
    session = checked(cast.owner, line(1))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT r::text FROM {staging.rows_table(session.pk)} r")
        assert line(1)[:16] not in cursor.fetchone()[0]


def test_a_web_role_drops_and_fills_no_staging_table(cast):
    session = checked(cast.owner, line(1))
    for sql in ("DROP TABLE {}", "DELETE FROM {}", "INSERT INTO {} (line) VALUES (9)"):
        with transaction.atomic():
            enter_scope(reach_of(cast.owner))
            with connection.cursor() as cursor, pytest.raises(ProgrammingError), transaction.atomic():
                cursor.execute(sql.format(staging.rows_table(session.pk)))
            leave_scope()
