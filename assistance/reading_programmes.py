"""A programme's prices and rules in words, for its page and the API."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistance.models import EligibilityRule, ProgrammePrice, ProofRule
from assistance.services.eligibility import short_name
from assistance.words import CIRCUMSTANCES
from pilar.core.formatting import tanggal
from pilar.core.models import Programme, TargetGroup

Kind = EligibilityRule.Kind

#: What holds for every programme, whatever its own rules (`services/eligibility.py`).
EVERYWHERE = (
    ("Masih hidup", "Tidak tercatat meninggal dunia menurut catatan terakhir."),
    ("Bukan anggota pilar", "Tidak sedang bertugas di pilar sosial (OVERLAP SDM KESOS)."),
    ("Kembali menerima", "Yang sudah lulus (graduasi) masuk lagi hanya lewat usulan baru dengan alasan."),
    ("Satu kali", "Satu orang hanya punya satu usulan terbuka dan satu kepesertaan per program."),
)
NOT_YET, IN_FORCE, PAST = "belum berlaku", "berlaku", "tidak berlaku lagi"


Version = ProgrammePrice | EligibilityRule | ProofRule


@dataclass(frozen=True)
class Names:
    """Codes and names that rules speak of, looked up once for all of them."""

    programmes: dict[str, str]
    groups: dict[str, str]


def names() -> Names:
    return Names(
        {programme.code: short_name(programme) for programme in Programme.objects.all()},
        dict(TargetGroup.objects.values_list("code", "name")),
    )


def rule_sentence(rule: EligibilityRule, known: Names) -> str:
    """The rule as a sentence: "Umur paling banyak 17 tahun." """
    return _SENTENCES[Kind(rule.kind)](rule.value, known)


def validity(row: Version, on: date) -> str:
    if row.valid_from > on:
        return NOT_YET
    return PAST if row.valid_until and row.valid_until < on else IN_FORCE


def validity_mark(row: Version, on: date) -> dict[str, str]:
    """Text and tone for state_pill.html."""
    tones = {NOT_YET: "wait", IN_FORCE: "done", PAST: "neutral"}
    return {"text": (text := validity(row, on)), "tone": tones[text]}


def period_shown(row: Version) -> str:
    """ "23 Juni 2023 sampai sekarang" """
    return f"{tanggal(row.valid_from)} sampai {tanggal(row.valid_until) if row.valid_until else 'sekarang'}"


def in_force(rows: Sequence[Any], on: date) -> list[Any]:
    return [row for row in rows if validity(row, on) == IN_FORCE]


def _circumstances(value: dict[str, list[str]], _known: Names) -> str:
    parts = []
    for kind, values in value.items():
        name, labels = CIRCUMSTANCES[kind]
        parts.append(f"{name}: {' atau '.join(labels[one] for one in values)}")
    return "; ".join(parts) + "."


_SENTENCES: dict[Kind, Callable[[Any, Names], str]] = {
    Kind.MIN_AGE: lambda value, known: f"Umur paling sedikit {value} tahun.",
    Kind.MAX_AGE: lambda value, known: f"Umur paling banyak {value} tahun.",
    Kind.MAX_DECILE: lambda value, known: f"Desil DTSEN 1 sampai {value}.",
    Kind.NOT_WITH: lambda value, known: (
        f"Tidak sedang menerima {' atau '.join(known.programmes.get(code, code) for code in value)}."
    ),
    Kind.GROUPS: lambda value, known: (
        f"Tercatat sebagai {' atau '.join(known.groups.get(code, code) for code in value)}."
    ),
    Kind.CIRCUMSTANCE: _circumstances,
}
