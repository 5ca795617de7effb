from django.apps import AppConfig


class TargetsConfig(AppConfig):
    name = "targets"
    verbose_name = "Target"

    def ready(self) -> None:
        # Registers the ledger triggers among what `migrate` derives.
        from targets.engine import triggers  # noqa: F401, PLC0415
