"""Makes the example and puts it into the database, all or nothing, once."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.db import models, transaction

from assistance.example.activities import make_activities
from assistance.example.families import make_families
from assistance.example.fit import fit_city
from assistance.example.goals import make_targets
from assistance.example.life import make_life
from assistance.example.logins import make_member, make_users
from assistance.example.offices import make_offices
from assistance.example.open_cases import make_open_cases
from assistance.example.payments import make_payments
from assistance.example.places import REJANG_LEBONG, UTARA, Places
from assistance.example.recipients import make_recipients
from assistance.example.running_year import make_running_year
from assistance.example.special import make_special
from assistance.example.staff import make_staff
from assistance.example.world import Draft, World
from assistance.models import (
    Batch,
    Beneficiary,
    Caseload,
    Circumstance,
    Decree,
    Disbursement,
    Graduation,
    GroupMembership,
    Objection,
    Participation,
    Proposal,
    Step,
    Verification,
)
from assistance.services.history import Move, step
from personnel.models import Activity, Assignment, Personnel
from pilar.core.models import Programme
from pilar.core.reference.catalogue import ATENSI
from pilar.core.regions import dotted
from targets.models import Target

M = TypeVar("M", bound=models.Model)
CHUNK = 2_000
CEILING_STEP = 10_000_000
NOON, JAKARTA = time(12), ZoneInfo("Asia/Jakarta")
#: (programme, year, stage, kabupaten) paid by a local budget; everything else is APBN
LOCAL_FUNDS = {
    (ATENSI, 2024, "Tahap 2", REJANG_LEBONG): Batch.Funding.REGENCY,
    (ATENSI, 2024, "Tahap 3", UTARA): Batch.Funding.PROVINCE,
}


@dataclass(frozen=True)
class Result:
    """Rows written per kind; empty when the example was there already."""

    rows: dict[str, int]


def load_example(now: datetime) -> Result:
    """Users that are missing, and the example unless any of it is there.

    A second run changes nothing: rows that somebody edited or added meanwhile are theirs.
    """
    with transaction.atomic():
        users = make_users(now)
        make_offices(users["admin.pusat"])
        known = Batch.objects.filter(is_example=True).exists()
        result = Result({} if known else _make(World(Places(), users)))
        make_member()
        return result


def _make(world: World) -> dict[str, int]:
    return _write(make_world(world)) | make_running_year(world)


def make_world(world: World) -> World:
    make_staff(world)
    recipients = make_recipients(world)
    make_payments(world, recipients)
    make_special(world)
    make_families(world)
    make_activities(world)
    fit_city(world)
    make_targets(world)
    make_life(world)
    make_open_cases(world)
    return world


def _write(world: World) -> dict[str, int]:
    lines = _lines(world)
    batches = list({id(line.batch): line.batch for line in lines}.values())
    first = [line for line, draft in zip(lines, world.drafts, strict=True) if not draft.repays]
    again = [(line, draft) for line, draft in zip(lines, world.drafts, strict=True) if draft.repays]
    memberships = [row for resident in world.residents for row in resident.memberships()]
    written = {
        "personel": _insert(Personnel, world.personnel),
        "penugasan": _insert(Assignment, world.assignments),
        "kegiatan": _insert(Activity, world.activities),
        "penerima": _insert(Beneficiary, [resident.row for resident in world.residents]),
        "keanggotaan PAS": _insert(GroupMembership, memberships),
        "dampingan": _insert(Caseload, world.caseload),
        "keadaan penerima": _insert(Circumstance, world.circumstances),
        "usulan": _insert(Proposal, world.proposals),
        "verval": _insert(Verification, world.verifications),
        "SK penetapan": _insert(Decree, world.decrees),
        "kepesertaan": _insert(Participation, world.participations),
        "usul-sanggah": _insert(Objection, world.objections),
        "graduasi": _insert(Graduation, world.graduations),
        "daftar penyaluran": _insert(Batch, batches),
        "baris penyaluran": _insert(Disbursement, first),
    }
    ids = {id(draft): line.pk for line, draft in zip(lines, world.drafts, strict=True)}
    for line, draft in again:
        line.repays_id = ids[id(draft.repays)]
    written["baris penyaluran"] += _insert(Disbursement, [line for line, _ in again])
    written["riwayat"] = _insert(Step, _steps(world))
    written["target"] = _insert(Target, world.targets)
    return written


def _insert(model: type[M], rows: Sequence[M]) -> int:
    return len(model._default_manager.bulk_create(rows, batch_size=CHUNK))


def _steps(world: World) -> list[Step]:
    """The history as if each step had been written down at noon of its day."""
    was: dict[int, str] = {}
    steps = []
    for past in world.history:
        move = Move(was.get(id(past.row), ""), past.became, past.on, past.reason, past.note)
        row = step(actor=past.actor, kind=past.kind, row=past.row, move=move)
        row.at = datetime.combine(past.on, NOON, JAKARTA)
        row.year = past.on.year
        steps.append(row)
        was[id(past.row)] = past.became
    return steps


def _lines(world: World) -> list[Disbursement]:
    """A row per draft, in the batch of its programme, year, stage, kabupaten and funding."""
    batches = _batches(world)
    return [
        Disbursement(
            year=draft.year,
            batch=batches[_key(draft)],
            beneficiary=draft.resident.row,
            programme_id=draft.programme,
            group_id=draft.group,
            region_id=draft.region,
            amount=draft.amount,
            detail=draft.detail,
            state=draft.state,
            decided_on=batches[_key(draft)].sk_date,
            paid_on=draft.paid_on,
            received_on=draft.received_on,
            returned_on=draft.returned_on,
            deposited_on=draft.deposited_on,
            is_example=True,
        )
        for draft in world.drafts
    ]


Key = tuple[int, int, str, int]


def _key(draft: Draft) -> Key:
    return draft.programme, draft.year, draft.stage, draft.regency


def _batches(world: World) -> dict[Key, Batch]:
    codes = dict(Programme.objects.values_list("id", "code"))
    drafts: dict[Key, list[Draft]] = {}
    for draft in world.drafts:
        drafts.setdefault(_key(draft), []).append(draft)
    return {key: _batch(world, key, drafts[key], codes[key[0]]) for key in sorted(drafts)}


def _batch(world: World, key: Key, drafts: list[Draft], code: str) -> Batch:
    """The ceiling (pagu) is the sum of the SK, rounded up to the next Rp10 million."""
    programme, year, stage, regency = key
    total = sum(draft.amount for draft in drafts if draft.state not in Disbursement.BACK)
    sentra = programme == ATENSI and regency // 10**8 == 17
    return Batch(
        programme_id=programme,
        year_id=year,
        stage=stage,
        region_id=regency,
        funding=LOCAL_FUNDS.get(key, Batch.Funding.NATIONAL),
        sk_number=f"CONTOH/{code}/{dotted(regency)}/{year}/{stage}",
        sk_date=drafts[0].sk_date or _decided_on(drafts, year),
        ceiling=max(1, math.ceil(total / CEILING_STEP)) * CEILING_STEP,
        responsible=world.users["sentra.dharmaguna"] if sentra else world.office_of(regency),
        is_example=True,
    )


def _decided_on(drafts: list[Draft], year: int) -> date:
    """The first day of the month of the first payment; stages are decided before they are paid."""
    days = [draft.paid_on for draft in drafts if draft.paid_on]
    return min(days).replace(day=1) if days else date(year, 1, 2)
