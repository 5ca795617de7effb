"""Writing the audit trail. The database function is the only way in: no role may change a row."""

import hashlib
from typing import TYPE_CHECKING, Any

from django.db import connection, models, transaction
from django.utils import timezone

from pilar.core.models.audit import AuditEvent

if TYPE_CHECKING:
    from pilar.core.models import User

Action = AuditEvent.Action


def record(
    *,
    actor: "User | Any | None",
    action: str,
    target: models.Model | type[models.Model],
    region: int,
    summary: str = "",
    reason: str = "",
) -> None:
    """Appends one event in the running transaction."""
    meta = target._meta
    pk = "" if isinstance(target, type) else str(target.pk)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pilar_audit(%s, %s, %s, %s, %s, %s, %s, %s, %s)",
            [
                timezone.now(),
                actor.pk if actor is not None and actor.pk else None,
                str(actor) if actor is not None else "",
                action,
                region,
                meta.label_lower,
                pk,
                summary[:300],
                reason[:300],
            ],
        )


def seal(limit: int = 5000) -> int:
    """Chains the hashes of events that have no seal yet; returns how many. Run as the engine."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('pilar.audit.seal'))")
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute("SELECT seal FROM core_auditevent WHERE seal IS NOT NULL ORDER BY id DESC LIMIT 1")
        row = cursor.fetchone()
        previous = bytes(row[0]) if row else b""
        waiting = list(AuditEvent.objects.filter(seal__isnull=True).order_by("id")[:limit])
        for event in waiting:
            previous = digest(previous, event)
            cursor.execute(
                "UPDATE core_auditevent SET seal = %s WHERE id = %s AND year = %s",
                [previous, event.pk, event.year],
            )
    return len(waiting)


def digest(previous: bytes, event: AuditEvent) -> bytes:
    """SHA-256 over the seal before and every field of the event."""
    parts = [
        event.pk,
        event.at.isoformat(),
        event.actor_id,
        event.actor_name,
        event.action,
        event.region_id,
        event.object_type,
        event.object_id,
        event.summary,
        event.reason,
    ]
    return hashlib.sha256(previous + "\x1f".join(map(str, parts)).encode()).digest()
