from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from assistance.example.logins import Login, logins_path, read_logins
from pilar.core.scoping import CONSOLE
from targets.models import PublishedFigure
from targets.published import Comparison, compare_all, in_unit
from targets.report import achievement_table

YEAR = 2024
PLACES = (1700000000, 1771000000)  # Provinsi Bengkulu, Kota Bengkulu: the article's two levels


class Command(BaseCommand):
    help = "Mencetak capaian Bengkulu dan Kota Bengkulu, angka rilisnya, dan login contoh."

    def handle(self, *args: Any, **options: Any) -> None:
        today = timezone.localdate()
        for place in PLACES:
            self.stdout.write(achievement_table(year=YEAR, region=place, today=today) + "\n")
        figures = PublishedFigure.objects.filter(region__in=PLACES, year=YEAR).prefetch_related("parts")
        self.stdout.write("Dicetak dan dihitung")
        for compared in compare_all(list(figures), CONSOLE, today=today):
            self.stdout.write(f"  {printed_line(compared)}")
        self.stdout.write("\nLogin contoh")
        for line in login_lines(read_logins()):
            self.stdout.write(f"  {line}")


def printed_line(c: Comparison) -> str:
    """ "Pilar sosial ...: 418 orang dicetak, 393 orang dirinci, selisih 25 tidak dirinci ..."."""
    unit = c.figure.unit
    words = [f"{c.figure.title}: {c.figure.headline_printed} dicetak"]
    if c.parts_sum is not None:
        words.append(f"{in_unit(c.parts_sum, unit)} dirinci")
    if c.difference:
        words.append(f"selisih {in_unit(c.difference, unit)} {c.difference_word}")
    if c.counted is not None:
        words.append(f"{in_unit(c.counted, unit)} dihitung")
    allowed = "" if c.interval.low == c.interval.high else f" ({c.interval_text})"
    return f"{', '.join(words)}: {c.verdict.value}{allowed}."


def login_lines(logins: list[Login]) -> list[str]:
    """One line per login in columns; where they are kept when this machine has none."""
    if not logins:
        return [f"Sandi tidak tersimpan di {logins_path()}; buat yang baru: manage.py load_example --new-passwords"]
    rows = [("pengguna", "sandi", "peran"), *((x.username, x.password, f"{x.role}, {x.office}") for x in logins)]
    wide = [max(len(row[i]) for row in rows) + 2 for i in (0, 1)]
    lines = [f"{name:<{wide[0]}}{password:<{wide[1]}}{role}" for name, password, role in rows]
    return [*lines, *(f"token API {x.username}: {x.token}" for x in logins if x.token)]
