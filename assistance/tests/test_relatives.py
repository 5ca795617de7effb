"""Keluarga SDM kesos: a beneficiary whose close relative serves in a pillar is flagged in both doors, not refused."""

from datetime import date

import pytest

from assistance.services.eligibility import cautions, findings
from pilar.core.models import Programme
from pilar.core.scoping import scope_transaction
from tests import factories as make

ON = date(2024, 6, 30)


@pytest.fixture
def related(cast):
    """Named as the spouse of somebody who serves in Rejang Lebong."""
    payee = make.make_beneficiary(groups=[12])
    serving = make.make_person(region=make.REJANG_LEBONG, name="Anggota Jauh")
    make.make_assignment(serving, region=make.CURUP)
    make.make_tie(serving, number=payee.reveal_nik())
    return payee


def test_both_doors_flag_the_relative_and_name_nobody_out_of_sight(cast, client_of, api_of, related):
    browser = client_of(cast.owner)
    page = browser.get(f"/penerima/{related.pk}/").content.decode()
    assert "Keluarga dekat (suami atau istri) dari orang yang bertugas" in page
    assert "Anggota Jauh" not in page
    assert "keluarga SDM kesos" in browser.get("/penerima/").content.decode()
    assert api_of(cast.owner).get(f"/api/v1/penerima/{related.pk}/").json()["keluarga_sdm_kesos"] == "suami atau istri"


def test_the_one_who_serves_is_named_where_he_is_in_sight(cast, client_of, related):
    assert "Anggota Jauh" in client_of(cast.admin).get(f"/penerima/{related.pk}/").content.decode()


def test_whoever_checks_is_told_and_nothing_is_refused_for_it(cast, client_of, api_of, related):
    proposal = make.make_proposal(related, state="diajukan")
    assert "Keluarga dekat" in client_of(cast.owner).get(f"/usulan/{proposal.pk}/").content.decode()
    assert "keluarga_sdm_kesos" in api_of(cast.owner).get(f"/api/v1/usulan/{proposal.pk}/").content.decode()
    with scope_transaction(cast.owner):
        hits = findings(people=[related.pk], programme=Programme.objects.get(code="PKH"), on=ON)
        assert "keluarga_sdm_kesos" not in [hit.rule for hit in hits.get(related.pk, [])]


def test_the_flag_goes_with_the_service(cast, related):
    with scope_transaction(cast.owner):
        assert related.pk in cautions([related.pk], ON)
        assert cautions([related.pk], date(2021, 12, 31)) == {}
