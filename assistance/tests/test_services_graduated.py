"""What a graduation does to the participation, and who may undo one that two people decided."""

from datetime import date

import pytest

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
