"""Words and marks that pages about lines share; one place, so that officials can change them."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse

from assistance.models import Batch, Disbursement
from assistance.reading import Totals
from assistance.services.entry import may_see_sensitive
from assistance.words import line_short
from pilar.core.menu import address
from pilar.core.models import Programme, TargetGroup
from pilar.core.templatetags.geometry import place

State = Disbursement.State
MOVED_AWAY = "tercatat di wilayah lain"
HIDDEN_GROUP = "disembunyikan (data pribadi spesifik)"
NO_COMPANION = "belum ada pendamping"
COMPANION_ELSEWHERE = "pendamping di luar wilayah Anda"

MEANINGS = [
    {"term": "Pagu", "meaning": "Batas dana daftar ini. Jumlah baris yang berlaku tidak pernah melebihinya."},
    {"term": "Ditetapkan (SK)", "meaning": "Jumlah semua baris yang berlaku, yaitu selain yang dikembalikan (retur)."},
    {"term": "Salur", "meaning": "Sudah keluar dari kas dan tidak kembali, diterima ataupun belum."},
    {"term": "Diterima (transaksi)", "meaning": "Sudah di tangan penerima."},
    {"term": "Retur", "meaning": "Kembali; tidak dihitung sampai dibayar ulang dengan baris baru."},
    {"term": "Setor kas", "meaning": "Retur yang disetor ke kas negara; selesai dan tidak dibayar ulang."},
    {"term": "Belum diambil", "meaning": "Sudah disalurkan, tetapi penerima belum mengambilnya (tidak transaksi)."},
]

_TONES = {
    State.DECIDED: "wait",
    State.PAID: "neutral",
    State.RECEIVED: "done",
    State.UNCLAIMED: "wait",
    State.RETURNED: "back",
    State.DEPOSITED: "neutral",
}
_LIST_TONES = {
    Batch.Approval.DRAFT: "neutral",
    Batch.Approval.PROPOSED: "wait",
    Batch.Approval.APPROVED: "wait",
    Batch.Approval.CLOSED: "done",
    Batch.Approval.SETTLED: "done",
}


def state_mark(line: Disbursement, programme: Programme) -> dict[str, str]:
    """Text and tone for state_pill.html. `repaid` is annotated by whoever lists lines."""
    if line.state == State.RETURNED and getattr(line, "repaid", False):
        return {"text": "retur, sudah dibayar ulang", "tone": "neutral"}
    return {"text": line_short(line.state, programme), "tone": _TONES[State(line.state)]}


def list_mark(batch: Batch) -> dict[str, str] | None:
    """Approval of a list for state_pill.html; None for a recorded one, which has none here."""
    if batch.recorded:
        return None
    if batch.approval == Batch.Approval.DRAFT and batch.note:
        return {"text": "dikembalikan dengan catatan", "tone": "back"}
    return {"text": batch.get_approval_display().partition(":")[0], "tone": _LIST_TONES[Batch.Approval(batch.approval)]}


def mark(ceiling: int, totals: Totals) -> dict[str, Any]:
    """Four bars on the scale of the ceiling, as SVG widths."""
    return {
        "decided": place(totals.decided, ceiling),
        "paid": place(totals.paid, ceiling),
        "received": place(totals.received, ceiling),
    }


def person_url(pk: int, known: Collection[int]) -> str:
    """The page of a beneficiary whose name the reader may see; empty for anybody else."""
    return reverse("beneficiary-detail", args=[pk]) if pk in known else ""


def companion_url(pk: int | None, known: Collection[int]) -> str:
    """The page of a pillar member, likewise."""
    return address("personnel-detail", {"pk": pk}) if pk in known else ""


def group_shown(user: Any, group: TargetGroup) -> str:
    """The group's name, or that it is hidden from this reader."""
    return HIDDEN_GROUP if group.sensitive and not may_see_sensitive(user) else group.name


def short_place(label: str) -> str:
    """ "17.71.01 Selebar, Kota Bengkulu, Bengkulu" -> "Selebar, Kota Bengkulu": no code, no province above."""
    names = label.partition(" ")[2] or label
    return names.rpartition(", ")[0] or names


def list_name(batch: Batch) -> str:
    """ "YAPI, Tahap 4 2024": the programme without what its name explains in brackets."""
    return f"{batch.programme.short}, {batch.stage} {batch.year_id}"
