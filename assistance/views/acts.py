"""What may be done to a line, each act with its form and its consequence spelt out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from assistance.forms.common import NoteForm, ReasonForm, StepForm
from assistance.forms.lists import CorrectionForm, DecidedCorrectionForm
from assistance.models import Disbursement
from assistance.services import lines as service
from assistance.states import LINE, State
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


def offered(user: Any, line: Disbursement, *, repaid: bool) -> list[dict[str, Any]]:
    """Buttons for what this user may do to the line now."""
    if not reach_of(user).can(Right.ENTER, line.region_id):
        return []
    return [
        {
            "label": act.label,
            "variant": act.variant,
            "url": reverse("disbursement-act", args=[line.batch_id, line.pk, act.code]),
        }
        for act in ACTS
        if act.fits(line, repaid=repaid)
    ]


def form_of(act: Act, line: Disbursement) -> type[GatedForm]:
    return DecidedCorrectionForm if act.code == "koreksi" and line.state == State.DECIDED else act.form
