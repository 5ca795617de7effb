"""Who stands behind a figure of people, counted again from the source rows in plain Python, with none of the engine."""

from datetime import date

from assistance.models import Disbursement, Graduation, GroupMembership
from personnel.models import Assignment
from pilar.core import regions
from pilar.core.models import Pillar, Programme, TargetGroup
from tests import factories as make

YEAR = 2024
#: every level that has figures, from the nation down
PLACES = (0, 1700000000, make.KOTA, make.SELEBAR, make.REJANG_LEBONG, 3200000000)
PAID = ("salur", "transaksi", "tidak_transaksi")
ALL_MONTHS = range(1, 14)
SERVED, GROUPS, POSTS, LEFT = "PENERIMA_PROGRAM", "PENERIMA_PAS", "PERSONEL_TERDAFTAR", "GRADUASI"


class Recount:
    """The source rows of one moment, and who of them counts where."""

    def __init__(self) -> None:
        self.lines = [line for line in Disbursement.objects.filter(year=YEAR) if line.state in PAID]
        self.memberships = list(GroupMembership.objects.select_related("group"))
        self.posts = list(Assignment.objects.all())
        self.left = [g for g in Graduation.objects.all() if g.counts and g.confirmed_on and not g.cancelled_on]

    def people(self, code: str, place: int, breakdown: int, months=ALL_MONTHS, *, direct: bool = False) -> set[int]:
        """Who stands behind a figure of unit orang or keluarga; breakdown 0: all programmes together."""

        def inside(region: int) -> bool:
            low, high = regions.bounds(place)
            return region == place if direct else low <= region <= high

        if code == SERVED:
            return {
                line.beneficiary_id
                for line in self.lines
                if inside(line.region_id) and breakdown in (0, line.programme_id) and line.month in months
            }
        if code == GROUPS:
            return {
                line.beneficiary_id
                for line in self.lines
                if inside(line.region_id) and line.month in months and breakdown in self.groups_of(line)
            }
        if code == LEFT:
            return {
                row.beneficiary_id
                for row in self.left
                if inside(row.region_id)
                and row.programme_id == breakdown
                and (row.decided_on.year, row.decided_on.month in months) == (YEAR, True)
            }
        return {row.person_id for row in self.posts if inside(row.region_id) and self.serves(row, breakdown, months)}

    def groups_of(self, line: Disbursement) -> set[int]:
        return {
            row.group.parent_id or row.group_id
            for row in self.memberships
            if row.beneficiary_id == line.beneficiary_id
            and row.valid_from <= line.paid_on
            and (row.valid_until is None or row.valid_until >= line.paid_on)
        }

    def serves(self, row: Assignment, pillar: int, months) -> bool:
        """On the last day of the latest month asked for: the year's headcount is December's."""
        last = date(YEAR, min(max(months), 12), 28)
        return row.pillar_id == pillar and row.valid_from <= last and row.valid_until is None


def breakdowns() -> dict[str, list[int]]:
    programmes = list(Programme.objects.values_list("id", flat=True))
    return {
        SERVED: [0, *programmes],
        LEFT: programmes,
        POSTS: list(Pillar.objects.values_list("id", flat=True)),
        GROUPS: list(TargetGroup.objects.filter(parent__isnull=True).values_list("id", flat=True)),
    }
