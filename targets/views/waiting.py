"""Versions that wait for the reader: the list, and deciding many at once."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from pilar.core import regions
from pilar.core.errors import Refusal
from pilar.core.formatting import angka
from pilar.core.measures import Dim
from pilar.core.views import GatedListView, PageMixin, ServiceFormView
from targets import breakdowns
from targets.filters import WaitingFilter, waiting
from targets.forms import EmptyForm, SendBackForm
from targets.listing import address_of, form_of, seen_by
from targets.models import Target
from targets.place import full_name
from targets.services import approval as service
from targets.views.approval import BY_CODE, Act
from targets.views.plan import PlacedMixin


class WaitingMixin(PlacedMixin, PageMixin):
    """Versions of this area and those below that the reader may decide."""

    def waiting(self) -> QuerySet[Target]:
        rows = seen_by(self.request.user).filter(
            regions.in_range("region_id", *regions.bounds(self.region.code)), year=self.year
        )
        return waiting(rows, self.request.user)

    def shown(self, rows: Any) -> list[dict[str, Any]]:
        rows = list(rows)
        names = {dim: breakdowns.catalogue(dim) for dim in {Dim(t.indicator.dim) for t in rows}}
        before = {address_of(t): t for t in _in_force_beside(self.request.user, rows)}
        return [
            {
                "row": t,
                "label": names[Dim(t.indicator.dim)].get(t.breakdown) or breakdowns.WHOLE[Dim(t.indicator.dim)],
                "form": form_of(t.indicator),
                "before": found if (found := before.get(address_of(t))) and found.pk != t.pk else None,
            }
            for t in rows
        ]


def _in_force_beside(user: Any, rows: list[Target]) -> list[Target]:
    """What is in force where these versions wait, in one query."""
    if not rows:
        return []
    same = Target.objects.visible_to(user).filter(
        year__in={t.year_id for t in rows},
        region__in={t.region_id for t in rows},
        indicator__in={t.indicator_id for t in rows},
    )
    return list(same.in_force())


class WaitingListView(WaitingMixin, GatedListView):
    template_name = "targets/waiting_list.html"
    filterset_class = WaitingFilter
    ordering = ("region_id", "indicator_id", "breakdown", "id")

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Menunggu persetujuan Anda, {full_name(self.region)} {self.year}"

    def get_queryset(self) -> QuerySet[Target]:
        return self.waiting()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**(kwargs | self.place()))
        return context | {
            "lines": self.shown(context["rows"]),
            "many": self.waiting().count(),
            "bulk": [{"label": BY_CODE[code].label, "value": code} for code in ("setujui", "kembalikan")],
        }


class DecideManyView(WaitingMixin, ServiceFormView):
    """?act=setujui|kembalikan&row=1&row=2: shown first, decided by POST."""

    template_name = "targets/waiting_decide.html"

    @cached_property
    def act(self) -> Act:
        asked = self.request.GET.get("act", "setujui")
        if asked not in ("setujui", "kembalikan"):
            raise Http404("Tindakan ini tidak ada.")
        return BY_CODE[asked]

    @cached_property
    def chosen(self) -> list[Target]:
        asked = [number for number in self.request.GET.getlist("row") if number.isdigit()]
        return list(self.waiting().filter(pk__in=asked[:200]).order_by("region_id", "indicator_id", "breakdown"))

    def get_form_class(self) -> type[Any]:
        return SendBackForm if self.act.code == "kembalikan" else EmptyForm

    def serve(self, form: Any) -> Any:
        if not self.chosen:
            raise Refusal(
                "Belum ada target yang dicentang, atau semuanya sudah diputuskan.",
                "Kembali ke daftar dan centang yang akan diputuskan.",
                rule="belum_dipilih",
            )
        if self.act.code == "kembalikan":
            return service.targets_send_back(actor=self.actor, targets=self.chosen, **form.cleaned_data)
        return service.targets_approve(actor=self.actor, targets=self.chosen, today=timezone.localdate())

    def done(self, saved: service.Outcome) -> HttpResponse:
        verb = "dikembalikan dengan catatan" if self.act.code == "kembalikan" else "disetujui"
        self.done_message = f"{angka(len(saved.done))} target {verb}."
        for each in saved.refused[:5]:
            where = f"{each.target.region.name}, {each.target.indicator.name}"
            messages.error(self.request, f"{where}: {each.refusal}")
        return super().done(saved)

    def get_done_url(self, saved: Any) -> str:
        return reverse("target-waiting", args=[self.year, self.kwargs["region"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**(kwargs | self.place())) | {
            "title": f"{self.act.label}: {angka(len(self.chosen))} target",
            "lines": self.shown(self.chosen),
            "submit_label": self.act.label,
            "consequence": self.act.consequence,
            "cancel_url": self.get_done_url(None),
        }
