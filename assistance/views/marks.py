"""Words and marks that pages about lines share; one place, so that officials can change them."""

from typing import Any

from assistance.models import Batch, Disbursement
from assistance.reading import Totals
from assistance.services.entry import may_see_sensitive
from pilar.core.models import TargetGroup
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
    {"term": "Retur", "meaning": "Kembali ke kas; tidak dihitung sampai dibayar ulang dengan baris baru."},
    {"term": "Belum diambil", "meaning": "Sudah disalurkan, tetapi penerima belum mengambilnya (tidak transaksi)."},
]

_STATE_MARKS = {
    State.DECIDED: ("belum disalurkan", "wait"),
    State.PAID: ("disalurkan", "neutral"),
    State.RECEIVED: ("diterima", "done"),
    State.UNCLAIMED: ("belum diambil", "wait"),
    State.RETURNED: ("dikembalikan (retur)", "back"),
}


def state_mark(line: Disbursement) -> dict[str, str]:
    """Text and tone for state_pill.html. `repaid` is annotated by whoever lists lines."""
    if line.state == State.RETURNED and getattr(line, "repaid", False):
        return {"text": "retur, sudah dibayar ulang", "tone": "neutral"}
    text, tone = _STATE_MARKS[State(line.state)]
    return {"text": text, "tone": tone}


def mark(ceiling: int, totals: Totals) -> dict[str, Any]:
    """Four bars on the scale of the ceiling, as SVG widths."""
    return {
        "decided": place(totals.decided, ceiling),
        "paid": place(totals.paid, ceiling),
        "received": place(totals.received, ceiling),
    }


def group_shown(user: Any, group: TargetGroup) -> str:
    """The group's name, or that it is hidden from this reader."""
    return HIDDEN_GROUP if group.sensitive and not may_see_sensitive(user) else group.name


def short_place(label: str) -> str:
    """ "17.71.01 Selebar, Kota Bengkulu, Bengkulu" -> "Selebar, Kota Bengkulu": no code, no province above."""
    names = label.partition(" ")[2] or label
    return names.rpartition(", ")[0] or names


def list_name(batch: Batch) -> str:
    """ "YAPI, Tahap 4 2024": the programme without what its name explains in brackets."""
    return f"{batch.programme.name.partition(' (')[0]}, {batch.stage} {batch.year_id}"
