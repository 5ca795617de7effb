"""The least of each thing; every test states what matters to it."""

from tests.factories.attachments import make_jpeg, make_pdf, make_portrait, make_proof_rule, make_upload
from tests.factories.beneficiaries import (
    make_beneficiary,
    make_caseload,
    make_circumstance,
    make_many_beneficiaries,
    make_membership,
)
from tests.factories.common import CURUP, KOTA, REJANG_LEBONG, SELEBAR, TELUK_SEGARA, make_verifier, nik
from tests.factories.exports import export_job_of
from tests.factories.life import (
    make_atensi,
    make_case,
    make_decree,
    make_graduation,
    make_many_candidates,
    make_objection,
    make_participation,
    make_proposal,
    make_verification,
)
from tests.factories.offices import make_office
from tests.factories.payments import make_batch, make_line
from tests.factories.personnel import (
    make_activity,
    make_activity_step,
    make_allowance,
    make_assignment,
    make_monthly_report,
    make_person,
    member_of,
)
from tests.factories.targets import (
    make_base,
    make_closed_year,
    make_closure,
    make_freeze,
    make_target,
    make_workplan,
    make_workstep,
)
from tests.factories.working_life import (
    make_account,
    make_competence,
    make_need,
    make_sanction,
    make_termination,
    make_tie,
)

__all__ = [
    "CURUP",
    "KOTA",
    "REJANG_LEBONG",
    "SELEBAR",
    "TELUK_SEGARA",
    "export_job_of",
    "make_account",
    "make_activity",
    "make_activity_step",
    "make_allowance",
    "make_assignment",
    "make_atensi",
    "make_base",
    "make_batch",
    "make_beneficiary",
    "make_case",
    "make_caseload",
    "make_circumstance",
    "make_closed_year",
    "make_closure",
    "make_competence",
    "make_decree",
    "make_freeze",
    "make_graduation",
    "make_jpeg",
    "make_line",
    "make_many_beneficiaries",
    "make_many_candidates",
    "make_membership",
    "make_monthly_report",
    "make_need",
    "make_objection",
    "make_office",
    "make_participation",
    "make_pdf",
    "make_person",
    "make_portrait",
    "make_proof_rule",
    "make_proposal",
    "make_sanction",
    "make_target",
    "make_termination",
    "make_tie",
    "make_upload",
    "make_verification",
    "make_verifier",
    "make_workplan",
    "make_workstep",
    "member_of",
    "nik",
]
