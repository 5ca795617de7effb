"""Machines: explicit tables of steps, which pages, API, services and pictures all ask."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import TextChoices


@dataclass(frozen=True)
class Words:
    """`meaning` is a full sentence for whoever is concerned; `next_step` says what to do, and who."""

    meaning: str
    next_step: str


def glossary(states: type[TextChoices], words: Mapping[str, Words]) -> list[dict[str, str]]:
    """Every state with what it means and what comes next, for the help of a list."""
    return [
        {"term": str(state.label), "meaning": f"{words[state].meaning} {words[state].next_step}"} for state in states
    ]


@dataclass(frozen=True)
class Machine:
    """Attributes:
    states: the choices of the model's field.
    starts: states in which a row may begin.
    steps: what may follow each state; a state without an entry ends.
    """

    name: str
    states: type[TextChoices]
    starts: tuple[str, ...]
    steps: dict[str, tuple[str, ...]]

    def may_follow(self, now: str, then: str) -> bool:
        return then in self.steps.get(now, ())

    def sources_of(self, then: str) -> list[str]:
        """States from which `then` is reached."""
        return [now for now, following in self.steps.items() if then in following]

    def label(self, state: str) -> str:
        """The state's words; an unknown one as it was written."""
        return str(self.states(state).label) if state in self.states.values else state

    def diagram(self) -> str:
        """As a Mermaid state diagram, as the README shows it."""
        begin = [f"  [*] --> {state}" for state in self.starts]
        arrows = [f"  {now} --> {then}" for now, following in self.steps.items() for then in following]
        ends = [f"  {state} --> [*]" for state in self.states.values if not self.steps.get(state)]
        return "\n".join(["stateDiagram-v2", *begin, *arrows, *ends])


def table(steps: dict[TextChoices, tuple[TextChoices, ...]]) -> dict[str, tuple[str, ...]]:
    return {now.value: tuple(then.value for then in following) for now, following in steps.items()}
