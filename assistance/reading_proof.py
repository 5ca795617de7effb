"""What a programme asks as proof, and what of it is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from assistance.models import Batch, BatchProof, Disbursement, LineProof, ProofRule
from pilar.core.models import Programme

Of = ProofRule.Of
State = Disbursement.State


@dataclass(frozen=True)
class Asked:
    """A document that is asked for, and whether it is there.

    `lines`: how many received lines lack it; 0 for a document of the list itself.
    """

    rule: ProofRule
    met: bool
    lines: int = 0


def rules_on(on: date, programme: Programme | None = None) -> list[ProofRule]:
    """What is asked on that day; of every programme when none is named. One query."""
    rows = ProofRule.objects.filter(Q(valid_until__isnull=True) | Q(valid_until__gte=on), valid_from__lte=on)
    return list(rows if programme is None else rows.filter(programme=programme))


def asked_of(batch: Batch, on: date) -> list[Asked]:
    """What the programme asks of this list on that day, the list's own documents first. One query, and one per rule."""
    rules = sorted(rules_on(on, batch.programme), key=lambda rule: rule.of == Of.LINE)
    return [_asked(batch, rule) for rule in rules]


def _asked(batch: Batch, rule: ProofRule) -> Asked:
    if rule.of == Of.LINE:
        many = lines_lacking(_lines(batch), [rule]).count()
        return Asked(rule, met=not many, lines=many)
    return Asked(rule, met=_meeting(BatchProof.objects.filter(batch=batch), rule).exists())


def gaps_of_line(line: Disbursement, rules: Sequence[ProofRule]) -> list[ProofRule]:
    if line.state != State.RECEIVED:
        return []
    own = LineProof.objects.filter(line=line)
    return [rule for rule in rules if rule.of == Of.LINE and not _meeting(own, rule).exists()]


def lines_lacking(lines: QuerySet[Disbursement], rules: Iterable[ProofRule]) -> QuerySet[Disbursement]:
    """Received lines that lack a document which one of the rules asks for."""
    lacking = Q(pk__in=[])
    for rule in rules:
        if rule.of == Of.LINE:
            has = _meeting(LineProof.objects.filter(line=OuterRef("pk")), rule)
            lacking |= Q(programme_id=rule.programme_id) & ~Q(Exists(has))
    return lines.filter(lacking, state=State.RECEIVED)


def first_lacking(batch: Batch, rule: ProofRule, many: int) -> list[int]:
    """People of the first lines without it, in the order of the lines."""
    rows = lines_lacking(_lines(batch), [rule]).order_by("id")
    return list(rows.values_list("beneficiary_id", flat=True)[:many])


def _lines(batch: Batch) -> QuerySet[Disbursement]:
    return Disbursement.objects.filter(batch=batch, year=batch.year_id).order_by()


def _meeting(proofs: QuerySet[BatchProof] | QuerySet[LineProof], rule: ProofRule) -> QuerySet[BatchProof | LineProof]:
    """Proofs that stand and are what the rule asks."""
    rows = proofs.filter(document=rule.document, attachment__withdrawn_at__isnull=True)
    return rows.filter(attachment__latitude__isnull=False) if rule.placed else rows


def rule_shown(rule: ProofRule) -> str:
    """ "foto penyerahan dengan titik lokasi" """
    return f"{rule.get_document_display()}{' dengan titik lokasi' if rule.placed else ''}"
