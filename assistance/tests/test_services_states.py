"""The tables of steps, the pictures of them that people read, and the words for each state."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from assistance.models import Graduation
from assistance.states import MACHINES, kinds_counted
from assistance.words import STATES

README = Path(__file__).parent.parent / "README.md"


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_every_state_is_reached_and_has_its_words(machine):
    reached = {*machine.starts, *(then for following in machine.steps.values() for then in following)}
    assert reached == set(machine.states.values) == set(STATES[machine.states])


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_the_readme_shows_the_table_as_it_is(machine):
    assert f"```mermaid\n{machine.diagram()}\n```" in README.read_text(encoding="utf-8")


def test_kinds_that_count_come_from_the_configuration():
    assert kinds_counted(["alamiah", "sistem"]) == {Graduation.Kind.NATURAL, Graduation.Kind.SYSTEM}
    with pytest.raises(ImproperlyConfigured, match="PILAR_GRADUATION_KINDS memuat jenis yang tidak dikenal: wisuda"):
        kinds_counted(["mandiri", "wisuda"])
