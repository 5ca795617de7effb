"""Indicators and ratios: what each means, a ratio's figures in a place, and a new ratio."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from pilar.core import regions
from pilar.core.errors import no_right
from pilar.core.measures import Dim, get
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import reach_of
from pilar.core.views import PageView, RightMixin, ServiceFormView
from targets import breakdowns
from targets.models import Ratio
from targets.place import full_name, short_name
from targets.ratio_forms import RatioForm
from targets.ratios import ratio_below, ratios_of, ratios_seen
from targets.services.ratios import RatioEntry, ratio_make
from targets.views.plan import PlacedMixin

BY = {Dim.PROGRAMME: "per program", Dim.PILLAR: "per pilar", Dim.GROUP: "per kelompok PAS"}


def may_make(user: Any) -> bool:
    return reach_of(user).can(Right.REFERENCE, regions.NATION)


class IndicatorListView(PageView):
    """Every indicator and ratio with its definition."""

    template_name = "targets/indicator_list.html"
    title = "Indikator dan rasio"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "indicators": [
                {"row": each, "by": BY[Dim(each.dim)], "additive": get(each.measure).additive}
                for each in breakdowns.indicators()
            ],
            "ratios": ratios_seen(self.actor),
            "may_make": may_make(self.actor),
        }


class RatioView(PlacedMixin, PageView):
    """Every ratio of one place and year; ?rasio=code&rincian=n shows the areas below."""

    template_name = "targets/ratio.html"

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Rasio {self.year}, {full_name(self.region)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = ratios_of(self.actor, year=self.year, region=self.region.code, today=timezone.localdate())
        code, number = self.request.GET.get("rasio", ""), self.request.GET.get("rincian", "")
        chosen = next((each for each in lines if (each.ratio.code, str(each.whole.breakdown)) == (code, number)), None)
        return super().get_context_data(**(kwargs | self.place())) | {
            "lines": lines,
            "chosen": chosen,
            "below": [
                {"name": short_name(area.name), "figure": figure}
                for area, figure in (
                    ratio_below(
                        self.actor,
                        chosen.ratio,
                        chosen.whole.breakdown,
                        year=self.year,
                        region=self.region.code,
                        today=timezone.localdate(),
                    )
                    if chosen
                    else []
                )
            ],
            "may_go_below": self.region.level < regions.Level.DISTRICT,
        }


class RatioCreateView(RightMixin, ServiceFormView):
    """For whoever changes reference data of the nation."""

    title = "Rasio baru"
    right = Right.REFERENCE
    form_class = RatioForm
    done_message = "Rasio tersimpan dan langsung dihitung."

    def serve(self, form: RatioForm) -> Ratio:
        data = form.cleaned_data
        return ratio_make(actor=self.actor, entry=RatioEntry(**data))

    def get_done_url(self, saved: Any) -> str:
        return reverse("target-indicator-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not may_make(self.actor):
            raise no_right(RIGHT_NAMES[Right.REFERENCE], "admin pusat")
        return super().get_context_data(**kwargs) | {
            "lead": "Angka satu indikator sebagai bagian dari indikator lain, dihitung saat halaman dibuka dan tidak "
            "disimpan.",
            "submit_label": "Simpan rasio",
            "consequence": "Tampil bagi semua di halaman Rasio setiap wilayah, dengan baris di balik kedua angkanya.",
            "cancel_url": self.get_done_url(None),
        }
