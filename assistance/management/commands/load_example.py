from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assistance.example import logins
from assistance.example.load import load_example
from assistance.example.places import KOTA
from pilar.core.formatting import angka
from pilar.core.models import Programme, Region


class Command(BaseCommand):
    help = "Memuat data contoh 2023 dan 2024 beserta login contoh (boleh diulang)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--new-passwords",
            action="store_true",
            help="ganti sandi semua login contoh, bila logins.txt di komputer ini hilang",
        )

    def handle(self, *args: Any, new_passwords: bool, **options: Any) -> None:
        if not (Region.objects.filter(pk=KOTA).exists() and Programme.objects.exists()):
            raise CommandError("Wilayah atau data rujukan belum ada. Jalankan load_regions dan load_reference dahulu.")
        rows = load_example(timezone.now()).rows
        for title, count in rows.items():
            self.stdout.write(f"{title}: {angka(count)} baris")
        if not rows:
            self.stdout.write("Data contoh sudah ada; tidak ada yang diubah.")
        if new_passwords:
            logins.renew_passwords()
        if logins.read_logins():
            self.stdout.write(f"Login contoh: {logins.logins_path()}")
        else:
            self.stdout.write(
                f"Sandi login contoh tidak tersimpan di {logins.logins_path()}. "
                "Buat yang baru: manage.py load_example --new-passwords"
            )
