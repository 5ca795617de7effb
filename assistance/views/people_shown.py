"""What pages show of one beneficiary's rows, in the words and shapes of the components."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from assistance.dossier import Dossier
from assistance.models import Beneficiary, Circumstance, GroupMembership, Participation, Step
from assistance.services.eligibility import short_name
from assistance.situation import Where
from assistance.timeline import VERVAL, Event
from assistance.words import CIRCUMSTANCES, REASONS
from pilar.core import places
from pilar.core.formatting import tanggal, tanggal_ringkas
from pilar.core.menu import address

TONES = {
    Participation.State.CANDIDATE: "wait",
    Participation.State.ACTIVE: "done",
    Participation.State.SUSPENDED: "back",
    Participation.State.ENDED: "neutral",
}
#: kind of an event -> the page of its row
PAGES = {
    Step.Kind.PROPOSAL.value: "proposal-detail",
    Step.Kind.PARTICIPATION.value: "participation-detail",
    Step.Kind.OBJECTION.value: "objection-detail",
    VERVAL: "verification-detail",
}
MARKS = {"good": "now", "bad": "bad"}


def facts_shown(person: Beneficiary) -> list[dict[str, Any]]:
    return [
        {"label": "Tanggal lahir", "value": tanggal(person.birth_date)},
        {"label": "Jenis kelamin", "value": person.get_sex_display()},
        {"label": "Tempat tinggal", "value": places.labels([person.region])[person.region_id]},
    ]


def memberships_shown(rows: Sequence[GroupMembership], today: date) -> list[dict[str, Any]]:
    """Those that hold first."""
    shown = [{"row": row, "holds": row.valid_until is None or row.valid_until >= today} for row in rows]
    return sorted(shown, key=lambda item: not item["holds"])


def participations_shown(rows: Sequence[Participation]) -> list[dict[str, Any]]:
    return [
        {
            "row": row,
            "programme": short_name(row.programme),
            "tone": TONES[Participation.State(row.state)],
            "reason": REASONS[row.reason].meaning if row.reason in REASONS else "",
            "url": address("participation-detail", {"pk": row.pk}),
        }
        for row in rows
    ]


def circumstances_shown(rows: Sequence[Circumstance]) -> list[dict[str, Any]]:
    """One entry per kind, in the order of the words: what holds now, and what was known before."""
    by_kind = {kind: list(found) for kind, found in groupby(rows, key=lambda row: row.kind)}
    return [
        {"label": label, "now": _said(by_kind[kind][0]), "before": [_said(row) for row in by_kind[kind][1:]]}
        for kind, (label, _values) in CIRCUMSTANCES.items()
        if kind in by_kind
    ]


def _said(row: Circumstance) -> dict[str, str]:
    values = CIRCUMSTANCES[row.kind][1]
    return {"value": values.get(row.value, row.value), "as_of": tanggal_ringkas(row.as_of), "source": row.source}


def step_url(where: Where | None, *, may_enter: bool) -> str:
    """Where the reader may take the next step; empty when he may not, or there is no such page."""
    if where is None or (where.enters and not may_enter):
        return ""
    return address(where.page, where.keys) + where.query


def event_shown(event: Event, dossier: Dossier) -> dict[str, str]:
    """For timeline.html; the row's page where there is one that the reader may open."""
    url = address(PAGES[event.kind], {"pk": event.object_id}) if event.kind in PAGES else ""
    if event.kind == Step.Kind.GRADUATION and event.stepped:
        url = address("graduation-case-detail", {"pk": event.object_id})
    if event.kind == Step.Kind.LINE and event.parent in dossier.batches:
        url = address("disbursement-detail", {"batch": event.parent, "line": event.object_id})
    return {
        "when": tanggal(event.on),
        "title": event.title,
        "text": event.text,
        "url": url,
        "kind": MARKS.get(event.tone, ""),
    }
