"""What a person's line of time says of lines that were only drafted, or taken back; and a race of two payments."""

from datetime import date

from django.db import connection

from assistance.dossier import dossier_of
from assistance.services import approvals, mass
from assistance.services.lines import disbursement_remove
from assistance.tests.entries import TODAY, add
from assistance.timeline import timeline_of
from tests import factories as make
from tests import factories_lists as lists


def titles(cast, person) -> list[str]:
    return [event.title for event in timeline_of(dossier_of(cast.owner, person)) if event.kind == "baris"]


def test_a_line_taken_back_says_so(cast):
    person, batch = make.make_beneficiary(), make.make_batch(programme="YAPI")
    line = add(cast, batch, person)
    disbursement_remove(actor=cast.owner, line=line, note="salah orang", today=TODAY)
    assert titles(cast, person)[0] == "Penyaluran YAPI: dihapus"


def test_a_drafted_line_is_not_called_decided(cast, client_of):
    person = make.make_beneficiary(birth_date=date(2014, 1, 1))
    make.make_participation(person, programme="YAPI")
    batch = lists.make_drafted(programme="YAPI")
    approvals.batch_fill(actor=cast.owner, batch=batch, today=TODAY)
    assert titles(cast, person) == ["Penyaluran YAPI Rp600.000: dimuat di daftar yang belum disetujui"]
    page = client_of(cast.owner).get(f"/penyaluran/{batch.pk}/baris/{batch.lines.get().pk}/")
    assert "Ditetapkan: SK" not in page.content.decode()
    lists.walk_list(batch, "disetujui")
    assert titles(cast, person) == ["Penyaluran YAPI Rp600.000: ditetapkan (SK), belum disalurkan"]


def test_a_line_paid_meanwhile_on_a_later_day_is_not_handed_over_before(cast):
    """As when somebody pays a line between the question for the latest day and the statement."""
    batch = make.make_batch(programme="PERMAKANAN")
    late = make.make_line(batch, make.make_beneficiary(), state="salur", paid_on=date(2024, 5, 2))
    early = make.make_line(batch, make.make_beneficiary(), state="salur", paid_on=date(2024, 5, 1))
    states = (mass.State.PAID,)
    moved = mass._move(
        cast.owner, batch, states, mass.State.RECEIVED, "received_on", date(2024, 5, 1), "BAST 1", []
    )  # fmt: skip
    assert (moved.lines, connection.needs_rollback) == (1, False)
    late.refresh_from_db()
    early.refresh_from_db()
    assert (late.state, early.state) == ("salur", "transaksi")
