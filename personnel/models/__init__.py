"""Models of personnel, one module per noun."""

from personnel.models.activities import NEWEST_FIRST, Activity, ActivityKind, ActivityQuerySet, ActivityStep
from personnel.models.allowances import (
    AllowanceLine,
    AllowanceProposal,
    AllowanceRate,
    AllowanceStep,
    Funding,
)
from personnel.models.background import Competence, FamilyTie
from personnel.models.bank import BankAccount
from personnel.models.conduct import Sanction, Termination, TerminationStep
from personnel.models.employment import EmploymentChange
from personnel.models.monthly import MonthlyReport
from personnel.models.needs import Need
from personnel.models.people import (
    Assignment,
    AssignmentQuerySet,
    DateRange,
    Personnel,
    PersonnelQuerySet,
    period,
    valid_on,
)
from personnel.models.photos import ActivityPhoto, PersonnelPhoto
from personnel.models.service_rules import ServiceRule

__all__ = [
    "NEWEST_FIRST",
    "Activity",
    "ActivityKind",
    "ActivityPhoto",
    "ActivityQuerySet",
    "ActivityStep",
    "AllowanceLine",
    "AllowanceProposal",
    "AllowanceRate",
    "AllowanceStep",
    "Assignment",
    "AssignmentQuerySet",
    "BankAccount",
    "Competence",
    "DateRange",
    "EmploymentChange",
    "FamilyTie",
    "Funding",
    "MonthlyReport",
    "Need",
    "Personnel",
    "PersonnelPhoto",
    "PersonnelQuerySet",
    "Sanction",
    "ServiceRule",
    "Termination",
    "TerminationStep",
    "period",
    "valid_on",
]
