"""What may be done to a whole list, each act with its form and its consequence spelt out."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from assistance.forms import approvals as forms
from assistance.forms.participation import EmptyForm
from assistance.models import Batch
from assistance.reading import Totals
from assistance.services import approvals as service
from assistance.services.authority import may_decide
from assistance.services.ceilings import Noted, Revision
from assistance.services.mass import lines_hand_over, lines_pay
from assistance.words import channel_of
from pilar.core.rights import Right
from pilar.core.scoping import reach_of
from pilar.core.views import GatedForm

Approval = Batch.Approval
ANY = (Approval.RECORDED, Approval.DRAFT, Approval.PROPOSED, Approval.APPROVED, Approval.CLOSED)
PAYABLE = (Approval.RECORDED, Approval.CLOSED)


@dataclass(frozen=True)
class Act:
    """Attributes:
    states: in which it is offered.
    right: who may; None: the level that funds decides.
    four_eyes: not for the proposer.
    when: what else must be so for the button to be offered.
    """

    code: str
    label: str
    serve: Callable[..., Any]
    form: type[GatedForm]
    states: tuple[Approval, ...]
    right: Right | None
    consequence: str
    done: str
    variant: str = "secondary"
    four_eyes: bool = True
    when: Callable[[Batch, Totals], bool] = lambda batch, totals: True


def _revise(*, actor: Any, batch: Batch, today: Any, **given: Any) -> Any:
    return service.ceiling_revise(actor=actor, batch=batch, revision=Revision(**given), today=today)


def _note(*, actor: Any, batch: Batch, today: Any, **given: Any) -> Any:
    return service.batch_note(actor=actor, batch=batch, noted=Noted(**given), today=today)


ACTS = (
    Act(
        "isi", "Isi dari penerima aktif", service.batch_fill, EmptyForm, (Approval.DRAFT,), Right.ENTER,
        "Tiap penerima aktif program ini di wilayah daftar yang belum punya baris mendapat satu baris. "
        "Yang dilewati disebut dengan alasannya. Belum ada uang atau barang yang disalurkan.",
        "{0.added} baris ditambahkan.",
    ),
    Act(
        "ajukan", "Ajukan persetujuan", service.batch_propose, EmptyForm, (Approval.DRAFT,), Right.PROPOSE,
        "Isi daftar tidak bisa diubah selama menunggu. Anda menjadi pengusulnya, jadi bukan Anda yang menyetujui.",
        "Daftar diajukan. Pejabat di tingkat yang mendanai akan memutuskannya.", "primary",
        when=lambda batch, totals: totals.lines > 0,
    ),
    Act(
        "setujui", "Setujui", service.batch_approve, EmptyForm, (Approval.PROPOSED,), None,
        "Isi daftar ini disetujui apa adanya dan tidak bisa diubah lagi. Sesudah ini tinggal final closing.",
        "Daftar disetujui. Operator melakukan final closing.", "primary",
    ),
    Act(
        "kembalikan", "Kembalikan dengan catatan", service.batch_send_back, forms.SendBackForm, (Approval.PROPOSED,),
        None, "Daftar kembali disusun dengan catatan Anda; pengusul memperbaiki lalu mengajukannya lagi.",
        "Daftar dikembalikan dengan catatan.",
    ),
    Act(
        "terima-tanpa-verval", "Terima yang belum diverval", service.batch_accept_unverified, forms.AcceptForm,
        (Approval.APPROVED,), None,
        "Mereka ikut disalurkan walau belum diverval. Nama Anda dan alasannya tersimpan di daftar ini.",
        "Alasan tersimpan. Operator dapat melakukan final closing.",
    ),
    Act(
        "tutup", "Final closing", service.batch_close, EmptyForm, (Approval.APPROVED,), Right.ENTER,
        "Isi daftar dibekukan untuk seterusnya. Sesudah ini uang atau barang boleh disalurkan.",
        "Final closing selesai. Daftar siap disalurkan.", "primary",
    ),
    Act(
        "salurkan", "Salurkan semua", lines_pay, forms.PayAllForm, PAYABLE, Right.ENTER,
        "Semua baris yang belum disalurkan dicatat salur pada tanggal itu, kecuali yang disebut di atas.",
        "{0.lines} baris dicatat salur.", "primary", when=lambda batch, totals: totals.waiting > 0,
    ),
    Act(
        "serahkan", "Catat diserahkan (BAST)", lines_hand_over, forms.HandOverForm, PAYABLE, Right.ENTER,
        "Semua baris yang sudah disalurkan dan belum diserahkan dicatat diserahkan kepada penerima dengan BAST itu. "
        "Sesudahnya baris itu tidak bisa dicatat retur.",
        "{0.lines} baris dicatat diserahkan.", "primary",
        when=lambda batch, totals: bool(channel_of(batch.programme)) and totals.paid > totals.received,
    ),
    Act(
        "selesai", "Nyatakan selesai", service.batch_settle, EmptyForm, (Approval.CLOSED,), Right.ENTER,
        "Daftar ditutup untuk seterusnya: tidak ada baris, pagu, atau catatan yang bisa berubah lagi.",
        "Daftar selesai.",
    ),
    Act(
        "pagu", "Revisi pagu", _revise, forms.RevisionForm, ANY, None,
        "Pagu yang berlaku menjadi nilai baru; nilai lama, nomor, dan sebabnya tetap tersimpan.",
        "Revisi pagu tersimpan.", "quiet", four_eyes=False,
    ),
    Act(
        "catatan", "Tambah catatan", _note, forms.BatchNoteForm, ANY, Right.ENTER,
        "Catatan SPM, SP2D, SI, burekol, OMSPAN, atau BAST tidak mengubah keadaan daftar atau barisnya.",
        "Catatan tersimpan.", "quiet",
    ),
)  # fmt: skip

BY_CODE = {act.code: act for act in ACTS}


def decides(user: Any, batch: Batch) -> bool:
    return may_decide(user, funding=batch.funding, region=batch.region_id, programme=batch.programme)


def offered(user: Any, batch: Batch, totals: Totals) -> list[dict[str, Any]]:
    """Buttons for what this user may do to the list now; the one that leads on is the primary one."""
    shown = []
    for act in ACTS:
        if batch.approval in act.states and act.when(batch, totals) and _may(user, batch, act):
            lead = act.code == "isi" and not totals.lines
            url = reverse("batch-act", args=[batch.pk, act.code])
            shown.append({"label": act.label, "variant": "primary" if lead else act.variant, "url": url})
    return shown


def _may(user: Any, batch: Batch, act: Act) -> bool:
    if act.right is not None:
        return reach_of(user).can(act.right, batch.region_id)
    mine = act.four_eyes and user.pk == batch.proposed_by_id
    return not mine and decides(user, batch)
