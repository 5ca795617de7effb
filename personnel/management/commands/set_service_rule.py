from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from personnel.models import ServiceRule
from personnel.services.service_rules import service_rule_set
from pilar.core.models import Pillar


class Command(BaseCommand):
    help = "Memberlakukan aturan tugas suatu pilar (umur rekrutmen, masa tugas, beban) sejak suatu tanggal."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("pillar", help="kode pilar, misalnya TKSK")
        parser.add_argument("kind", choices=ServiceRule.Kind.values, help="jenis aturan")
        parser.add_argument("value", type=int, help="tahun, atau keluarga per pendamping")
        parser.add_argument("--since", type=date.fromisoformat, required=True, help="berlaku sejak, TTTT-BB-HH")
        parser.add_argument("--source", required=True, help="nomor peraturan atau keputusan")

    def handle(self, *args: Any, **options: Any) -> None:
        pillar = Pillar.objects.filter(code=options["pillar"]).first()
        if pillar is None:
            raise CommandError(f"Pilar {options['pillar']} tidak ada.")
        names = ("kind", "value", "since", "source")
        try:
            rule = service_rule_set(pillar=pillar, **{name: options[name] for name in names})
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Tersimpan: {rule}")
