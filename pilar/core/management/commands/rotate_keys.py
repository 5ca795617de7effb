from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from pilar.core import crypto
from pilar.core.nik import HasNik
from pilar.core.rls import our_models

BATCH = 2000


class Command(BaseCommand):
    help = "Menyandikan ulang NIK dengan kunci pertama PILAR_DATA_KEYS; sesudah itu kunci lama boleh dibuang."

    def handle(self, *args: Any, **options: Any) -> None:
        for model in our_models():
            if issubclass(model, HasNik):
                self.stdout.write(f"{model._meta.verbose_name}: {rotated(model)} baris")


def rotated(model: Any) -> int:
    """Rows re-encrypted, in batches that commit on their own: an interrupted run is simply repeated."""
    done, last = 0, 0
    while rows := list(model.objects.filter(pk__gt=last).order_by("pk").only("pk", "nik_cipher")[:BATCH]):
        for row in rows:
            row.nik_cipher = crypto.rotate(row.nik_cipher)
        with transaction.atomic():
            model.objects.bulk_update(rows, ["nik_cipher"])
        done, last = done + len(rows), rows[-1].pk
    return done
