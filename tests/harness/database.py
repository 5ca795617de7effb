"""The land: every region and catalogue, loaded once and kept as a template database.

A test in a transaction (`db`) sees the land and rolls back. A test that commits (`committed`)
gets the database restored from the template afterwards: never flushed, since 83,762 regions
would have to come back and TRUNCATE passes the ledger by.
"""

import os
import shutil
import tempfile
import time

import psycopg2
import pytest
from celery import current_app
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from redis import Redis

from tests.harness import people


def pytest_configure():
    """Processes side by side (`-n`) share the servers: each has a database of its own, and here a broker of its own.

    Uploaded files go to a folder of this run, also those of the servers that a test starts.
    """
    settings.MEDIA_ROOT = os.environ["PILAR_MEDIA_ROOT"] = tempfile.mkdtemp(prefix="pilar-media-")
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        address, _, number = settings.CELERY_BROKER_URL.rpartition("/")
        os.environ["REDIS_URL"] = f"{address}/{int(number or 0) + 1 + int(worker.removeprefix('gw'))}"
        settings.CELERY_BROKER_URL = current_app.conf.broker_url = os.environ["REDIS_URL"]


def pytest_unconfigure():
    shutil.rmtree(os.environ["PILAR_MEDIA_ROOT"], ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Replaces pytest-django's: a fresh test database with the land, and a copy of it to restore from."""
    with django_db_blocker.unblock():
        name = connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        call_command("load_regions", verbosity=0)
        call_command("load_reference", verbosity=0)
        people.make_cast()
        _copy(source=name, to=_template(name))
    yield
    with django_db_blocker.unblock():
        connection.close()
        _drop(_template(name))
        _drop(name)


@pytest.fixture
def land(db):
    """Regions and catalogues, in a transaction that is rolled back."""


@pytest.fixture
def committed(django_db_setup, django_db_blocker):
    """A database that may be committed to; restored from the template afterwards."""
    Redis.from_url(settings.CELERY_BROKER_URL).flushdb()
    with django_db_blocker.unblock():
        yield
        name = settings.DATABASES["default"]["NAME"]
        connection.close()
        _drop(name)
        _copy(source=_template(name), to=name)


def _template(name: str) -> str:
    return f"{name}_land"


def _copy(*, source: str, to: str) -> None:
    connection.close()
    _drop(to)
    _as_admin(f'CREATE DATABASE "{to}" TEMPLATE "{source}" STRATEGY file_copy')


def _drop(name: str) -> None:
    _as_admin(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _as_admin(sql: str) -> None:
    """On the maintenance database, outside a transaction."""
    params = connection.get_connection_params()
    kept = {key: params[key] for key in ("user", "password", "host", "port") if params.get(key)}
    for patience in (0.1, 0.5, 2, 5, 0):
        link = psycopg2.connect(dbname="postgres", **kept)
        link.autocommit = True
        try:
            link.cursor().execute(sql)
            return
        except (psycopg2.errors.ObjectInUse, psycopg2.errors.InsufficientPrivilege):  # autovacuum is at work there
            if not patience:
                raise
            time.sleep(patience)
        finally:
            link.close()
