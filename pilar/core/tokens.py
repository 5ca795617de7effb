"""Keys of REST clients: 256 random bits, shown once, kept as SHA-256."""

import hashlib
import secrets
from datetime import datetime, timedelta

from pilar.core.models import ApiToken, User

PREFIX = "pilar_"
DEFAULT_LIFE = timedelta(days=180)
TOUCH_EVERY = timedelta(minutes=1)


def token_issue(*, user: User, name: str, now: datetime, life: timedelta = DEFAULT_LIFE) -> tuple[ApiToken, str]:
    """The stored row and the key itself, which nobody can read again."""
    key = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        user=user,
        name=name,
        digest=_digest(key),
        hint=key[: len(PREFIX) + 2],
        expires_at=now + life,
    )
    return row, key


def token_user(key: str, *, now: datetime) -> User | None:
    """The active owner of a valid key, or None."""
    row = (
        ApiToken.objects.select_related("user__role")
        .filter(digest=_digest(key), revoked_at__isnull=True, expires_at__gt=now, user__is_active=True)
        .first()
    )
    if row is None:
        return None
    if row.last_used_at is None or now - row.last_used_at > TOUCH_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=now)
    return row.user


def _digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
