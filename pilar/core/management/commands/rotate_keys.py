from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from pilar.core import crypto
from pilar.core.attachments import attachment_rotate
from pilar.core.models import Attachment
from pilar.core.rls import our_models

BATCH = 2000


class Command(BaseCommand):
    help = (
        "Menyandikan ulang NIK, nomor KK, dan isi lampiran dengan kunci pertama PILAR_DATA_KEYS; sesudah itu "
        "kunci lama boleh dibuang."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        for model in our_models():
            for name in sealed(model):
                self.stdout.write(f"{model._meta.verbose_name}: {rotated(model, name)} baris")
        for found in Attachment.objects.order_by("pk").iterator():
            attachment_rotate(found)
        self.stdout.write(f"lampiran: {Attachment.objects.count()} isi")


def sealed(model: Any) -> list[str]:
    """Its encrypted columns, which all end so: nik_cipher, number_cipher."""
    return [field.name for field in model._meta.concrete_fields if field.name.endswith("_cipher")]


def rotated(model: Any, name: str) -> int:
    """Rows re-encrypted, in batches that commit on their own: an interrupted run is simply repeated."""
    done, last = 0, 0
    filled = model.objects.filter(**{f"{name}__isnull": False}).order_by("pk").only("pk", name)
    while rows := list(filled.filter(pk__gt=last)[:BATCH]):
        for row in rows:
            setattr(row, name, crypto.rotate(getattr(row, name)))
        with transaction.atomic():
            model.objects.bulk_update(rows, [name])
        done, last = done + len(rows), rows[-1].pk
    return done
