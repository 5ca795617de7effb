"""Which proof a programme asks for: put into force and ended by command, shown by page and API."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from assistance.models import ProofRule
from pilar.core.models import AuditEvent
from tests import factories as make


def test_a_rule_is_put_into_force_and_ended_by_command(land):
    call = ("set_proof", "YAPI", "baris", "foto")
    call_command(*call, "--since", "2024-01-01", "--placed", "--source", "Surat 1", verbosity=0)
    call_command(*call, "--since", "2025-01-01", "--source", "Surat 2", verbosity=0)
    call_command(*call, "--last", "2025-12-31", "--source", "Surat 3", verbosity=0)
    rows = ProofRule.objects.values_list("placed", "valid_from", "valid_until")
    assert list(rows) == [
        (True, date(2024, 1, 1), date(2024, 12, 31)),
        (False, date(2025, 1, 1), date(2025, 12, 31)),
    ]
    assert AuditEvent.objects.filter(object_type="assistance.proofrule").count() == 3


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("YAPI", "baris", "foto", "--source", "x"), "--since"),
        (("LAIN", "baris", "foto", "--since", "2024-01-01", "--source", "x"), "tidak ada"),
        (("YAPI", "baris", "foto", "--since", "2024-01-01", "--source", " "), "Sumbernya wajib"),
        (("YAPI", "baris", "foto", "--last", "2024-01-01", "--source", "x"), "tidak sedang diwajibkan"),
    ],
)
def test_a_rule_that_cannot_be_is_refused_by_the_command(land, words, said):
    with pytest.raises(CommandError, match=said):
        call_command("set_proof", *words)


def test_the_programme_page_and_the_api_say_what_is_asked(cast, client_of, api_of):
    make.make_proof_rule(placed=True)
    html = client_of(cast.clerk).get(reverse("programme-detail", args=["YAPI"])).content.decode()
    assert "Foto penyerahan dengan titik lokasi" in html
    (row,) = api_of(cast.clerk).get(reverse("api-proof-rule-list"), {"program": "YAPI"}).json()["results"]
    assert (row["untuk"], row["dokumen"], row["titik_lokasi"]) == ("baris", "foto", True)
    assert row["keadaan"] == "berlaku"
