"""Angka rilis: what sources printed, beside what PILAR counted."""

from typing import Any

from django.urls import reverse
from django.utils import timezone

from pilar.core import regions
from pilar.core.measures import get
from pilar.core.rights import Right
from pilar.core.scoping import reach_of
from pilar.core.views import GatedDetailView, GatedListView, RightMixin, ServiceFormView
from targets import published
from targets.checks import checks
from targets.filters import PublishedFilter
from targets.forms import FigureForm
from targets.models import PublishedFigure
from targets.place import full_name
from targets.services.published import FigureEntry, figure_enter


class PublishedListView(GatedListView):
    """Printed figures with their sources; each opens its comparison."""

    template_name = "targets/published_list.html"
    title = "Angka rilis"
    queryset = PublishedFigure.objects.select_related("region").prefetch_related("parts")
    export = "angka-rilis"
    filterset_class = PublishedFilter
    ordering = ("-published_on", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        compared = published.compare_all(context["rows"], self.request.user, today=timezone.localdate())
        may_enter = bool(reach_of(self.request.user).slots_for(Right.ENTER))
        return context | {"compared": compared, "may_enter": may_enter}


class PublishedDetailView(GatedDetailView):
    """One printed figure, its parts, and what PILAR counted beside it."""

    object: PublishedFigure
    template_name = "targets/published_detail.html"
    queryset = PublishedFigure.objects.select_related("region").prefetch_related("parts")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        figure = self.object
        comparison = published.compare(figure, self.request.user, today=timezone.localdate())
        return super().get_context_data(
            **kwargs,
            comparison=comparison,
            checks=checks(figure),
            heading=figure.title,
            place=full_name(figure.region),
            region_code=regions.slug(figure.region_id),
            measure_definition=get(figure.measure).definition if figure.measure else "",
        )


class PublishedCreateView(RightMixin, ServiceFormView):
    """Writes down what a source printed; it is compared from then on and never changed."""

    title = "Catat angka rilis"
    right = Right.ENTER
    form_class = FigureForm
    done_message = "Angka tersimpan seperti sumbernya."

    def get_initial(self) -> dict[str, Any]:
        return {"region": self.actor.region_id, "year": timezone.localdate().year}

    def serve(self, form: FigureForm) -> PublishedFigure:
        return figure_enter(actor=self.actor, entry=FigureEntry(**form.cleaned_data), today=timezone.localdate())

    def get_done_url(self, saved: Any) -> str:
        return reverse("published-detail", args=[saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        form = context["form"]
        groups = (
            ("Angka", "title region year headline unit definition measure", ""),
            ("Rincian dan hitungan", "parts arithmetic target percent", "Isi hanya yang dicetak sumber."),
            ("Sumber", "source_name source_url published_on note", ""),
        )
        return context | {
            "lead": "Tulis persis seperti tercetak, juga bila rinciannya tidak sama dengan totalnya.",
            "groups": [
                {"title": title, "note": note, "fields": [form[name] for name in names.split()]}
                for title, names, note in groups
            ],
            "submit_label": "Simpan angka",
            "consequence": "Sesudah tersimpan, angka ini tidak dapat diubah. Cetakan lain dicatat sebagai angka lain.",
            "cancel_url": reverse("published-list"),
        }
