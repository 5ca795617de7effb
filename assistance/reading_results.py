"""What both doors tell about a result file: how many rows of which kind, and how its work goes."""

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q

from assistance.models import ResultFile, ResultRow
from assistance.services.results import KIND
from pilar.core.models import Job

Match = ResultRow.Match
FAULTS = (Match.BROKEN, Match.UNKNOWN, Match.DOUBLE, Match.AMOUNT, Match.STEP)


@dataclass(frozen=True)
class Counts:
    """Rows by kind of match; of the matched ones, by outcome; and how many are applied."""

    by_match: dict[str, int] = field(default_factory=dict)
    by_outcome: dict[str, int] = field(default_factory=dict)
    applied: int = 0

    @property
    def matched(self) -> int:
        return self.by_match.get(Match.MATCHED, 0)

    @property
    def faults(self) -> int:
        return sum(self.by_match.get(kind, 0) for kind in FAULTS)


def counts_of(user: Any, file: ResultFile) -> Counts:
    """In one query."""
    groups = _groups(user, file)
    by_match: dict[str, int] = {}
    by_outcome: dict[str, int] = {}
    for group in groups:
        by_match[group["match"]] = by_match.get(group["match"], 0) + group["rows"]
        if group["match"] == Match.MATCHED:
            by_outcome[group["outcome"]] = group["rows"]
    return Counts(by_match, by_outcome, sum(group["done"] for group in groups))


def _groups(user: Any, file: ResultFile) -> list[Any]:
    rows = ResultRow.objects.visible_to(user).filter(file=file).order_by()
    return list(rows.values("match", "outcome").annotate(rows=Count("pk"), done=Count("pk", filter=Q(applied=True))))


def job_of(user: Any, file: ResultFile) -> Job | None:
    """The latest job of the file."""
    return Job.objects.visible_to(user).filter(kind=KIND, key=str(file.pk)).order_by("-id").first()
