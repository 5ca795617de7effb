from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assistance.models import EligibilityRule
from assistance.services.rules import rule_end, rule_set
from pilar.core.models import Programme

Kind = EligibilityRule.Kind


class Command(BaseCommand):
    help = "Memberlakukan syarat program sejak suatu tanggal, atau mengakhirinya; versi lama tetap tercatat."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", help="kode program, misalnya PERMAKANAN")
        parser.add_argument("kind", choices=Kind.values, help="jenis syarat")
        parser.add_argument("value", nargs="?", default="", help="misalnya 75, PKH,SEMBAKO, atau tinggal_sendiri=ya")
        parser.add_argument("--since", type=date.fromisoformat, help="berlaku sejak, TTTT-BB-HH")
        parser.add_argument("--last", type=date.fromisoformat, help="hari terakhir syarat, tanpa pengganti")
        parser.add_argument("--source", required=True, help="nomor surat atau keputusan")

    def handle(self, *args: Any, **options: Any) -> None:
        programme = Programme.objects.filter(code=options["programme"]).first()
        if programme is None:
            raise CommandError(f"Program {options['programme']} tidak ada.")
        if bool(options["since"]) == bool(options["last"]):
            raise CommandError("Tulis salah satu: --since dengan nilainya, atau --last.")
        common = {"programme": programme, "kind": options["kind"], "source": options["source"]}
        try:
            if options["last"]:
                rule_end(**common, last=options["last"])
            else:
                rule_set(**common, text=options["value"], since=options["since"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Tersimpan; lihat /program/{programme.code}/")
