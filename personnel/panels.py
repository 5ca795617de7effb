"""What this app adds to a person's page: tali asih semester by semester, also what was decided against him."""

from collections import defaultdict
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from personnel.models import (
    AllowanceLine,
    AllowanceProposal,
    AllowanceRate,
    AllowanceStep,
    Assignment,
    Personnel,
)
from personnel.panels_background import competence, family
from personnel.panels_conduct import conduct
from personnel.semesters import Semester, label_of
from personnel.timeline import short_name
from personnel.views.allowances import DUE, line_pill, signed
from personnel.words import STATES, reason_text
from pilar.core.formatting import tanggal, tanggal_ringkas
from pilar.core.panels import Panel, register
from pilar.core.regions import contains
from pilar.core.scoping import narrow_choices, reach_of

ListState, State = AllowanceProposal.State, AllowanceLine.State
LOOKED_BACK = 3  # semesters without a list are told of these


def allowances(request: HttpRequest, person: Personnel) -> dict[str, Any] | None:
    """None for people who never stood on a list and serve in no pillar that has an amount. Five queries."""
    user = request.user
    rows = narrow_choices(AllowanceLine.objects.select_related("proposal", "pillar"), user)
    lines = list(rows.filter(person=person).order_by("-proposal__period", "-pk"))
    missing = _missing(user, person, {(line.pillar_id, line.proposal.period) for line in lines})
    if not lines and not missing:
        return None
    steps = narrow_choices(AllowanceStep.objects.all(), user).filter(proposal__in=[line.proposal_id for line in lines])
    told: dict[int, list[AllowanceStep]] = defaultdict(list)
    for step in steps:
        told[step.proposal_id].append(step)
    return {
        "note": "per semester",
        "rows": [_shown(line, told[line.proposal_id], links=reach_of(user).member is None) for line in lines],
        "missing": missing,
    }


def _shown(line: AllowanceLine, steps: list[AllowanceStep], *, links: bool) -> dict[str, Any]:
    """The list itself opens to officers only."""
    mine = [step for step in steps if step.line_id in (None, line.pk)]
    return {
        "semester": label_of(line.proposal.period),
        "pillar": short_name(line.pillar),
        "url": reverse("allowance-detail", args=[line.proposal_id]) if links else "",
        "funding": line.proposal.get_funding_display(),
        "months": line.months,
        "amount": line.amount if line.state in DUE else None,
        "state": line_pill(line),
        "sentence": sentence(line),
        "events": [_event(step) for step in mine],
    }


def sentence(line: AllowanceLine) -> str:
    """Why he stands so, by whom and when; then where his list is, or what can still be done."""
    words = STATES[State][line.state]
    if line.state == State.PAID and line.paid_on:
        return f"Dibayar {tanggal(line.paid_on)}."
    told = signed(line)
    parts = [words.meaning] if line.state in (State.UNDECIDED, State.PROPOSED, State.NOT_APPLICABLE) else []
    parts += [f"{told}."] if told else []
    if line.state in (State.PROPOSED, State.LEFT_OUT) and line.proposal.state != ListState.DRAFT:
        parts.append(f"Daftarnya: {line.proposal.get_state_display()}.")
    elif line.state not in (State.UNDECIDED, State.PROPOSED):
        parts.append(words.next_step)
    return " ".join(parts)


def _event(step: AllowanceStep) -> dict[str, str]:
    """Steps of the list say so; those of the person's own line lead with its state."""
    label = State(step.became).label if step.line_id else f"Daftar {ListState(step.became).label}"
    by = ", ".join(part for part in (step.actor_name, step.office) if part)
    why = " ".join(f"{part}." for part in (reason_text(step.reason), step.note.rstrip(".")) if part)
    return {
        "when": tanggal_ringkas(step.on),
        "title": capfirst(label),
        "text": f"{by}. {why}".strip(),
        "kind": "bad" if step.became in (State.LEFT_OUT, State.REJECTED, State.FAILED) else "",
    }


def _missing(user: Any, person: Personnel, known: set[tuple[int, str]]) -> list[dict[str, str]]:
    """Semesters he served in, of a pillar with an amount, for which no list names him; none once one was made."""
    served = list(narrow_choices(Assignment.objects.select_related("pillar"), user).filter(person=person))
    rates = AllowanceRate.objects.filter(pillar__in={row.pillar_id for row in served})
    areas = list(rates.values_list("pillar_id", "region_id"))
    found: dict[tuple[int, str], dict[str, str]] = {}
    semester = Semester.of(timezone.localdate())
    for _ in range(LOOKED_BACK):
        for row in served:
            key = (row.pillar_id, semester.code)
            until = row.valid_until or semester.last
            paid = any(pillar == row.pillar_id and contains(area, row.region_id) for pillar, area in areas)
            if paid and key not in known and row.valid_from <= semester.last and until >= semester.first:
                found[key] = {"pillar": short_name(row.pillar), "semester": semester.label}
        semester = semester.before
    return list(found.values())


register(Panel("personnel", "Kompetensi", 35, "personnel/panel_competence.html", competence))
register(Panel("personnel", "Keluarga dekat", 45, "personnel/panel_family.html", family))
register(Panel("personnel", "Disiplin dan pengakhiran", 40, "personnel/panel_conduct.html", conduct))
register(Panel("personnel", "Tali asih", 30, "personnel/panel_allowances.html", allowances))
register(Panel("own", "Tali asih", 30, "personnel/panel_allowances.html", allowances))
