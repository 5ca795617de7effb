from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from pilar.core.models import User
from pilar.core.services import token_create


class Command(BaseCommand):
    help = "Membuat token API untuk satu pengguna; tokennya hanya dicetak sekali."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", default="dari terminal", help="untuk apa token ini")
        parser.add_argument("--days", type=int, default=180, help="masa berlaku dalam hari")

    def handle(self, *args: Any, username: str, name: str, days: int, **options: Any) -> None:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"Tidak ada pengguna aktif bernama “{username}”.")
        _, key = token_create(actor=user, name=name, days=days, now=timezone.now())
        self.stdout.write(key)
