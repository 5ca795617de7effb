"""The way of a list: drafted, proposed, sent back, approved, closed, settled; who may, and what each forbids."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from assistance.models import Batch, Disbursement, Step
from assistance.services import approvals as service
from assistance.services.coverage import unverified_lines
from assistance.tests.entries import TODAY, field_of, rule_of
from pilar.core.errors import Refusal
from pilar.core.models import AuditEvent, BudgetYear, Programme, Region
from tests import factories as make
from tests import factories_lists as lists

YAPI_CHILD = {"birth_date": date(2014, 1, 1)}


def draft_entry(**changes) -> service.DraftEntry:
    fields = {
        "programme": Programme.objects.get(code="YAPI"),
        "year": BudgetYear.objects.get(year=2024),
        "stage": "Tahap 1",
        "region": Region.objects.get(pk=make.KOTA),
        "funding": "apbn",
        "ceiling": 6_000_000,
        "units": 3,
        "sk_number": "460/1/2024",
        "sk_date": date(2024, 1, 15),
    }
    return service.DraftEntry(**{**fields, **changes})


def child(name: str = "Anak", **fields):
    """An active participant of YAPI."""
    person = make.make_beneficiary(name=name, **YAPI_CHILD)
    make.make_participation(person, **fields)
    return person


def verify(person, on=date(2024, 6, 3)) -> None:
    make.make_verification(person, make.make_assignment(make.make_person()), on=on)


def act(verb, actor, batch, **more):
    return verb(actor=actor, batch=batch, today=TODAY, **more)


# --- drafting ----------------------------------------------------------------


def test_a_draft_takes_the_programmes_price_and_an_sk_from_outside(cast):
    batch = service.batch_draft(actor=cast.owner, entry=draft_entry(), today=TODAY)
    stored = Batch.objects.get(pk=batch.pk)
    assert (stored.approval, stored.unit_price, stored.portion) == ("disusun", 200_000, 600_000)
    assert (stored.sk_number, stored.responsible) == ("460/1/2024", cast.owner)
    assert Step.objects.get(kind="daftar", object_id=batch.pk).became == "disusun"


def test_a_draft_copies_number_and_date_of_its_sk(cast):
    decree = make.make_decree(
        state="ditetapkan", number="SK-9", sk_date=date(2024, 2, 1), decided_on=date(2024, 2, 1), decided_by=cast.staff
    )
    entry = draft_entry(decree=decree, sk_number="", sk_date=None, unit_price=250_000)
    batch = service.batch_draft(actor=cast.owner, entry=entry, today=TODAY)
    assert (batch.sk_number, batch.sk_date, batch.unit_price) == ("SK-9", date(2024, 2, 1), 250_000)


@pytest.mark.parametrize(
    "fields",
    [{"state": "disusun"}, {"programme": "PERMAKANAN"}, {"funding": "apbd_kab"}, {"region": make.REJANG_LEBONG}],
)
def test_an_sk_that_does_not_fit_is_refused(cast, fields):
    decided = {"state": "ditetapkan", "decided_on": date(2024, 2, 1), "decided_by": cast.staff}
    decree = make.make_decree(**{"number": "SK-9", "sk_date": date(2024, 2, 1), **decided, **fields})
    assert rule_of(service.batch_draft, actor=cast.owner, entry=draft_entry(decree=decree), today=TODAY) == (
        "sk_tidak_sesuai"
    )


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"sk_number": " "}, {"sk_number"}),
        ({"sk_date": date(2025, 1, 1)}, {"sk_date"}),
        ({"sk_number": "", "sk_date": None}, {"sk_number", "sk_date"}),
        ({"stage": " "}, {"stage"}),
    ],
)
def test_a_draft_with_a_wrong_field_is_refused(cast, changes, fields):
    entry = draft_entry(**changes)
    assert field_of(service.batch_draft, actor=cast.owner, entry=entry, today=TODAY) == fields


@pytest.mark.parametrize("changes", [{"units": 0}, {"unit_price": 0}])
def test_a_draft_without_a_plan_is_refused(cast, changes):
    with pytest.raises(ValidationError, match="harus lebih dari nol"):
        service.batch_draft(actor=cast.owner, entry=draft_entry(**changes), today=TODAY)


def test_a_programme_without_one_price_asks_for_it(cast):
    entry = draft_entry(programme=Programme.objects.get(code="PKH"))
    assert field_of(service.batch_draft, actor=cast.owner, entry=entry, today=TODAY) == {"unit_price"}


def test_only_who_enters_there_drafts(cast):
    for reader in (cast.neighbour, cast.auditor):
        assert rule_of(service.batch_draft, actor=reader, entry=draft_entry(), today=TODAY) == "wewenang"


# --- the way -----------------------------------------------------------------


@pytest.fixture
def drafted(cast):
    person = child("Adi")
    batch = lists.make_drafted(programme="YAPI")
    make.make_line(batch, person, state="sk")
    verify(person)
    return batch


def test_a_list_goes_the_whole_way_with_a_history_row_each(cast, drafted):
    act(service.batch_propose, cast.owner, drafted)
    act(service.batch_send_back, cast.staff, drafted, note="Periksa tahapnya")
    drafted.refresh_from_db()
    assert (drafted.approval, drafted.note, drafted.proposed_by) == ("disusun", "Periksa tahapnya", None)
    act(service.batch_propose, cast.owner, drafted)
    act(service.batch_approve, cast.staff, drafted)
    act(service.batch_close, cast.owner, drafted)
    drafted.refresh_from_db()
    assert (drafted.approval, drafted.note, drafted.proposed_by) == ("ditutup", "", cast.owner)
    assert (drafted.decided_by, drafted.closed_by) == (cast.staff, cast.owner)
    steps = Step.objects.filter(kind="daftar", object_id=drafted.pk).order_by("at", "id").values_list("was", "became")
    assert list(steps) == [
        ("disusun", "diajukan"), ("diajukan", "disusun"), ("disusun", "diajukan"), ("diajukan", "disetujui"),
        ("disetujui", "ditutup"),
    ]  # fmt: skip
    assert AuditEvent.objects.filter(object_type="assistance.batch", object_id=str(drafted.pk)).count() == 5


@pytest.mark.parametrize(
    ("state", "verb", "more"),
    [
        ("disusun", service.batch_approve, {}),
        ("disusun", service.batch_close, {}),
        ("diajukan", service.batch_close, {}),
        ("diajukan", service.batch_propose, {}),
        ("disetujui", service.batch_send_back, {"note": "x"}),
        ("disetujui", service.batch_settle, {}),
        ("ditutup", service.batch_approve, {}),
        ("selesai", service.batch_close, {}),
        ("dicatat", service.batch_propose, {}),
    ],
)
def test_a_skipped_state_is_refused(cast, state, verb, more):
    batch = make.make_batch() if state == "dicatat" else lists.make_closed(child(), programme="YAPI", approval=state)
    with pytest.raises(Refusal, match="Langkah ini hanya sesudah") as caught:
        act(verb, cast.admin, batch, **more)
    assert caught.value.rule == "urutan_keadaan"


def test_an_empty_list_is_not_proposed(cast):
    assert rule_of(service.batch_propose, actor=cast.owner, batch=lists.make_drafted(), today=TODAY) == "daftar_kosong"


def test_the_proposer_does_not_approve_even_with_the_right(cast, drafted):
    act(service.batch_propose, cast.admin, drafted)
    with pytest.raises(Refusal, match="Anda pengusul daftar ini") as caught:
        act(service.batch_approve, cast.admin, drafted)
    assert caught.value.rule == "empat_mata"
    assert act(service.batch_approve, cast.staff, drafted).approval == "disetujui"


@pytest.mark.parametrize(
    ("funding", "decides", "refused"),
    [
        ("apbn", "staff", ("colleague", "province", "auditor")),
        ("apbd_prov", "province", ("colleague", "staff")),
        ("apbd_kab", "colleague", ("province", "staff", "clerk")),
    ],
)
def test_the_level_that_funds_decides(cast, funding, decides, refused):
    batch = lists.make_closed(child(), programme="YAPI", approval="diajukan", funding=funding)
    for name in refused:
        actor = getattr(cast, name)
        assert rule_of(service.batch_approve, actor=actor, batch=batch, today=TODAY) == "tingkat_pendana"
    assert act(service.batch_approve, getattr(cast, decides), batch).decided_by.username == decides


def test_a_neighbour_meets_no_list(cast, drafted):
    assert rule_of(service.batch_propose, actor=cast.neighbour, batch=drafted, today=TODAY) == "daftar_wilayah_lain"


def test_sending_back_needs_a_note(cast):
    batch = lists.make_closed(child(), programme="YAPI", approval="diajukan")
    assert field_of(service.batch_send_back, actor=cast.staff, batch=batch, note=" ", today=TODAY) == {"note"}


# --- final closing -----------------------------------------------------------


def test_closing_lists_those_without_a_recent_verval(cast):
    fresh, stale, never = child("Adi"), child("Budi"), child("Citra")
    verify(fresh, on=date(2024, 10, 1))
    verify(stale, on=date(2023, 10, 1))
    batch = lists.make_closed(fresh, stale, never, programme="YAPI", approval="disetujui")
    assert [line.beneficiary_id for line in unverified_lines(batch, on=TODAY)] == [stale.pk, never.pk]
    with pytest.raises(Refusal, match="2 penerima di daftar ini belum diverval dalam 12 bulan"):
        act(service.batch_close, cast.owner, batch)


def test_an_approver_accepts_them_by_name_and_reason(cast):
    batch = lists.make_closed(child(), programme="YAPI", approval="disetujui")
    accept = service.batch_accept_unverified
    assert field_of(accept, actor=cast.staff, batch=batch, reason=" ", today=TODAY) == {"reason"}
    assert rule_of(accept, actor=cast.owner, batch=batch, reason="Banjir", today=TODAY) == "empat_mata"
    assert rule_of(accept, actor=cast.colleague, batch=batch, reason="Banjir", today=TODAY) == "tingkat_pendana"
    act(accept, cast.staff, batch, reason="Jalan putus karena banjir")
    closed = act(service.batch_close, cast.owner, batch)
    assert (closed.unverified_accepted_by, closed.unverified_count) == (cast.staff, 1)
    assert closed.unverified_reason == "Jalan putus karena banjir"


def test_accepting_some_is_not_accepting_those_who_come_later(cast):
    person = child()
    verify(person, on=date(2023, 12, 1))
    batch = lists.make_closed(person, child(), programme="YAPI", approval="disetujui")
    service.batch_accept_unverified(actor=cast.staff, batch=batch, reason="Banjir", today=date(2024, 11, 1))
    assert rule_of(service.batch_close, actor=cast.owner, batch=batch, today=date(2024, 12, 5)) == "cakupan_verval"


def test_who_was_accepted_makes_no_room_for_another(cast):
    accepted, later = child(), child()
    verify(later, on=date(2023, 12, 1))
    batch = lists.make_closed(accepted, later, programme="YAPI", approval="disetujui")
    service.batch_accept_unverified(actor=cast.staff, batch=batch, reason="Banjir", today=date(2024, 11, 1))
    verify(accepted, on=date(2024, 11, 20))
    assert rule_of(service.batch_close, actor=cast.owner, batch=batch, today=date(2024, 12, 5)) == "cakupan_verval"


def test_nobody_is_accepted_who_need_not_be(cast, drafted):
    lists.walk_list(drafted, "disetujui")
    accept = service.batch_accept_unverified
    assert rule_of(accept, actor=cast.staff, batch=drafted, reason="x", today=TODAY) == "cakupan_verval"


# --- settling ----------------------------------------------------------------


def test_a_list_with_open_lines_is_not_settled_and_says_how_many(cast):
    batch = lists.make_closed(child(), child(), child(), programme="YAPI")
    first, second, _ = Disbursement.objects.filter(batch=batch).order_by("id")
    paid = {"paid_on": date(2024, 3, 1)}
    Disbursement.objects.filter(pk=first.pk).update(state="retur", returned_on=date(2024, 3, 9), **paid)
    Disbursement.objects.filter(pk=second.pk).update(state="salur", **paid)
    with pytest.raises(Refusal) as caught:
        act(service.batch_settle, cast.owner, batch)
    for words in ("1 baris “dikembalikan (retur)”", "1 baris “disalurkan”", "1 baris “ditetapkan (SK), belum"):
        assert words in caught.value.happened


def test_a_list_is_settled_when_each_line_has_its_end(cast):
    people = [child() for _ in range(3)]
    batch = lists.make_closed(*people, programme="YAPI")
    paid = {"paid_on": date(2024, 3, 1)}
    first, second, third = Disbursement.objects.filter(batch=batch).order_by("id")
    Disbursement.objects.filter(pk=first.pk).update(state="transaksi", received_on=date(2024, 3, 2), **paid)
    back = {"returned_on": date(2024, 3, 9), **paid}
    Disbursement.objects.filter(pk=second.pk).update(state="setor_kas", deposited_on=date(2024, 4, 1), **back)
    Disbursement.objects.filter(pk=third.pk).update(state="retur", **back)
    make.make_line(batch, people[2], state="transaksi", paid_on=date(2024, 4, 1), repays_id=third.pk)
    assert act(service.batch_settle, cast.owner, batch).approval == "selesai"


def test_the_acts_cost_the_same_for_few_and_many(cast):
    def cost(many: int) -> int:
        batch = lists.make_closed(*(child() for _ in range(many)), programme="YAPI", approval="diajukan")
        with CaptureQueriesContext(connection) as queries:
            act(service.batch_approve, cast.staff, batch)
            act(service.batch_accept_unverified, cast.staff, batch, reason="Banjir")
            act(service.batch_close, cast.owner, batch)
        return len(queries)

    cost(1)  # works out what each user may do
    assert cost(2) == cost(12)
