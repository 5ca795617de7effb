from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pilar.core.formatting import angka
from pilar.core.reference import regions


class Command(BaseCommand):
    help = "Memuat kode wilayah Kemendagri (boleh diulang)."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = regions.load_regions()
        except regions.RegionListError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{angka(loaded.listed - 1)} wilayah dan negara; {angka(loaded.written)} baris ditulis.")
        if loaded.unlisted:
            self.stderr.write(
                "Tidak ada lagi di daftar, tetapi masih berlaku di basis data: "
                f"{', '.join(loaded.unlisted)}. Isi tanggal berakhir dan penerusnya."
            )
