"""What both doors tell about an import: its faults with their cells, its counts, and how its work goes."""

from typing import Any

from django.db.models import Count

from pilar.core.imports.heads import letter
from pilar.core.imports.kinds import Kind
from pilar.core.imports.rules import COMMON, rule_of
from pilar.core.imports.services import JOB
from pilar.core.models import ImportFault, ImportSession, Job


def job_of(user: Any, session: ImportSession) -> Job | None:
    """The latest job of the session."""
    return Job.objects.visible_to(user).filter(kind=JOB, key=str(session.pk)).order_by("-id").first()


def rule_counts(user: Any, session: ImportSession, kind: Kind) -> list[dict[str, Any]]:
    """Faults by rule, the most frequent first."""
    rows = ImportFault.objects.visible_to(user).filter(session=session).order_by()
    found = rows.values_list("rule").annotate(many=Count("pk")).order_by("-many", "rule")
    return [
        {"rule": code, "label": rule_of(kind, code).label, "remedy": rule_of(kind, code).remedy, "count": many}
        for code, many in found
    ]


def address(session: ImportSession, fault: ImportFault) -> str:
    """The cell as a spreadsheet names it: "Data!C17"; the row alone when the file has no such column."""
    sheet = f"{session.layout['sheet']}!" if session.layout.get("sheet") else ""
    if fault.column not in session.mapping:
        return f"{sheet}baris {fault.number}"
    return f"{sheet}{letter(session.mapping.index(fault.column))}{fault.number}"


def sentence(kind: Kind, fault: ImportFault) -> str:
    """What is wrong and what to do, for the file of bad rows."""
    rule = rule_of(kind, fault.rule)
    column = kind.by_key.get(fault.column)
    about = f"{column.heading}: " if column else ""
    said = f" “{fault.value}”" if fault.value else ""
    detail = f" ({fault.detail})" if fault.detail else ""
    return f"{about}{rule.label}{said}{detail}. {rule.remedy}"


def rule_choices(kinds: list[Kind]) -> list[tuple[str, str]]:
    found = {code: rule.label for code, rule in COMMON.items()}
    for kind in kinds:
        found |= {code: rule.label for code, rule in kind.rules.items()}
    return sorted(found.items(), key=lambda pair: pair[1])
