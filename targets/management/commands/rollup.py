import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from pilar.core import regions
from pilar.core.errors import Refusal
from pilar.core.models import Job, Region
from targets.engine.rebuild import rollup_request
from targets.report import achievement_table

SAY_AFTER = 5


class Command(BaseCommand):
    help = "Menghitung ulang satu tahun di pekerja Celery, menunggu, lalu mencetak tabel capaian."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--year", type=int, required=True, help="tahun anggaran")
        parser.add_argument("--region", default="", help="kode wilayah tabel, misalnya 17.71 (bawaan: nasional)")
        parser.add_argument("--timeout", type=float, default=300, help="batas menunggu, detik")
        parser.add_argument("--quiet", action="store_true", help="tanpa tabel")

    def handle(self, *args: Any, **options: Any) -> None:
        region = regions.parse(options["region"]) if options["region"] else regions.NATION
        if not Region.objects.filter(pk=region).exists():
            raise CommandError(f"Wilayah {options['region']} tidak ada.")
        job = self._wait(self._request(options["year"]), options["timeout"])
        run = job.rollup
        drift = "tanpa pergeseran" if not run.drift_cells else f"{run.drift_cells} sel bergeser dan dibetulkan"
        self.stdout.write(
            f"Tahun {run.year} dihitung ulang oleh {job.worker_host} (tugas {job.task_id}): "
            f"{run.source_rows} baris sumber, {run.cells} sel, {drift}."
        )
        if not options["quiet"]:
            self.stdout.write(achievement_table(year=options["year"], region=region, today=timezone.localdate()))

    def _request(self, year: int) -> Job:
        try:
            return rollup_request(year=year, user=None)
        except Refusal:
            return Job.objects.open().get(kind="rollup", key=str(year))

    def _wait(self, job: Job, limit: float) -> Job:
        start, told = time.monotonic(), False
        while job.state in Job.OPEN:
            waited = time.monotonic() - start
            if waited > limit:
                raise CommandError(
                    f"Belum selesai setelah {limit:.0f} detik (keadaan: {job.get_state_display()}). "
                    "Jalankan pekerja: celery -A pilar.celery worker"
                )
            if job.state == Job.State.QUEUED and waited > SAY_AFTER and not told:
                told = True
                self.stderr.write("menunggu pekerja …")
            time.sleep(0.1)
            job.refresh_from_db()
        if job.state != Job.State.DONE:
            raise CommandError(f"Hitung ulang {job.get_state_display()}. {job.error}")
        return job
