"""Lists that go through approval, taken to the state a test needs, and their result files."""

from datetime import date
from itertools import count

from assistance.models import Batch, Beneficiary, Disbursement, ResultFile, ResultRow
from pilar.core.models import User
from tests import factories as make

_serial = count(1)
#: the way of a list, with what the database asks of each state
LIST_STATES = ("disusun", "diajukan", "disetujui", "ditutup", "selesai")


def make_drafted(**fields) -> Batch:
    """A list that goes through approval, with a portion of Rp600.000; lines come before it is proposed."""
    return make.make_batch(**{"approval": "disusun", "unit_price": 200_000, "units": 3, **fields})


def walk_list(batch: Batch, to: str) -> Batch:
    """Takes a drafted list through its states up to `to`, proposed by the owner and decided by the ministry."""
    owner, staff = User.objects.get(username="owner"), User.objects.get(username="staff")
    day = date(batch.year_id, 2, 1)
    facts = {
        "diajukan": {"proposed_by": owner, "proposed_on": day},
        "disetujui": {"decided_by": staff, "decided_on": day},
        "ditutup": {"closed_by": owner, "closed_on": day},
    }
    begin = LIST_STATES.index(batch.approval) + 1
    for state in LIST_STATES[begin : LIST_STATES.index(to) + 1]:
        if state == "disetujui":
            Disbursement.objects.filter(batch=batch).update(decided_on=batch.sk_date)
        Batch.objects.filter(pk=batch.pk).update(approval=state, **facts.get(state, {}))
    batch.refresh_from_db()
    return batch


def make_closed(*people: Beneficiary, approval: str = "ditutup", **fields) -> Batch:
    """A list past its final closing (or in `approval`) with a decided line of Rp600.000 for each person."""
    batch = make_drafted(**fields)
    for person in people:
        make.make_line(batch, person, state="sk")
    return walk_list(batch, approval)


def make_result_file(batch: Batch, *lines: Disbursement, state: str = "diperiksa", **fields) -> ResultFile:
    """Checked, every line received."""
    file = ResultFile.objects.create(
        batch=batch,
        region_id=batch.region_id,
        programme_id=batch.programme_id,
        name="hasil.csv",
        digest=f"{next(_serial):064x}",
        rows=len(lines),
        state=state,
        **fields,
    )
    for number, line in enumerate(lines, 2):
        ResultRow.objects.create(
            file=file,
            number=number,
            line_ref=f"{line.year}-{line.pk}",
            line_id=line.pk,
            outcome="transaksi",
            amount=line.amount,
            on=line.paid_on,
            match="cocok",
        )
    return file
