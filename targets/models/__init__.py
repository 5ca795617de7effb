from targets.models.base import AcceptedRest, BaseFigure
from targets.models.closing import ClosedCell, ClosedPersonal, ClosedTarget, YearClosure, YearCorrection
from targets.models.control import FreezeException, TargetFreeze, TargetStep
from targets.models.facts import Achievement, DirtySubject, LedgerEntry, Participation, PersonalAchievement
from targets.models.plan import Indicator, Target
from targets.models.published import PublishedFigure, PublishedPart
from targets.models.ratio import Ratio
from targets.models.rollup import RollupPart, RollupRun, RollupYear, StagedCell, StagedParticipation
from targets.models.rules import PersonalRule
from targets.models.workplan import Party, WorkAgreement, WorkMove, WorkPlan, WorkStep

__all__ = [
    "AcceptedRest",
    "Achievement",
    "BaseFigure",
    "ClosedCell",
    "ClosedPersonal",
    "ClosedTarget",
    "DirtySubject",
    "FreezeException",
    "Indicator",
    "LedgerEntry",
    "Participation",
    "Party",
    "PersonalAchievement",
    "PersonalRule",
    "PublishedFigure",
    "PublishedPart",
    "Ratio",
    "RollupPart",
    "RollupRun",
    "RollupYear",
    "StagedCell",
    "StagedParticipation",
    "Target",
    "TargetFreeze",
    "TargetStep",
    "WorkAgreement",
    "WorkMove",
    "WorkPlan",
    "WorkStep",
    "YearClosure",
    "YearCorrection",
]
