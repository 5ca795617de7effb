"""Seals of previews: what is applied is what somebody has seen."""

import hashlib

from pilar.core.errors import Refusal
from targets.models import Target


def state_of(target: Target | None) -> tuple[int, int, str] | None:
    """What of a present target a preview showed."""
    return (target.version, target.value, target.state) if target else None


def seal_of(*shown: object) -> str:
    """The same for the same things shown: numbers, words and None, or sequences of them."""
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:16]


def require_seen(now: str, seen: str, happened: str, remedy: str) -> None:
    """Raises Refusal when something changed since the preview."""
    if now != seen:
        raise Refusal(happened, remedy, rule="pratinjau_alokasi")
