"""The part of a page that shows proof: what the programme asks, what is there, and the way to add more."""

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from assistance.filters.lists import LACKING
from assistance.models import Batch, BatchProof, Disbursement, LineProof
from assistance.reading_proof import Asked, Of, asked_of, gaps_of_line, rule_shown, rules_on
from pilar.core.attachment_cards import cards, links_of
from pilar.core.formatting import angka
from pilar.core.rights import Right
from pilar.core.scoping import reach_of


def proof_section(reader: Any, links: Any, *, add_url: str, needs: Sequence[dict[str, str]] = ()) -> dict[str, Any]:
    """For proof_section.html. One query."""
    return {"cards": cards(links_of(links, reader), reader), "add_url": add_url, "needs": needs}


def batch_section(reader: Any, batch: Batch) -> dict[str, Any]:
    """What the programme asks, what is there. Two queries, and one for each document that is asked."""
    needs = [_need(asked) for asked in asked_of(batch, timezone.localdate())]
    may = reach_of(reader).can(Right.ENTER, batch.region_id)
    add_url = reverse("batch-proof", args=[batch.pk]) if may else ""
    return proof_section(reader, BatchProof.objects.filter(batch=batch), add_url=add_url, needs=needs)


def _need(asked: Asked) -> dict[str, str]:
    label = f"{rule_shown(asked.rule)}, {asked.rule.get_of_display()}"
    if asked.met:
        return {"label": label, "text": "lengkap", "tone": "done", "url": ""}
    if not asked.lines:
        return {"label": label, "text": "belum ada", "tone": "wait", "url": ""}
    return {
        "label": label,
        "text": f"{angka(asked.lines)} baris belum",
        "tone": "wait",
        "url": f"?proof={LACKING}#baris",
    }


def line_section(reader: Any, line: Disbursement) -> dict[str, Any]:
    rules = rules_on(timezone.localdate(), line.programme)
    lacking = gaps_of_line(line, rules)
    needs = [
        {
            "label": rule_shown(rule),
            "text": "belum ada" if rule in lacking else "lengkap",
            "tone": "wait" if rule in lacking else "done",
            "url": "",
        }
        for rule in rules
        if rule.of == Of.LINE and line.state == Disbursement.State.RECEIVED
    ]
    may = reach_of(reader).can(Right.ENTER, line.region_id) and line.state != Disbursement.State.DECIDED
    add_url = reverse("disbursement-proof", args=[line.batch_id, line.pk]) if may else ""
    return proof_section(reader, LineProof.objects.filter(line=line, year=line.year), add_url=add_url, needs=needs)
