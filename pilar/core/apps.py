from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "pilar.core"
    label = "core"
    verbose_name = "Inti"

    def ready(self) -> None:
        # Checks and derived functions register on import, and tasks find their app through the one made here.
        from pilar import celery  # noqa: F401, PLC0415
        from pilar.core import checks, example_data, personal  # noqa: F401, PLC0415
        from pilar.core.imports import staging  # noqa: F401, PLC0415
