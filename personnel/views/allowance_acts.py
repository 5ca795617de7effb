"""What may be done to a list of tali asih and to a line in it, each act with its form and its consequence."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from personnel.forms.allowances import EmptyForm, FailForm, LeaveOutForm, PaidForm, SendBackForm
from personnel.models import AllowanceLine, AllowanceProposal, Funding
from personnel.services import allowance_lines, allowances
from personnel.services import allowance_parts as parts
from personnel.states import ALLOWANCE_LINE
from pilar.core.rights import Right
from pilar.core.views import GatedForm

State, LineState = AllowanceProposal.State, AllowanceLine.State


@dataclass(frozen=True)
class Act:
    """Attributes: follows: the state a line reaches by it; None for acts on the list."""

    code: str
    label: str
    serve: Callable[..., Any]
    form: type[GatedForm]
    states: tuple[str, ...]
    consequence: str
    done: str
    variant: str = "secondary"
    follows: AllowanceLine.State | None = None


ACTS = (
    Act(
        "isi", "Isi dengan semua yang berhak", allowances.allowance_fill, EmptyForm, (State.DRAFT,),
        "Semua yang bertugas di pilar ini pada semester itu masuk daftar, belum diputuskan. Yang status kepegawaiannya "
        "tidak menerima tali asih ditandai “tidak berlaku” dengan sebabnya. Keputusan yang sudah diambil tetap.",
        "{0.added} orang baru masuk, {0.changed} berubah; {0.not_applicable} orang tidak berlaku.",
    ),
    Act(
        "usulkan", "Usulkan semua yang belum diputuskan", allowance_lines.lines_propose, EmptyForm, (State.DRAFT,),
        "Semua yang belum diputuskan menjadi “diusulkan”. Yang tidak diusulkan dicatat dahulu satu per satu.",
        "{0} orang diusulkan.",
    ),
    Act(
        "ajukan", "Ajukan daftar", allowances.allowance_propose, EmptyForm, (State.DRAFT,),
        "Daftar dikunci sampai diputuskan atau dikembalikan. Anda menjadi pengusulnya, jadi bukan Anda yang "
        "menyetujui. Setiap orang membaca keputusan tentang dirinya di halamannya.",
        "Daftar diajukan.", "primary",
    ),
    Act(
        "teruskan", "Teruskan ke Kemensos", allowances.allowance_forward, EmptyForm, (State.PROPOSED,),
        "Daftar dipegang Kementerian Sosial. Yang Anda tolak tidak ikut diteruskan.",
        "Daftar diteruskan ke Kementerian Sosial.", "primary",
    ),
    Act(
        "setujui", "Setujui", allowances.allowance_approve, EmptyForm, (State.PROPOSED, State.FORWARDED),
        "Semua yang masih “diusulkan” akan dibayar bank. Tolak dahulu yang tidak disetujui.",
        "Daftar disetujui.", "primary",
    ),
    Act(
        "kembalikan", "Kembalikan dengan catatan", allowances.allowance_send_back, SendBackForm,
        (State.PROPOSED, State.FORWARDED),
        "Daftar kembali disusun kabupaten/kota dengan catatan Anda.",
        "Daftar dikembalikan dengan catatan.",
    ),
    Act(
        "bayar", "Catat semua dibayar", allowance_lines.lines_pay, PaidForm, (State.APPROVED,),
        "Semua yang masih “diusulkan” menjadi “dibayar” pada tanggal itu. Catat dahulu yang gagal dibayar.",
        "{0} orang tercatat dibayar.", "primary",
    ),
)  # fmt: skip

LINE_ACTS = (
    Act(
        "usulkan", "Usulkan", allowance_lines.line_propose, EmptyForm, (State.DRAFT,),
        "Orang ini diusulkan untuk semester ini.", "Tercatat diusulkan.", follows=LineState.PROPOSED,
    ),
    Act(
        "tidak-diusulkan", "Tidak diusulkan", allowance_lines.line_leave_out, LeaveOutForm, (State.DRAFT,),
        "Orang ini tidak menerima tali asih semester itu. Nama Anda, tanggal, dan alasannya tampil di halamannya.",
        "Tercatat tidak diusulkan, dengan alasannya.", "danger", LineState.LEFT_OUT,
    ),
    Act(
        "tolak", "Tolak", allowance_lines.line_reject, LeaveOutForm, (State.PROPOSED, State.FORWARDED),
        "Orang ini tidak dibayar semester itu. Kantor Anda, tanggal, dan alasannya tampil di halamannya.",
        "Tercatat ditolak, dengan alasannya.", "danger", LineState.REJECTED,
    ),
    Act(
        "gagal-bayar", "Gagal bayar", allowance_lines.line_fail, FailForm, (State.APPROVED, State.PAID),
        "Uangnya belum sampai. Catat dibayar bila kemudian masuk.", "Tercatat gagal bayar.", "secondary",
        LineState.FAILED,
    ),
    Act(
        "dibayar", "Dibayar", allowance_lines.line_pay, PaidForm, (State.APPROVED, State.PAID),
        "Uangnya sudah dikirim bank pada tanggal itu.", "Tercatat dibayar.", "secondary", LineState.PAID,
    ),
)  # fmt: skip

BY_CODE = {act.code: act for act in ACTS}
LINE_BY_CODE = {act.code: act for act in LINE_ACTS}
WITHDRAW = "Tarik kembali"


def label_of(user: Any, proposal: AllowanceProposal, act: Act) -> str:
    """The proposer does not send back, he takes back."""
    mine = act.code == "kembalikan" and user.pk == proposal.proposed_by_id
    return WITHDRAW if mine else act.label


def offered(
    user: Any, proposal: AllowanceProposal, *, people: int, proposed: int, undecided: int
) -> list[dict[str, Any]]:
    """Buttons for what this user may do to the list now; the one that leads on is the primary one."""
    useful = {
        "usulkan": undecided > 0,
        "ajukan": proposed > 0 and not undecided,
        "bayar": proposed > 0,
    }
    leading = "isi" if not people else "usulkan" if undecided else ""
    return [
        {
            "label": label_of(user, proposal, act),
            "variant": "primary" if act.code == leading else act.variant,
            "url": reverse("allowance-act", args=[proposal.pk, act.code]),
        }
        for act in ACTS
        if proposal.state in act.states and useful.get(act.code, True) and may(user, proposal, act)
    ]


def line_acts(user: Any, proposal: AllowanceProposal, line: AllowanceLine) -> list[dict[str, str]]:
    return [
        {"label": act.label, "url": reverse("allowance-line-act", args=[proposal.pk, line.pk, act.code])}
        for act in LINE_ACTS
        if proposal.state in act.states
        and act.follows is not None
        and ALLOWANCE_LINE.may_follow(line.state, act.follows)
        and may(user, proposal, act)
    ]


def may(user: Any, proposal: AllowanceProposal, act: Act) -> bool:
    """Whether the act is this user's at all; the service asks again, with the lock held."""
    if proposal.state in (State.DRAFT, State.APPROVED, State.PAID):
        right = Right.PROPOSE if act.code == "ajukan" else Right.ENTER
        return parts.holds(user, right, proposal)
    mine = user.pk in (proposal.proposed_by_id, proposal.forwarded_by_id)
    forwards, approves = parts.may_forward(user, proposal), parts.may_approve(user, proposal)
    if act.code == "teruskan":
        return forwards and not mine and proposal.funding == Funding.NATIONAL
    if act.code == "setujui":
        passed = proposal.funding != Funding.NATIONAL or proposal.state == State.FORWARDED
        return approves and not mine and passed
    if act.code == "kembalikan":
        near = proposal.state == State.PROPOSED and (user.pk == proposal.proposed_by_id or forwards)
        return near or approves
    return not mine and (approves or (forwards and proposal.state == State.PROPOSED))
