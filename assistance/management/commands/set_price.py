from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assistance.services.rules import price_set
from pilar.core.models import Programme


class Command(BaseCommand):
    help = "Memberlakukan harga satuan program sejak suatu tanggal; versi lama tetap tercatat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", help="kode program, misalnya PERMAKANAN")
        parser.add_argument("component", help="komponen, misalnya makanan")
        parser.add_argument("per", help="satuan, misalnya hari")
        parser.add_argument("amount", type=int, help="rupiah penuh per satuan")
        parser.add_argument("--since", type=date.fromisoformat, required=True, help="berlaku sejak, TTTT-BB-HH")
        parser.add_argument("--source", required=True, help="nomor surat atau keputusan")

    def handle(self, *args: Any, **options: Any) -> None:
        programme = Programme.objects.filter(code=options["programme"]).first()
        if programme is None:
            raise CommandError(f"Program {options['programme']} tidak ada.")
        names = ("component", "per", "amount", "since", "source")
        try:
            price_set(programme=programme, **{name: options[name] for name in names})
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Tersimpan; lihat /program/{programme.code}/")
