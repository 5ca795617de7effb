"""The machines of this app. What each state means and what to do next is said in `personnel.words`."""

from personnel.models import Activity, AllowanceLine, AllowanceProposal, MonthlyReport, Termination
from pilar.core.machines import Machine, table

_P, _L, _A, _T = AllowanceProposal.State, AllowanceLine.State, Activity.State, Termination.State

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

#: An activity that an act in the apps above made is verified from the start: whoever recorded the act vouches for it.
ACTIVITY = Machine(
    "kegiatan",
    _A,
    (_A.DRAFT.value, _A.FILED.value, _A.VERIFIED.value),
    table(
        {
            _A.DRAFT: (_A.FILED,),
            _A.FILED: (_A.VERIFIED, _A.RETURNED),
            _A.RETURNED: (_A.FILED,),
        }
    ),
)

#: kabupaten/kota, province, ministry; the assignment ends with the decision and not before.
TERMINATION = Machine(
    "pengakhiran tugas",
    _T,
    (_T.PROPOSED.value,),
    table(
        {
            _T.PROPOSED: (_T.ENDORSED, _T.REJECTED, _T.WITHDRAWN),
            _T.ENDORSED: (_T.DECIDED, _T.REJECTED),
        }
    ),
)

_R = MonthlyReport.State

#: The first day of submission stays, so that what came back does not become late.
MONTHLY_REPORT = Machine(
    "laporan bulanan",
    _R,
    (_R.SUBMITTED.value,),
    table({_R.SUBMITTED: (_R.ACCEPTED, _R.RETURNED), _R.RETURNED: (_R.SUBMITTED,)}),
)

MACHINES = (MONTHLY_REPORT, ALLOWANCE, ALLOWANCE_LINE, ACTIVITY, TERMINATION)
