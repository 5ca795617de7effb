"""The harness itself: the land is there, a committing test leaves nothing, the plain login sees nothing."""

import psycopg2
import pytest
from django.conf import settings
from django.db import connection

from personnel.models import Personnel
from pilar.core.models import Region
from tests.factories import make_person
from tests.harness.processes import environment


def test_land_holds_every_valid_area(land):
    levels = [Region.objects.filter(level=level, valid_until__isnull=True).count() for level in (1, 2, 3, 4)]
    assert levels == [38, 514, 7285, 83762]


def test_committed_rows_can_be_made(committed):
    make_person()
    assert Personnel.objects.count() == 1


def test_and_are_gone_afterwards(committed):
    assert Personnel.objects.count() == 0


@pytest.mark.parametrize("table", ["personnel_personnel", "assistance_disbursement", "targets_achievement"])
def test_plain_web_login_may_not_read_scoped_tables(committed, table):
    make_person()
    link = psycopg2.connect(environment("web")["PILAR_WEB_DATABASE_URL"])
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        link.cursor().execute(f"SELECT count(*) FROM {table}")
    link.close()


def test_region_role_without_settings_sees_no_row(committed):
    make_person()
    link = psycopg2.connect(environment("web")["PILAR_WEB_DATABASE_URL"])
    cursor = link.cursor()
    cursor.execute("SET LOCAL ROLE pilar_region")
    cursor.execute("SELECT count(*) FROM personnel_personnel")
    assert cursor.fetchone() == (0,)
    link.close()


def test_the_test_connection_is_the_owner(land):
    assert settings.LOGIN == "owner"
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user = session_user")
        assert cursor.fetchone()[0]
