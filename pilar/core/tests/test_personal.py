"""NIK: unmasked one at a time with right, reason and record; probed without a name."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent
from pilar.core.personal import PROBES_PER_HOUR, nik_probe, nik_reveal
from pilar.core.scoping import scope_transaction
from tests import factories as make

REASON = "Mencocokkan dengan KTP"


def test_a_reveal_gives_the_number_and_records_the_reason(cast):
    person = make.make_person(nik="1771011203900001")
    assert nik_reveal(actor=cast.owner, row=person, reason=f"  {REASON} ") == "1771011203900001"
    event = AuditEvent.objects.get(action="buka_data")
    assert (event.actor_id, event.object_type, event.object_id, event.reason) == (
        cast.owner.pk,
        "personnel.personnel",
        str(person.pk),
        REASON,
    )


def test_neither_event_nor_summary_holds_the_number(cast):
    nik_reveal(actor=cast.owner, row=make.make_person(nik="1771011203900001"), reason=REASON)
    with scope_transaction(cast.owner):
        nik_probe(actor=cast.owner, nik="1771011203900001")
    written = " ".join(map(str, AuditEvent.objects.values_list("summary", "reason", "object_id")))
    assert "1771011203900001" not in written


@pytest.mark.parametrize("who", ["clerk", "neighbour", "stranger"])
def test_a_reveal_needs_the_right_in_the_rows_area(cast, who):
    with pytest.raises(Refusal, match="membuka data pribadi"):
        nik_reveal(actor=getattr(cast, who), row=make.make_person(), reason=REASON)
    assert not AuditEvent.objects.filter(action="buka_data").exists()


@pytest.mark.parametrize("reason", ["", "          ", "perlu", "a        b"])
def test_a_reveal_needs_a_reason_that_says_something(cast, reason):
    with pytest.raises(ValidationError, match="paling sedikit 10 huruf"):
        nik_reveal(actor=cast.owner, row=make.make_person(), reason=reason)


def test_a_probe_names_the_kabupaten_of_a_person_one_cannot_see(cast):
    make.make_person(nik="1702011203900001", region=make.REJANG_LEBONG, name="Orang Rejang")
    with scope_transaction(cast.owner):
        assert str(nik_probe(actor=cast.owner, nik="1702 0112 0390 0001")) == "terdaftar di Kabupaten Rejang Lebong"
        assert str(nik_probe(actor=cast.owner, nik="1702011203900002")) == "belum terdaftar"


def test_each_probe_is_recorded_under_who_asked(cast):
    with scope_transaction(cast.owner):
        nik_probe(actor=cast.owner, nik="1702011203900002")
    event = AuditEvent.objects.get(action="periksa_nik")
    assert (event.actor_id, event.region_id, event.summary) == (cast.owner.pk, make.KOTA, "NIK belum terdaftar")


def test_probes_are_counted_by_the_hour_and_by_person(cast):
    asked = [nik_probe(actor=cast.owner, nik="1702011203900002") for _ in range(PROBES_PER_HOUR)]
    with pytest.raises(Refusal, match="30 NIK dalam satu jam"):
        nik_probe(actor=cast.owner, nik="1702011203900002")
    assert len(asked) == PROBES_PER_HOUR
    assert nik_probe(actor=cast.colleague, nik="1702011203900002").regency is None


@pytest.mark.parametrize("who", ["auditor", "stranger"])
def test_a_probe_needs_the_right_to_enter_data(cast, who):
    with pytest.raises(Refusal, match="mengisi data"):
        nik_probe(actor=getattr(cast, who), nik="1702011203900002")


def test_an_impossible_number_is_not_asked_about(cast):
    with pytest.raises(ValidationError, match="16 angka"):
        nik_probe(actor=cast.owner, nik="123")
    assert not AuditEvent.objects.filter(action="periksa_nik").exists()


def test_the_probe_belongs_to_the_engine_and_the_plain_login_may_not_ask(land):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_get_userbyid(proowner), prosecdef, has_function_privilege('pilar_web', oid, 'execute'), "
            "has_function_privilege('pilar_region', oid, 'execute') FROM pg_proc WHERE proname = 'pilar_nik_probe'"
        )
        assert cursor.fetchone() == ("pilar_engine", True, False, True)
