"""Planned, decided, paid, received: four different numbers of the same money, never derived from one another."""

from typing import Any

from pilar.dashboard import marks
from pilar.dashboard.board import MONEY, Board

#: code, label, what it means, and what its share is of
STAGES = (
    ("RUPIAH_PAGU", "Pagu", "daftar yang dicatat atau disetujui", ""),
    ("RUPIAH_SK", "Ditetapkan (SK)", "tanpa yang kembali", "pagu"),
    (MONEY, "Disalurkan (salur)", "keluar dari kas, tidak kembali", "yang ditetapkan"),
    ("RUPIAH_TRANSAKSI", "Diterima (transaksi)", "di tangan penerima", "yang disalurkan"),
)


def funnel(board: Board) -> dict[str, Any] | None:
    """The stages of all programmes together, and a row for each programme; None while no money moved or is planned."""
    found = {code: board.of(code) for code, *_ in STAGES}
    shown = [f for f in found[MONEY] if any(g.realised for c in found for g in found[c] if g.breakdown == f.breakdown)]
    if not shown:
        return None
    return {
        "stages": [
            {"label": label, "value": board.sum_of(code).realised, "definition": words, "of": of}
            for code, label, words, of in STAGES
        ],
        "rows": [
            {
                "label": figure.label,
                "name": marks.name_of(figure),
                "cells": [
                    marks.mark(cell) for code in found for cell in found[code] if cell.breakdown == figure.breakdown
                ],
            }
            for figure in shown
        ],
        "heads": [label for _, label, *_ in STAGES],
    }
