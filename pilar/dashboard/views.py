from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import RedirectView, View

from pilar.core import regions
from pilar.core.context import current_place
from pilar.core.errors import Refusal
from pilar.core.models import Region
from pilar.core.panels import panels_of
from pilar.core.rights import Right
from pilar.core.scoping import reach_of, require
from pilar.core.views import PageMixin, PageView
from pilar.dashboard import marks
from pilar.dashboard.board import (
    ACTS,
    GROUPS,
    MONEY,
    REGISTERED,
    SERVED,
    Board,
    Choice,
    form_of,
    is_additive,
)
from pilar.dashboard.funnel import funnel
from pilar.dashboard.headline import headline, worst_group
from pilar.dashboard.pointers import pointers
from pilar.dashboard.tilemap import shade_of
from pilar.dashboard.words import WORDS
from targets import published
from targets.achievement import Figure
from targets.closed import closure_of
from targets.engine.rebuild import rollup_request
from targets.forms import read_address
from targets.freshness import freshness
from targets.models import PublishedFigure
from targets.openness import who_opens
from targets.place import full_name
from targets.views.plan import PlacedMixin


class HomeView(PageMixin, RedirectView):
    """To the dashboard of the reader's office, in the newest year that has targets; a member's to his own page."""

    for_members = True

    def get_redirect_url(self, *args: Any, **kwargs: Any) -> str:
        if reach_of(self.request.user).member is not None:
            return reverse("own-page")
        place = current_place(self.request)
        return marks.dashboard_url(place.year, place.region.code)


class DashboardView(PlacedMixin, PageView):
    """Are we on target, where not, why: one region and year. ?indikator= and ?rincian= choose map and trend."""

    template_name = "dashboard/dashboard.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The map's form sends one field; the address keeps two."""
        if "pilih" not in request.GET:
            return super().get(request, *args, **kwargs)
        chosen = read_address(request.GET["pilih"])
        query = {"indikator": chosen[0].code, "rincian": chosen[1]} if chosen else {}
        return HttpResponseRedirect(f"{marks.dashboard_url(self.year, self.region.code, **query)}#peta")

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Dasbor {self.year}, {full_name(self.region)}"

    @cached_property
    def board(self) -> Board:
        if self.region.level > regions.Level.DISTRICT:
            raise Http404("Dasbor ada sampai tingkat kecamatan.")
        return Board(self.request.user, self.year, self.region, timezone.localdate())

    @cached_property
    def choice(self) -> Choice:
        asked = self.request.GET
        if "indikator" not in asked:
            return self.board.default_choice()
        choice = self.board.choice(asked["indikator"], asked.get("rincian", "0"))
        if choice is None:
            raise Http404("Indikator atau rincian ini tidak ada.")
        return choice

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        board, choice, place = self.board, self.choice, current_place(self.request)
        areas = board.areas(choice)
        now = board.today.year
        return super().get_context_data(
            **(kwargs | self.place()),
            place=full_name(self.region),
            headline=headline(board.facts(self._areas_of_worst(areas))),
            tiles=marks.tiles(board),
            pointers=pointers(board, place),
            panels=panels_of("dashboard", self.request, board),
            running=self.year >= now,
            this_year=now if now in place.years else None,
            groups=marks.groups(board),
            groups_aimed=any(f.target is not None for f in board.of(GROUPS)),
            programmes=marks.paired(board, MONEY, SERVED),
            pillars=marks.paired(board, REGISTERED, ACTS),
            funnel=funnel(board),
            compared=self._compared(),
            fresh=freshness(self.year),
            closure=closure_of(self.request.user, self.year),
            may_rebuild=reach_of(self.request.user).can(Right.ROLLUP, regions.NATION),
            words=WORDS,
            this_year_url=marks.dashboard_url(now, self.region.code),
            year_before=self.year - 1,
            **self._map(areas),
        )

    def _areas_of_worst(self, shown: list[tuple[Region, Figure]]) -> list[tuple[Region, Figure]]:
        """One level down for the group the headline names; the map's own figures when it shows that group."""
        group = worst_group(self.board.of(GROUPS))
        if group is None:
            return []
        worst = Choice(group.indicator, group.breakdown)
        return shown if worst == self.choice else self.board.areas(worst)

    def _map(self, areas: list[tuple[Region, Figure]]) -> dict[str, Any]:
        board, choice = self.board, self.choice
        shade = shade_of([f for _, f in areas if not f.cell.direct], choice.indicator.unit)
        whole = board.figure_of(choice)
        return {
            "choice": choice,
            "peers_url": marks.peers_url(board, choice),
            "today_map_url": marks.today_map_url(board, choice) if board.map_changed() else "",
            "chosen": marks.mark(whole) if whole else None,
            "options": marks.options(board, choice),
            "map_tiles": marks.map_tiles(board, choice, areas, shade),
            "map_rows": marks.map_rows(board, choice, areas),
            "direct": next((marks.mark(f) for _, f in areas if f.cell.direct), None),
            "shade": shade,
            "closed_words": f"Angka kecamatan tertutup bagi Anda. {who_opens(self.region.code)}."
            if shade.closed
            else "",
            "below": marks.below_words(self.region),
            "additive": is_additive(choice.indicator),
            "points": marks.trend_points(board, choice),
            "trend_form": form_of(choice.indicator, short=True),
        }

    def _compared(self) -> list[published.Comparison]:
        """Printed figures of this region and year."""
        seen = PublishedFigure.objects.visible_to(self.request.user)
        rows = seen.filter(region=self.region, year=self.year).prefetch_related("parts")
        return published.compare_all(list(rows), self.request.user, today=timezone.localdate())


class RebuildView(PlacedMixin, PageMixin, View):
    """Queues a full rebuild of the year and goes to the jobs; a refusal is said on the dashboard."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        require(request.user, Right.ROLLUP, regions.NATION)
        try:
            rollup_request(year=self.year, user=request.user)  # type: ignore[arg-type]
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(marks.dashboard_url(self.year, self.region.code))
        messages.success(request, f"Hitung ulang tahun {self.year} masuk antrean.")
        return redirect(reverse("job-list"))
