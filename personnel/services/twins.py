"""People who are probably recorded already: the same name with the same birth date, or the same phone number."""

from datetime import date

from django.db.models import Q

from personnel.models import Personnel
from personnel.search import phone_digits
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import User
from pilar.core.scoping import narrow_choices

CONFIRM = "Tetap simpan, orangnya berbeda"
SHOWN = 5


class SimilarPerson(Refusal):
    """Somebody like him is recorded; an officer who looked may confirm that they are two people.

    Attributes: twins: those whom the actor may see, at most SHOWN.
    """

    def __init__(self, twins: list[Personnel]) -> None:
        names = "; ".join(f"{t.name}, lahir {tanggal(t.birth_date)}, {t.region.name}" for t in twins)
        super().__init__(
            f"Belum disimpan: ada personel yang mirip ({names}). Satu orang dicatat satu kali, untuk semua pilar.",
            f"Bila orangnya sama, tambahkan penugasan di halamannya. Bila berbeda, pilih “{CONFIRM}”.",
            rule="personel_mirip",
        )
        self.twins = twins


def twins_of(actor: User, *, name: str, birth_date: date, phone: str = "", but: int | None = None) -> list[Personnel]:
    """Recorded people in the actor's area who are probably this one; `but` is the person himself. One query.

    Somebody elsewhere in the nation is found by his NIK only: names of other areas are not for guessing.
    """
    alike = Q(name_key=" ".join(name.split()).lower(), birth_date=birth_date)
    if digits := phone_digits(phone):
        alike |= Q(phone_key=digits) & ~Q(phone="")
    found = narrow_choices(Personnel.objects.select_related("region"), actor).filter(alike).order_by("pk")
    return [row for row in found[: SHOWN + 1] if row.pk != but][:SHOWN]
