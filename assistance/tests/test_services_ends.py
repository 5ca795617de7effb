"""Ends that must be reachable, and days that must follow each other: a list with a line nobody may pay, an SK."""

from datetime import date

import pytest

from assistance.models import Step
from assistance.services import approvals, decrees
from assistance.services.lines import disbursement_receive
from assistance.services.mass import lines_pay
from assistance.services.participation import participation_suspend
from assistance.tests.deciding import candidate, decide, fill, propose
from assistance.tests.entries import PAID_ON, TODAY, field_of, rule_of
from tests import factories as make
from tests import factories_lists as lists


@pytest.fixture
def closed(cast):
    """One child has received, another died before the payment."""
    alive, dead = (make.make_beneficiary(birth_date=date(2014, 1, 1)) for _ in range(2))
    batch = lists.make_closed(alive, dead, programme="YAPI")
    make.make_circumstance(dead, "meninggal", "ya", on=date(2024, 3, 1))
    lines_pay(actor=cast.owner, batch=batch, on=PAID_ON, today=TODAY)
    disbursement_receive(actor=cast.owner, line=batch.lines.get(beneficiary=alive), on=PAID_ON, today=TODAY)
    return batch


def test_a_line_of_the_dead_does_not_keep_a_list_open_for_ever(cast, closed):
    settled = approvals.batch_settle(actor=cast.owner, batch=closed, today=TODAY)
    assert settled.approval == "selesai"
    assert set(closed.lines.values_list("state", flat=True)) == {"transaksi", "sk"}
    last = Step.objects.filter(kind="daftar", object_id=closed.pk).latest("id")
    assert last.note.startswith("1 baris tidak disalurkan")


def test_a_suspended_one_is_resumed_or_ended_before_a_list_is_settled(cast):
    person = make.make_beneficiary(birth_date=date(2014, 1, 1))
    row = make.make_participation(person, programme="YAPI")
    batch = lists.make_closed(person, programme="YAPI")
    participation_suspend(actor=cast.owner, participation=row, on=date(2024, 2, 20), reason="data", today=TODAY)
    assert rule_of(approvals.batch_settle, actor=cast.owner, batch=batch, today=TODAY) == "belum_selesai"


def test_an_sk_is_not_older_than_the_last_verval_in_it(cast):
    decree, row = make.make_decree(programme="PKH"), candidate()
    Step.objects.create(
        kind="kepesertaan", object_id=row.pk, beneficiary_id=row.beneficiary_id, programme_id=row.programme_id,
        region_id=row.region_id, became="calon", on=date(2024, 3, 10), actor_name="Owner",
    )  # fmt: skip
    fill(cast, decree)
    propose(cast, decree)
    assert field_of(decide, cast=cast, decree=decree, sk_date=date(2024, 3, 9)) == {"sk_date"}
    assert decide(cast, decree, sk_date=date(2024, 3, 10)).state == "ditetapkan"


@pytest.mark.parametrize(
    ("act", "body"), [("tetapkan", {"nomor": "1", "tanggal_sk": "2024-02-01"}), ("kembalikan", {"catatan": "periksa"})]
)
def test_whoever_only_reads_an_sk_is_told_so(cast, api_of, act, body):
    """Row security hides the row from the lock: it was a server error."""
    decree = make.make_decree(programme="PKH")
    candidate()
    fill(cast, decree)
    decrees.decree_propose(actor=cast.owner, decree=decree, today=TODAY)
    answer = api_of(cast.auditor).post(f"/api/v1/sk/{decree.pk}/{act}/", body, format="json")
    assert (answer.status_code, answer.json()["type"]) == (403, "/api/galat/wewenang")
