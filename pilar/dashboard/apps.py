from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "pilar.dashboard"
    verbose_name = "Dasbor"
