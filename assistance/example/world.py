"""What the example consists of while it is being made; nothing is in the database yet."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from assistance.example.identity import Identities
from assistance.example.places import Places
from assistance.models import (
    Beneficiary,
    Caseload,
    Circumstance,
    Decree,
    Graduation,
    GroupMembership,
    Objection,
    Participation,
    Proposal,
    Step,
    Verification,
)
from personnel.models import Activity, Assignment, Personnel
from pilar.core.models import User
from pilar.core.regions import Level, at_level
from targets.models import Target

HERE_SINCE = date(2021, 1, 1)
FAR = date(9999, 12, 31)


@dataclass
class Membership:
    """A PAS group, or one of its sub-categories, from a day on; `until` belongs to it."""

    group: int
    since: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        return self.since <= day <= (self.until or FAR)


@dataclass
class Resident:
    """A beneficiary with the villages he lived in, oldest first, and his groups."""

    row: Beneficiary
    homes: list[tuple[date, int]]
    groups: list[Membership] = field(default_factory=list)

    def home_on(self, day: date) -> int:
        """The village of that day; before the first known one, the first."""
        lived = [village for since, village in self.homes if since <= day]
        return lived[-1] if lived else self.homes[0][1]

    def move(self, day: date, village: int) -> None:
        self.homes.append((day, village))
        self.row.region_id = village

    def memberships(self) -> Iterator[GroupMembership]:
        """A row per group and home, so that a move closes one and opens the next."""
        for group in self.groups:
            for (since, village), until in zip(self.homes, self._left_on(), strict=True):
                first, last = max(group.since, since), min(group.until or FAR, until)
                if first <= last:
                    yield GroupMembership(
                        beneficiary=self.row,
                        group_id=group.group,
                        region_id=village,
                        valid_from=first,
                        valid_until=None if last == FAR else last,
                    )

    def _left_on(self) -> list[date]:
        return [since - timedelta(days=1) for since, _ in self.homes[1:]] + [FAR]


@dataclass
class Draft:
    """A payment line before its batch exists.

    Attributes:
        units, rate, limit: days or months, rupiah for one, and the most the stage allows;
            rate 0 for amounts that follow from an assessment.
        fixed: a named case, which fitting the totals must not touch.
        repays: the returned line that this one pays again.
    """

    resident: Resident
    programme: int
    group: int
    year: int
    stage: str
    state: str
    paid_on: date | None
    amount: int
    region: int
    units: int = 0
    rate: int = 0
    limit: int = 0
    detail: str = ""
    received_on: date | None = None
    returned_on: date | None = None
    deposited_on: date | None = None
    sk_date: date | None = None
    fixed: bool = False
    repays: "Draft | None" = None

    @property
    def regency(self) -> int:
        return at_level(self.region, Level.REGENCY)


@dataclass(frozen=True)
class History:
    """A step of a row that has no number yet; the one before it of the same row says what it was."""

    kind: Step.Kind
    row: Any
    actor: User
    became: str
    on: date
    note: str
    reason: str


@dataclass
class World:
    places: Places
    users: dict[str, User]
    identities: Identities = field(default_factory=Identities)
    personnel: list[Personnel] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    residents: list[Resident] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    caseload: list[Caseload] = field(default_factory=list)
    graduations: list[Graduation] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)
    verifications: list[Verification] = field(default_factory=list)
    decrees: list[Decree] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)
    objections: list[Objection] = field(default_factory=list)
    circumstances: list[Circumstance] = field(default_factory=list)
    history: list[History] = field(default_factory=list)

    def resident(
        self,
        rng: Random,
        village: int,
        birth: date,
        sex: str,
        *,
        name: str = "",
        origin: int = 0,
    ) -> Resident:
        """A new beneficiary who lives in `village`; a few were first registered elsewhere (`origin`)."""
        if not origin:
            origin = village if rng.random() < 0.93 else self.places.elsewhere(rng, village)
        row = Beneficiary(
            name=name or self.identities.name(rng, sex),
            sex=sex,
            birth_date=birth,
            region_id=village,
            is_example=True,
        )
        row.set_nik(self.identities.nik(at_level(origin, Level.DISTRICT), birth, sex))
        resident = Resident(row, [(HERE_SINCE, village)])
        self.residents.append(resident)
        return resident

    def office_of(self, regency: int) -> User:
        """The officer who answers for data of a kabupaten/kota."""
        names = {1771000000: "dinsos.kotabengkulu", 1702000000: "dinsos.rejanglebong"}
        inside = regency // 10**8 == 17
        return self.users[names.get(regency, "dinsos.bengkulu" if inside else "staf.pusat")]
