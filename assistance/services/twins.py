"""People who are probably registered already: the same name with the same birth date, or in the same village."""

from datetime import date

from django.db.models import Q

from assistance.models import Beneficiary
from pilar.core.errors import Refusal
from pilar.core.formatting import tanggal
from pilar.core.models import Region, User
from pilar.core.regions import Level

CONFIRM = "Tetap simpan, orangnya berbeda"
SHOWN = 5


class ProbableTwin(Refusal):
    """Somebody like him is registered; an officer who looked may confirm that they are two people.

    Attributes: twins: those whom the actor may see, at most SHOWN.
    """

    def __init__(self, twins: list[Beneficiary]) -> None:
        names = "; ".join(f"{t.name}, lahir {tanggal(t.birth_date)}, {t.region.name}" for t in twins)
        super().__init__(
            f"Belum disimpan: ada penerima yang mirip ({names}). Satu orang didaftarkan satu kali.",
            f"Bila orangnya sama, pakai catatan yang sudah ada. Bila berbeda, pilih “{CONFIRM}”.",
            rule="penerima_mirip",
        )
        self.twins = twins


def twins_of(actor: User, *, name: str, birth_date: date, region: Region, but: int | None = None) -> list[Beneficiary]:
    """Registered people in the actor's area who are probably this one; `but` is the person himself.

    A person elsewhere in the nation is found by his NIK only: names of other areas are not for guessing.
    """
    alike = Q(birth_date=birth_date)
    if region.level == Level.VILLAGE:
        alike |= Q(region=region)
    rows = Beneficiary.objects.visible_to(actor).select_related("region")
    found = rows.filter(alike, name_key=" ".join(name.split()).lower()).order_by("pk")
    return [row for row in found[: SHOWN + 1] if row.pk != but][:SHOWN]
