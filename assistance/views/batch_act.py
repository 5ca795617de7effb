"""Acts on a whole list: what will happen is shown before it happens."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from assistance.forms.approvals import DraftForm
from assistance.models import Batch
from assistance.reading import NOTHING, totals_of
from assistance.services.approvals import DraftEntry, batch_draft
from assistance.services.entry import require_entry
from assistance.views.batch_acts import BY_CODE, Act
from assistance.views.batch_previews import preview_of
from assistance.views.lines import OfBatch
from assistance.views.marks import list_name
from pilar.core import places
from pilar.core.context import entry_year
from pilar.core.errors import no_right
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import reach_of
from pilar.core.views import ServiceFormView


class BatchDraftView(ServiceFormView):
    title = "Susun daftar untuk disetujui"
    form_class = DraftForm
    done_message = "Daftar tersimpan. Isi dari penerima aktif."

    def get_initial(self) -> dict[str, Any]:
        return {"year": entry_year(self.request), "region": self.actor.region_id}

    def serve(self, form: DraftForm) -> Batch:
        return batch_draft(actor=self.actor, entry=DraftEntry(**form.cleaned_data), today=timezone.localdate())

    def get_done_url(self, saved: Any) -> str:
        return reverse("batch-detail", args=[saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not reach_of(self.actor).slots_for(Right.ENTER):
            raise no_right(RIGHT_NAMES[Right.ENTER], "admin wilayah di atas Anda")
        context = super().get_context_data(**kwargs)
        form = context["form"]
        titles = {
            "Daftar": ("programme", "year", "stage", "region"),
            "Dana dan SK": ("funding", "decree", "sk_number", "sk_date"),
            "Rencana: penerima × satuan × harga = pagu": ("ceiling", "units", "unit_price"),
        }
        return context | {
            "lead": "Daftar ini diajukan, disetujui tingkat yang mendanai, dibekukan dengan final closing, lalu "
            "disalurkan. Untuk penyaluran yang sudah terjadi menurut SK di luar PILAR, pakai “Catat daftar”.",
            "groups": [{"title": title, "fields": [form[n] for n in names]} for title, names in titles.items()],
            "submit_label": "Simpan daftar",
            "cancel_url": reverse("batch-list"),
        }


class BatchActView(OfBatch, ServiceFormView):
    """One act on one list. A step the table does not know comes back as a refusal on the form."""

    template_name = "assistance/batch_act.html"

    @property
    def act(self) -> Act:
        if self.kwargs["act"] not in BY_CODE:
            raise Http404("Tindakan ini tidak ada.")
        return BY_CODE[self.kwargs["act"]]

    def get_form_class(self) -> type[Any]:
        return self.act.form

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def serve(self, form: Any) -> Any:
        return self.act.serve(actor=self.actor, batch=self.batch, today=timezone.localdate(), **form.cleaned_data)

    def done(self, saved: Any) -> HttpResponse:
        self.done_message = self.act.done.format(saved)
        return super().done(saved)

    def get_done_url(self, saved: Any) -> str:
        """Whoever was left out by filling stands on the same page, with the reason."""
        if self.act.code == "isi" and saved.skipped:
            return self.request.path
        return self.batch_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self._require_someone()
        batch, act = self.batch, self.act
        totals = totals_of(self.actor, [batch]).get(batch.pk, NOTHING)
        return super().get_context_data(**kwargs) | {
            "title": act.label,
            "lead": f"{list_name(batch)}, {places.name_of(batch.region)}.",
            "submit_label": act.label,
            "consequence": act.consequence,
            "danger": act.code == "selesai",
            "cancel_url": self.batch_url,
            "preview": preview_of(act.code, actor=self.actor, batch=batch, totals=totals, today=timezone.localdate()),
        }

    def _require_someone(self) -> None:
        """The page is for those who might act; whether they may now is the service's question."""
        if self.act.right is not None:
            require_entry(self.actor, self.batch.region_id, self.batch.programme)
        elif not reach_of(self.actor).can(Right.DECIDE, self.batch.region_id):
            raise no_right(RIGHT_NAMES[Right.DECIDE], "admin wilayah di atas Anda")
