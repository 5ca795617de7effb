from datetime import timedelta
from pathlib import PurePosixPath
from typing import Any

from django.core.files.storage import Storage
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pilar.core.models import Attachment
from pilar.core.models.attachment import private_storage

#: an upload that is being stored right now has bytes before it has a row
YOUNG = timedelta(days=1)


class Command(BaseCommand):
    help = (
        "Mencocokkan lampiran dengan penyimpanannya: menyebut isi yang hilang (kode keluar 1) dan berkas tanpa "
        "lampiran. "
        "Dengan --sweep berkas tanpa lampiran yang lebih tua dari satu hari dihapus."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--sweep", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        storage = private_storage()
        present = set(stored_names(storage))
        rows = Attachment.objects.order_by("pk").values_list("pk", "content", "thumbnail")
        known = {name: pk for pk, *names in rows.iterator() for name in names if name}
        missing = sorted({pk for name, pk in known.items() if name not in present})
        for pk in missing:
            self.stdout.write(f"Isi lampiran {pk} tidak ada di penyimpanan.")
        orphans = sorted(name for name in present - set(known) if is_old(storage, name))
        for name in orphans if options["sweep"] else ():
            storage.delete(name)
        done = "dihapus" if options["sweep"] else "dapat dihapus dengan --sweep"
        self.stdout.write(f"{len(known)} berkas lampiran, {len(orphans)} berkas tanpa lampiran {done}.")
        if missing:
            raise CommandError(f"{len(missing)} lampiran kehilangan isinya. Pulihkan folder media dari cadangan.")


def is_old(storage: Storage, name: str) -> bool:
    return bool(storage.get_modified_time(name) < timezone.now() - YOUNG)


def stored_names(storage: Storage, folder: str = "") -> list[str]:
    if folder == "" and not storage.exists(""):
        return []
    folders, files = storage.listdir(folder)
    found = [str(PurePosixPath(folder, name)) for name in files]
    for below in folders:
        found += stored_names(storage, str(PurePosixPath(folder, below)))
    return found
