from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from pilar.core.formatting import angka, waktu
from targets.engine.closing import faults
from targets.models import YearClosure

NOTHING = 2


class Command(BaseCommand):
    help = (
        "Memeriksa sidik angka tahun yang sudah ditutup. Keluar dengan 1 bila isinya berubah sejak ditutup, "
        "dengan 2 bila tahun itu belum pernah ditutup."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, required=True, help="tahun anggaran")

    def handle(self, *args: Any, year: int, **options: Any) -> None:
        with transaction.atomic():
            kept = list(YearClosure.objects.closed().filter(year=year))
            if not kept:
                raise CommandError(f"Tahun {year} belum pernah ditutup.", returncode=NOTHING)
            wrong = [f"{closure}: {fault}" for closure in kept for fault in self._told(closure)]
        if wrong:
            raise CommandError("; ".join(wrong))

    def _told(self, closure: YearClosure) -> list[str]:
        found = faults(closure)
        held = f"{angka(closure.cells)} sel, {angka(closure.people)} angka perorangan, {angka(closure.targets)} target"
        verdict = "BERUBAH" if found else "utuh"
        self.stdout.write(f"Tahun {closure}, ditutup {waktu(closure.closed_at)}: {held}; {verdict}. {closure.hash}")
        return found
