"""What a graduation does to the participation, and who may undo one that two people decided."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from assistance.models import GraduationCase, Step
from assistance.services.graduations import GraduationEntry, graduation_cancel, graduation_record
from assistance.services.participation import participation_suspend
from assistance.tests.entries import TODAY, rule_of
from pilar.core.models import Programme
from pilar.core.scoping import scope_transaction
from tests import factories as make

DAY = date(2024, 6, 1)


def graduate(actor, family):
    entry = GraduationEntry(family, Programme.objects.get(code="PKH"), "mandiri", DAY)
    return graduation_record(actor=actor, entry=entry, today=TODAY)


@pytest.fixture
def family(cast):
    return make.make_beneficiary()


def test_whoever_graduated_outside_pilar_takes_part_no_more(cast, family):
    row = make.make_participation(family, programme="PKH")
    graduate(cast.owner, family)
    row.refresh_from_db()
    assert (row.state, row.reason, row.ended_on) == ("berakhir", "graduasi", DAY)
    assert Step.objects.get(kind="kepesertaan", object_id=row.pk).became == "berakhir"


def test_a_participation_with_later_steps_ends_after_them(cast, family):
    row = make.make_participation(family, programme="PKH")
    participation_suspend(actor=cast.owner, participation=row, on=date(2024, 7, 1), reason="data", today=TODAY)
    graduate(cast.owner, family)
    row.refresh_from_db()
    assert (row.state, row.ended_on) == ("berakhir", date(2024, 7, 1))


@pytest.mark.parametrize("fields", [{"programme": "YAPI"}, {"programme": "PKH", "active_from": date(2024, 8, 1)}])
def test_another_programme_or_a_later_participation_goes_on(cast, family, fields):
    row = make.make_participation(family, **fields)
    graduate(cast.owner, family)
    row.refresh_from_db()
    assert row.state == "aktif"


def test_a_hidden_participation_does_not_run_on_unseen(cast, family):
    make.make_participation(family, programme="PKH", group=9)
    with scope_transaction(cast.clerk):
        assert rule_of(graduate, actor=cast.clerk, family=family) == "data_pribadi"


def test_what_two_people_decided_is_undone_by_one_who_may_decide(cast, family):
    graduation = make.make_graduation(family, programme="PKH", on=DAY)
    GraduationCase.objects.create(
        beneficiary=family, programme=graduation.programme, region_id=family.region_id, kind="mandiri", state="keluar",
        initiative="keluarga", proposed_on=DAY, proposed_by=cast.owner, decided_by=cast.colleague,
        graduation=graduation, left_on=DAY,
    )  # fmt: skip
    given = {"graduation": graduation, "on": date(2024, 7, 1), "reason": "keliru", "today": TODAY}
    assert rule_of(graduation_cancel, actor=cast.clerk, **given) == "wewenang"
    assert graduation_cancel(actor=cast.colleague, **given).cancelled_on == date(2024, 7, 1)


# --- again, after coming back ------------------------------------------------------


BACK, AGAIN = date(2024, 8, 1), date(2024, 10, 1)


def came_back(family):
    """Graduated on DAY from a stay that ended, taken in again since."""
    make.make_participation(family, programme="PKH", state="berakhir", reason="graduasi", ended_on=DAY,
                            active_from=date(2023, 1, 15))  # fmt: skip
    return make.make_participation(family, programme="PKH", active_from=BACK, returning=True)


def test_whoever_came_back_graduates_again_once(cast, family):
    first = graduate(cast.owner, family)
    second_stay = came_back(family)
    pkh = Programme.objects.get(code="PKH")
    second = graduation_record(actor=cast.owner, entry=GraduationEntry(family, pkh, "mandiri", AGAIN), today=TODAY)
    assert (first.participation, second.participation) == (None, second_stay)
    again = GraduationEntry(family, pkh, "alamiah", date(2024, 11, 1))
    assert rule_of(graduation_record, actor=cast.owner, entry=again, today=TODAY) == "graduasi_sekali"
    second_stay.refresh_from_db()
    assert (second_stay.state, second_stay.ended_on) == ("berakhir", AGAIN)


def test_a_second_graduation_from_the_first_stay_is_refused(cast, family):
    came_back(family)
    graduate(cast.owner, family)
    earlier = GraduationEntry(family, Programme.objects.get(code="PKH"), "mandiri", date(2024, 5, 1))
    assert rule_of(graduation_record, actor=cast.owner, entry=earlier, today=TODAY) == "graduasi_sekali"


def test_the_database_holds_once_per_stay_and_once_without_one(cast, family):
    stay = came_back(family)
    make.make_graduation(family, on=AGAIN, participation=stay)
    with pytest.raises(IntegrityError, match="graduation_once"), transaction.atomic():
        make.make_graduation(family, on=AGAIN, participation=stay)
    make.make_graduation(family, on=DAY)
    with pytest.raises(IntegrityError, match="graduation_once_unrecorded"), transaction.atomic():
        make.make_graduation(family, on=DAY)
