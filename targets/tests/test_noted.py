"""Who is noted for a recount: everybody whose count a change of lines can move, and nobody else."""

from datetime import date

import pytest

from assistance.models import Disbursement
from targets.engine.drain import drain_all
from targets.models import DirtySubject
from targets.tests.recount import differences
from tests import factories as make


@pytest.fixture
def line(land) -> Disbursement:
    line = make.make_line(make.make_batch(), make.make_beneficiary(groups=[3]))
    drain_all()
    return line


def noted(line: Disbursement, **changes) -> set[int]:
    """Whom one UPDATE notes; afterwards the facts are what a recount gives, noted or not."""
    Disbursement.objects.filter(pk=line.pk, year=line.year).update(**changes)
    found = set(DirtySubject.objects.values_list("subject", flat=True))
    drain_all()
    assert differences(2024) == []
    return found


@pytest.mark.parametrize(
    "changes",
    [
        {"region": make.CURUP},
        {"paid_on": date(2024, 7, 1)},
        {"paid_on": date(2025, 3, 15)},
        {"state": "retur", "returned_on": date(2024, 4, 1)},
        {"state": "sk", "paid_on": None},
    ],
    ids="+".join,
)
def test_each_thing_that_the_count_reads_notes_its_person(line, changes):
    assert noted(line, **changes) == {line.beneficiary_id}


def test_another_programme_notes_its_person(line):
    other = make.make_batch(programme="YAPI")
    assert noted(line, batch=other, programme=other.programme) == {line.beneficiary_id}


def test_another_person_of_a_line_notes_both(line):
    other = make.make_beneficiary()
    assert noted(line, beneficiary=other) == {line.beneficiary_id, other.pk}


@pytest.mark.parametrize(
    "changes",
    [{"state": "transaksi", "received_on": date(2024, 3, 20)}, {"amount": 1}, {"detail": "catatan"}, {"group": 2}],
    ids="+".join,
)
def test_what_changes_no_count_notes_nobody(line, changes):
    assert noted(line, **changes) == set()


def test_a_decided_line_notes_nobody_until_it_is_paid(land):
    line = make.make_line(make.make_batch(), make.make_beneficiary(), state="sk")
    assert not DirtySubject.objects.exists()
    assert noted(line, state="salur", paid_on=date(2024, 3, 15)) == {line.beneficiary_id}
