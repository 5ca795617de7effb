"""A person's service as events for the timeline, gaps without a valid SK drawn."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from personnel.models import Assignment
from pilar.core.formatting import tanggal_ringkas

ONE_DAY = timedelta(days=1)


def sk_state(row: Assignment, today: date) -> dict[str, str]:
    """Word and tone of the SK on a day; no SK is shown, never refused (domain.md 2.3)."""
    if row.valid_until and row.valid_until < today:
        return {"text": "selesai", "tone": "neutral", "kind": ""}
    if row.sk_number and (row.sk_until is None or row.sk_until >= today):
        until = f" sampai {tanggal_ringkas(row.sk_until)}" if row.sk_until else ""
        return {"text": f"SK berlaku{until}", "tone": "neutral", "kind": "now"}
    return {"text": "bekerja tanpa SK berlaku", "tone": "wait", "kind": "bad"}


def events(rows: Iterable[Assignment], today: date) -> list[dict[str, Any]]:
    """Newest first; a gap stands between two assignments that do not touch."""
    ordered = sorted(rows, key=lambda r: r.valid_from, reverse=True)
    found: list[dict[str, Any]] = []
    for row, older in zip_longest(ordered, ordered[1:]):
        found.append(_event(row, today))
        if older and older.valid_until and older.valid_until + ONE_DAY < row.valid_from:
            found.append(_gap(older.valid_until + ONE_DAY, row.valid_from - ONE_DAY))
    return found


def _event(row: Assignment, today: date) -> dict[str, Any]:
    until = tanggal_ringkas(row.valid_until) if row.valid_until else "sekarang"
    sk = f"SK {row.sk_number}" if row.sk_number else "tanpa nomor SK"
    reason = f", {row.get_end_reason_display()}" if row.end_reason else ""
    extra = "" if row.is_primary else " (merangkap)"
    state = sk_state(row, today)
    return {
        "when": f"{tanggal_ringkas(row.valid_from)} – {until}",
        "title": f"{row.pillar}, {row.position}{extra}",
        "text": f"{row.region}. {sk}; {state['text']}{reason}.",
        "kind": state["kind"],
    }


def _gap(start: date, end: date) -> dict[str, Any]:
    return {
        "when": f"{tanggal_ringkas(start)} – {tanggal_ringkas(end)}",
        "title": "Tanpa penugasan",
        "text": "Tidak ada penugasan tercatat pada masa ini.",
        "kind": "gap",
    }
