"""What targets add to a member's monthly report: his own figures of the year against his targets."""

from datetime import date
from typing import Any

from personnel.models import Personnel
from personnel.monthly import register_part
from personnel.services.monthly_reports import last_day
from pilar.core.formatting import angka
from pilar.core.pdf import Column, Table
from targets.achievement import personal


@register_part
def figures(user: Any, person: Personnel, month: date) -> list[Table]:
    found = personal(user, year=month.year, person=person, today=last_day(month))
    rows = [
        (f.indicator.name, angka(f.realised), "belum ada target" if f.target is None else angka(f.target))
        for f in found
    ]
    if not rows:
        return []
    columns = (Column("Indikator", share=1), Column("Capaian", align="right"), Column("Target", align="right"))
    return [Table(heading=f"Capaian tahun {month.year}", columns=columns, rows=rows)]
