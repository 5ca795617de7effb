"""The one machine of a line's payment (domain.md 3.5), and which graduations count.

Approval and background states are machines of their own and never mixed with this one.
"""

from assistance.models import Disbursement, Graduation

State = Disbursement.State

#: What may follow. Nothing follows money received; a returned line is paid again by a new line.
TRANSITIONS: dict[State, tuple[State, ...]] = {
    State.DECIDED: (State.PAID,),
    State.PAID: (State.RECEIVED, State.UNCLAIMED, State.RETURNED),
    State.UNCLAIMED: (State.RECEIVED, State.RETURNED),
    State.RECEIVED: (),
    State.RETURNED: (),
}

#: What the reader has to do next about a line in this state.
NEXT_STEP: dict[State, str] = {
    State.DECIDED: "Salurkan, lalu catat tanggal salurnya.",
    State.PAID: "Pastikan uangnya diterima, lalu catat tanggal terima.",
    State.UNCLAIMED: "Hubungi penerima; bila tidak juga diambil, uangnya dikembalikan dan dicatat retur.",
    State.RECEIVED: "Selesai.",
    State.RETURNED: "Perbaiki sebab pengembaliannya, lalu bayar ulang.",
}

#: Kinds that count toward a companion's target. No source says whether a removal by the system counts
#: (domain.md 4.4); each graduation keeps the answer of its day in `counts`.
GRADUATION_KINDS_COUNTED = frozenset({Graduation.Kind.NATURAL, Graduation.Kind.ABLE})


def may_follow(now: str, then: str) -> bool:
    return then in TRANSITIONS[State(now)]


def sources_of(then: State) -> list[State]:
    """States from which `then` is reached."""
    return [now for now, following in TRANSITIONS.items() if then in following]


def diagram() -> str:
    """The machine as a Mermaid state diagram, as the README shows it."""
    arrows = [f"  {now.value} --> {then.value}" for now, following in TRANSITIONS.items() for then in following]
    ends = [f"  {state.value} --> [*]" for state, following in TRANSITIONS.items() if not following]
    return "\n".join(["stateDiagram-v2", "  [*] --> sk", "  [*] --> salur", *arrows, *ends])
