from typing import Any

from django.core.management.base import BaseCommand

from pilar.core.formatting import angka
from pilar.core.reference.registry import load_all


class Command(BaseCommand):
    help = "Memuat data rujukan: peran, pilar, program, kelompok PAS, indikator, angka rilis."

    def handle(self, *args: Any, **options: Any) -> None:
        for title, added in load_all().items():
            self.stdout.write(f"{title}: {angka(added)} baris ditambahkan")
