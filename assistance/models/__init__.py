"""Models of assistance, one module per noun."""

from assistance.models.atensi import AtensiCase, AtensiItem
from assistance.models.care import Caseload, Graduation, GraduationCase, GraduationQuerySet
from assistance.models.family import FamilyCard, Guardian
from assistance.models.history import Step
from assistance.models.lists import Batch, BatchNote, CeilingRevision, Disbursement, DisbursementQuerySet
from assistance.models.participation import Decree, Participation, ParticipationQuerySet
from assistance.models.people import Beneficiary, Circumstance, GroupMembership
from assistance.models.proofs import (
    BatchProof,
    Document,
    LineProof,
    ProofRule,
    ProposalMinutes,
    VerificationProof,
)
from assistance.models.proposals import Objection, Proposal, ProposalQuerySet, Verification, VerificationQuerySet
from assistance.models.results import ResultFile, ResultRow
from assistance.models.rules import EligibilityRule, ProgrammePrice

__all__ = [
    "AtensiCase",
    "AtensiItem",
    "Batch",
    "BatchNote",
    "BatchProof",
    "Beneficiary",
    "Caseload",
    "CeilingRevision",
    "Circumstance",
    "Decree",
    "Disbursement",
    "DisbursementQuerySet",
    "Document",
    "EligibilityRule",
    "FamilyCard",
    "Graduation",
    "GraduationCase",
    "GraduationQuerySet",
    "GroupMembership",
    "Guardian",
    "LineProof",
    "Objection",
    "Participation",
    "ParticipationQuerySet",
    "ProgrammePrice",
    "ProofRule",
    "Proposal",
    "ProposalMinutes",
    "ProposalQuerySet",
    "ResultFile",
    "ResultRow",
    "Step",
    "Verification",
    "VerificationProof",
    "VerificationQuerySet",
]
