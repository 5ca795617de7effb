"""Revisions of the ceiling, and the statuses of outside systems that move nothing."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from assistance.models import CeilingRevision, Step
from assistance.services.ceilings import Noted, Revision, batch_note, ceiling_revise
from assistance.tests.entries import TODAY, add, field_of, rule_of
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent
from tests import factories as make
from tests import factories_lists as lists


def revision(**changes) -> Revision:
    return Revision(**{"number": "R-1", "on": date(2024, 5, 2), "reason": "Efisiensi", "after": 900_000, **changes})


def revise(cast, batch, who: str = "staff", **changes):
    return ceiling_revise(actor=getattr(cast, who), batch=batch, revision=revision(**changes), today=TODAY)


def test_a_revision_keeps_number_day_reason_and_both_ceilings(cast):
    batch = make.make_batch(ceiling=600_000)
    revise(cast, batch)
    batch.refresh_from_db()
    row = CeilingRevision.objects.get(batch=batch)
    assert (row.before, row.after, row.by, batch.ceiling) == (600_000, 900_000, cast.staff, 900_000)
    assert (row.number, row.on, row.reason) == ("R-1", date(2024, 5, 2), "Efisiensi")
    assert "Rp600.000 menjadi Rp900.000" in AuditEvent.objects.get(object_type="assistance.batch").summary


def test_a_raised_ceiling_takes_more_lines(cast):
    batch = make.make_batch(ceiling=600_000)
    add(cast, batch)
    with pytest.raises(Refusal, match="revisi bernomor"):
        add(cast, batch)
    revise(cast, batch, after=1_200_000)
    assert add(cast, batch).pk


def test_below_what_is_decided_is_refused_by_name_of_the_difference(cast):
    batch = make.make_batch(ceiling=2_000_000)
    for _ in range(2):
        add(cast, batch)
    with pytest.raises(Refusal, match=r"berjumlah Rp1\.200\.000, lebih besar Rp300\.000") as caught:
        revise(cast, batch)
    assert caught.value.rule == "pagu_di_bawah_sk"
    assert revise(cast, batch, after=1_200_000).after == 1_200_000


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"number": " "}, "number"), ({"reason": ""}, "reason"), ({"after": 0}, "after"), ({"after": 600_000}, "after"),
     ({"on": date(2025, 1, 1)}, "on"), ({"on": None}, "on")],
)  # fmt: skip
def test_a_revision_with_a_wrong_field_is_refused(cast, changes, field):
    batch = make.make_batch(ceiling=600_000)
    kwargs = {"batch": batch, "revision": revision(**changes), "today": TODAY}
    assert field_of(ceiling_revise, actor=cast.staff, **kwargs) == {field}


def test_only_the_level_that_funds_revises(cast):
    batch = make.make_batch(ceiling=600_000, funding="apbd_kab")
    for who in ("owner", "province", "staff"):
        assert rule_of(revise, cast=cast, batch=batch, who=who) == "tingkat_pendana"
    assert revise(cast, batch, who="colleague").after == 900_000


def test_a_settled_list_is_revised_no_more(cast):
    batch = lists.make_closed(approval="selesai")
    assert rule_of(revise, cast=cast, batch=batch) == "daftar_selesai"


def test_the_database_keeps_a_settled_list_and_the_ceiling_over_its_lines(cast):
    settled = lists.make_closed(approval="selesai")
    with pytest.raises(IntegrityError, match="is selesai"), transaction.atomic():
        type(settled).objects.filter(pk=settled.pk).update(ceiling=1)


def test_the_same_number_twice_is_refused(cast):
    batch = make.make_batch(ceiling=600_000)
    revise(cast, batch)
    kwargs = {"batch": batch, "revision": revision(after=700_000), "today": TODAY}
    assert field_of(ceiling_revise, actor=cast.staff, **kwargs)


def note(**changes) -> Noted:
    return Noted(**{"code": "sp2d", "on": date(2024, 5, 2), "number": "00123/2024", **changes})


def test_an_outside_status_is_noted_and_moves_nothing(cast):
    batch = lists.make_closed(make.make_beneficiary())
    row = batch_note(actor=cast.owner, batch=batch, noted=note(), today=TODAY)
    batch.refresh_from_db()
    assert (row.code, row.number, row.by, batch.approval) == ("sp2d", "00123/2024", cast.owner, "ditutup")
    assert set(batch.lines.values_list("state", flat=True)) == {"sk"}
    assert not Step.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"number": ""}, "number"), ({"on": None}, "on"), ({"on": date(2025, 1, 1)}, "on"), ({"code": "x"}, "code")],
)
def test_a_note_with_a_wrong_field_is_refused(cast, changes, field):
    kwargs = {"batch": make.make_batch(), "noted": note(**changes), "today": TODAY}
    assert field_of(batch_note, actor=cast.owner, **kwargs) == {field}


def test_a_reader_notes_nothing(cast):
    kwargs = {"batch": make.make_batch(), "noted": note(), "today": TODAY}
    assert rule_of(batch_note, actor=cast.auditor, **kwargs) == "wewenang"
