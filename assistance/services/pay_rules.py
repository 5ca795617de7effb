"""Who may not be paid on a day, in every list: the dead, and whoever left the programme by graduation."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db import connection

from assistance.services.refusals import NOBODY_LIFTS
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import Programme


@dataclass(frozen=True)
class Bar:
    """Why a person may not be paid; `sentence` speaks of "ia" and is shown after the name."""

    rule: str
    sentence: str
    remedy: str


def bars_on(*, people: Collection[int], programme: Programme, on: date) -> dict[int, list[Bar]]:
    """Beneficiary id -> what bars a payment of that day; whoever may be paid has no entry. Asked at once for all."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, rule, since FROM pilar_pay_bars(%s::bigint[], %s, %s) ORDER BY person, rule DESC",
            [list(people), programme.pk, on],
        )
        rows = cursor.fetchall()
    found: dict[int, list[Bar]] = {}
    for person, rule, since in rows:
        found.setdefault(person, []).append(_bar(rule, programme, since))
    return found


def require_payable(*, person: int, name: str, programme: Programme, on: date) -> None:
    """Raises Refusal with everything that bars the payment."""
    bars = bars_on(people=[person], programme=programme, on=on).get(person)
    if bars:
        raise Refusal(
            f"Tidak bisa disalurkan kepada {name} pada {tanggal(on)}: {' '.join(bar.sentence for bar in bars)}",
            " ".join(dict.fromkeys(bar.remedy for bar in bars)),
            rule=bars[0].rule,
        )


def _bar(rule: str, programme: Programme, since: date) -> Bar:
    if rule == "meninggal":
        return Bar(
            rule,
            f"Ia tercatat meninggal dunia sejak {tanggal(since)}.",
            f"Bila catatan itu keliru, perbaiki dahulu di halaman penerima dengan sumbernya. {NOBODY_LIFTS}",
        )
    return Bar(
        "sesudah_graduasi",
        f"Ia sudah keluar dari {programme.name} karena graduasi pada {tanggal(since)}.",
        f"Kembali menerima hanya lewat usulan baru yang ditetapkan dalam SK. {NOBODY_LIFTS}",
    )
