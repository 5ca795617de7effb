"""Who may not be paid on a day, in every list: the dead, whoever graduated or takes part no more, whoever is
suspended on that day, and who receives what excludes it.

Narrower than `eligibility.findings`: it looks at the day of payment, which may lie long before today, and asks
nothing that the SK has settled.
"""

from collections.abc import Collection
from datetime import date

from django.db import connection

from assistance.models import EligibilityRule
from assistance.services.eligibility import DEAD, Finding, findings, rules_on
from assistance.services.refusals import NOBODY_LIFTS
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import Programme

NOT_WITH = EligibilityRule.Kind.NOT_WITH
AFTER_GRADUATION, SUSPENDED, ENDED = "sesudah_graduasi", "ditangguhkan", "berakhir"
FOR_GOOD = (DEAD, AFTER_GRADUATION, ENDED)


def bars_on(*, people: Collection[int], programme: Programme, on: date) -> dict[int, list[Finding]]:
    """Beneficiary id -> what bars a payment of that day; whoever may be paid has no entry.

    At most five queries, whatever the number of people.
    """
    found: dict[int, list[Finding]] = {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person, rule, since, until FROM pilar_pay_bars(%s::bigint[], %s, %s) ORDER BY person, rule DESC",
            [list(people), programme.pk, on],
        )
        for person, rule, since, until in cursor.fetchall():
            hits = found.setdefault(person, [])
            if not (hits and rule == ENDED):  # it ended by the death or the graduation that is said already
                hits.append(_SAYS[rule](programme, since, until))
    if any(rule.kind == NOT_WITH for rule in rules_on(programme, on)):
        for person, hits in findings(people=people, programme=programme, on=on).items():
            if other := [hit for hit in hits if hit.rule == NOT_WITH]:
                found.setdefault(person, []).extend(other)
    return found


def never_payable(*, people: Collection[int], programme: Programme, on: date) -> set[int]:
    """Those whom nothing makes payable again: the dead, who graduated, whose participation is over."""
    bars = bars_on(people=people, programme=programme, on=on)
    return {person for person, found in bars.items() if any(hit.rule in FOR_GOOD for hit in found)}


def require_payable(*, person: int, name: str, programme: Programme, on: date) -> None:
    """Raises Refusal with everything that bars the payment."""
    if bars := bars_on(people=[person], programme=programme, on=on).get(person):
        raise Refusal(
            f"Tidak bisa disalurkan kepada {name} pada {tanggal(on)}. {sentences(bars)}",
            remedies(bars),
            rule=bars[0].rule,
        )


def sentences(found: list[Finding]) -> str:
    return " ".join(finding.sentence for finding in found)


def remedies(found: list[Finding]) -> str:
    return " ".join(dict.fromkeys(finding.remedy for finding in found))


def _dead(_programme: Programme, since: date, _until: date | None) -> Finding:
    return Finding(
        DEAD,
        f"Tercatat meninggal dunia sejak {tanggal(since)}.",
        f"Bila keliru, catat koreksinya di halaman penerima dengan sumbernya. {NOBODY_LIFTS}",
    )


def _graduated(programme: Programme, since: date, _until: date | None) -> Finding:
    return Finding(
        AFTER_GRADUATION,
        f"Sudah keluar dari {programme.name} karena graduasi pada {tanggal(since)}.",
        f"Kembali menerima hanya lewat usulan baru yang ditetapkan dalam SK. {NOBODY_LIFTS}",
    )


def _suspended(programme: Programme, since: date, until: date | None) -> Finding:
    """`until`: the day on which it was taken up again or ended; None while it lasts."""
    if until is not None:
        return Finding(
            SUSPENDED,
            f"Hari itu kepesertaannya dalam {programme.name} sedang ditangguhkan "
            f"({tanggal(since)} sampai {tanggal(until)}).",
            "Periksa tanggal salurnya menurut bukti. Uang yang keluar dalam masa penangguhan dikembalikan (retur). "
            f"{NOBODY_LIFTS}",
        )
    return Finding(
        SUSPENDED,
        f"Kepesertaannya dalam {programme.name} ditangguhkan sejak {tanggal(since)}.",
        "Selesaikan sebabnya, lalu lanjutkan kepesertaannya; sesudah itu baru disalurkan.",
    )


def _ended(programme: Programme, since: date, _until: date | None) -> Finding:
    return Finding(
        ENDED,
        f"Kepesertaannya dalam {programme.name} berakhir pada {tanggal(since)}.",
        f"Kembali menerima hanya lewat usulan baru yang ditetapkan dalam SK. {NOBODY_LIFTS}",
    )


#: rule of `sql/pay_bars.sql` -> what is said about it
_SAYS = {DEAD: _dead, "graduasi": _graduated, SUSPENDED: _suspended, ENDED: _ended}
