"""What may be done to a line, each act with its form and its consequence spelt out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from assistance.forms.approvals import DepositForm
from assistance.forms.common import NoteForm, ReasonForm, StepForm
from assistance.forms.lists import CorrectionForm, DecidedCorrectionForm
from assistance.models import Batch, Disbursement
from assistance.services import lines as service
from assistance.services.line_parts import OPEN, PAYABLE
from assistance.states import LINE, State
from assistance.words import act_label
from pilar.core.rights import Right
from pilar.core.scoping import reach_of
from pilar.core.views import GatedForm

Serve = Callable[..., Disbursement | None]


@dataclass(frozen=True)
class Act:
    """Attributes:
    follows: the state it leads to by the table; None for acts that are not a step.
    states: states in which an act that is not a step is offered.
    """

    code: str
    label: str
    serve: Serve
    form: type[GatedForm]
    consequence: str
    follows: State | None = None
    states: tuple[State, ...] = ()
    day_label: str = ""
    variant: str = "secondary"

    def fits(self, line: Disbursement, *, repaid: bool) -> bool:
        if self.follows is not None:
            return LINE.may_follow(line.state, self.follows)
        return line.state in self.states and not repaid


ACTS = (
    Act(
        "salur", "Catat penyaluran", service.disbursement_pay, StepForm, follows=State.PAID,
        day_label="Tanggal salur", variant="primary",
        consequence="Jumlahnya dihitung sebagai salur, di bulan tanggal itu. Di luar tahun anggaran: luncuran.",
    ),
    Act(
        "terima", "Catat diterima", service.disbursement_receive, StepForm, follows=State.RECEIVED,
        day_label="Tanggal diterima", variant="primary",
        consequence="Baris ini selesai; sesudahnya tidak bisa dicatat retur.",
    ),
    Act(
        "belum-diambil", "Catat belum diambil", service.disbursement_unclaimed, NoteForm, follows=State.UNCLAIMED,
        consequence="Jumlahnya tetap dihitung sebagai salur, belum sebagai diterima.",
    ),
    Act(
        "retur", "Catat retur", service.disbursement_return, StepForm, follows=State.RETURNED,
        day_label="Tanggal retur",
        consequence="Jumlahnya tidak dihitung lagi dan pagunya bebas, sampai baris ini dibayar ulang.",
    ),
    Act(
        "setor", "Catat setor kas", service.disbursement_deposit, DepositForm, states=(State.RETURNED,),
        day_label="Tanggal setor",
        consequence="Selesai: uangnya tidak dihitung lagi dan tidak bisa dibayar ulang.",
    ),
    Act(
        "bayar-ulang", "Bayar ulang", service.disbursement_repay, StepForm, states=(State.RETURNED,),
        day_label="Tanggal salur ulang", variant="primary",
        consequence="Baris baru dengan jumlah yang sama dibuat sebagai salur; baris ini tetap tercatat retur.",
    ),
    Act(
        "koreksi", "Koreksi jumlah atau tanggal", service.disbursement_correct, CorrectionForm,
        states=(State.DECIDED, State.PAID, State.UNCLAIMED, State.RECEIVED),
        consequence="Nilai lama dan baru tercatat di jejak audit; angka dasbor ikut berubah.",
    ),
    Act(
        "hapus", "Hapus baris", service.disbursement_remove, ReasonForm, states=(State.DECIDED,), variant="danger",
        consequence="Baris hilang dari daftar. Sebabnya tersimpan di jejak audit.",
    ),
)  # fmt: skip

BY_CODE = {act.code: act for act in ACTS}


def allowed(act: Act, line: Disbursement, batch: Batch) -> bool:
    """Whether the list's approval lets the act happen to the line now."""
    if act.code == "hapus":
        return batch.approval in OPEN
    if act.code == "koreksi":
        return batch.approval in (PAYABLE if line.state != State.DECIDED else OPEN)
    return batch.approval in PAYABLE


def offered(user: Any, line: Disbursement, batch: Batch, *, repaid: bool) -> list[dict[str, Any]]:
    """Buttons for what this user may do to the line now."""
    if not reach_of(user).can(Right.ENTER, line.region_id):
        return []
    return [
        {
            "label": act_label(act.code, act.label, batch.programme),
            "variant": act.variant,
            "url": reverse("disbursement-act", args=[line.batch_id, line.pk, act.code]),
        }
        for act in ACTS
        if act.fits(line, repaid=repaid) and allowed(act, line, batch)
    ]


def form_of(act: Act, line: Disbursement) -> type[GatedForm]:
    return DecidedCorrectionForm if act.code == "koreksi" and line.state == State.DECIDED else act.form
