from django.apps import AppConfig


class AssistanceConfig(AppConfig):
    name = "assistance"
    verbose_name = "Bantuan"

    def ready(self) -> None:
        # Registers the ceiling trigger among what `migrate` derives.
        from assistance import guards  # noqa: F401, PLC0415
