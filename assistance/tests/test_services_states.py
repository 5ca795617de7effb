"""The table of steps, and the picture of it that people read."""

from pathlib import Path

from assistance import states
from assistance.models import Disbursement

README = Path(__file__).parent.parent / "README.md"


def test_every_state_has_its_steps_and_its_next_sentence():
    assert set(states.TRANSITIONS) == set(states.NEXT_STEP) == set(Disbursement.State)


def test_the_readme_shows_the_table_as_it_is():
    assert f"```mermaid\n{states.diagram()}\n```" in README.read_text(encoding="utf-8")
