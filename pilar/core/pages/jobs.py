"""Background acts: what is waiting, running and done in one's area."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django_filters import ChoiceFilter, FilterSet

from pilar.core import exporting, services
from pilar.core.formatting import percent_of
from pilar.core.models import Job
from pilar.core.panels import panels_of
from pilar.core.scoping import narrow_choices
from pilar.core.views import GatedDetailView, GatedForm, GatedListView, ServiceFormView

#: kind -> what people call it; an unknown kind shows its own name
KIND_NAMES = {
    "rollup": "Hitung ulang tahun",
    "hasil": "Berkas hasil salur",
    "impor": "Impor berkas",
    "unduhan": "Unduhan",
}

#: Job.State -> the state names of components/job.html, and the tone of the state's pill
STATES = {
    Job.State.QUEUED: ("waiting", "wait"),
    Job.State.RUNNING: ("running", "wait"),
    Job.State.DONE: ("done", "done"),
    Job.State.FAILED: ("failed", "back"),
    Job.State.CANCELLED: ("cancelled", "neutral"),
}


def title_of(job: Job) -> str:
    return f"{KIND_NAMES.get(job.kind, job.kind)} {job.key}"


class JobFilter(FilterSet):
    state = ChoiceFilter(label="Keadaan", choices=Job.State.choices, empty_label="Semua")


class JobListView(GatedListView):
    title = "Pekerjaan"
    template_name = "core/job_list.html"
    queryset = Job.objects.select_related("user", "region")
    filterset_class = JobFilter
    ordering = ("-id",)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        shown = [
            {"job": job, "title": title_of(job), "tone": STATES[Job.State(job.state)][1]} for job in context["rows"]
        ]
        return context | {"jobs": shown, "panels": panels_of("job-list", self.request, None)}


class JobDetailView(GatedDetailView):
    """The page; a script that polls gets the progress alone."""

    model = Job
    template_name = "core/job_detail.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("user", "region")

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if "HX-Request" in request.headers:
            self.object = self.get_object()
            return render(request, "components/job.html", self._progress(self.object))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(progress=self._progress(self.object), **kwargs)
        return context | {"title": title_of(self.object)}

    def _progress(self, job: Job) -> dict[str, Any]:
        """What components/job.html shows."""
        is_open = job.state in Job.OPEN
        here = {"pk": job.pk}
        return {
            "title": title_of(job),
            "stage": "menunggu dibatalkan" if job.cancel_requested and is_open else job.stage,
            "done": job.done,
            "total": job.expected,
            "percent": percent_of(job.done, job.expected),
            "state": STATES[Job.State(job.state)][0],
            "message": job.error,
            "result_url": self._result_url(job),
            "poll_url": reverse("job-detail", kwargs=here) if is_open else "",
            "cancel_url": reverse("job-cancel", kwargs=here) if self._may_cancel(job) else "",
        }

    def _result_url(self, job: Job) -> str:
        """A file that only whoever asked for it may fetch."""
        fetched = job.kind == exporting.KIND and job.user_id == self.actor.pk
        return reverse("export-file", args=[job.pk]) if fetched and exporting.is_ready(job, timezone.now()) else ""

    def _may_cancel(self, job: Job) -> bool:
        return services.may_cancel(actor=self.actor, job=job) and not job.cancel_requested


class JobCancelView(ServiceFormView):
    form_class = GatedForm
    done_message = "Pembatalan diminta. Pekerjaan yang sedang berjalan berhenti beberapa detik lagi."

    @cached_property
    def job(self) -> Job:
        found: Job | None = narrow_choices(Job.objects.all(), self.actor).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Pekerjaan ini tidak ada.")
        return found

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Batalkan {title_of(self.job)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            submit_label="Batalkan pekerjaan",
            consequence="Yang sudah tersimpan sebelumnya tetap berlaku; hasil setengah jadi dibuang.",
            cancel_url=self.get_done_url(self.job),
            **kwargs,
        )

    def serve(self, form: GatedForm) -> Job:
        services.job_stop(actor=self.actor, job=self.job)
        return self.job

    def get_done_url(self, saved: Any) -> str:
        return reverse("job-detail", kwargs={"pk": saved.pk})
