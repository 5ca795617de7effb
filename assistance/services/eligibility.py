"""Who may receive a programme: its dated rules, and those that hold for every programme.

A fact that a rule needs and nobody recorded is a finding of its own (`missing`): it never passes silently and is
never invented. It does not stop a usulan, since the verval is there to find it out; it stops an SK and a payment.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistance.models import Beneficiary, EligibilityRule
from assistance.reading import sdm_family, sdm_kesos
from assistance.services.refusals import NOBODY_LIFTS
from assistance.services.standing import Standing, standings
from assistance.words import CIRCUMSTANCES, SEEN_ON_THE_SPOT
from personnel.models import valid_on
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import Programme, TargetGroup

Kind = EligibilityRule.Kind
ADMIN_SETS = "Syarat program adalah data acuan; yang mengubahnya hanya admin pusat, dengan sumbernya."
NOT_BEFORE = "sebelum itu belum bisa masuk SK atau daftar penyaluran."
VERVAL_FINDS = (
    "Petugas verval mencatatnya bersama vervalnya, atau petugas data Dinas Sosial mencatatnya di halaman penerima; "
    f"{NOT_BEFORE}"
)
OFFICE_FINDS = f"Petugas data Dinas Sosial mencatatnya di halaman penerima dengan sumbernya; {NOT_BEFORE}"
GRADUATED, DEAD, PILLAR = "graduasi", "meninggal", "sdm_kesos"


@dataclass(frozen=True)
class Finding:
    """Why somebody may not receive a programme.

    Attributes:
        rule: a kind of EligibilityRule, or "meninggal", "graduasi", "sdm_kesos".
        remedy: what to do now, and who can lift the rule.
        missing: not that the person fails the rule, but that nobody recorded what it asks.
        lacks: the kind of `words.CIRCUMSTANCES` that nobody recorded.
        reason: the code of `words.REASONS` under which a verval or an SK refuses for it.
    """

    rule: str
    sentence: str
    remedy: str
    missing: bool = False
    reason: str = ""
    lacks: str = ""


@dataclass(frozen=True)
class _Case:
    """One person against one programme on one day, with the names that sentences need."""

    standing: Standing
    programme: Programme
    on: date
    names: Mapping[int | str, str]
    serves: bool

    @property
    def title(self) -> str:
        return short_name(self.programme)


def rules_on(programme: Programme, on: date) -> list[EligibilityRule]:
    """The rules in force, one per kind: a newer version stands in place of an older one."""
    rows = EligibilityRule.objects.filter(valid_on(on), programme=programme).order_by("kind", "valid_from")
    return list({rule.kind: rule for rule in rows}.values())


def findings(*, people: Collection[int], programme: Programme, on: date) -> dict[int, list[Finding]]:
    """Beneficiary id -> what stands against receiving the programme on that day; eligible people have no entry.

    Five queries at most, whatever the number of people.
    """
    rules = rules_on(programme, on)
    programmes = {p.code: p for p in Programme.objects.all()}
    others = {
        programmes[code].pk for rule in rules if rule.kind == Kind.NOT_WITH for code in rule.value if code in programmes
    }
    names: dict[int | str, str] = {p.pk: short_name(p) for p in programmes.values()}
    if any(rule.kind == Kind.GROUPS for rule in rules):
        names |= dict(TargetGroup.objects.values_list("code", "name"))
    found, serving = {}, sdm_kesos(people, on)
    for person, standing in standings(people, programme=programme, others=others, on=on).items():
        case = _Case(standing, programme, on, names, person in serving)
        checks = [*_always(case), *(_CHECKS[Kind(rule.kind)](rule.value, case) for rule in rules)]
        if hits := [finding for finding in checks if finding is not None]:
            found[person] = hits
    return found


def against(person: int, *, programme: Programme, on: date) -> list[Finding]:
    """`findings` of one person."""
    return findings(people=[person], programme=programme, on=on).get(person, [])


def keeps_out(person: int, *, programme: Programme, on: date) -> str:
    """What keeps a candidate out of an SK and who can put it right, in sentences; empty when nothing does."""
    hits = against(person, programme=programme, on=on)
    return " ".join([*(hit.sentence for hit in hits), *dict.fromkeys(hit.remedy for hit in hits)])


def require_eligible(*, person: Beneficiary, programme: Programme, on: date) -> None:
    """Raises Refusal with every finding, also about facts that nobody recorded."""
    refuse(person.name, programme, against(person.pk, programme=programme, on=on))


def refuse(name: str, programme: Programme, hits: list[Finding]) -> None:
    """Raises Refusal that says all of them; nothing when there is none."""
    if not hits:
        return
    remedies = dict.fromkeys(hit.remedy for hit in hits)
    raise Refusal(
        f"{name} belum memenuhi syarat {short_name(programme)}: " + " ".join(hit.sentence for hit in hits),
        " ".join(remedies),
        rule=hits[0].rule if len(hits) == 1 else "kelayakan",
    )


def short_name(programme: Programme) -> str:
    return programme.short


def age_on(born: date, on: date) -> int:
    """Full years; whoever was born on 29 February is a year older on 1 March of other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def _always(case: _Case) -> list[Finding | None]:
    """The rules of every programme (domain.md 3.6, 4.4)."""
    standing, found = case.standing, []
    if (dead := standing.circumstances.get("meninggal")) and dead.value == "ya":
        found.append(
            Finding(
                DEAD,
                f"Tercatat meninggal dunia ({tanggal(dead.as_of)}).",
                f"Bila keliru, catat koreksinya di halaman penerima dengan sumbernya. {NOBODY_LIFTS}",
                reason="meninggal",
            )
        )
    if standing.left_on and not standing.proposed_again:
        found.append(
            Finding(
                GRADUATED,
                f"Sudah lulus (graduasi) dari {case.title} pada {tanggal(standing.left_on)}.",
                f"Kembali menerima hanya lewat usulan baru dengan alasan masuk kembali. {NOBODY_LIFTS}",
                reason="graduasi",
            )
        )
    if case.serves:
        found.append(
            Finding(
                PILLAR,
                f"Bertugas sebagai anggota pilar sosial pada {tanggal(case.on)} (OVERLAP SDM KESOS).",
                "Anggota pilar tidak berhak menerima. Bila penugasannya sudah selesai, minta pengelola personel "
                f"mencatat tanggal selesainya. {NOBODY_LIFTS}",
                reason="sdm_kesos",
            )
        )
    return list(found)


def _min_age(limit: Any, case: _Case) -> Finding | None:
    age = age_on(case.standing.born, case.on)
    return None if age >= limit else _age_finding(Kind.MIN_AGE, age, f"paling sedikit {limit} tahun", case)


def _max_age(limit: Any, case: _Case) -> Finding | None:
    age = age_on(case.standing.born, case.on)
    return None if age <= limit else _age_finding(Kind.MAX_AGE, age, f"paling banyak {limit} tahun", case)


def _age_finding(kind: Kind, age: int, limit: str, case: _Case) -> Finding:
    return Finding(
        kind.value,
        f"Umurnya {age} tahun pada {tanggal(case.on)}; {case.title} untuk umur {limit}.",
        f"Periksa tanggal lahirnya menurut KTP. {ADMIN_SETS}",
        reason="umur",
    )


def _max_decile(limit: Any, case: _Case) -> Finding | None:
    known = case.standing.circumstances.get("desil")
    if known is None:
        return _unknown(Kind.MAX_DECILE, "desil", "desil DTSEN", f"{case.title} untuk desil 1 sampai {limit}")
    if int(known.value) <= limit:
        return None
    return Finding(
        Kind.MAX_DECILE.value,
        f"Desilnya {known.value} per {tanggal(known.as_of)}; {case.title} untuk desil 1 sampai {limit}.",
        f"Bila keliru, perbarui data DTSEN lewat desa/kelurahan, lalu catat desil barunya. {ADMIN_SETS}",
        reason="desil",
    )


def _not_with(codes: Any, case: _Case) -> Finding | None:
    if not case.standing.receives:
        return None
    received = ", ".join(case.names[pk] for pk in sorted(case.standing.receives))
    return Finding(
        Kind.NOT_WITH.value,
        f"Masih menerima {received}; {case.title} tidak boleh dirangkap dengan program itu.",
        f"Pilih salah satu: akhiri dahulu kepesertaan di program itu. {ADMIN_SETS}",
        reason="penerima_lain",
    )


def _groups(codes: Any, case: _Case) -> Finding | None:
    if case.standing.groups & set(codes):
        return None
    wanted = " atau ".join(case.names.get(code, code) for code in codes)
    return Finding(
        Kind.GROUPS.value,
        f"Belum tercatat sebagai {wanted} pada {tanggal(case.on)}.",
        f"Bila memang termasuk, catat kelompoknya di halaman penerima. {ADMIN_SETS}",
        reason="lain",
    )


def _circumstance(wanted: Any, case: _Case) -> Finding | None:
    """The first of the wanted circumstances that is otherwise, or that nobody recorded."""
    for kind, values in wanted.items():
        name, labels = CIRCUMSTANCES[kind]
        asked = f"{case.title} hanya untuk yang “{' atau '.join(labels[value] for value in values)}”"
        known = case.standing.circumstances.get(kind)
        if known is None:
            return _unknown(Kind.CIRCUMSTANCE, kind, name[:1].lower() + name[1:], asked)
        if known.value not in values:
            return Finding(
                Kind.CIRCUMSTANCE.value,
                f"{name}: {labels.get(known.value, known.value)} (per {tanggal(known.as_of)}); {asked}.",
                f"Bila keadaannya berubah, catat keadaan barunya dengan sumbernya. {ADMIN_SETS}",
                reason="tidak_sendiri" if kind == "tinggal_sendiri" else "data",
            )
    return None


def _unknown(rule: Kind, kind: str, what: str, asked: str) -> Finding:
    finds = VERVAL_FINDS if kind in SEEN_ON_THE_SPOT else OFFICE_FINDS
    return Finding(rule.value, f"Belum ada data {what}; {asked}.", finds, missing=True, reason="data", lacks=kind)


_CHECKS: dict[Kind, Callable[[Any, _Case], Finding | None]] = {
    Kind.MIN_AGE: _min_age,
    Kind.MAX_AGE: _max_age,
    Kind.MAX_DECILE: _max_decile,
    Kind.NOT_WITH: _not_with,
    Kind.GROUPS: _groups,
    Kind.CIRCUMSTANCE: _circumstance,
}


def cautions(people: Collection[int], on: date) -> dict[int, Finding]:
    """Beneficiary id -> what to look into although it forbids nothing: a close relative serves in a pillar."""
    return {
        pk: Finding(
            "keluarga_sdm_kesos",
            f"Keluarga dekat ({relation}) dari orang yang bertugas sebagai anggota pilar sosial.",
            "Pastikan bukan benturan kepentingan: verval oleh petugas lain, dan catat hasilnya.",
        )
        for pk, relation in sdm_family(people, on).items()
    }
