"""Wilayah sejenis: one figure of an area beside those of regions of the same kind and size."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone

from pilar.core.views import PageView
from pilar.dashboard import marks
from pilar.dashboard.board import MONEY, form_of
from pilar.dashboard.figures import indicator_from
from targets.breakdowns import is_counted
from targets.forms import address_choices, address_text, read_address
from targets.models import Indicator
from targets.peers import Comparison, compare_peers
from targets.place import full_name
from targets.views.plan import PlacedMixin


class ChosenView(PlacedMixin, PageView):
    """One indicator and breakdown: ?indikator= and ?rincian= as on the dashboard, or the form's one field `pilih`."""

    @cached_property
    def asked(self) -> tuple[Indicator, int]:
        query = self.request.GET
        if "pilih" in query:
            chosen = read_address(query["pilih"])
        else:
            indicator, breakdown = indicator_from(query.get("indikator", MONEY)), query.get("rincian", "1")
            chosen = (indicator, int(breakdown)) if breakdown.isdigit() else None
        if chosen is None or not is_counted(*chosen):
            raise Http404("Indikator atau rincian ini tidak ada.")
        return chosen

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        options = [
            {"label": name, "options": [{"value": value, "label": text} for value, text in choices]}
            for name, choices in address_choices(personal=False)
        ]
        return super().get_context_data(
            **kwargs, indicator=self.asked[0], options=options, chosen=address_text(*self.asked)
        )


class PeersView(ChosenView):
    template_name = "dashboard/peers.html"

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Wilayah sejenis {self.year}, {full_name(self.region)}"

    @cached_property
    def compared(self) -> Comparison:
        indicator, breakdown = self.asked
        return compare_peers(
            self.request.user,
            year=self.year,
            region=self.region,
            indicator=indicator,
            breakdown=breakdown,
            today=timezone.localdate(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        (indicator, breakdown), compared = self.asked, self.compared
        query = {"indikator": indicator.code, "rincian": breakdown}
        return super().get_context_data(
            **(kwargs | self.place()),
            label=compared.peers[0].figure.label,
            compared=compared,
            form_name=form_of(indicator, short=True),
            rate_words="Rupiah per penerima" if form_of(indicator) == "rupiah" else "Per 1.000 penerima",
            lines=[
                {
                    "peer": peer,
                    "name": full_name(peer.region),
                    "mark": marks.mark(peer.figure),
                    "url": marks.dashboard_url(self.year, peer.region.code, **query),
                }
                for peer in compared.peers
            ],
            back_url=f"{marks.dashboard_url(self.year, self.region.code, **query)}#peta",
        )
