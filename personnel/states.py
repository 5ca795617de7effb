"""The machines of this app. What each state means and what to do next is said in `personnel.words`."""

from personnel.models import AllowanceLine, AllowanceProposal
from pilar.core.machines import Machine, table

_P, _L = AllowanceProposal.State, AllowanceLine.State

#: Only a list of the national budget is forwarded; the level that funds any other approves what was proposed.
ALLOWANCE = Machine(
    "usulan tali asih",
    _P,
    (_P.DRAFT.value,),
    table(
        {
            _P.DRAFT: (_P.PROPOSED,),
            _P.PROPOSED: (_P.FORWARDED, _P.APPROVED, _P.DRAFT),
            _P.FORWARDED: (_P.APPROVED, _P.DRAFT),
            _P.APPROVED: (_P.PAID,),
        }
    ),
)

#: A draft may be decided anew, also for whoever was rejected; a payment that failed may succeed later.
ALLOWANCE_LINE = Machine(
    "baris tali asih",
    _L,
    (_L.UNDECIDED.value, _L.NOT_APPLICABLE.value),
    table(
        {
            _L.UNDECIDED: (_L.PROPOSED, _L.LEFT_OUT, _L.NOT_APPLICABLE),
            _L.NOT_APPLICABLE: (_L.UNDECIDED,),
            _L.LEFT_OUT: (_L.PROPOSED, _L.NOT_APPLICABLE),
            _L.PROPOSED: (_L.LEFT_OUT, _L.NOT_APPLICABLE, _L.REJECTED, _L.PAID, _L.FAILED),
            _L.REJECTED: (_L.PROPOSED, _L.NOT_APPLICABLE),
            _L.FAILED: (_L.PAID,),
        }
    ),
)

MACHINES = (ALLOWANCE, ALLOWANCE_LINE)
