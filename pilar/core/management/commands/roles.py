from typing import Any

from django.core.management.base import BaseCommand

from pilar.core import roles


class Command(BaseCommand):
    help = "Membuat peran basis data (boleh diulang)."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        roles.ensure()
        self.stdout.write("Peran basis data siap.")
