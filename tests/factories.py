"""The least of each thing; every test states what matters to it."""

from datetime import date, timedelta
from itertools import count

from assistance.models import (
    AtensiCase,
    Batch,
    Beneficiary,
    Caseload,
    Circumstance,
    Decree,
    Disbursement,
    Graduation,
    GraduationCase,
    GroupMembership,
    Objection,
    Participation,
    Proposal,
    Verification,
)
from personnel.models import Activity, Assignment, Personnel
from pilar.core.models import Pillar, Programme, User
from targets.models import Indicator, Target

_serial = count(1)
KOTA, SELEBAR, TELUK_SEGARA = 1771000000, 1771010000, 1771030000
REJANG_LEBONG, CURUP = 1702000000, 1702090000


def nik(day: int = 12, month: int = 3, year: int = 90) -> str:
    number = next(_serial)
    return f"{177101 + number // 9999 % 800:06d}{day:02d}{month:02d}{year:02d}{number % 9999 + 1:04d}"


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
        kind=fields.pop("kind", "pemantauan"),
        target_groups=fields.pop("groups", [12]),
        quantity=fields.pop("quantity", 10),
        state="terverifikasi" if by else "diajukan",
        verified_by=by,
        **fields,
    )


def make_beneficiary(*, region: int = SELEBAR, name: str = "Siti Aminah", groups=(), **fields) -> Beneficiary:
    person = Beneficiary(name=name, region_id=region, **{"sex": "P", "birth_date": date(1950, 1, 1), **fields})
    person.set_nik(nik(day=41, month=1, year=50))
    person.save()
    for group in groups:
        make_membership(person, group)
    return person


def make_membership(person: Beneficiary, group: int, *, valid_from=date(2023, 1, 1), **fields) -> GroupMembership:
    return GroupMembership.objects.create(
        beneficiary=person, group_id=group, region_id=person.region_id, valid_from=valid_from, **fields
    )


def make_batch(*, region: int = KOTA, programme: str = "PERMAKANAN", year: int = 2024, **fields) -> Batch:
    defaults = {
        "stage": f"Tahap {next(_serial)}",
        "funding": "apbn",
        "sk_number": f"SK-{next(_serial)}",
        "sk_date": date(year, 1, 15),
        "ceiling": 10**12,
    }
    return Batch.objects.create(
        region_id=region, programme=Programme.objects.get(code=programme), year_id=year, **{**defaults, **fields}
    )


def make_line(
    batch: Batch,
    person: Beneficiary,
    *,
    amount: int = 600_000,
    state: str = "salur",
    paid_on=date(2024, 3, 15),
    group: int = 12,
    region: int | None = None,
    **fields,
) -> Disbursement:
    if state == "transaksi":
        fields.setdefault("received_on", paid_on)
    return Disbursement.objects.create(
        batch=batch,
        year=batch.year_id,
        programme_id=batch.programme_id,
        beneficiary=person,
        group_id=group,
        region_id=person.region_id if region is None else region,
        amount=amount,
        state=state,
        paid_on=None if state == "sk" else paid_on,
        **{"decided_on": batch.sk_date if batch.approval in Batch.IN_FORCE else None, **fields},
    )


def make_caseload(assignment: Assignment, person: Beneficiary, *, programme: str = "PKH", **fields) -> Caseload:
    return Caseload.objects.create(
        assignment=assignment,
        beneficiary=person,
        programme=Programme.objects.get(code=programme),
        region_id=person.region_id,
        valid_from=fields.pop("valid_from", date(2023, 1, 1)),
        **fields,
    )


def make_graduation(
    person: Beneficiary, *, on=date(2024, 6, 1), programme: str = "PKH", to=None, counts: bool = True, **fields
) -> Graduation:
    return Graduation.objects.create(
        beneficiary=person,
        programme=Programme.objects.get(code=programme),
        region_id=fields.pop("region", person.region_id),
        kind=fields.pop("kind", "mandiri"),
        decided_on=on,
        credited_to=to,
        counts=counts,
        **fields,
    )


def make_circumstance(person: Beneficiary, kind: str, value: str, *, on=date(2024, 1, 1), **fields) -> Circumstance:
    return Circumstance.objects.create(
        beneficiary=person, region_id=person.region_id, kind=kind, value=value, as_of=on, source="uji", **fields
    )


def make_proposal(
    person: Beneficiary,
    *,
    programme: str = "YAPI",
    state: str = "layak",
    group: int = 12,
    on=date(2024, 1, 10),
    **fields,
) -> Proposal:
    return Proposal.objects.create(
        beneficiary=person,
        programme=Programme.objects.get(code=programme),
        region_id=fields.pop("region", person.region_id),
        group_id=group,
        state=state,
        proposed_on=on,
        minutes_number="BA-1",
        minutes_date=on,
        **fields,
    )


def make_decree(*, region: int = KOTA, programme: str = "YAPI", year: int = 2024, **fields) -> Decree:
    defaults = {"funding": "apbn", "title": f"SK {next(_serial)}"}
    return Decree.objects.create(
        region_id=region, programme=Programme.objects.get(code=programme), year_id=year, **{**defaults, **fields}
    )


def make_participation(
    person: Beneficiary, *, programme: str = "YAPI", state: str = "aktif", group: int = 12, **fields
) -> Participation:
    if state in ("aktif", "ditangguhkan"):
        fields.setdefault("active_from", date(2024, 1, 15))
    if state == "ditangguhkan":
        fields.setdefault("reason", "tidak_transaksi")
    if state == "berakhir":
        fields.setdefault("ended_on", date(2024, 5, 31))
        fields.setdefault("reason", "pindah")
    return Participation.objects.create(
        beneficiary=person,
        programme=Programme.objects.get(code=programme),
        region_id=fields.pop("region", person.region_id),
        group_id=group,
        state=state,
        **fields,
    )


def make_many_beneficiaries(number: int, *, region: int = SELEBAR) -> list[Beneficiary]:
    """With PAS 12 and desil 1, in a few statements."""
    people = []
    for at in range(number):
        person = Beneficiary(name=f"Penerima {at:05d}", region_id=region, sex="P", birth_date=date(1950, 1, 1))
        person.set_nik(nik(day=41, month=1, year=50))
        people.append(person)
    Beneficiary.objects.bulk_create(people, batch_size=2000)
    GroupMembership.objects.bulk_create(
        [
            GroupMembership(beneficiary=person, group_id=12, region_id=region, valid_from=date(2023, 1, 1))
            for person in people
        ],
        batch_size=2000,
    )
    Circumstance.objects.bulk_create(
        [
            Circumstance(
                beneficiary=person, region_id=region, kind="desil", value="1", as_of=date(2024, 1, 1), source="uji"
            )
            for person in people
        ],
        batch_size=2000,
    )
    return people


def make_many_candidates(people: list[Beneficiary], programme: Programme, *, on=date(2024, 1, 10)) -> None:
    """Each with a usulan found layak."""
    common = {"programme": programme, "group_id": 12}
    proposals = Proposal.objects.bulk_create(
        [
            Proposal(
                beneficiary=person,
                region_id=person.region_id,
                state="layak",
                proposed_on=on,
                minutes_number="BA-1",
                minutes_date=on,
                **common,
            )
            for person in people
        ],
        batch_size=2000,
    )
    Participation.objects.bulk_create(
        [
            Participation(beneficiary_id=row.beneficiary_id, region_id=row.region_id, proposal=row, **common)
            for row in proposals
        ],
        batch_size=2000,
    )


def make_case(person: Beneficiary, *, by=None, programme: str = "PKH", **fields) -> GraduationCase:
    """On its way out of a programme; proposed, unless the test says more."""
    return GraduationCase.objects.create(
        beneficiary=person,
        programme=Programme.objects.get(code=programme),
        region_id=fields.pop("region", person.region_id),
        kind=fields.pop("kind", "mandiri"),
        initiative="keluarga",
        proposed_on=fields.pop("on", date(2024, 3, 1)),
        proposed_by=by,
        **fields,
    )


def make_verification(
    person: Beneficiary,
    companion: Assignment,
    *,
    programme: str = "YAPI",
    on=date(2024, 6, 3),
    result: str = "layak",
    **fields,
) -> Verification:
    if result == "tidak_layak":
        fields.setdefault("reason", "mampu")
    return Verification.objects.create(
        beneficiary=person,
        programme=Programme.objects.get(code=programme),
        region_id=fields.pop("region", person.region_id),
        companion=companion,
        verified_on=on,
        result=result,
        evidence=fields.pop("evidence", "Rumah dilihat, orangnya ditemui"),
        **fields,
    )


def make_objection(
    person: Beneficiary, *, programme: str = "YAPI", kind: str = "salah_masuk", on=date(2024, 11, 18), **fields
) -> Objection:
    return Objection.objects.create(
        beneficiary=person,
        programme=Programme.objects.get(code=programme),
        region_id=fields.pop("region", person.region_id),
        kind=kind,
        filed_on=on,
        due_on=on + timedelta(days=14),
        filed_by=fields.pop("filed_by", "Ketua RT 03"),
        note=fields.pop("note", "Anaknya pegawai negeri"),
    )


def make_atensi(person: Beneficiary, assessor: Assignment, *, group: int = 12, **fields) -> AtensiCase:
    """Assessed, unless the test says more."""
    return AtensiCase.objects.create(
        beneficiary=person,
        programme=Programme.objects.get(code="ATENSI"),
        group_id=group,
        region_id=fields.pop("region", person.region_id),
        setting="keluarga",
        assessed_on=fields.pop("on", date(2024, 2, 1)),
        assessor=assessor,
        needs="Kursi roda",
        **fields,
    )


def make_target(
    *, value: int, indicator: str = "PENERIMA_PAS", breakdown: int = 3, region: int = KOTA, year: int = 2024, **fields
) -> Target:
    return Target.objects.create(
        year_id=year,
        indicator=Indicator.objects.get(code=indicator),
        breakdown=breakdown,
        region_id=region,
        value=value,
        source=fields.pop("source", "uji"),
        **fields,
    )


def make_verifier() -> User:
    return User.objects.get(username="colleague")
