from typing import Any

from django.urls import reverse
from django.utils import timezone

from personnel.filters.needs import NeedFilter
from personnel.forms.needs import NeedForm
from personnel.models import Need
from personnel.services.needs import need_set
from pilar.core.rights import Right
from pilar.core.scoping import reach_of
from pilar.core.views import GatedListView, RightMixin, ServiceFormView


class NeedListView(GatedListView):
    template_name = "personnel/need_list.html"
    title = "Kebutuhan personel"
    queryset = Need.objects.select_related("pillar", "region")
    filterset_class = NeedFilter
    ordering = ("-valid_from", "-id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_enter = bool(reach_of(self.request.user).slots_for(Right.ENTER))
        return super().get_context_data(**kwargs) | {"may_enter": may_enter}


class NeedCreateView(RightMixin, ServiceFormView):
    title = "Catat kebutuhan"
    form_class = NeedForm
    right = Right.ENTER
    done_message = "Kebutuhan tersimpan."

    def get_initial(self) -> dict[str, Any]:
        return {"since": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "lead": "Kebutuhan terakhir menurut tanggalnya yang berlaku; yang lama tetap terbaca.",
            "submit_label": "Simpan kebutuhan",
            "cancel_url": reverse("need-list"),
        }

    def serve(self, form: NeedForm) -> Need:
        return need_set(actor=self.actor, today=timezone.localdate(), **form.cleaned_data)

    def get_done_url(self, saved: Any) -> str:
        return reverse("need-list")
