from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from assistance.filters.participation import ParticipationFilter
from assistance.forms.participation import EndForm, ResumeForm, ReverifyForm, SuspendForm
from assistance.models import Decree, Participation, Proposal, Step
from assistance.reading import people_names
from assistance.services import participation as service
from assistance.services.decrees import candidate_send_back
from assistance.services.eligibility import keeps_out
from assistance.services.entry import require_entry
from assistance.states import PARTICIPATION
from assistance.views.marks import MOVED_AWAY, group_shown, short_place
from assistance.words import REASONS, STATES, words_of
from pilar.core import places
from pilar.core.formatting import tanggal
from pilar.core.machines import glossary
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedDetailView, GatedForm, GatedListView, ServiceFormView

State = Participation.State
TONES = {State.CANDIDATE: "wait", State.ACTIVE: "done", State.SUSPENDED: "back", State.ENDED: "neutral"}
WORDS = glossary(State, STATES[State])
EVENTS = 50
KEPT_OUT = "Belum bisa masuk SK."


@dataclass(frozen=True)
class Act:
    """Attributes: states: in which it is offered."""

    code: str
    label: str
    serve: Callable[..., Any]
    form: type[GatedForm]
    states: tuple[State, ...]
    consequence: str
    variant: str = "secondary"


ACTS = (
    Act(
        "tangguhkan", "Tangguhkan", service.participation_suspend, SuspendForm, (State.ACTIVE,),
        "Sejak tanggal itu ia tidak masuk daftar penyaluran, sampai dilanjutkan dengan keputusan.",
    ),
    Act(
        "lanjutkan", "Lanjutkan", service.participation_resume, ResumeForm, (State.SUSPENDED,),
        "Ia kembali menjadi penerima aktif dan masuk daftar penyaluran berikutnya.", "primary",
    ),
    Act(
        "verval-ulang", "Kembalikan ke verval", candidate_send_back, ReverifyForm, (State.CANDIDATE,),
        "Ia bukan calon lagi dan keluar dari draf SK; usulannya menunggu verval sekali lagi.",
    ),
    Act(
        "akhiri", "Akhiri", service.participation_end, EndForm, Participation.OPEN,
        "Tidak dapat dibatalkan. Kembali menerima hanya lewat usulan baru dengan alasan masuk kembali.", "danger",
    ),
)  # fmt: skip

BY_CODE = {act.code: act for act in ACTS}


def pill_of(row: Participation) -> dict[str, str]:
    return {"text": PARTICIPATION.label(row.state), "tone": TONES[State(row.state)]}


def reason_of(row: Participation) -> str:
    """The reason in words with the officer's note; empty when there was none."""
    words = REASONS[row.reason].meaning if row.reason in REASONS else ""
    return " ".join(filter(None, (words, row.note)))


class ParticipationListView(GatedListView):
    template_name = "assistance/participation_list.html"
    title = "Kepesertaan"
    queryset = Participation.objects.select_related("programme", "region", "group")
    export = "kepesertaan"
    filterset_class = ParticipationFilter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        rows, user = context["rows"], self.request.user
        labels = places.labels({row.region for row in rows})
        people = people_names(user, [row.beneficiary_id for row in rows])
        return context | {
            "participations": [
                {
                    "row": row,
                    "name": people.get(row.beneficiary_id, MOVED_AWAY),
                    "state": pill_of(row),
                    "reason": reason_of(row),
                    "place": short_place(labels[row.region_id]),
                    "group": group_shown(user, row.group),
                }
                for row in rows
            ],
            "words": WORDS,
        }


class ParticipationDetailView(GatedDetailView):
    template_name = "assistance/participation_detail.html"
    queryset = Participation.objects.select_related("programme", "region", "group")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row: Participation = self.object
        user = self.request.user
        known = people_names(user, [row.beneficiary_id])
        name = known.get(row.beneficiary_id, MOVED_AWAY)
        label = places.labels({row.region})[row.region_id]
        return super().get_context_data(
            **kwargs,
            place=short_place(label),
            person=reverse("beneficiary-detail", args=[row.beneficiary_id]) if known else "",
            state=pill_of(row),
            reason=reason_of(row),
            next_step=(step := self.next_step(row)),
            next_url=self.next_url(row, step),
            acts=offered(user, row),
            facts=self.facts(row),
            events=self.events(row),
            words=WORDS,
        ) | {"title": f"{name}, {row.programme.short}"}

    def next_step(self, row: Participation) -> str:
        """For a candidate whom an SK would refuse: why, and who can put it right."""
        missing = row.state == State.CANDIDATE and keeps_out(
            row.beneficiary_id, programme=row.programme, on=timezone.localdate()
        )
        return f"{KEPT_OUT} {missing}" if missing else words_of(row.state, State).next_step

    def next_url(self, row: Participation, step: str) -> str:
        """Where the next step is taken, for whoever may: what is missing is recorded, a candidate goes into an SK,
        an active participant into a list."""
        if not reach_of(self.request.user).can(Right.ENTER, row.region_id):
            return ""
        if step.startswith(KEPT_OUT):
            return reverse("circumstance-record", args=[row.beneficiary_id])
        if row.state == State.CANDIDATE and row.decree_id is None:
            return f"{reverse('decree-list')}?programme={row.programme.code}&state=disusun"
        return (
            f"{reverse('batch-list')}?programme={row.programme.code}&approval=disusun"
            if row.state == State.ACTIVE
            else ""
        )

    def facts(self, row: Participation) -> list[dict[str, Any]]:
        """With links to what the reader may open."""
        user = self.request.user
        decree = narrow_choices(Decree.objects.all(), user).filter(pk=row.decree_id or 0).first()
        proposal = narrow_choices(Proposal.objects.all(), user).filter(pk=row.proposal_id or 0).first()
        found: list[dict[str, Any]] = [
            {"label": "Program", "value": row.programme.name},
            {"label": "Kelompok PAS menurut SK", "value": group_shown(user, row.group)},
            {"label": "Usulan", "value": linked("proposal-detail", proposal, f"nomor {row.proposal_id}")},
            {"label": "SK penetapan", "value": linked("decree-detail", decree, str(decree))},
            {"label": "Aktif sejak", "value": tanggal(row.active_from) if row.active_from else "belum aktif"},
        ]
        if row.decree_id and decree is None:
            found[3]["value"] = "di luar wilayah Anda"
        if row.ended_on:
            found.append({"label": "Berakhir", "value": tanggal(row.ended_on)})
        if row.returning:
            found.append({"label": "Kembali menerima", "value": "ya", "note": "pernah keluar dari program ini"})
        return found

    def events(self, row: Participation) -> list[dict[str, Any]]:
        """Newest first."""
        steps = narrow_choices(Step.objects.all(), self.request.user)
        found = steps.filter(kind=Step.Kind.PARTICIPATION, object_id=row.pk)[:EVENTS]
        return [
            {
                "when": f"{tanggal(step.on)} · {step.actor_name}",
                "title": PARTICIPATION.label(step.became),
                "text": " ".join(filter(None, (REASONS[step.reason].meaning if step.reason else "", step.note))),
                "kind": "now" if place == 0 else "",
            }
            for place, step in enumerate(found)
        ]


def linked(name: str, row: Any, text: str) -> str:
    """A link to the row's page; that there is none when there is no row."""
    return format_html('<a href="{}">{}</a>', reverse(name, args=[row.pk]), text) if row else "belum ada"


def offered(user: Any, row: Participation) -> list[dict[str, Any]]:
    if not reach_of(user).can(Right.ENTER, row.region_id):
        return []
    return [
        {"label": act.label, "variant": act.variant, "url": reverse("participation-act", args=[row.pk, act.code])}
        for act in ACTS
        if row.state in act.states
    ]


class ParticipationActView(ServiceFormView):
    """One act on one participation. A step the table does not know comes back as a refusal on the form."""

    @cached_property
    def row(self) -> Participation:
        rows = narrow_choices(Participation.objects.select_related("programme", "region"), self.request.user)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Kepesertaan ini tidak ada.")
        return found

    @property
    def act(self) -> Act:
        if self.kwargs["act"] not in BY_CODE:
            raise Http404("Tindakan ini tidak ada.")
        return BY_CODE[self.kwargs["act"]]

    def get_form_class(self) -> type[GatedForm]:
        return self.act.form

    def get_initial(self) -> dict[str, Any]:
        return {"on": timezone.localdate()}

    def serve(self, form: Any) -> Any:
        return self.act.serve(actor=self.actor, participation=self.row, today=timezone.localdate(), **form.cleaned_data)

    def get_done_url(self, saved: Any) -> str:
        return reverse("participation-detail", args=[self.row.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row
        require_entry(self.actor, row.region_id, row.programme)
        name = people_names(self.actor, [row.beneficiary_id]).get(row.beneficiary_id, MOVED_AWAY)
        return super().get_context_data(**kwargs) | {
            "title": f"{self.act.label}: {name}",
            "lead": f"{row.programme.name}, {places.name_of(row.region)}. Sekarang {PARTICIPATION.label(row.state)}.",
            "submit_label": self.act.label,
            "consequence": self.act.consequence,
            "danger": self.act.variant == "danger",
            "cancel_url": reverse("participation-detail", args=[row.pk]),
        }
