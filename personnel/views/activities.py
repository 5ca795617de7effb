"""Kegiatan: the list, one activity with its history, and the acts on it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from personnel import kinds
from personnel.activity_reading import group_names, groups_text, pill
from personnel.filters import ActivityFilter
from personnel.forms.activities import ReturnForm
from personnel.forms.allowances import EmptyForm
from personnel.models import NEWEST_FIRST, Activity, ActivityPhoto, ActivityStep
from personnel.names import ELSEWHERE, name_shown, people_named
from personnel.services import activities as service
from personnel.services.activity_parts import may_check, may_write, require_checker, require_writer, wrote
from personnel.timeline import short_name
from personnel.words import STATES
from pilar.core import places
from pilar.core.attachment_cards import cards, links_of
from pilar.core.formatting import angka, tanggal, tanggal_ringkas
from pilar.core.machines import glossary
from pilar.core.rights import Right
from pilar.core.scoping import Reach, narrow_choices, reach_of
from pilar.core.views import GatedDetailView, GatedForm, GatedListView, ServiceFormView

State = Activity.State
JOINED = ("pillar", "region", "kind", "programme")
WORDS = glossary(State, STATES[State])


class ActivityListView(GatedListView):
    for_members = True
    template_name = "personnel/activity_list.html"
    title = "Kegiatan"
    queryset = Activity.objects.select_related(*JOINED)
    ordering = NEWEST_FIRST
    export = "kegiatan"
    filterset_class = ActivityFilter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user, rows = self.request.user, context["rows"]
        names, groups = people_named(user, rows), group_names()
        reach = reach_of(user)
        return context | {
            "items": [
                {
                    "row": row,
                    "name": names.get(row.person_id, ELSEWHERE),
                    "pillar": short_name(row.pillar),
                    "groups": groups_text(user, row, groups),
                    "state": pill(row),
                }
                for row in rows
            ],
            "start_url": start_url(reach),
            "may_check": bool(reach.slots_for(Right.VERIFY)),
            "words": WORDS,
        }


def start_url(reach: Reach) -> str:
    """Where this reader begins a new activity: a member with his own kinds, an officer with whose it is."""
    if reach.member is not None:
        return reverse("activity-kinds", args=[reach.member])
    return reverse("activity-start") if reach.slots_for(Right.ENTER) else ""


@dataclass(frozen=True)
class Act:
    code: str
    label: str
    serve: Any
    form: type[GatedForm]
    states: tuple[str, ...]
    consequence: str
    done: str
    checks: bool
    variant: str = "secondary"


ACTS = {
    act.code: act
    for act in (
        Act(
            "ajukan", "Ajukan", service.activity_submit, EmptyForm, (State.DRAFT, State.RETURNED),
            "Kegiatan dikirim untuk diperiksa petugas lain. Isinya tidak berubah lagi kecuali dikembalikan.",
            "Kegiatan diajukan; menunggu diperiksa.", checks=False, variant="primary",
        ),
        Act(
            "verifikasi", "Verifikasi", service.activity_verify, EmptyForm, (State.FILED,),
            "Kegiatan dihitung dalam capaian orang, pilar, dan kelompok PAS. Nama Anda tercatat sebagai pemeriksa.",
            "Kegiatan terverifikasi dan dihitung.", checks=True, variant="primary",
        ),
        Act(
            "kembalikan", "Kembalikan dengan catatan", service.activity_return, ReturnForm, (State.FILED,),
            "Kegiatan belum dihitung. Yang mengajukan membaca catatan Anda dan dapat memperbaikinya.",
            "Kegiatan dikembalikan dengan catatan.", checks=True,
        ),
    )
}  # fmt: skip


class OfActivity:
    """The activity of the address; a foreign one is 404."""

    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def activity(self) -> Activity:
        rows = narrow_choices(Activity.objects.select_related(*JOINED), self.request.user)
        if (found := rows.filter(pk=self.kwargs["pk"]).first()) is None:
            raise Http404("Kegiatan ini tidak ada atau di luar wilayah Anda.")
        return found

    @property
    def activity_url(self) -> str:
        return reverse("activity-detail", args=[self.activity.pk])


class ActivityDetailView(GatedDetailView):
    for_members = True
    template_name = "personnel/activity_detail.html"
    queryset = Activity.objects.select_related(*JOINED, "filed_by", "verified_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row, user = self.object, self.request.user
        mine = wrote(self.actor, row)
        steps = narrow_choices(ActivityStep.objects.all(), user).filter(activity_id=row.pk, year=row.year)
        name = people_named(user, [row]).get(row.person_id)
        return super().get_context_data(
            **kwargs,
            activity=row,
            name=name,
            person_url=person_url(user, row) if name else "",
            place=places.name_of(row.region),
            state=pill(row),
            words=STATES[State][row.state],
            facts=facts(user, row),
            details=kinds.shown(row.kind, row.details),
            events=[_event(step) for step in steps],
            cards=cards(links_of(ActivityPhoto.objects.filter(activity=row, year=row.year), user), user),
            photo_url=reverse("activity-photo", args=[row.pk])
            if row.state != State.VERIFIED and may_write(self.actor, row)
            else "",
            acts=offered(self.actor, row, mine),
            own=mine and row.state == State.FILED and may_check(self.actor, row),
            help=WORDS,
        ) | {"title": f"{row.kind}, {tanggal_ringkas(row.date)}"}


def offered(user: Any, row: Activity, mine: bool) -> list[dict[str, str]]:
    """Buttons for what this user may do to it now."""
    found = []
    if row.act is None and row.state in (State.DRAFT, State.RETURNED) and may_write(user, row):
        found.append({"label": "Ubah", "url": reverse("activity-update", args=[row.pk]), "variant": "secondary"})
    for act in ACTS.values():
        allowed = may_check(user, row) and not mine if act.checks else may_write(user, row)
        if row.state in act.states and allowed:
            url = reverse("activity-act", args=[row.pk, act.code])
            found.append({"label": act.label, "url": url, "variant": act.variant})
    return found


def facts(user: Any, row: Activity) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"label": "Pilar", "value": row.pillar.name},
        {"label": "Tanggal", "value": tanggal(row.date)},
        {"label": "Tempat", "value": places.labels([row.region])[row.region_id]},
        {"label": row.kind.reach_label, "value": angka(row.quantity)},
        {"label": "Kelompok PAS", "value": groups_text(user, row, group_names()) or "belum ada data"},
    ]
    if row.programme:
        rows.append({"label": "Program", "value": row.programme.name})
    if row.batch_id:
        stages = {stage.pk: stage.name for stage in kinds.stages_at(row.region, user)}
        rows.append({"label": "Daftar penyaluran", "value": stages.get(row.batch_id, "daftar di luar wilayah Anda")})
    if row.note:
        rows.append({"label": "Uraian", "value": row.note})
    if row.verified_by:
        rows.append({"label": "Diperiksa oleh", "value": str(row.verified_by), "note": row.verified_by.office})
    return rows


def person_url(user: Any, row: Activity) -> str:
    """The person's page is for officers; a member has his own."""
    own = reach_of(user).member is not None
    return reverse("own-page") if own else reverse("personnel-detail", args=[row.person_id])


def _event(step: ActivityStep) -> dict[str, str]:
    by = ", ".join(part for part in (step.actor_name, step.office) if part)
    return {
        "when": tanggal_ringkas(step.on),
        "title": capfirst(State(step.became).label),
        "text": f"{by}. {step.note}".strip(),
        "kind": "bad" if step.became == State.RETURNED else "",
    }


class ActivityActView(OfActivity, ServiceFormView):
    for_members = True

    @property
    def act(self) -> Act:
        if self.kwargs["act"] not in ACTS:
            raise Http404("Tindakan ini tidak ada.")
        return ACTS[self.kwargs["act"]]

    @property
    def done_message(self) -> str:  # type: ignore[override]
        return self.act.done

    def get_form_class(self) -> type[Any]:
        return self.act.form

    def serve(self, form: Any) -> Activity:
        today = timezone.localdate()
        saved: Activity = self.act.serve(actor=self.actor, activity=self.activity, today=today, **form.cleaned_data)
        return saved

    def get_done_url(self, saved: Any) -> str:
        return self.activity_url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.activity
        if self.act.checks:
            require_checker(self.actor, row)
        else:
            require_writer(self.actor, row)
        name = name_shown(self.actor, row)
        return super().get_context_data(**kwargs) | {
            "title": self.act.label,
            "lead": f"{row.kind}, {name}, {tanggal(row.date)}, {places.name_of(row.region)}.",
            "submit_label": self.act.label,
            "consequence": self.act.consequence,
            "cancel_url": self.activity_url,
        }
