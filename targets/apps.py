from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "targets"
    verbose_name = "Target"

    def ready(self) -> None:
        # Registers the ledger triggers and the guards of langkah bersama and closed years among what `migrate` derives.
        from targets import closing_guards, guards  # noqa: F401, PLC0415
        from targets.engine import triggers  # noqa: F401, PLC0415
