"""A verval with its photo in one form: one transaction, the place of the form."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from assistance.models import Verification, VerificationProof
from tests import factories as make

PLACE = (Decimal("-3.795512"), Decimal("102.259223"))


@pytest.fixture
def waiting(cast):
    """A usulan that waits for its verval, and what the form says of it."""
    person = make.make_beneficiary(groups=[12])
    companion = make.make_assignment(make.make_person(), pillar="PKH")
    make.make_proposal(person, programme="YAPI", state="diajukan")
    return reverse("verification-create", args=[person.pk, "YAPI"]), {
        "result": "layak", "evidence": "Rumah dan KK dilihat", "companion": companion.pk,
        "verified_on": timezone.localdate().isoformat(), "latitude": "-3,795512", "longitude": "102,259223",
    }  # fmt: skip


def test_a_verval_takes_its_photo_along_with_the_place_of_the_form(cast, client_of, waiting):
    page, entry = waiting
    answer = client_of(cast.owner).post(page, {**entry, "upload": make.make_upload()})
    assert answer.status_code == 302, answer.context["form"].errors
    proof = VerificationProof.objects.get()
    assert (proof.attachment.latitude, proof.attachment.longitude) == PLACE


def test_a_verval_whose_photo_is_refused_is_not_recorded(cast, client_of, waiting):
    page, entry = waiting
    answer = client_of(cast.owner).post(page, {**entry, "upload": make.make_upload(make.make_pdf())})
    assert answer.status_code == 422
    assert "adalah dokumen PDF" in answer.context["form"].errors["upload"][0]
    assert not VerificationProof.objects.exists()
    assert not Verification.objects.exists()
