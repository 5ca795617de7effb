"""Companions and other personnel, their assignments and activities."""

from datetime import date

from personnel.models import (
    Activity,
    ActivityKind,
    ActivityStep,
    AllowanceLine,
    AllowanceProposal,
    Assignment,
    MonthlyReport,
    Personnel,
)
from pilar.core.models import Pillar, User
from tests.factories.common import KOTA, SELEBAR, nik
from tests.harness.people import PASSWORD


def make_person(*, region: int = KOTA, name: str = "Sari Dewi", **fields) -> Personnel:
    number = fields.pop("nik", None) or nik()
    defaults = {"sex": "L", "birth_date": date(1990, 3, 12), "employment": "relawan"}
    person = Personnel(name=name, region_id=region, **{**defaults, **fields})
    person.set_nik(number)
    person.save()
    return person


def make_assignment(
    person: Personnel, *, pillar: str = "TKSK", region: int = SELEBAR, valid_from=date(2022, 1, 1), **fields
) -> Assignment:
    return Assignment.objects.create(
        person=person,
        pillar=Pillar.objects.get(code=pillar),
        position=fields.pop("position", "anggota"),
        region_id=region,
        valid_from=valid_from,
        **fields,
    )


def make_activity(person: Personnel, *, pillar: str = "TKSK", on=date(2024, 5, 6), by=None, **fields) -> Activity:
    """Verified when `by` is given."""
    return Activity.objects.create(
        person=person,
        pillar=Pillar.objects.get(code=pillar),
        date=on,
        year=on.year,
        region_id=fields.pop("region", SELEBAR),
        kind=ActivityKind.objects.get(code=fields.pop("kind", "pendampingan")),
        target_groups=fields.pop("groups", [12]),
        quantity=fields.pop("quantity", 10),
        state=fields.pop("state", "terverifikasi" if by else "diajukan"),
        verified_by=by,
        **fields,
    )


def make_activity_step(activity: Activity, *, became: str = "diajukan", **fields) -> ActivityStep:
    return ActivityStep.objects.create(
        activity_id=activity.pk,
        year=activity.year,
        person_id=activity.person_id,
        pillar_id=activity.pillar_id,
        programme_id=activity.programme_id,
        region_id=activity.region_id,
        became=became,
        on=activity.date,
        **{"actor_name": "Petugas", **fields},
    )


def make_monthly_report(
    assignment: Assignment, *, by: User, month=date(2024, 5, 1), accepted: bool = False, **fields
) -> MonthlyReport:
    """Handed in on time by an officer; accepted by another one."""
    defaults = {"due_on": date(2024, 6, 10), "submitted_on": date(2024, 6, 4), "region_id": assignment.region_id}
    if accepted:
        other = User.objects.exclude(pk=by.pk).first()
        defaults |= {"state": "diterima", "decided_by": other, "decided_on": date(2024, 6, 6)}
    return MonthlyReport.objects.create(
        person=assignment.person, pillar=assignment.pillar, month=month, submitted_by=by, **{**defaults, **fields}
    )


def make_allowance(
    assignment: Assignment, *, region: int = KOTA, period: str = "2024-S1", **fields
) -> AllowanceProposal:
    """A list of tali asih for the assignment's pillar, with one line for that person, undecided."""
    proposal = AllowanceProposal.objects.create(
        pillar=assignment.pillar, region_id=region, period=period, **{"funding": "apbn", **fields}
    )
    AllowanceLine.objects.create(
        proposal=proposal,
        person=assignment.person,
        assignment=assignment,
        pillar=assignment.pillar,
        region_id=region,
        months=6,
        amount=1_500_000,
    )
    return proposal


def member_of(person: Personnel, username: str = "anggota") -> User:
    """The account of the person's own, with the password of the cast."""
    return User.objects.create_user(
        username, PASSWORD, name=person.name, office="Anggota pilar", role_id="anggota", region_id=person.region_id,
        personnel_id=person.pk,
    )  # fmt: skip
