from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from assistance.models import Disbursement
from assistance.services.entry import require_entry
from assistance.views.acts import BY_CODE, Act, form_of
from assistance.views.lines import OfLine
from assistance.views.marks import list_name
from assistance.words import act_label
from pilar.core.formatting import rupiah, tanggal
from pilar.core.views import GatedForm, ServiceFormView


class LineActView(OfLine, ServiceFormView):
    """One act on one line. A step the table does not know comes back as a refusal on the form."""

    @property
    def act(self) -> Act:
        if self.kwargs["act"] not in BY_CODE:
            raise Http404("Tindakan ini tidak ada.")
        return BY_CODE[self.kwargs["act"]]

    def get_form_class(self) -> type[GatedForm]:
        return form_of(self.act, self.line)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        if self.act.day_label and "on" in form.fields:
            form.fields["on"].label = self.act.day_label
        return form

    def get_initial(self) -> dict[str, Any]:
        if self.act.code == "koreksi":
            return {"amount": self.line.amount, "on": self.line.paid_on}
        return {"on": timezone.localdate()}

    def serve(self, form: Any) -> Disbursement | None:
        given = dict(form.cleaned_data)
        if self.act.code == "koreksi":
            given.setdefault("on", None)
        return self.act.serve(actor=self.request.user, line=self.line, today=timezone.localdate(), **given)

    def get_done_url(self, saved: Any) -> str:
        if saved is None:
            return self.batch_url
        return reverse("disbursement-detail", args=[self.batch.pk, saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require_entry(self.request.user, self.line.region_id, self.batch.programme)  # type: ignore[arg-type]
        line = self.line
        label = act_label(self.act.code, self.act.label, self.batch.programme)
        paid = f", salur {tanggal(line.paid_on)}" if line.paid_on else ""
        return super().get_context_data(**kwargs) | {
            "title": f"{label}: {self.payee_name}",
            "lead": f"{rupiah(line.amount)}{paid}. {list_name(self.batch)}, {self.batch.region}.",
            "submit_label": label,
            "consequence": self.act.consequence,
            "cancel_url": self.line_url,
        }
