"""Result files of a list: upload, what the check found, and how far the work is."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from assistance.filters.results import FAULTY, ResultFileFilter, ResultRowFilter
from assistance.forms.results import ResultFileForm
from assistance.models import ResultFile, ResultRow
from assistance.reading import names_of
from assistance.reading_results import FAULTS, Counts, counts_of, job_of
from assistance.services.entry import require_entry
from assistance.services.results import result_file_upload
from assistance.states import LINE
from assistance.views.lines import OfBatch
from assistance.views.marks import list_name
from assistance.words import words_of
from pilar.core import places
from pilar.core.filters import chips
from pilar.core.formatting import angka, percent_of, waktu
from pilar.core.models import Job, User
from pilar.core.pages.jobs import STATES as JOB_STATES
from pilar.core.paging import keyset_page
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedListView, PageView, ServiceFormView

State, Match = ResultFile.State, ResultRow.Match
STEPS = ("Unggah", "Periksa", "Putuskan", "Selesai")
PLACE_OF = {State.UPLOADED: 2, State.CHECKED: 3, State.APPLYING: 3, State.APPLIED: 4, State.DROPPED: 4}
TONES = {State.CHECKED: "wait", State.UPLOADED: "wait", State.APPLYING: "wait", State.APPLIED: "done"}
MATCH_TONES = {Match.MATCHED: "done", Match.NEW: "neutral"}


def steps(list_url: str) -> list[dict[str, str]]:
    return [{"label": label, "url": list_url if label == STEPS[0] else ""} for label in STEPS]


class OfBatchResults(OfBatch):
    @property
    def results_url(self) -> str:
        return reverse("result-list", args=[self.batch.pk])

    @property
    def list_title(self) -> str:
        return f"{list_name(self.batch)}, {places.name_of(self.batch.region)}"


class OfResult(OfBatchResults):
    """The file from the address; one of another list is 404, as is a foreign one."""

    @cached_property
    def file(self) -> ResultFile:
        rows = narrow_choices(ResultFile.objects.select_related("programme"), self.request.user)
        file = rows.filter(pk=self.kwargs["pk"], batch=self.batch).first()
        if file is None:
            raise Http404("Berkas hasil ini tidak ada.")
        file.batch = self.batch
        return file

    @property
    def file_url(self) -> str:
        return reverse("result-detail", args=[self.batch.pk, self.file.pk])


class ResultListView(OfBatchResults, GatedListView):
    """The files of one list, the latest first."""

    template_name = "assistance/result_list.html"
    queryset = ResultFile.objects.all()
    filterset_class = ResultFileFilter

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(batch=self.batch)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        officers = {pk for file in context["rows"] for pk in (file.uploaded_by_id, file.applied_by_id)}
        names = names_of(User.objects.all(), self.request.user, officers)
        return context | {
            "title": "Berkas hasil salur",
            "batch_title": self.list_title,
            "batch_url": self.batch_url,
            "batch": self.batch,
            "may_enter": reach_of(self.request.user).can(Right.ENTER, self.batch.region_id),
            "files": [
                {
                    "file": file,
                    "url": reverse("result-detail", args=[self.batch.pk, file.pk]),
                    "by": names.get(file.uploaded_by_id, "petugas di luar wilayah Anda"),
                    "tone": TONES.get(State(file.state), "neutral"),
                }
                for file in context["rows"]
            ],
        }


class ResultUploadView(OfBatchResults, ServiceFormView):
    title = "Unggah berkas hasil salur"
    form_class = ResultFileForm
    done_message = "Berkas tersimpan dan sedang diperiksa. Daftar penyaluran belum berubah."

    def serve(self, form: ResultFileForm) -> ResultFile:
        content = form.cleaned_data["content"]
        return result_file_upload(
            actor=self.actor, batch=self.batch, name=content.name, content=content, today=timezone.localdate()
        )

    def get_done_url(self, saved: Any) -> str:
        return reverse("result-detail", args=[self.batch.pk, saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require_entry(self.actor, self.batch.region_id, self.batch.programme)
        return super().get_context_data(**kwargs) | {
            "lead": f"{self.list_title}. Isi kolom hasil (diterima, tidak diambil, atau retur), jumlah, dan tanggal di "
            "unduhan daftar, atau pakai berkas dari penyalur dengan kolom yang sama.",
            "steps": steps(""),
            "step": 1,
            "submit_label": "Unggah dan periksa",
            "consequence": "Setiap baris dicocokkan dahulu. Daftar baru berubah sesudah Anda memutuskan.",
            "cancel_url": self.results_url,
        }


class ResultDetailView(OfResult, PageView):
    """What became of each row. A script that polls gets the progress alone, and the whole page once it is over."""

    template_name = "assistance/result_detail.html"
    ordering = ("number",)

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        job = job_of(request.user, self.file)
        if "HX-Request" not in request.headers:
            return super().get(request, *args, **kwargs)
        if job is None or job.state not in Job.OPEN:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "components/job.html", self.progress(job))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        file, user = self.file, self.request.user
        counts, job = counts_of(user, file), job_of(user, file)
        filterset = ResultRowFilter(self.request.GET, queryset=self.rows(), request=self.request)
        rows = filterset.qs if filterset.is_valid() else self.rows().none()
        page = keyset_page(rows, self.ordering, self.request.GET.get("cursor", ""))
        busy = job is not None and job.state in Job.OPEN
        return super().get_context_data(**kwargs) | {
            "title": file.name,
            "batch_title": self.list_title,
            "batch_url": self.batch_url,
            "file": file,
            "words": words_of(file.state, State),
            "steps": steps(self.results_url),
            "step": PLACE_OF[State(file.state)],
            "progress": self.progress(job) if job and (busy or job.state != Job.State.DONE) else None,
            "facts": self.facts(counts),
            "kinds": kinds(counts),
            "counts": counts,
            "acts": [] if busy else self.acts(counts),
            "faults_url": reverse("result-faults", args=[self.batch.pk, file.pk]) if counts.faults else "",
            "filterset": filterset,
            "chips": chips(filterset, self.request.GET),
            "clear_url": self.request.path,
            "page": page,
            "rows": [
                {
                    "row": row,
                    "outcome": LINE.label(row.outcome),
                    "tone": MATCH_TONES.get(Match(row.match), "back"),
                    "line_url": self.line_url(row),
                }
                for row in page.rows
            ],
        }

    def rows(self) -> Any:
        return narrow_choices(ResultRow.objects.all(), self.request.user).filter(file=self.file)

    def line_url(self, row: ResultRow) -> str:
        return reverse("disbursement-detail", args=[self.batch.pk, row.line_id]) if row.line_id else ""

    def progress(self, job: Job) -> dict[str, Any]:
        """What components/job.html shows."""
        is_open = job.state in Job.OPEN
        mine = is_open and job.user_id == self.actor.pk and not job.cancel_requested
        return {
            "title": "Penerapan" if self.file.state == State.APPLYING else "Pemeriksaan",
            "stage": "menunggu dibatalkan" if job.cancel_requested and is_open else job.stage or "Belum dimulai",
            "done": job.done,
            "total": job.expected,
            "percent": percent_of(job.done, job.expected),
            "state": JOB_STATES[Job.State(job.state)][0],
            "message": job.error,
            "poll_url": self.file_url if is_open else "",
            "cancel_url": reverse("job-cancel", args=[job.pk]) if mine else "",
        }

    def facts(self, counts: Counts) -> list[dict[str, Any]]:
        file = self.file
        names = names_of(User.objects.all(), self.request.user, [file.uploaded_by_id, file.applied_by_id])
        elsewhere = "petugas di luar wilayah Anda"
        found = [
            {
                "label": "Diunggah",
                "value": waktu(file.uploaded_at),
                "note": names.get(file.uploaded_by_id or 0, elsewhere),
            },
            {"label": "Baris di berkas", "value": angka(file.rows)},
            {"label": "Sidik (SHA-256)", "value": f"{file.digest[:16]}…"},
        ]
        if file.applied_by_id:
            when = waktu(file.applied_at) if file.applied_at else "belum selesai"
            found.append({"label": "Diterapkan", "value": when, "note": names.get(file.applied_by_id, elsewhere)})
            found.append({"label": "Baris yang sudah tercatat", "value": angka(counts.applied)})
        return found

    def acts(self, counts: Counts) -> list[dict[str, str]]:
        """What may be done to the file now."""
        if not reach_of(self.request.user).can(Right.ENTER, self.batch.region_id):
            return []
        here, state = [self.batch.pk, self.file.pk], self.file.state
        apply = {
            State.CHECKED: f"Terapkan {angka(counts.matched)} baris yang cocok" if counts.matched else "",
            State.APPLYING: "Lanjutkan penerapan",
        }
        offered = (
            (state == State.UPLOADED, "Periksa lagi", "result-check", "primary"),
            (bool(apply.get(State(state))), apply.get(State(state), ""), "result-apply", "primary"),
            (state not in (State.APPLIED, State.DROPPED), "Buang berkas", "result-drop", "secondary"),
        )
        return [
            {"label": label, "url": reverse(name, args=here), "variant": variant}
            for fits, label, name, variant in offered
            if fits
        ]


def kinds(counts: Counts) -> list[dict[str, Any]]:
    """Each kind that occurs, the good one first, then all faults together, as links to their rows."""
    found = [
        {"label": kind.label, "count": many, "url": f"?match={kind.value}"}
        for kind in (Match.MATCHED, *FAULTS)
        if (many := counts.by_match.get(kind, 0))
    ]
    if counts.faults:
        found.append({"label": "semua yang bermasalah", "count": counts.faults, "url": f"?match={FAULTY}"})
    return found
