"""The tables of steps, the pictures of them that people read, and the words for each state."""

from pathlib import Path

import pytest

from assistance.states import MACHINES
from assistance.words import STATES

README = Path(__file__).parent.parent / "README.md"


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_every_state_is_reached_and_has_its_words(machine):
    reached = {*machine.starts, *(then for following in machine.steps.values() for then in following)}
    assert reached == set(machine.states.values) == set(STATES[machine.states])


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_the_readme_shows_the_table_as_it_is(machine):
    assert f"```mermaid\n{machine.diagram()}\n```" in README.read_text(encoding="utf-8")
