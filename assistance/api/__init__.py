"""Routes of this app: (prefix, viewset, basename)."""

from typing import Any

from assistance.api.atensi import AtensiViewSet
from assistance.api.batches import BatchViewSet
from assistance.api.beneficiaries import BeneficiaryViewSet
from assistance.api.caseloads import CaseloadViewSet
from assistance.api.coverage import CoverageViewSet
from assistance.api.decrees import DecreeViewSet
from assistance.api.graduation_cases import GraduationCaseViewSet
from assistance.api.graduations import GraduationViewSet
from assistance.api.lines import LineViewSet
from assistance.api.objections import ObjectionViewSet
from assistance.api.participations import ParticipationViewSet
from assistance.api.programmes import PriceViewSet, ProofRuleViewSet, RuleViewSet
from assistance.api.proposals import ProposalViewSet
from assistance.api.recap import RecapViewSet
from assistance.api.results import ResultFileViewSet
from assistance.api.verifications import UnverifiedViewSet, VerificationViewSet
from assistance.api.workload import WorkloadViewSet

ROUTES: list[tuple[str, Any, str]] = [
    ("harga-satuan", PriceViewSet, "api-price"),
    ("aturan-kelayakan", RuleViewSet, "api-rule"),
    ("syarat-bukti", ProofRuleViewSet, "api-proof-rule"),
    ("usulan", ProposalViewSet, "api-proposal"),
    ("daftar-penyaluran", BatchViewSet, "api-batch"),
    ("penyaluran", LineViewSet, "api-line"),
    ("berkas-hasil", ResultFileViewSet, "api-result"),
    ("penerima", BeneficiaryViewSet, "api-beneficiary"),
    ("sk", DecreeViewSet, "api-decree"),
    ("kepesertaan", ParticipationViewSet, "api-participation"),
    ("atensi", AtensiViewSet, "api-atensi"),
    ("beban-kerja", WorkloadViewSet, "api-workload"),
    ("dampingan", CaseloadViewSet, "api-caseload"),
    ("graduasi", GraduationViewSet, "api-graduation"),
    ("proses-graduasi", GraduationCaseViewSet, "api-graduation-case"),
    ("verval", VerificationViewSet, "api-verification"),
    ("perlu-verval", UnverifiedViewSet, "api-unverified"),
    ("cakupan-verval", CoverageViewSet, "api-coverage"),
    ("rekap-verval", RecapViewSet, "api-recap"),
    ("usul-sanggah", ObjectionViewSet, "api-objection"),
]
