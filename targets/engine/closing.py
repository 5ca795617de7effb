"""Keeping a closed year: its figures and targets are copied once, and a hash over the copy joins a chain.

The copy is taken under the drain's lock after the ledger has been emptied, so that it holds every row noted till then;
what is drained afterwards is a correction (`sql.CORRECT`).
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.utils import timezone

from pilar.core import audit, jobs, regions
from pilar.core.models import BudgetYear
from targets.engine import drain
from targets.engine.drain import LOCK
from targets.engine.rebuild import rule_version
from targets.models import YearClosure

_COPIES = {
    "cells": """
        INSERT INTO targets_closedcell (closure_id, level, region_id, measure, dim, breakdown, period, n, value)
        SELECT %(closure)s, level, region_id, measure, dim, breakdown, period, n, value
        FROM targets_achievement WHERE year = %(year)s AND (n <> 0 OR value <> 0)
    """,
    "people": """
        INSERT INTO targets_closedpersonal (closure_id, person_id, measure, period, n, value)
        SELECT %(closure)s, person_id, measure, period, n, value
        FROM targets_personalachievement WHERE year = %(year)s AND (n <> 0 OR value <> 0)
    """,
    "targets": """
        INSERT INTO targets_closedtarget
          (closure_id, level, region_id, indicator_id, breakdown, person_id, value, version, pending)
        SELECT DISTINCT ON (t.region_id, t.indicator_id, t.breakdown, t.person_id)
          %(closure)s, r.level, t.region_id, t.indicator_id, t.breakdown, t.person_id, t.value, t.version,
          t.state <> 'disetujui'
        FROM targets_target t JOIN core_region r ON r.code = t.region_id
        WHERE t.year = %(year)s AND t.state IN ('diajukan', 'disetujui')
        ORDER BY t.region_id, t.indicator_id, t.breakdown, t.person_id, t.state = 'disetujui' DESC, t.version DESC
    """,
}

#: the canonical text of a closing: every column of every row in the order of its key, as COPY writes it
_STREAMS = {
    "cells": "SELECT level, region_id, measure, dim, breakdown, period, n, value FROM targets_closedcell"
    " WHERE closure_id = {closure} ORDER BY 1, 2, 3, 4, 5, 6",
    "people": "SELECT person_id, measure, period, n, value FROM targets_closedpersonal"
    " WHERE closure_id = {closure} ORDER BY 1, 2, 3",
    "targets": "SELECT region_id, indicator_id, breakdown, person_id, value, version, pending FROM targets_closedtarget"
    " WHERE closure_id = {closure} ORDER BY 1, 2, 3, 4",
}


class Busy(Exception):
    """A rebuild of the year is running: its figures are not whole at this moment."""


@dataclass
class _Sink:
    """What COPY writes goes into the hash, a buffer at a time; nothing is kept."""

    total: Any

    def write(self, data: bytes) -> int:
        self.total.update(data)
        return len(data)


def keep(closure_id: int, *, job: int, attempt: int, today: date) -> YearClosure:
    """Copies the year and ends the closing, in one transaction; a closing that has ended stays as it is.

    Raises LeaseLost when the attempt no longer holds the job, Busy while the year is being rebuilt.
    """
    drain.drain_noted()
    with jobs.beating(job, attempt), jobs.engine_transaction() as cursor:
        cursor.execute(f"SELECT pg_advisory_xact_lock({LOCK})")
        drain.drain_all()
        cursor.execute("SET LOCAL ROLE pilar_engine")
        closure = YearClosure.objects.select_for_update(of=("self",), no_key=True).get(pk=closure_id)
        if closure.state != YearClosure.State.DECIDED:
            return closure
        if closure.year_id in drain.busy_years(cursor):
            raise Busy(f"tahun {closure.year_id} sedang dihitung ulang")
        jobs.heartbeat(job, attempt, stage="menyalin angka")
        params = {"closure": closure.pk, "year": closure.year_id}
        for name, statement in _COPIES.items():
            cursor.execute(statement, params)
            setattr(closure, name, cursor.rowcount)
        _end(cursor, closure, today)
    return closure


def _end(cursor: Any, closure: YearClosure, today: date) -> None:
    before = YearClosure.objects.filter(state=YearClosure.State.CLOSED).order_by("closed_at", "pk").last()
    closure.previous_hash = before.hash if before else ""
    closure.rule_version = rule_version()
    closure.hash = digest(closure, cursor)
    closure.state, closure.closed_at = YearClosure.State.CLOSED, timezone.now()
    closure.save()
    BudgetYear.objects.filter(pk=closure.year_id, closed_on__isnull=True).update(closed_on=today)
    audit.record(
        actor=closure.decided_by,
        action=audit.Action.CHANGE,
        target=closure,
        region=regions.NATION,
        summary=f"Tahun {closure} ditutup, {closure.cells} sel, sidik {closure.hash}",
        reason=closure.reason,
    )


def digest(closure: YearClosure, cursor: Any = None) -> str:
    """SHA-256 over the hash before, who closed on what ground, and every row of the copy in the order of its key."""
    head = {
        "year": closure.year_id,
        "version": closure.version,
        "previous": closure.previous_hash,
        "reason": closure.reason,
        "decree": closure.decree,
        "proposed": [closure.proposed_by_id, str(closure.proposed_on)],
        "decided": [closure.decided_by_id, str(closure.decided_on)],
        "rules": closure.rule_version,
    }
    total = hashlib.sha256(json.dumps(head, sort_keys=True).encode())
    if cursor is None:
        with connection.cursor() as cursor:
            _feed(cursor, closure, total)
    else:
        _feed(cursor, closure, total)
    return total.hexdigest()


def _feed(cursor: Any, closure: YearClosure, total: Any) -> None:
    for name, select in _STREAMS.items():
        total.update(f"\n{name}\n".encode())
        cursor.copy_expert(f"COPY ({select.format(closure=closure.pk)}) TO STDOUT", _Sink(total))


def faults(closure: YearClosure) -> list[str]:
    """What speaks against a closed year, as sentences; empty when it is as it was kept."""
    earlier = YearClosure.objects.filter(state=YearClosure.State.CLOSED, closed_at__lt=closure.closed_at)
    before = earlier.order_by("closed_at", "pk").last()
    found = []
    if closure.previous_hash != (before.hash if before else ""):
        found.append("rantai ke penutupan sebelumnya terputus")
    if (computed := digest(closure)) != closure.hash:
        found.append(f"sidik tercatat {closure.hash}, sidik isinya kini {computed}")
    return found
