from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection, transaction

from pilar.core import derived
from pilar.core.models import BudgetYear

FIRST, LAST = 2000, 2100


class Command(BaseCommand):
    help = "Membuka tahun anggaran: partisi tabel besar dan izinnya (boleh diulang)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("year", type=int, help="tahun anggaran, misalnya 2027")

    def handle(self, *args: Any, year: int, **options: Any) -> None:
        if not FIRST <= year <= LAST:
            raise CommandError(f"Tahun {year} di luar {FIRST}–{LAST}. Periksa ketikannya.")
        with transaction.atomic():
            BudgetYear.objects.get_or_create(year=year)
            for table in partitioned_tables():
                make_partition(table, year)
            derived.apply()
            derived.year_opened(year)
        self.stdout.write(f"Tahun anggaran {year} terbuka.")


def partitioned_tables() -> list[str]:
    return [m._meta.db_table for m in apps.get_models() if hasattr(m, "partitioned_by")]


def make_partition(table: str, year: int) -> None:
    """Through the one SQL function that also turns row security on for the partition."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pilar_partition(%s::regclass, %s)", [table, year])
