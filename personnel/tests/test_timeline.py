"""Time without assignment or without a valid SK is drawn, and nowhere else."""

from datetime import date

import pytest

from personnel.models import Assignment
from personnel.timeline import events, sk_state, without_sk
from pilar.core.models import Pillar, Region

MIDYEAR, TODAY = date(2023, 6, 30), date(2024, 6, 30)


def served(start, end=None, **fields) -> Assignment:
    """A TKSK's assignment that is not saved; the pillar's name is what the page shows."""
    pillar = Pillar(id=3, name="TKSK (Tenaga Kesejahteraan Sosial Kecamatan)")
    fields = {"sk_number": "SK-1", "position": "TKSK", **fields}
    return Assignment(pillar=pillar, region=Region(name="Selebar"), valid_from=start, valid_until=end, **fields)


def drawn(*rows) -> list[tuple[str, str]]:
    return [(event["kind"], event["when"]) for event in events(rows, TODAY)]


@pytest.mark.parametrize(
    ("row", "bare"),
    [
        (served(date(2022, 1, 1)), None),
        (served(date(2022, 1, 1), sk_until=date(2024, 6, 30)), None),
        (served(date(2022, 1, 1), sk_until=date(2023, 12, 31)), (date(2024, 1, 1), TODAY)),
        (served(date(2022, 1, 1), MIDYEAR, sk_until=date(2022, 12, 31)), (date(2023, 1, 1), MIDYEAR)),
        (served(date(2022, 1, 1), sk_number=""), (date(2022, 1, 1), TODAY)),
        (served(date(2022, 1, 1), sk_until=date(2020, 12, 31)), (date(2022, 1, 1), TODAY)),
        (served(date(2025, 1, 1), sk_number=""), None),
    ],
)
def test_days_served_without_an_sk(row, bare):
    assert without_sk(row, TODAY) == bare


@pytest.mark.parametrize(
    ("row", "text"),
    [
        (served(date(2022, 1, 1)), "SK berlaku"),
        (served(date(2022, 1, 1), sk_until=date(2024, 12, 31)), "SK berlaku sampai 31 Des 2024"),
        (served(date(2022, 1, 1), sk_number=""), "bekerja tanpa SK berlaku"),
        (served(date(2022, 1, 1), sk_until=date(2023, 12, 31)), "bekerja tanpa SK berlaku sejak 1 Jan 2024"),
        (served(date(2022, 1, 1), date(2023, 12, 31), sk_number=""), "selesai 31 Des 2023"),
        (served(date(2025, 1, 1)), "mulai 1 Jan 2025"),
    ],
)
def test_the_word_for_an_sk(row, text):
    assert sk_state(row, TODAY)["text"] == text


def test_an_sk_that_ran_out_is_an_event_of_its_own():
    row = served(date(2022, 1, 1), sk_until=date(2023, 12, 31))
    assert drawn(row) == [("bad", "1 Jan 2024 – sekarang"), ("now", "1 Jan 2022 – sekarang")]


def test_a_gap_stands_between_assignments_that_do_not_touch():
    rows = served(date(2020, 1, 1), date(2021, 12, 31)), served(date(2023, 1, 1))
    assert drawn(*rows)[1] == ("gap", "1 Jan 2022 – 31 Des 2022")


@pytest.mark.parametrize(
    "rows",
    [
        (served(date(2020, 1, 1), date(2021, 12, 31)), served(date(2022, 1, 1))),
        (
            served(date(2020, 1, 1), date(2024, 5, 31)),
            served(date(2021, 1, 1), date(2021, 12, 31), is_primary=False),
            served(date(2024, 6, 1)),
        ),
        (served(date(2020, 1, 1)), served(date(2021, 1, 1), date(2021, 6, 30)), served(date(2023, 1, 1))),
    ],
    ids=["next day", "covered by a longer one", "covered by an open one"],
)
def test_no_gap_is_drawn_while_any_assignment_runs(rows):
    assert "gap" not in dict(drawn(*rows))


def test_a_second_area_and_a_reason_are_named():
    (event,) = events([served(date(2022, 1, 1), date(2023, 1, 1), is_primary=False, end_reason="mundur")], TODAY)
    assert event["title"] == "TKSK (merangkap)"
    assert event["text"] == "Selebar. SK SK-1. Berakhir: mengundurkan diri."
