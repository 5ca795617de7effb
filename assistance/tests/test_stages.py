"""A monitoring visit names a list of payments that reaches the place, and of its programme."""

import pytest
from django.core.exceptions import ValidationError

from assistance.stages import stages_at
from personnel.services.activities import activity_file
from personnel.tests.acting import TODAY, companion, entry
from pilar.core.models import Programme, Region
from tests import factories as make


@pytest.fixture
def batch(cast):
    row = make.make_batch(programme="PERMAKANAN")
    make.make_line(row, make.make_beneficiary())
    return row


def visit(cast, batch, *, programme: str = "PERMAKANAN"):
    person = companion(pillar="TKSK")
    given = {"pillar": "TKSK", "kind": "pemantauan", "details": {"temuan": "Tidak ada"}, "stage": batch.pk}
    found = entry(person, **given, programme=Programme.objects.get(code=programme))
    return activity_file(actor=cast.owner, entry=found, submit=True, today=TODAY)


def test_lists_with_lines_in_the_place_are_offered(cast, batch):
    make.make_batch(programme="YAPI")
    offered = stages_at(Region.objects.get(pk=make.SELEBAR), cast.owner)
    assert [(stage.pk, stage.name) for stage in offered] == [(batch.pk, f"Permakanan, {batch.stage} 2024")]
    assert not stages_at(Region.objects.get(pk=make.TELUK_SEGARA), cast.owner)
    assert not stages_at(Region.objects.get(pk=make.SELEBAR), cast.neighbour)


def test_the_visit_keeps_its_list(cast, batch):
    assert visit(cast, batch).batch_id == batch.pk


def test_a_list_of_another_programme_or_place_is_refused(cast, batch):
    with pytest.raises(ValidationError, match="milik program lain"):
        visit(cast, batch, programme="YAPI")
    with pytest.raises(ValidationError, match="tidak menjangkau Selebar"):
        visit(cast, make.make_batch())
