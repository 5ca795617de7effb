"""The example data, loaded once."""

import pytest
from django.db import transaction
from django.utils import timezone

from assistance.example.load import load_example
from pilar.core.models import User

PASSWORD = "sandi-contoh-untuk-uji"


@pytest.fixture(scope="package")
def example(django_db_setup, django_db_blocker, tmp_path_factory):
    """Loaded once for this folder, in a transaction that is rolled back at its end."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setenv("PILAR_HOME", str(tmp_path_factory.mktemp("rumah")))
        patch.setenv("PILAR_EXAMPLE_PASSWORD", PASSWORD)
        with transaction.atomic():
            User.objects.filter(username="auditor").update(username="auditor.uji")  # one of the cast
            yield load_example(timezone.now())
            transaction.set_rollback(True)
