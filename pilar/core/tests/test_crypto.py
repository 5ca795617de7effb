"""Keys that rotate: what the old key wrote is read, and written anew under the first."""

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import call_command

from personnel.models import Personnel
from pilar.core import crypto
from tests import factories as make


@pytest.fixture
def keys(settings):
    """Sets the keys in force; the cipher is made once per process and so must be made anew."""

    def use(*wanted: str) -> None:
        settings.DATA_KEYS = list(wanted)
        crypto._cipher.cache_clear()

    yield use
    crypto._cipher.cache_clear()


def test_after_rotation_the_old_key_is_not_needed(land, keys):
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    keys(old)
    person = make.make_person()
    number = person.reveal_nik()
    keys(new, old)
    call_command("rotate_keys", verbosity=0)
    keys(new)
    assert Personnel.objects.get().reveal_nik() == number


def test_without_rotation_it_is(land, keys):
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    keys(old)
    make.make_person()
    keys(new)
    with pytest.raises(InvalidToken):
        Personnel.objects.get().reveal_nik()
