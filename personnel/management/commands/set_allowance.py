from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from personnel.services.allowance_rates import rate_set
from pilar.core import regions
from pilar.core.models import Pillar, Region


class Command(BaseCommand):
    help = "Memberlakukan besaran tali asih per bulan sejak suatu tanggal; versi lama tetap tercatat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pillar", help="kode pilar, misalnya TAGANA")
        parser.add_argument("amount", type=int, help="rupiah penuh per bulan")
        parser.add_argument("--region", default="nasional", help="kode wilayah, misalnya 17; tanpa ini: nasional")
        parser.add_argument("--since", type=date.fromisoformat, required=True, help="berlaku sejak, TTTT-BB-HH")
        parser.add_argument("--source", required=True, help="nomor surat atau keputusan")

    def handle(self, *args: Any, **options: Any) -> None:
        pillar = Pillar.objects.filter(code=options["pillar"]).first()
        if pillar is None:
            raise CommandError(f"Pilar {options['pillar']} tidak ada.")
        try:
            region = Region.objects.get(pk=regions.parse(options["region"]))
            names = ("amount", "since", "source")
            rate = rate_set(pillar=pillar, region=region, **{name: options[name] for name in names})
        except (ValueError, Region.DoesNotExist) as error:
            raise CommandError(f"Wilayah {options['region']} tidak ada.") from error
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Tersimpan: {rate}")
