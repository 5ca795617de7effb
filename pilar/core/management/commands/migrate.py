from typing import Any

from django.core.management.commands import migrate

from pilar.core import derived, roles


class Command(migrate.Command):
    """Django's migrate, and after it what follows from the models' declarations.

    Roles first (a policy names them), then policies, grants and ledger triggers: they are
    derived from declarations and therefore rewritten each time instead of migrated.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        partial = options["app_label"] or options["plan"] or options["check_unapplied"] or options["fake"]
        if not partial:
            roles.ensure()
        super().handle(*args, **options)
        if not partial:
            derived.apply()
