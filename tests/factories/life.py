"""The way of a beneficiary through a programme: usulan, verval, SK, kepesertaan, usul-sanggah, graduation, ATENSI."""

from datetime import date, timedelta

from assistance.models import (
    AtensiCase,
    Beneficiary,
    Decree,
    Graduation,
    GraduationCase,
    Objection,
    Participation,
    Proposal,
    Verification,
)
from personnel.models import Assignment
from pilar.core.models import Programme
from tests.factories.common import KOTA, serial


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


def make_decree(*, region: int = KOTA, programme: str = "YAPI", year: int = 2024, **fields) -> Decree:
    defaults = {"funding": "apbn", "title": f"SK {next(serial)}"}
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


def make_objection(
    person: Beneficiary, *, programme: str = "YAPI", kind: str = "salah_masuk", on=date(2024, 11, 18),
    answered_after: int | None = None, **fields,
) -> Objection:  # fmt: skip
    """`answered_after` so many days it was rejected; open by default."""
    if answered_after is not None:
        fields |= {"state": "ditolak", "answer": "Diperiksa", "answered_on": on + timedelta(days=answered_after)}
    return Objection.objects.create(
        beneficiary=person,
        programme=Programme.objects.get(code=programme),
        region_id=fields.pop("region", person.region_id),
        kind=kind,
        filed_on=on,
        due_on=on + timedelta(days=14),
        filed_by=fields.pop("filed_by", "Ketua RT 03"),
        note=fields.pop("note", "Anaknya pegawai negeri"),
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
        confirmed_on=fields.pop("confirmed_on", on),
        **fields,
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
