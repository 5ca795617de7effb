"""What may be done to a case of graduation: each act with its right, its form and its consequence."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from assistance.forms.graduation_cases import AssessForm, CaseForm, CaseReasonForm, DecideForm, LeaveForm
from assistance.models import GraduationCase
from assistance.services import graduation_cases as service
from assistance.states import GRADUATION
from pilar.core.rights import Right
from pilar.core.scoping import reach_of

State = GraduationCase.State


@dataclass(frozen=True)
class CaseAct:
    """Attributes:
    follows: the state it leads to by the table.
    right: who is offered it; the service asks again.
    by_another: not for the proposer (four eyes).
    """

    code: str
    label: str
    serve: Callable[..., GraduationCase]
    form: type[CaseForm]
    follows: State
    right: Right
    consequence: str
    by_another: bool = False
    variant: str = "secondary"

    def offered_to(self, user: Any, case: GraduationCase) -> bool:
        return (
            GRADUATION.may_follow(case.state, self.follows)
            and reach_of(user).can(self.right, case.region_id)
            and not (self.by_another and case.proposed_by_id == user.pk)
        )


ACTS = (
    CaseAct(
        "asesmen", "Catat asesmen", service.case_assess, AssessForm, State.ASSESSED, Right.ENTER,
        "Skor dihitung dan disimpan bersama jawabannya; sesudah itu asesmen tidak diubah lagi. Belum ada yang dihitung "
        "ke target.", variant="primary",
    ),
    CaseAct(
        "putuskan", "Putuskan lulus", service.case_decide, DecideForm, State.TRANSITION, Right.DECIDE,
        "Keluarga dinyatakan lulus. Bila jenisnya dihitung, graduasi dihitung pada tanggal keputusan, untuk pendamping "
        "keluarga itu pada tanggal itu. Kepesertaannya tetap berjalan sampai ia keluar.",
        by_another=True, variant="primary",
    ),
    CaseAct(
        "keluar", "Catat keluar", service.case_leave, LeaveForm, State.LEFT, Right.ENTER,
        "Kepesertaan keluarga di program ini berakhir pada tanggal itu dengan alasan graduasi. Kembali menerima hanya "
        "lewat usulan baru.", variant="primary",
    ),
    CaseAct(
        "tolak", "Tolak", service.case_reject, CaseReasonForm, State.REJECTED, Right.DECIDE,
        "Proses berhenti; keluarga tetap menerima dan tidak ada yang dihitung. Boleh diusulkan lagi kemudian.",
        by_another=True,
    ),
    CaseAct(
        "batal", "Batalkan graduasi", service.case_cancel, CaseReasonForm, State.CANCELLED, Right.DECIDE,
        "Graduasinya tidak dihitung lagi untuk siapa pun; keluarga tetap menerima. Barisnya tetap terbaca.",
        variant="danger",
    ),
)  # fmt: skip
BY_CODE = {act.code: act for act in ACTS}


def offered(user: Any, case: GraduationCase) -> list[dict[str, Any]]:
    """Buttons for what this user may do to the case now."""
    return [
        {"label": act.label, "variant": act.variant, "url": reverse("graduation-case-act", args=[case.pk, act.code])}
        for act in ACTS
        if act.offered_to(user, case)
    ]


def why_not(user: Any, case: GraduationCase) -> str:
    """Why a proposer who might decide is not offered it; empty when that is not the matter."""
    waits = GRADUATION.may_follow(case.state, State.TRANSITION)
    decider = reach_of(user).can(Right.DECIDE, case.region_id)
    if waits and decider and case.proposed_by_id == user.pk:
        return "Anda pengusul graduasi ini, jadi yang memutuskan adalah pejabat lain di kantor Anda."
    return ""
