"""Keys that rotate: what the old key wrote is read, and written anew under the first."""

from pathlib import Path

import pytest
from cryptography.fernet import Fernet, InvalidToken
from django.core.management import call_command

from personnel.models import Personnel
from pilar.core import crypto
from pilar.core.attachments import attachment_read
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


def test_files_are_rotated_too_and_leave_no_old_one_behind(cast, keys):
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    keys(old)
    portrait = make.make_portrait(make.make_person(), by=cast.owner)
    before = [portrait.content.path, portrait.thumbnail.path]
    keys(new, old)
    call_command("rotate_keys", verbosity=0)
    keys(new)
    portrait.refresh_from_db()
    assert attachment_read(actor=cast.owner, attachment=portrait)[:2] == b"\xff\xd8"
    assert not any(Path(path).exists() for path in before)


def test_without_rotation_it_is(land, keys):
    old, new = (Fernet.generate_key().decode() for _ in range(2))
    keys(old)
    make.make_person()
    keys(new)
    with pytest.raises(InvalidToken):
        Personnel.objects.get().reveal_nik()
