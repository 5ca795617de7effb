from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from targets.services.indicators import IndicatorEntry, indicator_make


class Command(BaseCommand):
    help = "Menambah indikator atas satu ukuran yang sudah dihitung, misalnya kegiatan per kelompok PAS."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("code", help="kode, misalnya KEGIATAN_PAS")
        parser.add_argument("name", help="nama, misalnya “Kegiatan per kelompok PAS”")
        parser.add_argument("--measure", required=True, help="kode ukuran, misalnya kegiatan_terverifikasi")
        parser.add_argument("--by", required=True, choices=["PROGRAMME", "PILLAR", "GROUP"], help="rinciannya")
        parser.add_argument("--definition", required=True, help="pengertian, sebagaimana tampil di halaman")
        parser.add_argument("--fewer", action="store_true", help="makin sedikit makin baik")

    def handle(self, *args: Any, **options: Any) -> None:
        entry = IndicatorEntry(
            code=options["code"],
            name=options["name"],
            measure=options["measure"],
            dim=options["by"],
            definition=options["definition"],
            fewer_is_better=options["fewer"],
        )
        try:
            indicator = indicator_make(entry=entry)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Tersimpan: {indicator.code}, {indicator.name}")
