"""What an office keeps of its own people: accounts, surat peringatan, pengakhiran."""

from datetime import date

from personnel.models import (
    Assignment,
    BankAccount,
    Competence,
    FamilyTie,
    Need,
    Personnel,
    Sanction,
    Termination,
)
from pilar.core.models import Pillar, User
from tests.factories.common import KOTA, make_verifier, nik


def make_account(person: Personnel, *, number: str = "1370012345678", since=date(2024, 1, 1)) -> BankAccount:
    account = BankAccount(person=person, bank="Bank Mandiri", holder=person.name, valid_from=since)
    account.set_number(number)
    account.save()
    return account


def placed(assignment: Assignment) -> dict[str, object]:
    return {
        "assignment": assignment,
        "person": assignment.person,
        "pillar": assignment.pillar,
        "region": assignment.region,
    }


def make_sanction(assignment: Assignment, kind: str = "sp1", *, on=date(2024, 2, 1), **fields) -> Sanction:
    texts = {"number": f"{kind}/2024", "issuer": "Dinas Sosial", "about": "Tidak hadir tanpa izin"}
    return Sanction.objects.create(kind=kind, on=on, **{**placed(assignment), **texts, **fields})


def make_termination(assignment: Assignment, *, by: User | None = None, **fields) -> Termination:
    """Proposed, for the end of the term."""
    usual = {"kind": "masa_tugas", "last_day": date(2024, 12, 31), "proposed_on": date(2024, 11, 1)}
    return Termination.objects.create(proposed_by=by or make_verifier(), **{**placed(assignment), **usual, **fields})


def make_tie(person: Personnel, *, number: str = "", relation: str = "pasangan", **fields) -> FamilyTie:
    """A close relative; `number`: his NIK."""
    tie = FamilyTie(person=person, relation=relation, name=fields.pop("name", "Keluarga"), **fields)
    tie.set_nik(number or nik())
    tie.save()
    return tie


def make_competence(person: Personnel, name: str = "Water rescue", *, since=date(2024, 1, 1), **fields) -> Competence:
    return Competence.objects.create(person=person, name=name, valid_from=since, **{"kind": "spesialisasi", **fields})


def make_need(*, pillar: str = "TKSK", region: int = KOTA, people: int = 9, since=date(2024, 1, 1), **fields) -> Need:
    usual = {"source": "SK uji", "entered_by": fields.pop("by", None) or make_verifier()}
    return Need.objects.create(
        pillar=Pillar.objects.get(code=pillar), region_id=region, people=people, valid_from=since, **{**usual, **fields}
    )
