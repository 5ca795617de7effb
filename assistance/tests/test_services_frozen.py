"""What an approval state forbids, in the services and in the database itself."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from assistance.models import Batch
from assistance.services import approvals as service
from assistance.services.lines import disbursement_add, disbursement_correct, disbursement_remove
from assistance.tests.entries import TODAY, line_entry, rule_of
from pilar.core.models import User
from tests import factories as make
from tests import factories_lists as lists

CHILD = {"birth_date": date(2014, 1, 1)}


def child():
    """An active participant of YAPI."""
    person = make.make_beneficiary(**CHILD)
    make.make_participation(person)
    return person


def test_a_drafted_list_takes_active_participants_only_and_unpaid(cast):
    batch = lists.make_drafted(programme="YAPI")
    stranger, member = make.make_beneficiary(**CHILD), child()
    add = {"actor": cast.owner, "batch": batch, "today": TODAY}
    assert rule_of(disbursement_add, entry=line_entry(stranger), **add) == "bukan_peserta"
    paid = line_entry(member, state="salur", paid_on=date(2024, 3, 15))
    assert rule_of(disbursement_add, entry=paid, **add) == "belum_ditutup"
    assert disbursement_add(entry=line_entry(member), **add).state == "sk"


@pytest.mark.parametrize("state", ["diajukan", "disetujui", "ditutup", "selesai"])
def test_the_contents_stand_still_from_the_proposal_on(cast, state):
    batch = lists.make_closed(child(), programme="YAPI", approval=state)
    line = batch.lines.get()
    entry = line_entry(child())
    assert rule_of(disbursement_add, actor=cast.owner, batch=batch, entry=entry, today=TODAY) == "isi_beku"
    assert rule_of(disbursement_remove, actor=cast.owner, line=line, note="x", today=TODAY) == "isi_beku"
    more = {"amount": 1, "on": None, "note": "x", "today": TODAY}
    assert rule_of(disbursement_correct, actor=cast.owner, line=line, **more) == "isi_beku"
    assert rule_of(service.batch_fill, actor=cast.owner, batch=batch, today=TODAY) == "isi_beku"


@pytest.mark.parametrize("state", ["disusun", "diajukan", "disetujui", "selesai"])
def test_the_database_itself_pays_no_line_before_final_closing_or_after_the_end(land, state):
    batch = lists.make_closed(child(), programme="YAPI", approval=state)
    for paid, told in (
        ({"decided_on": batch.sk_date}, f"is {state}, its lines"),
        ({}, f"is {state}, its lines|disbursement_paid_was_decided"),
    ):
        with pytest.raises(IntegrityError, match=told), transaction.atomic():
            batch.lines.update(state="salur", paid_on=date(2024, 3, 1), **paid)


@pytest.mark.parametrize("state", ["diajukan", "disetujui", "ditutup", "selesai"])
def test_the_database_itself_keeps_the_contents(land, state):
    batch = lists.make_closed(child(), programme="YAPI", approval=state)
    for change in (
        lambda: make.make_line(batch, child(), state="sk"),
        lambda: batch.lines.update(amount=1),
        lambda: batch.lines.all().delete(),
    ):
        with pytest.raises(IntegrityError, match="its lines cannot change so"), transaction.atomic():
            change()


@pytest.mark.parametrize(
    ("state", "then"),
    [
        ("disusun", "ditutup"),
        ("diajukan", "selesai"),
        ("ditutup", "disusun"),
        ("selesai", "ditutup"),
        ("disusun", "dicatat"),
    ],
)
def test_the_database_itself_skips_no_state(land, state, then):
    batch = lists.make_closed(child(), programme="YAPI", approval=state)
    owner, staff = (User.objects.get(username=name) for name in ("owner", "staff"))
    day = date(2024, 2, 1)
    facts = {"proposed_by": owner, "decided_by": staff, "closed_by": owner, "decided_on": day, "closed_on": day}
    with pytest.raises(IntegrityError, match="cannot become"), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(approval=then, **facts)


def test_lines_do_not_move_between_a_recorded_and_a_closed_list(land):
    closed = lists.make_closed(child(), programme="YAPI")
    recorded = make.make_batch(programme="YAPI")
    with pytest.raises(IntegrityError, match="its lines cannot change so"), transaction.atomic():
        closed.lines.update(batch=recorded)
