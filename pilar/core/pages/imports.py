"""Impor berkas: what was brought in, and one import with its counts, faults and next step."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from pilar.core.filters import chips
from pilar.core.formatting import angka, percent_of, waktu
from pilar.core.imports.filters import FaultFilter, ImportFilter
from pilar.core.imports.kinds import Kind, all_kinds, kind_of
from pilar.core.imports.reporting import address, job_of, rule_counts
from pilar.core.imports.rules import rule_of
from pilar.core.imports.services import resting
from pilar.core.models import ImportedRow, ImportFault, ImportSession, Job
from pilar.core.pages.jobs import STATES as JOB_STATES
from pilar.core.paging import keyset_page
from pilar.core.places import name_of
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedListView, PageMixin, PageView

State = ImportSession.State
STEPS = ("Unggah", "Kolom", "Periksa", "Simpan")
STEP_OF = {State.MAPPING: 2, State.CHECKING: 3, State.CHECKED: 3, State.APPLYING: 4}
TONES = {State.APPLIED: "done", State.UNDONE: "neutral", State.DROPPED: "neutral"}
TITLES = {State.CHECKING: "Pemeriksaan", State.APPLYING: "Penyimpanan", State.UNDOING: "Pengurungan"}
KEPT_SHOWN = 200


class ImportListView(GatedListView):
    title = "Impor berkas"
    template_name = "core/import_list.html"
    queryset = ImportSession.objects.select_related("region").defer("layout", "excluded", "questions")
    filterset_class = ImportFilter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        labels = {kind.code: kind.label for kind in all_kinds()}
        return context | {
            "may_enter": bool(reach_of(self.request.user).slots_for(Right.ENTER)),
            "imports": [
                {
                    "session": session,
                    "kind": labels.get(session.kind, session.kind),
                    "tone": TONES.get(State(session.state), "wait"),
                }
                for session in context["rows"]
            ],
        }


class OfImport(PageMixin):
    """The import from the address; a foreign one is 404."""

    kwargs: dict[str, Any]

    @cached_property
    def session(self) -> ImportSession:
        rows = narrow_choices(ImportSession.objects.select_related("region", "user"), self.request.user)
        found: ImportSession | None = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Impor ini tidak ada.")
        return found

    @cached_property
    def kind(self) -> Kind:
        return kind_of(self.session.kind)

    @property
    def session_url(self) -> str:
        return reverse("import-detail", args=[self.session.pk])

    @cached_property
    def job(self) -> Job | None:
        return job_of(self.request.user, self.session)

    @property
    def busy(self) -> bool:
        return self.job is not None and self.job.state in Job.OPEN

    def steps(self) -> list[dict[str, str]]:
        return [{"label": label, "url": ""} for label in STEPS]


class ImportDetailView(OfImport, PageView):
    """What the check found. A script that polls gets the progress alone, and the whole page once it is over."""

    template_name = "core/import_detail.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if "HX-Request" not in request.headers:
            return super().get(request, *args, **kwargs)
        if self.job is None or not self.busy:
            return HttpResponse(headers={"HX-Refresh": "true"})
        return render(request, "components/job.html", self.progress(self.job))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        session = self.session
        state = State(resting(session, busy=self.busy))
        filterset = FaultFilter(self.request.GET, queryset=self.faults(), request=self.request)
        rows = filterset.qs if filterset.is_valid() else self.faults().none()
        page = keyset_page(rows, ("number", "id"), self.request.GET.get("cursor", ""))
        job = self.job
        return super().get_context_data(**kwargs) | {
            "title": session.name,
            "lead": f"{self.kind.label}, {name_of(session.region)}",
            "session": session,
            "state_label": state.label,
            "steps": self.steps(),
            "step": STEP_OF.get(state, 5),
            "progress": self.progress(job) if job and (self.busy or job.state != Job.State.DONE) else None,
            "tiles": tiles(session),
            "facts": self.facts(),
            "hint": "" if self.busy else hint(session, state),
            "acts": [] if self.busy else self.acts(state),
            "rules": rule_counts(self.request.user, session, self.kind),
            "faults_url": self.faults_url(state),
            "filterset": filterset,
            "chips": chips(filterset, self.request.GET),
            "clear_url": self.request.path,
            "page": page,
            "rows": [self.shown(fault) for fault in page.rows],
            "kept": self.kept(),
            "notes": session.layout.get("notes", []),
            "questions": session.questions if state == State.CHECKED else [],
        }

    def faults(self) -> Any:
        return narrow_choices(ImportFault.objects.all(), self.request.user).filter(session=self.session)

    def faults_url(self, state: State) -> str:
        """Only its uploader may have his file back, and only while its content is kept."""
        mine = self.session.user_id == self.actor.pk and not self.session.cleared
        if not mine or not self.session.counts.get("bad") or state in (State.DROPPED, State.MAPPING):
            return ""
        return reverse("import-faults", args=[self.session.pk])

    def shown(self, fault: ImportFault) -> dict[str, Any]:
        column = self.kind.by_key.get(fault.column)
        return {
            "cell": address(self.session, fault),
            "number": fault.number,
            "column": column.heading if column else "seluruh baris",
            "value": fault.value,
            "label": rule_of(self.kind, fault.rule).label,
            "detail": fault.detail,
        }

    def kept(self) -> list[dict[str, Any]]:
        """What an undo left as it is."""
        if self.session.state != State.UNDONE:
            return []
        rows = (
            narrow_choices(ImportedRow.objects.all(), self.request.user).filter(session=self.session).exclude(kept="")
        )
        return [self.named(row) | {"why": row.kept} for row in rows[:KEPT_SHOWN]]

    def named(self, row: ImportedRow) -> dict[str, Any]:
        label, page = self.kind.nouns.get(row.noun, (row.noun, ""))
        return {"number": row.number, "label": label, "url": reverse(page, args=[row.object_id]) if page else ""}

    def progress(self, job: Job) -> dict[str, Any]:
        """What components/job.html shows."""
        mine = self.busy and job.user_id == self.actor.pk and not job.cancel_requested
        return {
            "title": TITLES.get(State(self.session.state), "Pekerjaan"),
            "stage": "menunggu dibatalkan" if job.cancel_requested and self.busy else job.stage or "Belum dimulai",
            "done": job.done,
            "total": job.expected,
            "percent": percent_of(job.done, job.expected) if job.expected else None,
            "state": JOB_STATES[Job.State(job.state)][0],
            "message": job.error,
            "poll_url": self.session_url if self.busy else "",
            "cancel_url": reverse("job-cancel", args=[job.pk]) if mine else "",
        }

    def facts(self) -> list[dict[str, Any]]:
        session = self.session
        found = [
            {"label": "Diunggah", "value": waktu(session.created_at), "note": f"{session.user.name}, {session.office}"},
            {"label": "Ukuran", "value": f"{angka(session.size // 1024 + 1)} KB"},
            {"label": "Sidik (SHA-256)", "value": f"{session.digest[:16]}…"},
        ]
        if session.layout.get("sheet"):
            found.append({"label": "Lembar", "value": session.layout["sheet"]})
        if session.applied_at:
            found.append({"label": "Disimpan", "value": waktu(session.applied_at), "note": session.get_mode_display()})
            found.append({"label": "Yang tersimpan", "value": self.saved()})
        if session.undone_at:
            found.append({"label": "Diurungkan", "value": waktu(session.undone_at)})
        return found

    def saved(self) -> str:
        """ "8 penerima dibuat, 8 keanggotaan PAS dibuat" """
        words: dict[str, str] = dict(ImportedRow.Act.choices)
        nouns = {noun: label[0].lower() + label[1:] for noun, (label, _) in self.kind.nouns.items()}
        parts = [
            f"{angka(many)} {nouns.get(noun, noun)} {words[act]}"
            for noun, acts in sorted(self.session.counts.get("saved", {}).items(), reverse=True)
            for act, many in sorted(acts.items())
        ]
        return ", ".join(parts) or "tidak ada"

    def acts(self, state: State) -> list[dict[str, str]]:
        """What may be done now."""
        session = self.session
        if not reach_of(self.request.user).can(Right.ENTER, session.region_id):
            return []
        mine = session.user_id == self.actor.pk and not session.cleared
        good = session.counts.get("create", 0) + session.counts.get("update", 0)
        save = "secondary" if session.questions else "primary"
        offered = (
            (mine and state == State.MAPPING, "Pastikan kolom", "import-map", "primary"),
            (
                mine and state == State.CHECKED and bool(session.questions),
                "Pilih maksudnya",
                "import-choose",
                "primary",
            ),
            (mine and state == State.CHECKED and good > 0, "Simpan", "import-apply", save),
            (mine and state == State.CHECKED, "Ubah kolom", "import-map", "secondary"),
            (state == State.APPLIED, "Urungkan", "import-undo", "secondary"),
            (state in (State.MAPPING, State.CHECKED), "Buang berkas", "import-drop", "secondary"),
        )
        return [
            {"label": label, "url": reverse(name, args=[session.pk]), "variant": variant}
            for fits, label, name, variant in offered
            if fits
        ]


def tiles(session: ImportSession) -> list[dict[str, Any]]:
    """The counts of the check, and after saving what was written."""
    if not (counts := session.counts):
        return []
    return [
        {"label": "Baru", "value": counts["create"]},
        {"label": "Diperbarui", "value": counts["update"]},
        {"label": "Sudah sama", "value": counts["same"]},
        {"label": "Bermasalah", "value": counts["bad"]},
    ]


def hint(session: ImportSession, state: State) -> str:
    """What to do next, in a sentence."""
    counts = session.counts
    if state == State.MAPPING:
        return "Pastikan baris judul dan isi tiap kolom, lalu berkas diperiksa. Data belum berubah."
    if state == State.CHECKED and counts["bad"]:
        rest = "Baris yang benar dapat disimpan sekarang; unduh yang bermasalah, perbaiki, lalu unggah berkas itu."
        return f"{angka(counts['bad'])} baris bermasalah. {rest} Data belum berubah."
    if state == State.CHECKED:
        some = counts["create"] + counts["update"]
        return "Semua baris benar. Data belum berubah." if some else "Semua baris sudah sama dengan data yang ada."
    if state == State.APPLIED and (left := counts["bad"] + counts.get("lost", 0)):
        rest = "Unduh yang bermasalah, perbaiki, lalu unggah berkas itu untuk menyusulkannya."
        return f"Baris yang benar sudah tersimpan; {angka(left)} baris belum. {rest}"
    if state == State.UNDONE and counts.get("kept"):
        return (
            f"{angka(counts['kept'])} catatan tidak diurungkan karena sudah berubah atau dipakai; daftarnya di bawah."
        )
    return ""
