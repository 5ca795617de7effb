"""The clock of an objection: 14 days to check it on the spot (domain.md 4.2), worked out, never stored."""

from dataclasses import dataclass
from datetime import date

from assistance.models import Objection
from assistance.words import OVERDUE, words_of
from pilar.core.machines import Words

LAPSED = "lewat_waktu"
LAPSED_LABEL = "lewat waktu, belum dijawab"
SOON = 3  # days left from which the clock warns

State = Objection.State


@dataclass(frozen=True)
class Clock:
    """How an objection stands on a day.

    Attributes:
        state: one of Objection.State, or LAPSED: past its day and still unanswered.
        days_left: whole days to the last day; negative after it, counted to the answer once there is one.
        text: "sisa 3 hari", "hari terakhir", "lewat 2 hari", "dijawab tepat waktu", "terlambat 2 hari".
    """

    state: str
    days_left: int
    text: str

    @property
    def late(self) -> bool:
        return self.days_left < 0

    @property
    def label(self) -> str:
        return LAPSED_LABEL if self.state == LAPSED else str(State(self.state).label)

    @property
    def words(self) -> Words:
        return OVERDUE if self.state == LAPSED else words_of(self.state, State)


def clock_of(objection: Objection, today: date) -> Clock:
    if objection.answered_on is not None:
        left = (objection.due_on - objection.answered_on).days
        return Clock(objection.state, left, f"terlambat {-left} hari" if left < 0 else "dijawab tepat waktu")
    left = (objection.due_on - today).days
    if left < 0:
        return Clock(LAPSED, left, f"lewat {-left} hari")
    return Clock(objection.state, left, f"sisa {left} hari" if left else "hari terakhir")
