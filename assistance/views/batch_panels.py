"""Parts of a list's page about its approval: where it stands, its plan, and what happened to it."""

from typing import Any

from assistance.models import Batch, BatchNote, CeilingRevision, Step
from assistance.plan import arithmetic, capacity, price_difference, standard_price, unused
from assistance.reading import names_of
from assistance.services.authority import office_of
from assistance.states import BATCH
from assistance.views.batch_acts import decides
from pilar.core.formatting import angka, rupiah, tanggal
from pilar.core.models import User
from pilar.core.scoping import narrow_choices

STAGES = (
    ("disusun", "Disusun"), ("diajukan", "Diajukan"), ("disetujui", "Disetujui"), ("ditutup", "Final closing"),
    ("selesai", "Selesai"),
)  # fmt: skip
ELSEWHERE = "petugas di luar wilayah Anda"


def way_of(batch: Batch) -> dict[str, Any] | None:
    """Stepper of the approval; None for a recorded list."""
    codes = [code for code, _ in STAGES]
    if batch.approval not in codes:
        return None
    current = codes.index(batch.approval) + 1
    done = len(codes) if batch.approval == Batch.Approval.SETTLED else 0
    return {"steps": [{"label": label} for _, label in STAGES], "current": current + (1 if done else 0)}


def plan_facts(batch: Batch) -> list[dict[str, Any]]:
    """The arithmetic of the plan, and how its price relates to the programme's; one query."""
    many = capacity(batch)
    if many is None:
        return []
    price = standard_price(batch.programme, batch.sk_date)
    rest = unused(batch)
    note = f"sisa {rupiah(rest)} tidak cukup untuk satu penerima lagi" if rest else "habis dibagi"
    return [
        {"label": "Rencana", "value": arithmetic(batch, price), "note": note},
        {"label": "Harga satuan", "value": rupiah(batch.unit_price), "note": price_difference(batch, price)},
        {"label": "Cukup untuk", "value": f"{angka(many)} penerima", "note": f"{rupiah(batch.portion)} per orang"},
    ]


def approval_facts(batch: Batch, names: dict[int, str]) -> list[dict[str, Any]]:
    """Who proposed, decided and closed, and whom an approver took in without verval."""
    found = (
        ("Diajukan oleh", batch.proposed_by_id, batch.proposed_on),
        ("Disetujui oleh", batch.decided_by_id, batch.decided_on),
        ("Final closing oleh", batch.closed_by_id, batch.closed_on),
    )
    rows = [
        {"label": label, "value": names.get(who or 0, ELSEWHERE), "note": f"pada {tanggal(on)}"}
        for label, who, on in found
        if who
    ]
    if batch.unverified_accepted_by_id:
        who = names.get(batch.unverified_accepted_by_id, ELSEWHERE)
        many = f"{angka(batch.unverified_count)} orang, diterima oleh {who}"
        rows.append({"label": "Tanpa verval", "value": many, "note": batch.unverified_reason})
    return rows


def officers_of(user: Any, batch: Batch) -> dict[int, str]:
    ids = (
        batch.responsible_id, batch.proposed_by_id, batch.decided_by_id, batch.closed_by_id,
        batch.unverified_accepted_by_id,
    )  # fmt: skip
    return names_of(User.objects.all(), user, ids)


def waits_for(user: Any, batch: Batch) -> str:
    """Who approves a proposed list, said to a reader who does not: its proposer, and another level's officer."""
    if batch.approval != Batch.Approval.PROPOSED:
        return ""
    office = office_of(batch.funding)
    if user.pk == batch.proposed_by_id:
        return f"Anda pengusul daftar ini, jadi pejabat lain yang menyetujuinya: {office}."
    return "" if decides(user, batch) else f"Yang menyetujui: {office}, karena dananya {batch.get_funding_display()}."


def events_of(user: Any, batch: Batch) -> list[dict[str, str]]:
    """Steps, revisions and notes of the list, newest first; three queries."""
    steps = narrow_choices(Step.objects.all(), user).filter(kind=Step.Kind.BATCH, object_id=batch.pk)
    revisions = narrow_choices(CeilingRevision.objects.all(), user).filter(batch=batch)
    notes = narrow_choices(BatchNote.objects.all(), user).filter(batch=batch)
    found = [(step.on, 0, order, _step_event(step)) for order, step in enumerate(steps.order_by("at", "id"))]
    found += [(row.on, 1, row.pk, _revision_event(row)) for row in revisions]
    found += [(row.on, 2, row.pk, _note_event(row)) for row in notes]
    return [event for *_, event in sorted(found, key=lambda item: item[:3], reverse=True)]


def _step_event(step: Step) -> dict[str, str]:
    back = step.was == Batch.Approval.PROPOSED and step.became == Batch.Approval.DRAFT
    title = "Dikembalikan dengan catatan" if back else BATCH.label(step.became).partition(":")[0].capitalize()
    text = f"{step.actor_name}. {step.note}" if step.note else step.actor_name
    return {"when": tanggal(step.on), "title": title, "text": text, "kind": "bad" if back else ""}


def _revision_event(row: CeilingRevision) -> dict[str, str]:
    title = f"Revisi pagu {row.number}: {rupiah(row.before)} menjadi {rupiah(row.after)}"
    return {"when": tanggal(row.on), "title": title, "text": row.reason}


def _note_event(row: BatchNote) -> dict[str, str]:
    title = f"{row.get_code_display().partition(' (')[0]} {row.number}".strip()
    return {"when": tanggal(row.on), "title": title, "text": row.note}


def board(counts: dict[str, int], query: Any, path: str, chosen: str) -> list[dict[str, Any]]:
    """Lists by state of approval, as tabs with their counts; the other filters stay."""
    tabs = [("", "Semua", sum(counts.values()))]
    labels = {"dicatat": "Dicatat", **dict(STAGES)}
    tabs += [(code, label, counts.get(code, 0)) for code, label in labels.items()]
    return [
        {"label": label, "url": _url(query, path, code), "current": code == chosen, "count": many}
        for code, label, many in tabs
    ]


def _url(query: Any, path: str, code: str) -> str:
    kept = query.copy()
    for name in ("cursor", "approval"):
        kept.pop(name, None)
    if code:
        kept["approval"] = code
    return f"{path}?{kept.urlencode()}" if kept else path
