"""A machine: the states of a row and which may follow which, as an explicit table."""

from dataclasses import dataclass

from django.db.models import TextChoices


@dataclass(frozen=True)
class Words:
    """`meaning` is a full sentence for whoever is concerned; `next_step` says what to do, and who."""

    meaning: str
    next_step: str


@dataclass(frozen=True)
class Machine:
    """Attributes:
    states: the choices of the model's field.
    starts: states in which a row may begin.
    steps: what may follow each state; a state without an entry ends.
    """

    name: str
    states: type[TextChoices]
    starts: tuple[TextChoices, ...]
    steps: dict[TextChoices, tuple[TextChoices, ...]]

    def may_follow(self, now: str, then: str) -> bool:
        return then in self.steps.get(self.states(now), ())

    def sources_of(self, then: str) -> list[str]:
        """States from which `then` is reached."""
        return [str(now.value) for now, following in self.steps.items() if then in following]

    def label(self, state: str) -> str:
        return str(self.states(state).label)

    def diagram(self) -> str:
        """As a Mermaid state diagram, as the README shows it."""
        begin = [f"  [*] --> {state.value}" for state in self.starts]
        arrows = [f"  {now.value} --> {then.value}" for now, following in self.steps.items() for then in following]
        ends = [f"  {state.value} --> [*]" for state in self.states if not self.steps.get(state)]
        return "\n".join(["stateDiagram-v2", *begin, *arrows, *ends])
