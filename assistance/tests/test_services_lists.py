"""Opening a list, and its ceiling in the database."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from assistance.models import Batch, Disbursement
from assistance.services.batches import batch_create
from assistance.tests.entries import PAID_ON, TODAY, batch_entry, field_of, rule_of
from pilar.core.models import AuditEvent, Programme, Region, RegionGrant
from tests import factories as make


def test_a_list_is_opened_and_audited(cast):
    batch = batch_create(actor=cast.owner, entry=batch_entry(), today=TODAY)
    assert Batch.objects.get(pk=batch.pk).responsible == cast.owner
    event = AuditEvent.objects.get(object_type="assistance.batch", object_id=str(batch.pk))
    assert (event.action, event.region_id, event.actor_id) == ("buat", make.KOTA, cast.owner.pk)


def test_a_list_of_another_kabupaten_is_refused(cast):
    entry = batch_entry(region=Region.objects.get(pk=make.REJANG_LEBONG))
    assert rule_of(batch_create, actor=cast.owner, entry=entry, today=TODAY) == "wewenang"


def test_a_reader_opens_no_list(cast):
    assert rule_of(batch_create, actor=cast.auditor, entry=batch_entry(), today=TODAY) == "wewenang"


def test_a_list_of_a_programme_outside_the_grant_is_refused(cast):
    RegionGrant.objects.filter(user=cast.owner).update(programmes=[Programme.objects.get(code="PERMAKANAN").pk])
    assert rule_of(batch_create, actor=cast.owner, entry=batch_entry(), today=TODAY) == "wewenang"


def test_the_same_list_twice_is_refused_by_its_sentence(cast):
    batch_create(actor=cast.owner, entry=batch_entry(), today=TODAY)
    with pytest.raises(ValidationError, match="sudah ada"):
        batch_create(actor=cast.owner, entry=batch_entry(), today=TODAY)


@pytest.mark.parametrize("changes", [{"sk_date": TODAY + timedelta(days=1)}, {"stage": " "}, {"funding": "hibah"}])
def test_a_list_with_a_wrong_field_is_refused(cast, changes):
    assert field_of(batch_create, actor=cast.owner, entry=batch_entry(**changes), today=TODAY) == set(changes)


def test_a_ceiling_of_nothing_is_refused(cast):
    with pytest.raises(ValidationError, match="Pagu harus lebih dari Rp0"):
        batch_create(actor=cast.owner, entry=batch_entry(ceiling=0), today=TODAY)


# --- the ceiling in the database ------------------------------------------


def test_the_database_itself_refuses_lines_above_the_ceiling(land):
    batch = make.make_batch(ceiling=1_000_000)
    make.make_line(batch, make.make_beneficiary())
    with pytest.raises(IntegrityError, match="its ceiling is 1000000"), transaction.atomic():
        make.make_line(batch, make.make_beneficiary())


def test_the_database_holds_the_ceiling_over_updates_and_bulk(land):
    batch = make.make_batch(ceiling=1_200_000)
    lines = [make.make_line(batch, make.make_beneficiary(), state="sk") for _ in range(2)]
    Disbursement.objects.filter(batch=batch).update(state="salur", paid_on=PAID_ON)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disbursement.objects.filter(pk=lines[0].pk).update(amount=600_001)
    with pytest.raises(IntegrityError), transaction.atomic():
        Disbursement.objects.bulk_create(
            Disbursement(
                batch=batch, year=2024, programme_id=batch.programme_id, beneficiary=make.make_beneficiary(),
                group_id=12, region_id=make.SELEBAR, amount=1, state="sk",
            )
            for _ in range(3)
        )  # fmt: skip


def test_the_database_holds_the_ceiling_in_a_partition_too(land):
    batch = make.make_batch(ceiling=600_000)
    make.make_line(batch, make.make_beneficiary(), state="sk")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE assistance_disbursement_2024 SET amount = amount + 1 WHERE batch_id = %s", [batch.pk])


def test_a_ceiling_does_not_fall_below_its_lines(land):
    batch = make.make_batch()
    make.make_line(batch, make.make_beneficiary())
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.filter(pk=batch.pk).update(ceiling=599_999)
    assert Batch.objects.filter(pk=batch.pk).update(ceiling=600_000) == 1


def test_two_writers_at_once_cannot_pass_the_ceiling_together(committed):
    batch, people = make.make_batch(ceiling=1_000_000), [make.make_beneficiary() for _ in range(2)]
    both_began = Barrier(2, timeout=20)

    def write(person) -> str:
        try:
            with transaction.atomic():
                batch.refresh_from_db()
                both_began.wait()
                make.make_line(batch, person, amount=600_000)
                time.sleep(0.3)  # the other one reaches its sum before this one commits
        except IntegrityError:
            return "refused"
        finally:
            connection.close()
        return "written"

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(write, people)) == ["refused", "written"]
    assert batch.lines.count() == 1
