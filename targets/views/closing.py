"""Closing years: which are closed, by whom, with what hash; proposing, deciding; and what changed afterwards."""

from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from pilar.core.context import current_place
from pilar.core.errors import no_right
from pilar.core.formatting import tanggal
from pilar.core.models import BudgetYear
from pilar.core.paging import keyset_page
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import reach_of
from pilar.core.views import PageView, ServiceFormView, year_from
from targets import closing_states as states
from targets.closed import closure_of
from targets.corrections import corrections_in, described
from targets.forms import ClosureForm, CorrectedClosureForm, DropClosureForm, EmptyForm
from targets.models import YearClosure
from targets.openness import require_open
from targets.place import full_name
from targets.services import closing as service
from targets.views.plan import PlacedMixin

WORDS = [
    {
        "term": "Penutupan tahun",
        "meaning": "Semua angka dan target tahun itu disalin dan tidak berubah lagi. Laporan membaca salinannya.",
    },
    {
        "term": "Koreksi sesudah penutupan",
        "meaning": "Baris yang berubah kemudian tidak mengubah angka yang sudah ditutup; bedanya tampil di sini.",
    },
    {
        "term": "Sidik",
        "meaning": "Ringkasan SHA-256 atas seluruh salinan. Bila satu angka saja berubah, sidiknya berbeda; diperiksa "
        "dengan manage.py verify_year.",
    },
]


def closures_seen(user: Any) -> Any:
    return YearClosure.objects.visible_to(user).select_related("proposed_by", "decided_by")


class ClosureListView(PageView):
    title = "Penutupan tahun"
    template_name = "targets/closure_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today, place = timezone.localdate(), current_place(self.request)
        rows: dict[int, list[YearClosure]] = {}
        for closure in closures_seen(self.actor):
            rows.setdefault(closure.year_id, []).append(closure)
        years = BudgetYear.objects.filter(year__lt=today.year).order_by("-year")
        may_propose = service.may_propose(self.actor)
        return super().get_context_data(**kwargs) | {
            "years": [self._line(year, rows.get(year.pk, []), may_propose) for year in years],
            "running": today.year,
            "region_code": place.kwargs["region"],
            "words": WORDS,
        }

    def _line(self, year: BudgetYear, closures: list[YearClosure], may_propose: bool) -> dict[str, Any]:
        busy = any(c.is_open for c in closures)
        closed = any(c.state == states.State.CLOSED for c in closures)
        return {
            "year": year,
            "closed": closed,
            "may_propose": may_propose and not busy,
            "propose_label": "Usulkan versi koreksi" if closed else "Usulkan penutupan",
            "closures": [
                {
                    "row": closure,
                    "tone": states.WORDS[closure.state].tone,
                    "meaning": states.WORDS[closure.state].meaning,
                    "acts": self._acts(closure),
                }
                for closure in closures
            ],
        }

    def _acts(self, closure: YearClosure) -> list[dict[str, str]]:
        asked = (
            ("tutup", "Tutup tahun", service.may_decide(self.actor, closure)),
            ("batalkan", "Batalkan usulan", service.may_drop(self.actor, closure)),
            ("ulangi", "Ulangi salinan", service.may_decide_any(self.actor) and service.may_repeat(closure)),
        )
        return [
            {"label": label, "url": reverse("closure-act", args=[closure.pk, code])}
            for code, label, allowed in asked
            if allowed
        ]


class ClosureProposeView(ServiceFormView):
    done_message = "Penutupan diusulkan. Petugas lain Kementerian Sosial yang menutupnya."

    @cached_property
    def year(self) -> BudgetYear:
        return year_from(self.kwargs["year"])

    @cached_property
    def again(self) -> bool:
        """The year is closed already: this one corrects it."""
        return closure_of(self.actor, self.year.pk) is not None

    def get_form_class(self) -> type[Any]:
        return CorrectedClosureForm if self.again else ClosureForm

    def serve(self, form: Any) -> YearClosure:
        return service.closure_propose(
            actor=self.actor, year=self.year.pk, today=timezone.localdate(), **form.cleaned_data
        )

    def get_done_url(self, saved: Any) -> str:
        return reverse("closure-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not service.may_propose(self.actor):
            raise no_right(RIGHT_NAMES[Right.PROPOSE], "Kementerian Sosial")
        year = self.year.pk
        kept = "Versi sebelumnya tetap tersimpan." if self.again else service.FINAL
        return super().get_context_data(**kwargs) | {
            "title": f"Usulkan {'versi koreksi ' if self.again else ''}penutupan tahun {year}",
            "lead": f"Sesudah ditutup, semua angka dan target {year} tetap; perubahan baris tampil sebagai koreksi.",
            "submit_label": "Usulkan",
            "consequence": f"Petugas lain yang menutupnya, bukan Anda. {kept}",
            "cancel_url": reverse("closure-list"),
        }


class ClosureActView(ServiceFormView):
    """Deciding, dropping or repeating one closing."""

    acts: dict[str, tuple[type[Any], str, str, str]] = {
        "tutup": (
            EmptyForm,
            "Tutup tahun",
            "Keputusan tercatat; pekerja menyalin angkanya. Muat ulang untuk melihat hasilnya.",
            f"Angka dan target tahun ini disalin dan tidak berubah lagi. {service.FINAL}",
        ),
        "batalkan": (DropClosureForm, "Batalkan usulan", "Usulan dibatalkan.", "Tahun tetap terbuka."),
        "ulangi": (EmptyForm, "Ulangi salinan", "Salinan masuk antrean lagi.", "Keputusan yang sudah ada dipakai."),
    }

    @cached_property
    def closure(self) -> YearClosure:
        found: YearClosure | None = closures_seen(self.actor).filter(pk=self.kwargs["pk"]).first()
        if found is None or self.kwargs["act"] not in self.acts:
            raise Http404("Penutupan atau tindakan ini tidak ada.")
        return found

    def get_form_class(self) -> type[Any]:
        _ = self.closure  # an address that names no closing or no act is 404
        return self.acts[self.kwargs["act"]][0]

    def serve(self, form: Any) -> Any:
        self.done_message = self.acts[self.kwargs["act"]][2]
        asked: dict[str, Any] = {"actor": self.actor, "closure": self.closure}
        if self.kwargs["act"] == "tutup":
            return service.closure_decide(**asked, today=timezone.localdate())
        if self.kwargs["act"] == "ulangi":
            return service.closure_repeat(**asked)
        return service.closure_drop(**asked, **form.cleaned_data)

    def get_done_url(self, saved: Any) -> str:
        return reverse("closure-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        closure = self.closure
        if not service.may_decide_any(self.actor) and not service.may_propose(self.actor):
            raise no_right(RIGHT_NAMES[Right.DECIDE], "Kementerian Sosial")
        _, label, _, consequence = self.acts[self.kwargs["act"]]
        by = f" oleh {closure.proposed_by}" if closure.proposed_by else ""
        ground = f" Dasar: {closure.decree}." if closure.decree else ""
        return super().get_context_data(**kwargs) | {
            "title": f"{label}: {closure}",
            "lead": f"Diusulkan{by} pada {tanggal(closure.proposed_on)}: {closure.reason or 'tanpa alasan'}.{ground}",
            "submit_label": label,
            "consequence": consequence,
            "danger": self.kwargs["act"] == "tutup",
            "cancel_url": reverse("closure-list"),
        }


class CorrectionListView(PlacedMixin, PageView):
    """What changed in one area's figures since the year closed."""

    template_name = "targets/correction_list.html"

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Koreksi sesudah penutupan {self.year}, {full_name(self.region)}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        require_open(self.actor, self.region)
        rows = corrections_in(self.actor, year=self.year, region=self.region.code, today=timezone.localdate())
        page = keyset_page(rows, ("-id",), self.request.GET.get("cursor", ""))
        return super().get_context_data(
            **(kwargs | self.place()),
            closure=closure_of(self.actor, self.year),
            page=page,
            lines=described(self.actor, page.rows),
            covered=reach_of(self.actor).covers(self.region.code),
            words=WORDS,
        )
