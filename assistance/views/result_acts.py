"""Decisions about a result file, each with its consequence spelt out."""

from typing import Any

from django.utils import timezone

from assistance.forms.common import NoteForm, ReasonForm
from assistance.models import ResultFile
from assistance.reading_results import counts_of
from assistance.services.entry import require_entry
from assistance.services.results import result_file_apply, result_file_check, result_file_drop
from assistance.states import LINE
from assistance.views.result_files import OfResult, steps
from pilar.core.formatting import angka
from pilar.core.views import GatedForm, ServiceFormView


class ResultActView(OfResult, ServiceFormView):
    label = ""

    def get_done_url(self, saved: Any) -> str:
        return self.file_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require_entry(self.actor, self.batch.region_id, self.batch.programme)
        return super().get_context_data(**kwargs) | {
            "title": f"{self.label}: {self.file.name}",
            "lead": f"{self.list_title}.",
            "submit_label": self.label,
            "consequence": self.consequence(),
            "steps": steps(self.results_url),
            "step": 3,
            "cancel_url": self.file_url,
        }

    def consequence(self) -> str:
        raise NotImplementedError


class ResultApplyView(ResultActView):
    label = "Terapkan baris yang cocok"
    form_class = NoteForm
    done_message = "Baris yang cocok sedang dicatat ke daftar."

    def serve(self, form: NoteForm) -> ResultFile:
        return result_file_apply(actor=self.actor, file=self.file, today=timezone.localdate(), **form.cleaned_data)

    def consequence(self) -> str:
        counts = counts_of(self.request.user, self.file)
        found = [(state, counts.by_outcome.get(state)) for state in LINE.states.values]
        parts = [f"{angka(many)} {LINE.label(state)}" for state, many in found if many]
        return (
            f"{angka(counts.matched)} baris daftar berubah: {', '.join(parts) or 'tidak ada'}. "
            f"{angka(counts.faults)} baris bermasalah tidak diterapkan. Yang sudah diterima tidak bisa dicatat retur."
        )


class ResultDropView(ResultActView):
    label = "Buang berkas"
    form_class = ReasonForm
    done_message = "Berkas dibuang."

    def serve(self, form: ReasonForm) -> ResultFile:
        return result_file_drop(actor=self.actor, file=self.file, **form.cleaned_data)

    def consequence(self) -> str:
        applied = counts_of(self.request.user, self.file).applied
        kept = f" {angka(applied)} baris yang sudah tercatat tetap tercatat." if applied else ""
        return f"Berkas tidak dipakai lagi; isi yang sama boleh diunggah ulang.{kept}"


class ResultCheckView(ResultActView):
    label = "Periksa lagi"
    form_class = GatedForm
    done_message = "Berkas sedang diperiksa."

    def serve(self, form: GatedForm) -> ResultFile:
        return result_file_check(actor=self.actor, file=self.file)

    def consequence(self) -> str:
        return "Pemeriksaan dilanjutkan dari baris terakhir yang sudah diperiksa. Daftar penyaluran tidak berubah."
