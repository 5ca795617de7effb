"""One act on a list of tali asih, or on one person in it. A step the table does not know is refused on the form."""

from typing import Any

from django.http import Http404, HttpResponse
from django.utils import timezone

from personnel.names import name_shown
from personnel.services.allowance_parts import acts_on
from personnel.views.allowance_acts import BY_CODE, LINE_BY_CODE, Act, label_of
from personnel.views.allowances import OfAllowance
from pilar.core.errors import no_right
from pilar.core.formatting import rupiah
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.views import ServiceFormView

ADMIN = "admin wilayah di atas Anda"


class AllowanceActView(OfAllowance, ServiceFormView):
    acts = BY_CODE

    @property
    def act(self) -> Act:
        if self.kwargs["act"] not in self.acts:
            raise Http404("Tindakan ini tidak ada.")
        return self.acts[self.kwargs["act"]]

    def get_form_class(self) -> type[Any]:
        return self.act.form

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def serve(self, form: Any) -> Any:
        return self.act.serve(actor=self.actor, proposal=self.proposal, today=timezone.localdate(), **form.cleaned_data)

    def done(self, saved: Any) -> HttpResponse:
        self.done_message = self.act.done.format(saved)
        return super().done(saved)

    def get_done_url(self, saved: Any) -> str:
        return self.allowance_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self._require_someone()
        label = label_of(self.actor, self.proposal, self.act)
        return super().get_context_data(**kwargs) | {
            "title": label,
            "lead": self.lead(),
            "submit_label": label,
            "consequence": self.act.consequence,
            "danger": self.act.variant == "danger",
            "cancel_url": self.allowance_url,
        }

    def _require_someone(self) -> None:
        """The page is for those who hold some right over the list; which act is theirs now, the service says."""
        if not acts_on(self.actor, self.proposal):
            raise no_right(RIGHT_NAMES[Right.ENTER], ADMIN)


class AllowanceLineActView(AllowanceActView):
    acts = LINE_BY_CODE

    def serve(self, form: Any) -> Any:
        return self.act.serve(actor=self.actor, line=self.line, today=timezone.localdate(), **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = self.line
        name = name_shown(self.actor, line)
        context = super().get_context_data(**kwargs)
        return context | {
            "title": f"{self.act.label}: {name}",
            "lead": f"{self.lead()} {line.months} bulan, {rupiah(line.amount)}; sekarang {line.get_state_display()}.",
        }
