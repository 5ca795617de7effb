"""Personal data at rest: encrypted with rotating keys, found again by a keyed hash.

The NIK space is too small for a plain hash, hence HMAC (domain.md 7). The first key of
PILAR_DATA_KEYS encrypts, all of them decrypt.
"""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


@lru_cache(maxsize=1)
def _cipher() -> MultiFernet:
    if not settings.DATA_KEYS or not settings.INDEX_KEY:
        raise ImproperlyConfigured(
            "PILAR_DATA_KEYS dan PILAR_INDEX_KEY belum diisi; data pribadi tidak bisa disimpan tanpa kunci."
        )
    return MultiFernet([Fernet(key) for key in settings.DATA_KEYS])


def encrypt(text: str) -> bytes:
    return encrypt_bytes(text.encode())


def decrypt(token: bytes | memoryview) -> str:
    return decrypt_bytes(token).decode()


def encrypt_bytes(content: bytes) -> bytes:
    return _cipher().encrypt(content)


def decrypt_bytes(token: bytes | memoryview) -> bytes:
    """Raises cryptography's InvalidToken for what none of the keys wrote, or what was changed since."""
    return _cipher().decrypt(bytes(token))


def rotate(token: bytes | memoryview) -> bytes:
    """The same text under the first key."""
    return _cipher().rotate(bytes(token))


def blind_index(text: str) -> bytes:
    """16 bytes; equal texts give equal bytes, and nothing else can be read from them."""
    return hmac.new(settings.INDEX_KEY.encode(), text.encode(), hashlib.sha256).digest()[:16]
