"""A person's service as events for the timeline; time without assignment or without SK is drawn."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from personnel.models import Assignment
from pilar.core.formatting import tanggal_ringkas
from pilar.core.models import Pillar

ONE_DAY = timedelta(days=1)
NO_SK = "bekerja tanpa SK berlaku"


def short_name(pillar: Pillar) -> str:
    """Without the words in brackets: "TKSK (Tenaga Kesejahteraan Sosial Kecamatan)" -> "TKSK"."""
    return pillar.name.split(" (")[0]


def role_of(row: Assignment) -> str:
    """Pillar and position; once where they are one word, as for a TKSK."""
    pillar = short_name(row.pillar)
    return pillar if row.position.strip().lower() == pillar.lower() else f"{pillar}, {row.position}"


def runs_on(row: Assignment, day: date) -> bool:
    return row.valid_from <= day and (row.valid_until is None or row.valid_until >= day)


def sk_state(row: Assignment, day: date) -> dict[str, str]:
    """Word and tone of the SK on a day; no SK is shown, never refused (domain.md 2.3)."""
    if row.valid_until and row.valid_until < day:
        return {"text": f"selesai {tanggal_ringkas(row.valid_until)}", "tone": "neutral"}
    if row.valid_from > day:
        return {"text": f"mulai {tanggal_ringkas(row.valid_from)}", "tone": "neutral"}
    if bare := without_sk(row, day):
        since = f" sejak {tanggal_ringkas(bare[0])}" if row.sk_number else ""
        return {"text": f"{NO_SK}{since}", "tone": "back"}
    until = f" sampai {tanggal_ringkas(row.sk_until)}" if row.sk_until else ""
    return {"text": f"SK berlaku{until}", "tone": "neutral"}


def without_sk(row: Assignment, today: date) -> tuple[date, date] | None:
    """First and last day served without a valid SK, up to today; None when every day had one.

    An SK holds from the TMT on, whatever its own date: many are signed afterwards with a TMT in the past.
    """
    last = min(row.valid_until or today, today)
    if row.valid_from > last:
        return None
    if not row.sk_number:
        return row.valid_from, last
    if row.sk_until is None or row.sk_until >= last:
        return None
    return max(row.sk_until + ONE_DAY, row.valid_from), last


def events(rows: Iterable[Assignment], today: date) -> list[dict[str, Any]]:
    """Newest first. A gap stands only where no assignment at all ran."""
    found: list[dict[str, Any]] = []
    reached = date.max
    for row in sorted(rows, key=lambda r: (r.valid_from, r.pk)):
        if found and row.valid_from - ONE_DAY > reached:
            found.append(_gap(reached + ONE_DAY, row.valid_from - ONE_DAY))
        until = row.valid_until or date.max
        reached = max(reached, until) if found else until
        found.append(_event(row, today))
        if row.sk_number and (bare := without_sk(row, today)):
            found.append(_bare(row, bare, today))
    return found[::-1]


def _event(row: Assignment, today: date) -> dict[str, Any]:
    until = tanggal_ringkas(row.valid_until) if row.valid_until else "sekarang"
    extra = "" if row.is_primary else " (merangkap)"
    ended = f" Berakhir: {row.get_end_reason_display()}." if row.end_reason else ""
    running = "now" if row.sk_number else "bad"
    return {
        "when": f"{tanggal_ringkas(row.valid_from)} – {until}",
        "title": f"{role_of(row)}{extra}",
        "text": f"{row.region}. {_sk_text(row)}{ended}",
        "kind": running if runs_on(row, today) else "",
    }


def _sk_text(row: Assignment) -> str:
    if not row.sk_number:
        return f"{NO_SK[0].upper()}{NO_SK[1:]}."
    day = f" tanggal {tanggal_ringkas(row.sk_date)}" if row.sk_date else ""
    until = f", berlaku sampai {tanggal_ringkas(row.sk_until)}" if row.sk_until else ""
    return f"SK {row.sk_number}{day}{until}."


def _bare(row: Assignment, days: tuple[date, date], today: date) -> dict[str, Any]:
    first, last = days
    until = "sekarang" if last == today and row.valid_until is None else tanggal_ringkas(last)
    return {
        "when": f"{tanggal_ringkas(first)} – {until}",
        "title": f"{NO_SK[0].upper()}{NO_SK[1:]}",
        "text": f"{short_name(row.pillar)}, {row.region}: SK {row.sk_number} sudah berakhir.",
        "kind": "bad",
    }


def _gap(start: date, end: date) -> dict[str, Any]:
    return {
        "when": f"{tanggal_ringkas(start)} – {tanggal_ringkas(end)}",
        "title": "Tanpa penugasan",
        "text": "Tidak ada penugasan tercatat pada masa ini.",
        "kind": "gap",
    }
