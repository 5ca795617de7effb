from pilar.core.models.account import ApiToken, RegionGrant, Role, User
from pilar.core.models.attachment import Attachment, AttachmentLink
from pilar.core.models.audit import AuditEvent
from pilar.core.models.catalogue import GroupAlias, Pillar, PpksMapping, Programme, TargetGroup
from pilar.core.models.imports import ImportedRow, ImportFault, ImportMapping, ImportPiece, ImportSession
from pilar.core.models.job import Job
from pilar.core.models.office import OfficeProfile
from pilar.core.models.region import BudgetYear, Region, RegionSuccession

__all__ = [
    "ApiToken",
    "Attachment",
    "AttachmentLink",
    "AuditEvent",
    "BudgetYear",
    "GroupAlias",
    "ImportFault",
    "ImportMapping",
    "ImportPiece",
    "ImportSession",
    "ImportedRow",
    "Job",
    "OfficeProfile",
    "Pillar",
    "PpksMapping",
    "Programme",
    "Region",
    "RegionGrant",
    "RegionSuccession",
    "Role",
    "TargetGroup",
    "User",
]
