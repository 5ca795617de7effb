from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from assistance.models import Document, ProofRule
from assistance.services.rules import proof_end, proof_set
from pilar.core.models import Programme


class Command(BaseCommand):
    help = (
        "Mewajibkan suatu bukti untuk tiap daftar atau tiap baris program sejak suatu tanggal, atau mengakhirinya; "
        "daftar tidak dapat dinyatakan selesai tanpanya."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", help="kode program, misalnya PERMAKANAN")
        parser.add_argument("of", choices=ProofRule.Of.values, help="tiap daftar, atau tiap baris yang diterima")
        parser.add_argument("document", choices=Document.values, help="jenis bukti")
        parser.add_argument("--since", type=date.fromisoformat, help="berlaku sejak, TTTT-BB-HH")
        parser.add_argument("--last", type=date.fromisoformat, help="akhiri: hari terakhir berlaku, TTTT-BB-HH")
        parser.add_argument("--placed", action="store_true", help="titik lokasi wajib diisi")
        parser.add_argument("--source", required=True, help="nomor surat atau keputusan")

    def handle(self, *args: Any, **options: Any) -> None:
        programme = Programme.objects.filter(code=options["programme"]).first()
        if programme is None:
            raise CommandError(f"Program {options['programme']} tidak ada.")
        if (options["since"] is None) == (options["last"] is None):
            raise CommandError("Tulis --since untuk mewajibkan, atau --last untuk mengakhiri.")
        common = {"programme": programme, **{name: options[name] for name in ("of", "document", "source")}}
        try:
            if options["last"]:
                proof_end(**common, last=options["last"])
            else:
                proof_set(**common, placed=options["placed"], since=options["since"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Tersimpan; lihat /program/{programme.code}/")
