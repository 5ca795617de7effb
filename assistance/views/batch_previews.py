"""What an act on a list will do, in figures and names, shown before it is done."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings

from assistance.models import Batch
from assistance.reading import Totals, people_names
from assistance.services.coverage import unverified_lines
from assistance.services.filling import filling_of
from assistance.services.mass import payable_of
from assistance.views.marks import MOVED_AWAY
from pilar.core.formatting import angka, rupiah
from pilar.core.models import User

SHOWN = 100
Approval = Batch.Approval


@dataclass(frozen=True)
class Preview:
    """Figures for facts.html, and people with a sentence each; `more`: how many stand behind the first SHOWN."""

    facts: list[dict[str, Any]] = field(default_factory=list)
    title: str = ""
    note: str = ""
    people: list[dict[str, str]] = field(default_factory=list)
    more: int = 0


def preview_of(code: str, *, actor: User, batch: Batch, totals: Totals, today: date) -> Preview:
    """Empty for an act that needs no showing, or in a state in which it is refused anyway."""
    if code == "isi" and batch.approval == Approval.DRAFT:
        return _filling(actor, batch, totals, today)
    if code in ("tutup", "terima-tanpa-verval") and batch.approval == Approval.APPROVED:
        return _coverage(actor, batch, totals, today)
    if code == "salurkan":
        return _paying(actor, batch, today)
    if code in ("ajukan", "setujui", "kembalikan", "pagu"):
        return Preview(_sums(batch, totals))
    return Preview()


def _sums(batch: Batch, totals: Totals) -> list[dict[str, Any]]:
    return [
        {"label": "Penerima", "value": f"{angka(totals.lines)} orang"},
        {"label": "Jumlah daftar", "value": rupiah(totals.decided)},
        {"label": "Pagu", "value": rupiah(batch.ceiling), "note": f"sisa {rupiah(batch.ceiling - totals.decided)}"},
    ]


def _filling(actor: User, batch: Batch, totals: Totals, today: date) -> Preview:
    filling = filling_of(actor=actor, batch=batch, today=today)
    after = totals.decided + filling.amount
    over = after - batch.ceiling
    room = f"melebihi pagu sebesar {rupiah(over)}" if over > 0 else f"sisa pagu {rupiah(-over)}"
    portion = f"{angka(batch.units)} × {rupiah(batch.unit_price)} = {rupiah(batch.portion)} per orang"
    people = [
        {"name": skip.name or MOVED_AWAY, "sentence": skip.sentence, "remedy": skip.remedy} for skip in filling.skipped
    ]
    return Preview(
        [
            {"label": "Akan ditambahkan", "value": f"{angka(filling.added)} baris", "note": portion},
            {"label": "Sudah ada di daftar", "value": f"{angka(totals.lines)} baris"},
            {"label": "Jumlah daftar sesudahnya", "value": rupiah(after), "note": room},
        ],
        "Dilewati",
        f"{angka(len(people))} orang tidak mendapat baris",
        people[:SHOWN],
        max(0, len(people) - SHOWN),
    )


def _coverage(actor: User, batch: Batch, totals: Totals, today: date) -> Preview:
    lines = unverified_lines(batch, on=today)
    many = lines.count()
    first = list(lines.values_list("beneficiary_id", flat=True)[:SHOWN])
    names = people_names(actor, first)
    months = settings.VERVAL_VALID_MONTHS
    facts = [
        {"label": "Penerima di daftar ini", "value": f"{angka(totals.lines)} orang"},
        {"label": f"Diverval dalam {months} bulan terakhir", "value": f"{angka(totals.lines - many)} orang"},
        {"label": "Belum diverval", "value": f"{angka(many)} orang"},
    ]
    if batch.unverified_accepted_by_id:
        accepted = f"{angka(batch.unverified_count)} orang"
        facts.append({"label": "Sudah diterima pejabat", "value": accepted, "note": batch.unverified_reason})
    said = f"Belum diverval dalam {months} bulan terakhir."
    remedy = "Lakukan verval, atau minta pejabat menerimanya dengan alasan."
    people = [{"name": names.get(pk, MOVED_AWAY), "sentence": said, "remedy": remedy} for pk in first]
    return Preview(facts, "Belum diverval", f"{angka(many)} orang", people, many - len(first))


def _paying(actor: User, batch: Batch, today: date) -> Preview:
    many, barred = payable_of(actor=actor, batch=batch, on=today)
    people = [{"name": person.name or MOVED_AWAY, "sentence": person.sentence, "remedy": ""} for person in barred]
    return Preview(
        [{"label": "Bisa disalurkan hari ini", "value": f"{angka(many)} baris"}],
        "Tidak disalurkan",
        f"{angka(len(people))} orang, bila disalurkan hari ini",
        people[:SHOWN],
        max(0, len(people) - SHOWN),
    )
