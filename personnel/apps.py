from django.apps import AppConfig


class PersonnelConfig(AppConfig):
    name = "personnel"
    verbose_name = "Personel"

    def ready(self) -> None:
        # Registers the look-up of relatives among what `migrate` derives.
        from personnel import guards  # noqa: F401, PLC0415
