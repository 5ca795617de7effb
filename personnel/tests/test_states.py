"""The tables of steps, the pictures of them that people read, and the words for each state and reason."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from personnel.services.allowance_eligibility import statuses_paid
from personnel.states import MACHINES
from personnel.words import STATES

README = Path(__file__).parent.parent / "README.md"


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_every_state_is_reached_and_has_its_words(machine):
    reached = {*machine.starts, *(then for following in machine.steps.values() for then in following)}
    assert reached == set(machine.states.values) == set(STATES[machine.states])


@pytest.mark.parametrize("machine", MACHINES, ids=lambda m: m.name)
def test_the_readme_shows_the_table_as_it_is(machine):
    assert f"```mermaid\n{machine.diagram()}\n```" in README.read_text(encoding="utf-8")


def test_the_statuses_come_from_the_configuration():
    assert statuses_paid(["relawan", "kontrak"]) == {"relawan", "kontrak"}
    with pytest.raises(ImproperlyConfigured, match="PILAR_ALLOWANCE_EMPLOYMENT memuat status yang tidak dikenal: raja"):
        statuses_paid(["raja"])
