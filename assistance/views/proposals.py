"""Usulan: the list with its counts by state, and one usulan with what it needs next."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from assistance.filters.proposals import ProposalFilter
from assistance.models import Beneficiary, Proposal, ProposalMinutes, Step, Verification
from assistance.reading import groups_of, names_of, people_names
from assistance.services.eligibility import age_on, short_name
from assistance.services.proposals import unsettled
from assistance.states import PROPOSAL
from assistance.views.marks import COMPANION_ELSEWHERE, HIDDEN_GROUP, MOVED_AWAY, group_shown, short_place
from assistance.views.proof_panels import proof_section
from assistance.words import reason_words, words_of
from personnel.models import Assignment, Personnel
from pilar.core import places
from pilar.core.filters import without
from pilar.core.formatting import angka, tanggal
from pilar.core.menu import address
from pilar.core.models import User
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedDetailView, GatedListView

State = Proposal.State
NO_ONE_NAMED = "belum ditunjuk"
TONES = {State.PROPOSED: "wait", State.FIT: "wait", State.UNFIT: "back", State.DECIDED: "done"}
ASSIGN = [{"label": "Tunjuk petugas verval", "value": "petugas"}]


def state_mark(proposal: Proposal) -> dict[str, str]:
    """Text and tone for state_pill.html."""
    return {"text": proposal.get_state_display(), "tone": TONES.get(State(proposal.state), "neutral")}


def companions_of(user: Any, rows: Sequence[Proposal]) -> dict[int, str]:
    """Assignment id -> name of whoever holds it, in two queries; nobody joined in whom the reader may not see."""
    wanted = {row.assigned_to_id for row in rows if row.assigned_to_id}
    holders = dict(narrow_choices(Assignment.objects.filter(pk__in=wanted), user).values_list("pk", "person_id"))
    names = names_of(Personnel.objects.all(), user, holders.values())
    return {pk: names.get(person, COMPANION_ELSEWHERE) for pk, person in holders.items()}


def companion_shown(proposal: Proposal, names: dict[int, str]) -> str:
    if proposal.assigned_to_id is None:
        return NO_ONE_NAMED
    return names.get(proposal.assigned_to_id, COMPANION_ELSEWHERE)


class ProposalListView(GatedListView):
    template_name = "assistance/proposal_list.html"
    title = "Usulan"
    queryset = Proposal.objects.select_related("programme", "region", "group")
    export = "usulan"
    filterset_class = ProposalFilter

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        user, rows, reach = self.request.user, context["rows"], reach_of(self.request.user)
        homes = places.labels({row.region for row in rows})
        people = people_names(user, [row.beneficiary_id for row in rows])
        companions = companions_of(user, rows)
        shown = [
            {
                "row": row,
                "name": people.get(row.beneficiary_id, ""),
                "programme": short_name(row.programme),
                "group": group_shown(user, row.group),
                "place": short_place(homes[row.region_id]),
                "state": state_mark(row),
                "companion": companion_shown(row, companions),
                "may_assign": row.state == State.PROPOSED and reach.can(Right.ENTER, row.region_id),
            }
            for row in rows
        ]
        return context | {
            "proposals": shown,
            "tabs": self.tabs(),
            "bulk": ASSIGN if any(row["may_assign"] for row in shown) else [],
            "may_enter": bool(reach.slots_for(Right.ENTER)),
            "words": [
                {"term": PROPOSAL.label(state), "meaning": f"{(w := words_of(state, State)).meaning} {w.next_step}"}
                for state in State.values
            ],
        }

    def tabs(self) -> list[dict[str, Any]]:
        """Every state with its count under the other filters."""
        asked = self.request.GET.copy()
        chosen = asked.pop("state", [""])[-1]
        filterset = ProposalFilter(asked, queryset=self.get_queryset(), request=self.request)
        rows = filterset.qs if filterset.is_valid() else self.get_queryset().none()
        counts = dict(rows.order_by().values("state").annotate(n=Count("pk")).values_list("state", "n"))
        base = without(self.request.GET, "state")
        every = {"label": "Semua", "url": base, "current": not chosen, "count": angka(sum(counts.values()))}
        return [
            every,
            *(
                {
                    "label": label,
                    "url": f"{base}&state={state}",
                    "current": chosen == state,
                    "count": angka(counts.get(state, 0)),
                }
                for state, label in SHORT_STATES.items()
            ),
        ]


SHORT_STATES = {
    State.PROPOSED.value: "Menunggu verval",
    State.FIT.value: "Layak, menunggu SK",
    State.UNFIT.value: "Tidak layak",
    State.DECIDED.value: "Ditetapkan",
    State.WITHDRAWN.value: "Ditarik",
}


class ProposalDetailView(GatedDetailView):
    """What was proposed, what stands against it, what to do next, and what happened."""

    template_name = "assistance/proposal_detail.html"
    queryset = Proposal.objects.select_related("programme", "region", "group")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row: Proposal = self.object
        user, today = self.request.user, timezone.localdate()
        person = Beneficiary.objects.visible_to(user).filter(pk=row.beneficiary_id).first()
        name = person.name if person else f"Orang yang {MOVED_AWAY}"
        words = words_of(row.state, State)
        is_open = row.state in Proposal.OPEN
        return super().get_context_data(**kwargs) | {
            "title": f"{name}: usulan {short_name(row.programme)}",
            "state": state_mark(row),
            "words": words,
            "reason": reason_words(row.reason),
            "facts": self.facts(row, person, today),
            "open": is_open,
            "findings": unsettled(row, today) if is_open else [],
            "other_group": self.other_group(row, today) if is_open and person else "",
            "today": today,
            "events": self.events(row),
            "acts": self.acts(row),
            "proof": proof_section(
                user,
                ProposalMinutes.objects.filter(proposal=row),
                add_url=reverse("proposal-minutes", args=[row.pk])
                if reach_of(user).can(Right.ENTER, row.region_id)
                else "",
            ),
            "person_url": address("beneficiary-detail", {"pk": row.beneficiary_id}) if person else "",
        }

    def facts(self, row: Proposal, person: Beneficiary | None, today: date) -> list[dict[str, Any]]:
        user = self.request.user
        keepers = names_of(User.objects.all(), user, [row.proposed_by_id])
        again = [{"label": "Kembali menerima", "value": row.reentry_reason}] if row.reentry_reason else []
        return [
            *again,
            {"label": "Program", "value": row.programme.name},
            {"label": "Kelompok PAS", "value": group_shown(user, row.group)},
            {"label": "NIK", "value": person.nik_masked if person else MOVED_AWAY},
            {
                "label": "Tanggal lahir",
                "value": tanggal(person.birth_date) if person else MOVED_AWAY,
                "note": f"{age_on(person.birth_date, today)} tahun" if person else "",
            },
            {"label": "Wilayah usulan", "value": places.labels([row.region])[row.region_id]},
            {"label": "Berita acara", "value": row.minutes_number, "note": f"tanggal {tanggal(row.minutes_date)}"},
            {"label": "Diusulkan pada", "value": tanggal(row.proposed_on)},
            {"label": "Pengusul", "value": keepers.get(row.proposed_by_id or 0, "petugas di luar wilayah Anda")},
            {"label": "Petugas verval", "value": companion_shown(row, companions_of(user, [row]))},
        ]

    def other_group(self, row: Proposal, today: date) -> str:
        """That the person is not recorded in the group of the usulan: allowed, but the verval should look."""
        shown = group_shown(self.request.user, row.group)
        known = groups_of(self.request.user, row.beneficiary_id, today)
        if shown == HIDDEN_GROUP or (row.group.parent_id or row.group_id) in known:
            return ""
        return f"Usulan ini untuk {shown}; orang ini belum tercatat di kelompok itu."

    def events(self, row: Proposal) -> list[dict[str, Any]]:
        """Every step, the latest first; a verval also says what was seen."""
        user = self.request.user
        steps = narrow_choices(Step.objects.all(), user).filter(kind=Step.Kind.PROPOSAL, object_id=row.pk)
        seen = narrow_choices(Verification.objects.all(), user).filter(proposal=row)
        evidence = {v.verified_on: v.evidence for v in seen}
        return [event_of(step, evidence) for step in steps]

    def acts(self, row: Proposal) -> list[dict[str, Any]]:
        """Links to what this user may do now."""
        reach = reach_of(self.request.user)
        found = []
        waits = row.state == State.PROPOSED
        keys = {"person": row.beneficiary_id, "programme": row.programme.code}
        if waits and (reach.can(Right.ENTER, row.region_id) or reach.can(Right.VERIFY, row.region_id)):
            found.append(("Catat verval", address("verification-create", keys), "primary"))
        if reach.can(Right.ENTER, row.region_id):
            if waits:
                found.append(("Tunjuk petugas verval", f"{reverse('proposal-assign')}?row={row.pk}", "secondary"))
            if PROPOSAL.may_follow(row.state, State.WITHDRAWN):
                found.append(("Tarik usulan", reverse("proposal-withdraw", args=[row.pk]), "quiet"))
        return [{"label": label, "url": url, "variant": variant} for label, url, variant in found if url]


def event_of(step: Step, evidence: dict[date, str]) -> dict[str, Any]:
    """One step for timeline.html."""
    became = State(step.became)
    reason = reason_words(step.reason)
    texts = [reason.meaning if reason and step.reason != "lain" else "", step.note]
    if became in (State.FIT, State.UNFIT):
        texts.append(evidence.get(step.on, ""))
    kind = {State.UNFIT: "bad", State.DECIDED: "now"}.get(became, "")
    said = " ".join(text for text in texts if text)
    return {
        "when": tanggal(step.on),
        "title": PROPOSAL.label(became).capitalize(),
        "text": f"{said} Dicatat oleh {step.actor_name}.".strip(),
        "kind": kind,
    }
