from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "pilar.reports"
    verbose_name = "Laporan"
