"""The machines of this app: each an explicit table of steps (domain.md 3.5, 4.4).

Payment, approval and background work are machines of their own and never mixed. What each state means and
what to do next is said in `assistance.words`.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from assistance.models import (
    AtensiCase,
    Batch,
    Decree,
    Disbursement,
    Graduation,
    GraduationCase,
    Objection,
    Participation,
    Proposal,
    ResultFile,
)
from pilar.core.machines import Machine, table

State = Disbursement.State


_P, _M, _D, _A = Proposal.State, Participation.State, Decree.State, Batch.Approval
_G, _O, _C = GraduationCase.State, Objection.State, AtensiCase.State

#: Nothing follows money received; a returned line is paid again by a new line, or deposited for good.
LINE = Machine(
    "baris penyaluran",
    State,
    (State.DECIDED.value, State.PAID.value),
    table(
        {
            State.DECIDED: (State.PAID,),
            State.PAID: (State.RECEIVED, State.UNCLAIMED, State.RETURNED),
            State.UNCLAIMED: (State.RECEIVED, State.RETURNED),
            State.RETURNED: (State.DEPOSITED,),
        }
    ),
)

#: A candidate sent back by the SK goes to a new verval.
PROPOSAL = Machine(
    "usulan",
    _P,
    (_P.PROPOSED.value,),
    table({_P.PROPOSED: (_P.FIT, _P.UNFIT, _P.WITHDRAWN), _P.FIT: (_P.DECIDED, _P.PROPOSED, _P.WITHDRAWN)}),
)

PARTICIPATION = Machine(
    "kepesertaan",
    _M,
    (_M.CANDIDATE.value,),
    table(
        {
            _M.CANDIDATE: (_M.ACTIVE, _M.ENDED),
            _M.ACTIVE: (_M.SUSPENDED, _M.ENDED),
            _M.SUSPENDED: (_M.ACTIVE, _M.ENDED),
        }
    ),
)

#: Sent back, an SK is a draft again, with the note of who sent it back.
DECREE = Machine(
    "SK penetapan",
    _D,
    (_D.DRAFT.value,),
    table({_D.DRAFT: (_D.PROPOSED,), _D.PROPOSED: (_D.DECIDED, _D.DRAFT)}),
)

#: A recorded list writes down what an SK outside PILAR decided; it is never approved here.
BATCH = Machine(
    "daftar penyaluran",
    _A,
    (_A.RECORDED.value, _A.DRAFT.value),
    table(
        {
            _A.DRAFT: (_A.PROPOSED,),
            _A.PROPOSED: (_A.APPROVED, _A.DRAFT),
            _A.APPROVED: (_A.CLOSED,),
            _A.CLOSED: (_A.SETTLED,),
        }
    ),
)

GRADUATION = Machine(
    "proses graduasi",
    _G,
    (_G.PROPOSED.value,),
    table(
        {
            _G.PROPOSED: (_G.ASSESSED, _G.REJECTED),
            _G.ASSESSED: (_G.TRANSITION, _G.REJECTED),
            _G.TRANSITION: (_G.LEFT, _G.CANCELLED),
        }
    ),
)

OBJECTION = Machine("usul-sanggah", _O, (_O.FILED.value,), table({_O.FILED: (_O.UPHELD, _O.REJECTED)}))

_F = ResultFile.State

#: Dropped while it was applied, a file keeps what is applied: nothing is taken back silently.
RESULT_FILE = Machine(
    "berkas hasil salur",
    _F,
    (_F.UPLOADED.value,),
    table(
        {
            _F.UPLOADED: (_F.CHECKED, _F.DROPPED),
            _F.CHECKED: (_F.APPLYING, _F.DROPPED),
            _F.APPLYING: (_F.APPLIED, _F.DROPPED),
        }
    ),
)

#: Each further service leaves a case where it is: served.
ATENSI = Machine(
    "kasus ATENSI",
    _C,
    (_C.ASSESSED.value,),
    table(
        {
            _C.ASSESSED: (_C.PLANNED, _C.STOPPED),
            _C.PLANNED: (_C.SERVED, _C.STOPPED),
            _C.SERVED: (_C.CLOSED, _C.STOPPED),
        }
    ),
)

MACHINES = (ATENSI, PROPOSAL, PARTICIPATION, DECREE, BATCH, LINE, GRADUATION, OBJECTION, RESULT_FILE)


def kinds_counted(names: Iterable[str]) -> frozenset[Graduation.Kind]:
    """Raises ImproperlyConfigured for a kind nobody knows."""
    if unknown := sorted(set(names) - set(Graduation.Kind.values)):
        raise ImproperlyConfigured(
            f"PILAR_GRADUATION_KINDS memuat jenis yang tidak dikenal: {', '.join(unknown)}. "
            f"Pilih dari {', '.join(Graduation.Kind.values)}."
        )
    return frozenset(Graduation.Kind(name) for name in names)


#: Kinds that count toward a companion's target, as configured. No source says whether a removal by the system
#: counts (domain.md 4.4); each graduation keeps the answer of its day in `counts`.
GRADUATION_KINDS_COUNTED = kinds_counted(settings.GRADUATION_KINDS_COUNTED)
