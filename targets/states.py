"""The machine of a target's version, an explicit table of steps, and what each state means to its readers."""

from dataclasses import dataclass

from pilar.core.machines import Machine, table
from targets.models.plan import TargetState

State = TargetState

#: sent back, a version is a draft again; an approved one ends: a new value is a new version
TARGET = Machine(
    "target",
    State,
    (State.DRAFT.value,),
    table({State.DRAFT: (State.SUBMITTED,), State.SUBMITTED: (State.APPROVED, State.DRAFT)}),
)

#: what figures held against a submitted version say, wherever they stand
PENDING = "diajukan, belum disetujui"


@dataclass(frozen=True)
class Words:
    """`meaning` is a full sentence; `next_step` says what to do, and who; `tone` is that of its pill."""

    meaning: str
    next_step: str
    tone: str


WORDS: dict[str, Words] = {
    State.DRAFT: Words(
        "Nilai sedang disusun dan hanya terbaca di wilayahnya; belum dihitung di dasbor.",
        "Ajukan bila sudah benar.",
        "neutral",
    ),
    State.SUBMITTED: Words(
        "Menunggu tingkat di atasnya. Selama belum ada versi yang disetujui, dasbor memakai nilai ini dan menyebutnya.",
        "Pejabat di tingkat atas menyetujui, atau mengembalikan dengan catatan.",
        "wait",
    ),
    State.APPROVED: Words(
        "Berlaku: capaian dihitung terhadap versi ini.", "Selesai. Nilai lain diajukan sebagai versi baru.", "done"
    ),
}


def label(state: str) -> str:
    return TARGET.label(state)


def tone(state: str) -> str:
    return WORDS[state].tone
