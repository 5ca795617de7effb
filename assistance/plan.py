"""The plan of a list as arithmetic: recipients x units x unit price = ceiling (domain.md 3.1)."""

from dataclasses import dataclass
from datetime import date

from assistance.models import Batch, ProgrammePrice
from personnel.models import valid_on
from pilar.core.formatting import angka, rupiah
from pilar.core.models import Programme

#: Components priced per day or month are paid together (meals and their delivery); those per year are
#: alternatives of which a family has some (PKH), so that they make no single price.
TOGETHER = ("hari", "bulan")


@dataclass(frozen=True)
class Price:
    """Attributes: amount: whole rupiah for one unit; per: "hari", "bulan"; parts: what it is made of, in words."""

    amount: int
    per: str
    parts: str


def standard_price(programme: Programme, on: date) -> Price | None:
    """What one unit of the programme costs on that day by its prices; None where no single price follows."""
    rows = list(ProgrammePrice.objects.filter(valid_on(on), programme=programme))
    units = {row.per for row in rows}
    if len(units) != 1 or not units <= set(TOGETHER):
        return None
    parts = " + ".join(f"{row.component} {rupiah(row.amount)}" for row in rows)
    return Price(sum(row.amount for row in rows), units.pop(), parts)


def capacity(batch: Batch) -> int | None:
    """How many recipients the ceiling pays for; None for a list without a plan."""
    return batch.ceiling // batch.portion if batch.portion else None


def arithmetic(batch: Batch, price: Price | None = None) -> str:
    """ "133.774 penerima × 184 hari × Rp32.000 = Rp787.661.312.000"; empty for a list without a plan."""
    many = capacity(batch)
    if many is None or batch.portion is None:
        return ""
    unit = price.per if price else "satuan"
    total = many * batch.portion
    return f"{angka(many)} penerima × {angka(batch.units)} {unit} × {rupiah(batch.unit_price)} = {rupiah(total)}"


def unused(batch: Batch) -> int:
    """Rupiah of the ceiling that no whole portion fits into."""
    return batch.ceiling % batch.portion if batch.portion else 0


def price_difference(batch: Batch, price: Price | None) -> str:
    """How the list's unit price relates to the programme's, in words."""
    if price is None or batch.unit_price is None:
        return "program ini tidak punya satu harga satuan"
    if batch.unit_price == price.amount:
        return f"sama dengan harga program ({price.parts})"
    more = batch.unit_price - price.amount
    word = "lebih tinggi" if more > 0 else "lebih rendah"
    return f"{rupiah(abs(more))} {word} dari harga program {rupiah(price.amount)} ({price.parts})"
