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
from django.db.models import F, Q, Value
from django.utils import timezone

from pilar.core import audit, jobs, regions
from pilar.core.models import BudgetYear
from targets.engine import drain
from targets.engine.drain import LOCK
from targets.engine.rebuild import rule_version
from targets.models import Target, YearClosure
from targets.models.facts import CELL_COLUMNS, CELL_KEY, PERSON_COLUMNS, PERSON_KEY

_COPIES = {
    "cells": f"""
        INSERT INTO targets_closedcell (closure_id, {CELL_COLUMNS})
        SELECT %(closure)s, {CELL_COLUMNS} FROM targets_achievement
        WHERE year = %(year)s AND (n <> 0 OR value <> 0)
    """,
    "people": f"""
        INSERT INTO targets_closedpersonal (closure_id, {PERSON_COLUMNS})
        SELECT %(closure)s, {PERSON_COLUMNS} FROM targets_personalachievement
        WHERE year = %(year)s AND (n <> 0 OR value <> 0)
    """,
}
_TARGET_KEY = ("region_id", "indicator_id", "breakdown", "person_id")
_TARGET = (*_TARGET_KEY, "value", "version", "pending")

#: the canonical text of a closing: every column of every row in the order of its key, as COPY writes it
_STREAMS = {
    "cells": f"SELECT {CELL_COLUMNS} FROM targets_closedcell WHERE closure_id = {{}} ORDER BY {', '.join(CELL_KEY)}",
    "people": f"SELECT {PERSON_COLUMNS} FROM targets_closedpersonal WHERE closure_id = {{}}"
    f" ORDER BY {', '.join(PERSON_KEY)}",
    "targets": f"SELECT {', '.join(_TARGET)} FROM targets_closedtarget WHERE closure_id = {{}}"
    f" ORDER BY {', '.join(_TARGET_KEY)}",
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
        closure.targets = _copy_targets(cursor, closure)
        _end(closure, today)
    return closure


def _copy_targets(cursor: Any, closure: YearClosure) -> int:
    """The versions in force, as every reader of figures takes them."""
    rows = Target.objects.filter(year=closure.year_id).annotate(
        closure_id=Value(closure.pk), level=F("region__level"), pending=~Q(state=Target.State.APPROVED)
    )
    names = ("closure_id", "level", *_TARGET)
    select, params = rows.in_force().values_list(*names).query.sql_with_params()
    cursor.execute(f"INSERT INTO targets_closedtarget ({', '.join(names)}) {select}", params)
    return int(cursor.rowcount)


def _end(closure: YearClosure, today: date) -> None:
    closure.closed_at, closure.rule_version = timezone.now(), rule_version()
    closure.previous_hash = _hash_before(closure)
    closure.hash = digest(closure)
    closure.state = YearClosure.State.CLOSED
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


def _hash_before(closure: YearClosure) -> str:
    """Of the closing that ended last before this one; empty for the first."""
    earlier = YearClosure.objects.closed().filter(closed_at__lt=closure.closed_at)
    before = earlier.order_by("closed_at", "pk").last()
    return before.hash if before else ""


def digest(closure: YearClosure) -> str:
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
    with connection.cursor() as cursor:
        for name, select in _STREAMS.items():
            total.update(f"\n{name}\n".encode())
            cursor.copy_expert(f"COPY ({select.format(closure.pk)}) TO STDOUT", _Sink(total))
    return total.hexdigest()


def faults(closure: YearClosure) -> list[str]:
    """What speaks against a closed year, as sentences; empty when it is as it was kept."""
    found = []
    if closure.previous_hash != _hash_before(closure):
        found.append("rantai ke penutupan sebelumnya terputus")
    if (computed := digest(closure)) != closure.hash:
        found.append(f"sidik tercatat {closure.hash}, sidik isinya kini {computed}")
    return found
