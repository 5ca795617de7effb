"""Penerima manfaat: the list, one person with his whole riwayat, and his NIK once in plain."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from assistance.dossier import Dossier, dossier_of
from assistance.filters.people import BeneficiaryFilter
from assistance.forms.common import NikForm
from assistance.models import Beneficiary, GroupMembership, Participation
from assistance.reading import sdm_family, sdm_kesos
from assistance.services.eligibility import cautions
from assistance.services.entry import may_see_sensitive
from assistance.services.twins import twins_of
from assistance.situation import situation_of
from assistance.timeline import timeline_of
from assistance.views.find import FindByNik
from assistance.views.marks import short_place
from assistance.views.people_shown import (
    circumstances_shown,
    event_shown,
    facts_shown,
    memberships_shown,
    participations_shown,
    step_url,
)
from personnel.models import FamilyTie, Personnel, valid_on
from pilar.core import places
from pilar.core.menu import address
from pilar.core.personal import REASONS, nik_reveal
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedDetailView, GatedListView


class BeneficiaryListView(FindByNik, GatedListView):
    """By place and name, as the index is ordered; a searched name by name alone. A NIK is posted."""

    template_name = "assistance/beneficiary_list.html"
    title = "Penerima manfaat"
    queryset = Beneficiary.objects.select_related("region")
    export = "penerima"
    filterset_class = BeneficiaryFilter
    find_form = NikForm

    def chosen_url(self, person: Beneficiary) -> str:
        return reverse("beneficiary-detail", args=[person.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        named = bool(self.request.GET.get("nama", "").strip())
        self.ordering = ("name_key", "id") if named else ("region_id", "name_key", "id")
        kwargs.setdefault("form", self.find_form())
        context = super().get_context_data(**kwargs)
        return context | {
            "people": self._people(context["rows"]),
            "may_enter": bool(reach_of(self.request.user).slots_for(Right.ENTER)),
        }

    def _people(self, rows: Sequence[Beneficiary]) -> list[dict[str, Any]]:
        """What the page shows of each, in a constant number of queries."""
        user, today, found = self.request.user, timezone.localdate(), list(rows)
        held = narrow_choices(GroupMembership.objects.select_related("group"), user).filter(valid_on(today))
        open_ones = narrow_choices(Participation.objects.select_related("programme"), user)
        prefetch_related_objects(
            found,
            Prefetch("memberships", held.order_by("group_id"), to_attr="held"),
            Prefetch("participations", open_ones.filter(state__in=Participation.OPEN), to_attr="running"),
        )
        ids = [person.pk for person in found]
        serving, related = sdm_kesos(ids, today), sdm_family(ids, today)
        names = places.labels({person.region for person in found})
        return [
            {
                "person": person,
                "place": short_place(names[person.region_id]),
                "groups": person.held,  # type: ignore[attr-defined]
                "running": participations_shown(person.running),  # type: ignore[attr-defined]
                "serves": person.pk in serving,
                "related": related.get(person.pk, ""),
            }
            for person in found
        ]


class BeneficiaryDetailView(GatedDetailView):
    """One person: where he stands, who he is, and everything that happened."""

    template_name = "assistance/beneficiary_detail.html"
    queryset = Beneficiary.objects.select_related("region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person: Beneficiary = self.object
        user, today, reach = self.request.user, timezone.localdate(), reach_of(self.request.user)
        dossier = dossier_of(user, person)
        may_enter = reach.can(Right.ENTER, person.region_id)
        return super().get_context_data(
            **kwargs,
            person=person,
            situation=(situation := situation_of(dossier, today)),
            next_url=step_url(situation.where, may_enter=may_enter),
            serves=bool(sdm_kesos([person.pk], today)),
            caution=cautions([person.pk], today).get(person.pk),
            relatives=_relatives(user, person),
            twins=twins_of(
                self.actor, name=person.name, birth_date=person.birth_date, region=person.region, but=person.pk
            ),
            facts=facts_shown(person),
            last_four=person.reveal_last_four(),
            reasons=REASONS,
            may_reveal=reach.can(Right.PERSONAL_DATA, person.region_id),
            may_enter=may_enter,
            acts=self._acts(dossier) if may_enter else [],
            memberships=memberships_shown(dossier.memberships, today),
            sensitive_hidden=not may_see_sensitive(self.actor),
            circumstances=circumstances_shown(dossier.circumstances),
            cards=dossier.cards,
            guardians=dossier.guardians,
            participations=participations_shown(dossier.participations),
            events=[event_shown(event, dossier) for event in timeline_of(dossier)],
        ) | {"title": person.name}

    def _acts(self, dossier: Dossier) -> list[dict[str, str]]:
        """What leads on from here; pages that do not exist are left out."""
        pk = dossier.person.pk
        leaving = any(row.state == Participation.State.ACTIVE for row in dossier.participations)
        acts = [
            ("Usulkan untuk program", address("proposal-create"), f"?penerima={pk}", "primary"),
            ("Usulkan graduasi", address("graduation-case-create") if leaving else "", f"?penerima={pk}", "secondary"),
            ("Catat usul-sanggah", address("objection-create", {"person": pk}), "", "secondary"),
        ]
        return [{"label": label, "url": url + query, "variant": kind} for label, url, query, kind in acts if url]


def _relatives(user: Any, person: Beneficiary) -> list[Personnel]:
    """Pillar people in sight who named this person as close family."""
    ties = narrow_choices(FamilyTie.objects.select_related("person"), user)
    return [tie.person for tie in ties.filter(nik_index=bytes(person.nik_index), ended_on=None)]


class BeneficiaryRevealView(BeneficiaryDetailView):
    """POST only: the same page, once, with the NIK in plain; right, reason and record are the service's."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        try:
            number = nik_reveal(actor=self.actor, row=self.object, reason=request.POST.get("reason", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            number = ""
        response = self.render_to_response(self.get_context_data(number=number))
        add_never_cache_headers(response)
        return response
