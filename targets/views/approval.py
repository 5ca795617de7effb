"""One version with its history, the acts on it, and the versions that wait for the reader."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from pilar.core import regions
from pilar.core.formatting import angka, waktu
from pilar.core.measures import Dim
from pilar.core.rights import Right
from pilar.core.scoping import reach_of, require
from pilar.core.views import GatedDetailView, GatedForm, ServiceFormView
from targets import achievement, breakdowns, states
from targets.achievement import Figure
from targets.filters import in_force
from targets.forms import EmptyForm, LiftForm, NoteForm, SendBackForm
from targets.gaps import Gap, gap_of
from targets.listing import address_of, comments_on, form_of, seen_by, versions_of
from targets.models import Target, TargetStep
from targets.place import full_name
from targets.services import approval as service
from targets.services.allocation import rest_accept, rest_words
from targets.services.authority import may_decide, require_decider, who_decides
from targets.services.plan import target_drop
from targets.states import State
from targets.views.plan import target_list_url


def name_of_breakdown(target: Target) -> str:
    dim = Dim(target.indicator.dim)
    return breakdowns.catalogue(dim).get(target.breakdown) or breakdowns.WHOLE[dim]


@dataclass(frozen=True)
class Act:
    """Attributes: state: in which it is offered; right: None where the level above decides."""

    code: str
    label: str
    state: State
    form: type[GatedForm]
    serve: Callable[..., Any]
    consequence: str
    done: str
    right: Right | None = None
    variant: str = "secondary"


#: offered only while a rest is open
REST = "terima-sisa"

ACTS = (
    Act(
        "ajukan", "Ajukan", State.DRAFT, EmptyForm,
        lambda *, actor, target, today: service.target_submit(actor=actor, target=target, today=today),
        "Tingkat di atasnya diminta menyetujui. Bila belum ada versi yang disetujui, dasbor memakai nilai ini.",
        "Target diajukan.", Right.PROPOSE, "primary",
    ),
    Act(
        "hapus", "Hapus draf", State.DRAFT, EmptyForm,
        lambda *, actor, target, today: target_drop(actor=actor, target=target),
        "Draf ini hilang. Yang pernah diajukan tidak bisa dihapus.",
        "Draf dihapus.", Right.PROPOSE, "quiet",
    ),
    Act(
        "setujui", "Setujui", State.SUBMITTED, NoteForm, service.target_approve,
        "Versi ini berlaku: capaian dihitung terhadapnya. Nilainya tidak bisa diubah lagi, hanya diganti versi baru.",
        "Target disetujui.", None, "primary",
    ),
    Act(
        "kembalikan", "Kembalikan dengan catatan", State.SUBMITTED, SendBackForm,
        lambda *, actor, target, today, note: service.target_send_back(actor=actor, target=target, note=note),
        "Versi ini kembali menjadi draf dengan catatan Anda, dan tidak dihitung sampai diajukan lagi.",
        "Target dikembalikan dengan catatan.",
    ),
    Act(
        REST, "Terima sisa", State.SUBMITTED, LiftForm,
        lambda *, actor, target, today, reason: rest_accept(actor=actor, target=target, reason=reason),
        "Nama Anda dan alasan ini tercatat. Hanya berlaku untuk sisa sebesar ini; bila pembagiannya berubah, "
        "sisa yang baru diterima lagi.",
        "Sisa diterima; target ini sekarang bisa disetujui.",
    ),
)  # fmt: skip
BY_CODE = {act.code: act for act in ACTS}


def offered(user: Any, target: Target, gap: Gap | None, *, submitted_once: bool) -> list[dict[str, Any]]:
    """Buttons for what this user may do to the version now."""
    return [
        {"label": act.label, "variant": act.variant, "url": reverse("target-act", args=[target.pk, act.code])}
        for act in ACTS
        if act.state == target.state
        and not (act.code == "hapus" and submitted_once)
        and not (act.code == REST and not (gap and gap.open))
        and (may_decide(user, target) if act.right is None else reach_of(user).can(act.right, target.region_id))
    ]


class TargetDetailView(GatedDetailView):
    """One version, the others of its target, what was reached against each, and who did what."""

    template_name = "targets/target_detail.html"

    @property
    def title(self) -> str:  # type: ignore[override]
        target = self.object
        whom = target.person.name if target.person else full_name(target.region)
        return f"Target {target.year_id}, {whom}"

    def get_queryset(self) -> QuerySet[Target]:
        return seen_by(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        target, user = self.object, self.request.user
        versions = versions_of(user, [target])[address_of(target)]
        steps = list(
            TargetStep.objects.visible_to(user)
            .filter(target__in=versions)
            .select_related("target")
            .order_by("at", "id")
        )
        leader = next(iter(in_force(seen_by(user).filter(pk__in=[v.pk for v in versions]))), None)
        figure = self._figure(target)
        gap = gap_of(user, target)
        return super().get_context_data(**kwargs) | {
            "label": name_of_breakdown(target),
            "form": form_of(target.indicator),
            "state_tone": states.tone(target.state),
            "words": states.WORDS[target.state],
            "figure": figure,
            "versions": [
                {"row": v, "tone": states.tone(v.state), "percent": percent(figure, v), "in_force": v == leader}
                for v in versions
            ],
            "comment": comments_on(user, [target]).get(target.pk),
            "events": [event(step) for step in reversed(steps)],
            "actions": offered(user, target, gap, submitted_once=any(s.target_id == target.pk for s in steps)),
            "gap": gap,
            "rest_words": rest_words(gap, target) if gap and gap.begun and gap.rest else "",
            "decides": who_decides(target.region_id) if target.state == State.SUBMITTED else "",
            "may_propose": reach_of(user).can(Right.PROPOSE, target.region_id),
            "year": target.year_id,
            "region": target.region,
            "region_code": regions.slug(target.region_id),
        }

    def _figure(self, target: Target) -> Figure | None:
        """Held against this very version."""
        at: dict[str, Any] = {"year": target.year_id, "today": timezone.localdate(), "version": target.version}
        if target.person is not None:
            found = achievement.personal(self.request.user, person=target.person, **at)
            return next((f for f in found if f.indicator == target.indicator), None)
        what: dict[str, Any] = {"indicator": target.indicator, "breakdown": target.breakdown}
        return next(iter(achievement.each(self.request.user, areas=[target.region_id], **what, **at)), None)


def percent(figure: Figure | None, version: Target) -> Decimal | None:
    """What was reached against a version; None for a draft, a zero or a figure that is not shown."""
    open_figure = figure is not None and figure.realised is not None
    if not open_figure or not version.value or version.state == State.DRAFT:
        return None
    return Decimal(100 * (figure.realised or 0)) / version.value if figure else None


def event(step: TargetStep) -> dict[str, str]:
    """For timeline.html."""
    what = "dikembalikan" if step.sent_back else states.label(step.became)
    return {
        "when": waktu(step.at),
        "title": f"Versi {step.target.version} {what} oleh {step.actor_name}",
        "text": step.note,
        "kind": "bad" if step.sent_back else "",
    }


class TargetActView(ServiceFormView):
    """One act on one version. A step the table does not know comes back as a refusal on the form."""

    @cached_property
    def act(self) -> Act:
        if self.kwargs["act"] not in BY_CODE:
            raise Http404("Tindakan ini tidak ada.")
        return BY_CODE[self.kwargs["act"]]

    @cached_property
    def target(self) -> Target:
        found = seen_by(self.request.user).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Target ini tidak ada.")
        return found

    def get_form_class(self) -> type[Any]:
        return self.act.form

    def serve(self, form: Any) -> Any:
        self.done_message = self.act.done
        return self.act.serve(actor=self.actor, target=self.target, today=timezone.localdate(), **form.cleaned_data)

    def get_done_url(self, saved: Any) -> str:
        if self.act.code == "hapus":
            return target_list_url(self.target.year_id, regions.slug(self.target.region_id))
        return reverse("target-detail", args=[self.target.pk])

    def _require_someone(self) -> None:
        """The page is for those who might act; whether they may now is the service's question."""
        if self.act.right is not None:
            require(self.actor, self.act.right, self.target.region_id)
        else:
            require_decider(self.actor, self.target)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self._require_someone()
        target, act = self.target, self.act
        whom = target.person.name if target.person else full_name(target.region)
        return super().get_context_data(**kwargs) | {
            "title": f"{act.label}: target {target.year_id} {whom}",
            "lead": f"{target.indicator.name}, {name_of_breakdown(target)}: {angka(target.value)} "
            f"{target.indicator.get_unit_display()}, versi {target.version}. Sumber: {target.source}",
            "submit_label": act.label,
            "consequence": act.consequence,
            "cancel_url": reverse("target-detail", args=[target.pk]),
        }
