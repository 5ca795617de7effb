from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone

from personnel.models import Personnel
from pilar.core import regions
from pilar.core.models import Region
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import (
    GatedListView,
    PageView,
    RightMixin,
    ServiceFormView,
    region_from,
    year_from,
)
from targets import breakdowns
from targets.aims import aimed_below, aimed_years
from targets.filters import TargetFilter, leading, waiting, with_person_key
from targets.forms import Address, TargetForm, read_address
from targets.listing import lines_of
from targets.models import Target
from targets.models.plan import COUNTED
from targets.place import full_name
from targets.services.approval import target_set
from targets.services.authority import deciding_slots
from targets.services.freezes import freezes_on, who_lifts
from targets.services.plan import Aim, target_draft
from targets.states import WORDS as STATE_WORDS
from targets.states import label as state_label

WORDS = [
    {"term": "Target", "meaning": "Nilai yang harus dicapai satu wilayah atau satu orang dalam satu tahun anggaran."},
    {
        "term": "Versi",
        "meaning": "Target yang diajukan tidak pernah ditimpa. Nilai baru menjadi versi baru; yang lama tetap terbaca.",
    },
    *(
        {"term": state_label(state).capitalize(), "meaning": f"{words.meaning} {words.next_step}"}
        for state, words in STATE_WORDS.items()
    ),
]


def target_list_url(year: int, region: str) -> str:
    return reverse("target-list", args=[year, region])


class PlacedMixin:
    """Year and region from the address."""

    kwargs: dict[str, Any]

    @cached_property
    def region(self) -> Region:
        return region_from(self.kwargs["region"])

    @cached_property
    def year(self) -> int:
        return year_from(self.kwargs["year"]).year

    def place(self) -> dict[str, Any]:
        """Figures and targets end at the kecamatan: the frame then offers nothing below."""
        lowest: dict[str, Any] = {"region_children": []} if self.region.level >= regions.Level.DISTRICT else {}
        return {"year": self.year, "region": self.region, "region_code": regions.slug(self.region.code)} | lowest


class TargetListView(PlacedMixin, GatedListView):
    """Targets in force of one region, or of people it manages (?jenis=orang), with their versions."""

    template_name = "targets/target_list.html"
    filterset_class = TargetFilter
    queryset = Target.objects.select_related("indicator", "person", "set_by", "region")

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Target {self.year}, {full_name(self.region)}"

    @property
    def personal(self) -> bool:
        return self.request.GET.get("jenis") == "orang"

    @property
    def ordering(self) -> tuple[str, ...]:  # type: ignore[override]
        return ("person_key", "indicator_id", "id") if self.personal else ("indicator_id", "breakdown", "id")

    @property
    def version(self) -> int | None:
        """The version asked for instead of the one in force."""
        asked = self.request.GET.get("versi", "")
        return int(asked) if asked.isdigit() and 0 < int(asked) < 1000 else None

    def get_queryset(self) -> QuerySet[Target]:
        rows = super().get_queryset().filter(year=self.year)
        rows = leading(rows) if self.version is None else rows.filter(version=self.version, state__in=COUNTED)
        if not self.personal:
            return rows.filter(region=self.region)
        return with_person_key(rows.filter(regions.in_range("region_id", *regions.bounds(self.region.code))))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            **(kwargs | self.place()),
        )
        user = self.actor
        return context | {
            "personal": self.personal,
            "version": self.version,
            "lines": lines_of(
                context["rows"], user, self.year, self.region, personal=self.personal, version=self.version
            ),
            "may_propose": reach_of(user).can(Right.PROPOSE, self.region.code),
            "to_decide": self._to_decide(),
            "freezes": [
                {"freeze": freeze, "who": who_lifts(freeze)}
                for freeze in freezes_on(self.year, self.region.code, timezone.localdate())
            ],
            "elsewhere": {} if context["rows"] else self._elsewhere(),
            "words": WORDS,
        }

    def _to_decide(self) -> int:
        """How many versions of this area and those below wait for the reader."""
        if not deciding_slots(self.request.user):
            return 0
        here = narrow_choices(Target.objects.all(), self.request.user).filter(
            regions.in_range("region_id", *regions.bounds(self.region.code)), year=self.year
        )
        return waiting(here, self.request.user).count()

    def _elsewhere(self) -> dict[str, Any]:
        """For an empty list: the areas right below and the years of this area that have targets."""
        user, here = self.request.user, self.kwargs["region"]
        below = aimed_below(user, self.year, self.region)
        return {
            "areas": [{"name": a.name, "url": target_list_url(self.year, regions.slug(a.code))} for a in below],
            "years": [
                {"year": year, "url": target_list_url(year, here)}
                for year in aimed_years(user, self.region.code)
                if year != self.year
            ],
        }


class TargetCreateView(RightMixin, PlacedMixin, ServiceFormView):
    """A new target, or the next version of one: ?indikator=CODE:breakdown, ?orang=id for a named person."""

    right = Right.PROPOSE
    template_name = "targets/target_form.html"
    form_class = TargetForm

    @cached_property
    def person(self) -> Personnel | None:
        asked = self.request.GET.get("orang", "")
        if not asked:
            return None
        found = Personnel.objects.visible_to(self.request.user).filter(pk=asked if asked.isdigit() else 0).first()
        if found is None:
            raise Http404("Orang ini tidak ada.")
        return found

    @cached_property
    def fixed(self) -> Address | None:
        return read_address(self.request.GET.get("indikator", ""))

    @cached_property
    def newest(self) -> Target | None:
        """The newest version, drafts included, of the target named in the address."""
        if self.fixed is None:
            return None
        same = Target.objects.visible_to(self.request.user).filter(
            year=self.year,
            indicator=self.fixed[0],
            breakdown=self.fixed[1],
            region=self.person.region_id if self.person else self.region.code,
            person=self.person,
        )
        return same.order_by("-version").first()

    def get_initial(self) -> dict[str, Any]:
        if self.newest is None:
            return {"seen": 0}
        draft = self.newest.state == Target.State.DRAFT
        kept = {name: getattr(self.newest, name) for name in ("value", "source", "reason")} if draft else {}
        return {"seen": self.newest.version} | kept

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {
            "personal": self.person is not None,
            "fixed": self.fixed,
            "again": self.newest is not None and (self.newest.version > 1 or self.newest.state in COUNTED),
        }

    def serve(self, form: TargetForm) -> Target:
        data = form.cleaned_data
        indicator, breakdown = self.fixed or data["address"]
        drafting = "draft" in self.request.POST
        self.done_message = "Draf tersimpan; ajukan bila sudah benar." if drafting else "Target diajukan."
        serve = target_draft if drafting else target_set
        return serve(
            actor=self.request.user,  # type: ignore[arg-type]
            aim=Aim(self.year, self.region.code, indicator, breakdown, self.person),
            value=data["value"],
            source=data["source"],
            today=timezone.localdate(),
            reason=data["reason"],
            seen_version=data.get("seen"),
        )

    def form_invalid(self, form: Any) -> HttpResponse:
        """Somebody filed a version meanwhile: it is shown, and the next attempt follows it."""
        if "seen" in form.fields and self.newest:
            form.data = form.data.copy()
            form.data["seen"] = str(self.newest.version)
        return super().form_invalid(form)

    def get_done_url(self, saved: Any) -> str:
        back = target_list_url(self.year, self.kwargs["region"])
        return f"{back}?jenis=orang" if self.person else back

    def _what(self) -> str:
        if self.newest is None:
            return "Target baru"
        return "Ubah draf target" if self.newest.state == Target.State.DRAFT else "Versi baru target"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        whom = self.person.name if self.person else full_name(self.region)
        label = ""
        if self.fixed:
            indicator, breakdown = self.fixed
            label = breakdowns.catalogue(breakdowns.dim_of(indicator, breakdown)).get(breakdown, "")
        return super().get_context_data(
            **(kwargs | self.place()),
            person=self.person,
            newest=self.newest,
            fixed=self.fixed,
            fixed_label=label,
            form_name="rupiah" if self.fixed and self.fixed[0].unit == "rupiah" else "angka",
            drafted=self.newest is not None and self.newest.state == Target.State.DRAFT,
            heading=f"{self._what()} {self.year}, {whom}",
            back_url=self.get_done_url(None),
        )


class PersonSearchView(PlacedMixin, PageView):
    """Finds the person a target is for, by the beginning of any of its names, in the region."""

    template_name = "targets/person_search.html"
    LIMIT = 20

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Target untuk orang, {full_name(self.region)} {self.year}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("q", "").strip()
        people = Personnel.objects.visible_to(self.request.user).within(self.region.code).select_related("region")
        found = list(people.called(asked).order_by("name_key", "id")[: self.LIMIT]) if len(asked) > 1 else []
        return super().get_context_data(**(kwargs | self.place()), asked=asked, people=found)
