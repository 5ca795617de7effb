"""The machine of a target's version, an explicit table of steps, and what each state means to its readers."""

from dataclasses import dataclass

from targets.models.plan import TargetState

State = TargetState

#: an approved version ends: a new value is a new version
STEPS: dict[str, tuple[str, ...]] = {
    State.DRAFT: (State.SUBMITTED,),
    State.SUBMITTED: (State.APPROVED, State.DRAFT),
}

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


def may_follow(now: str, then: str) -> bool:
    return then in STEPS.get(now, ())


def sources_of(then: str) -> list[str]:
    """States from which `then` is reached."""
    return [now for now, following in STEPS.items() if then in following]


def label(state: str) -> str:
    return str(State(state).label)


def tone(state: str) -> str:
    return WORDS[state].tone


def diagram() -> str:
    """As a Mermaid state diagram, as the README shows it."""
    arrows = [f"  {now} --> {then}" for now, following in STEPS.items() for then in following]
    ends = [f"  {state} --> [*]" for state in State.values if not STEPS.get(state)]
    return "\n".join(["stateDiagram-v2", f"  [*] --> {State.DRAFT.value}", *arrows, *ends])
