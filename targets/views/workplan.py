"""The page of langkah bersama: one area's plan of a year in one version, and how the areas below stand."""

from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from pilar.core import regions
from pilar.core.formatting import tanggal, tanggal_ringkas, waktu
from pilar.core.models import Region
from pilar.core.regions import Level
from pilar.core.scoping import narrow_choices
from pilar.core.views import PageView
from targets.models import Party, WorkAgreement, WorkMove, WorkPlan, WorkStep
from targets.place import full_name, office_name, short_name
from targets.services.workplan_rules import may_move, may_write, office_for, who_agrees
from targets.views.plan import PlacedMixin
from targets.workplan_states import ACTS, PLAN, STEP, WORDS, owner_name

HELP = [
    {
        "term": "Langkah bersama",
        "meaning": "Strategi, mekanisme, dan langkah satu tahun yang disepakati Kementerian Sosial, Dinas Sosial "
        "provinsi, Dinas Sosial kabupaten/kota, dan wakil pendamping.",
    },
    {
        "term": "Versi",
        "meaning": "Yang sudah disepakati satu pihak tidak berubah lagi. Perubahan menjadi versi baru, yang disepakati "
        "keempat pihak lagi; sampai itu versi sebelumnya tetap berlaku.",
    },
    {
        "term": "Lewat tenggat",
        "meaning": "Langkah yang belum selesai sesudah tenggatnya; ia tampak di dasbor penanggung jawabnya.",
    },
]


def plan_url(year: int, region: int, name: str = "detail", *more: Any) -> str:
    return reverse(f"workplan-{name}", args=[year, regions.slug(region), *more])


class WorkPlanView(PlacedMixin, PageView):
    """?versi= opens an older version; without it the newest. A kecamatan leads to its kabupaten/kota."""

    template_name = "targets/workplan_detail.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and self.region.level > Level.REGENCY:
            return redirect(plan_url(self.year, regions.at_level(self.region.code, Level.REGENCY)))
        return super().dispatch(request, *args, **kwargs)

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Langkah bersama {self.year}, {full_name(self.region)}"

    @cached_property
    def versions(self) -> list[WorkPlan]:
        rows = narrow_choices(WorkPlan.objects.select_related("region"), self.request.user)
        return list(rows.filter(year=self.year, region=self.region).order_by("-version"))

    @cached_property
    def plan(self) -> WorkPlan | None:
        asked = self.request.GET.get("versi", "")
        if not asked:
            return self.versions[0] if self.versions else None
        found = next((plan for plan in self.versions if str(plan.version) == asked), None)
        if found is None:
            raise Http404("Versi ini tidak ada.")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        own = self.region.level in (Level.PROVINCE, Level.REGENCY)
        context = super().get_context_data(**(kwargs | self.place())) | {
            "own": own,
            "plan": self.plan,
            "may_write": own and may_write(self.request.user, self.region.code),
            "create_url": plan_url(self.year, self.region.code, "create"),
            "below": self.below(),
            "below_name": "Provinsi" if self.region.level == Level.NATION else "Kabupaten/kota",
            "words": HELP,
        }
        return context | (Shown(self.request.user, self.plan, self.versions).context() if self.plan else {})

    def below(self) -> list[dict[str, Any]]:
        """The areas one level down with their newest version."""
        if self.region.level >= Level.REGENCY:
            return []
        areas = Region.objects.valid_on(date(self.year, 12, 31)).children_of(self.region.code)
        inside = regions.in_range("region_id", *regions.bounds(self.region.code))
        rows = narrow_choices(WorkPlan.objects.newest(), self.request.user)
        rows = rows.filter(inside, year=self.year).annotate(agreed=Count("agreements"))
        plans = {plan.region_id: plan for plan in rows}
        return [
            {
                "name": short_name(area.name),
                "url": plan_url(self.year, area.code),
                "plan": (found := plans.get(area.code)),
                "state": pill(found.state) if found else None,
            }
            for area in areas
        ]


def pill(state: str) -> dict[str, str]:
    machine = PLAN if state in PLAN.states.values else STEP
    return {"text": machine.label(state), "tone": WORDS[state].tone}


class Shown:
    """One version as the page shows it."""

    def __init__(self, user: Any, plan: WorkPlan, versions: list[WorkPlan]) -> None:
        self.user, self.plan, self.versions, self.today = user, plan, versions, timezone.localdate()
        self.newest = versions[0]
        self.in_force = next((v for v in versions if v.state == WorkPlan.State.AGREED), None)
        said = narrow_choices(WorkAgreement.objects.select_related("region", "recorded_by"), user)
        self.agreements = {a.party: a for a in said.filter(plan=plan)}

    def context(self) -> dict[str, Any]:
        plan, newest = self.plan, self.plan == self.newest
        writes = newest and may_write(self.user, plan.region_id)
        return {
            "state": pill(plan.state),
            "standing": self.standing(),
            "versions": self.version_links(),
            "parties": [self.party(party) for party in Party],
            "agreed": len(self.agreements),
            "steps": self.steps(),
            "may_change": writes and not self.agreements,
            "may_renew": writes and bool(self.agreements),
            "change_url": plan_url(plan.year_id, plan.region_id, "write"),
            "renew_url": plan_url(plan.year_id, plan.region_id, "renew"),
            "add_url": plan_url(plan.year_id, plan.region_id, "step-add"),
            "events": self.events(),
        }

    def standing(self) -> str:
        """Whether this version counts, in one sentence, and what comes next."""
        plan = self.plan
        if plan == self.in_force:
            return f"Berlaku sejak {tanggal(plan.agreed_on)}. {WORDS[plan.state].meaning}"
        if plan != self.newest:
            return f"Versi lama, hanya untuk dibaca; yang terbaru versi {self.newest.version}."
        missing = [party.label for party in Party if party not in self.agreements]
        kept = f" Sampai itu versi {self.in_force.version} tetap berlaku." if self.in_force else ""
        return f"{WORDS[plan.state].meaning} Menunggu: {', '.join(missing)}.{kept}"

    def version_links(self) -> list[dict[str, Any]]:
        here = plan_url(self.plan.year_id, self.plan.region_id)
        return [
            {
                "number": v.version,
                "url": f"{here}?versi={v.version}",
                "current": v == self.plan,
                "text": "berlaku" if v == self.in_force else v.get_state_display(),
                "reason": v.reason,
                "made_on": tanggal_ringkas(v.made_on),
            }
            for v in self.versions
        ]

    def party(self, party: Party) -> dict[str, Any]:
        plan, said = self.plan, self.agreements.get(party)
        open_now = said is None and plan == self.newest and office_for(self.user, plan, party) is not None
        return {
            "label": party.label[0].upper() + party.label[1:],
            "said": said,
            "office": office_name(said.region) if said else who_agrees(plan, party),
            "by": str(said.recorded_by) if said and said.recorded_by else "",
            "on": tanggal(said.agreed_on) if said else "",
            "url": plan_url(plan.year_id, plan.region_id, "agree", party.value) if open_now else "",
        }

    def steps(self) -> list[dict[str, Any]]:
        rows = narrow_choices(WorkStep.objects.select_related("owner_region", "indicator"), self.user)
        live = self.plan == self.in_force
        return [self.step(step, live=live) for step in rows.filter(plan=self.plan).order_by("deadline", "id")]

    def step(self, step: WorkStep, *, live: bool) -> dict[str, Any]:
        plan = self.plan
        place = (plan.year_id, plan.region_id)
        moves = STEP.steps.get(step.state, ()) if live and may_move(self.user, step) else ()
        return {
            "step": step,
            "owner": owner_name(step),
            "state": pill(step.state),
            "late": live and step.state in WorkStep.OPEN and step.deadline < self.today,
            "target_url": f"{reverse('target-list', args=[plan.year_id, regions.slug(plan.region_id)])}"
            f"?indikator={step.indicator.code}"
            if step.indicator
            else "",
            "acts": [
                {"label": ACTS[WorkStep.State(then)], "url": plan_url(*place, "step-move", step.pk, then)}
                for then in moves
            ],
            "change_url": plan_url(*place, "step-change", step.pk),
            "remove_url": plan_url(*place, "step-remove", step.pk),
        }

    def events(self) -> list[dict[str, Any]]:
        """What happened to the steps of all versions, and who agreed to this one; the latest first."""
        moves = narrow_choices(WorkMove.objects.select_related("step"), self.user)
        moves = moves.filter(step__plan__year=self.plan.year_id, step__plan__region=self.plan.region_id)
        told = [
            (m.on, m.pk, f"{m.step.text}: {STEP.label(m.became)}", f"{m.actor_name}. {m.reason}".strip()) for m in moves
        ]
        told += [
            (a.agreed_on, 0, f"Disepakati {a.get_party_display()}: {a.name}", f"dicatat {waktu(a.recorded_at)}")
            for a in self.agreements.values()
        ]
        return [
            {"when": tanggal(on), "title": title, "text": text}
            for on, _, title, text in sorted(told, key=lambda one: one[:2], reverse=True)
        ]
