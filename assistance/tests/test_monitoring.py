"""The page of a kecamatan names the stages that nobody monitored there."""

import pytest

from assistance.models import Batch
from personnel.tests.acting import companion
from tests import factories as make

PAGE = "/dasbor/2024/17.71.01/"


@pytest.fixture
def paid(cast):
    batch = make.make_batch(programme="PERMAKANAN", stage="Tahap 1")
    make.make_line(batch, make.make_beneficiary())
    return batch


def named(client) -> list[str] | None:
    found = [p["panel"] for p in client.get(PAGE).context["panels"] if p["title"] == "Pemantauan penyaluran"]
    return [row["name"] for row in found[0]["rows"]] if found else None


def visit(batch: Batch, **fields) -> None:
    make.make_activity(companion(pillar="TKSK"), kind="pemantauan", batch_id=batch.pk, **fields)


def test_a_stage_that_nobody_monitored_is_named(cast, paid, client_of):
    client = client_of(cast.owner)
    assert named(client) == ["Permakanan, Tahap 1 2024"]
    visit(paid)
    visit(paid, region=make.TELUK_SEGARA, by=cast.colleague)
    assert named(client) == ["Permakanan, Tahap 1 2024"]


def test_a_verified_visit_there_takes_it_off(cast, paid, client_of):
    visit(paid, by=cast.colleague)
    client = client_of(cast.owner)
    assert named(client) == []
    assert "Semua tahap yang disalurkan di kecamatan ini sudah dipantau" in client.get(PAGE).content.decode()


def test_without_money_there_nothing_is_said(cast, client_of):
    make.make_batch(programme="YAPI")
    assert named(client_of(cast.owner)) is None
