"""One SK penetapan: what it is, what may be done to it, and its names with those at fault first."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from assistance.filters.participation import NameFilter
from assistance.models import Decree, Participation
from assistance.reading import people_names
from assistance.services.authority import office_of
from assistance.services.decree_names import Fault, faults_of, names_in, waiting_for
from assistance.services.entry import may_see_sensitive
from assistance.views.decree_acts import decides, offered
from assistance.views.decrees import WORDS, names_heading, officers, pill
from assistance.views.marks import MOVED_AWAY, group_shown, short_place
from assistance.views.participations import pill_of
from assistance.words import words_of
from pilar.core import places
from pilar.core.filters import chips
from pilar.core.formatting import tanggal
from pilar.core.paging import keyset_page
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedDetailView

State = Decree.State
#: names whose rules are asked on each view, so that those at fault lead; of a larger SK, only those on the page
ASKED_AT_ONCE = 200
SHOWN = 20  # candidates outside the SK, each with what keeps him out
#: in a decided SK: who needs somebody's hand comes first
RANKS = (Participation.State.SUSPENDED, Participation.State.ENDED)


class DecreeDetailView(GatedDetailView):
    template_name = "assistance/decree_detail.html"
    queryset = Decree.objects.select_related("programme", "year", "region")
    ordering = ("rank", "-id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        decree: Decree = self.object
        user: Any = self.request.user
        everyone = narrow_choices(names_in(user, decree), user)
        names = everyone.count()
        whole = names <= ASKED_AT_ONCE
        faults = self.faults(decree, everyone) if whole else {}
        filterset = NameFilter(self.request.GET, queryset=faults_first(everyone, faults), request=self.request)
        page = keyset_page(filterset.qs, self.ordering, self.request.GET.get("cursor", ""))
        if not whole:
            faults = self.faults(decree, everyone.filter(pk__in=[row.pk for row in page.rows]))
        labels = places.labels({decree.region} | {row.region for row in page.rows})
        people = people_names(user, [row.beneficiary_id for row in page.rows])
        return super().get_context_data(
            **kwargs,
            place=short_place(labels[decree.region_id]),
            state=pill(decree),
            next_step=words_of(decree.state, State).next_step,
            own=f"Anda pengusul SK ini, jadi tidak menetapkannya sendiri. Yang menetapkan: {office_of(decree.funding)}."
            if decree.state == State.PROPOSED and user.pk == decree.proposed_by_id
            else "",
            acts=offered(user, decree, names=names),
            facts=facts(decree, office_of(decree.funding), officers(user, decree.proposed_by_id, decree.decided_by_id)),
            names=names,
            heading=names_heading(user),
            sees_all=may_see_sensitive(user),
            candidates_url=f"{reverse('proposal-list')}?{urlencode({'programme': decree.programme_id})}",
            faulty=len(faults),
            whole=whole or decree.state == State.DECIDED,
            waiting=self.waiting(decree),
            filterset=filterset,
            chips=chips(filterset, self.request.GET),
            clear_url=self.request.path,
            page=page,
            rows=[
                {
                    "row": row,
                    "name": people.get(row.beneficiary_id, MOVED_AWAY),
                    "state": pill_of(row),
                    "fault": faults.get(row.pk),
                    "place": short_place(labels[row.region_id]),
                    "group": group_shown(user, row.group),
                }
                for row in page.rows
            ],
            may_remove=decree.state == State.DRAFT and reach_of(user).can(Right.ENTER, decree.region_id),
            may_return=decree.state == State.PROPOSED and decides(user, decree),
            words=WORDS,
        ) | {"title": decree.title}

    def faults(self, decree: Decree, names: QuerySet[Participation]) -> dict[int, Fault]:
        """By participation. A decided SK is history: its rules were asked when it was decided."""
        if decree.state == State.DECIDED:
            return {}
        found = faults_of(self.request.user, names, decree.programme, timezone.localdate())
        return {fault.row: fault for fault in found}

    def waiting(self, decree: Decree) -> dict[str, Any]:
        """Candidates who stand outside a draft: how many, and the first of them with what keeps each out."""
        if decree.state != State.DRAFT:
            return {}
        user = self.request.user
        outside = waiting_for(user, decree)
        first = list(outside.order_by("pk").values_list("pk", "beneficiary_id")[:SHOWN])
        rows = outside.filter(pk__in=[pk for pk, _ in first])
        faults = {f.row: f for f in faults_of(user, rows, decree.programme, timezone.localdate())} if first else {}
        people = people_names(user, [person for _, person in first])
        return {
            "count": outside.count(),
            "shown": SHOWN,
            "rows": [
                {"pk": pk, "name": people.get(person, MOVED_AWAY), "fault": faults.get(pk)} for pk, person in first
            ],
        }


def faults_first(names: QuerySet[Participation], faults: dict[int, Fault]) -> QuerySet[Participation]:
    """Adds `rank`: names at fault lead; in a decided SK the suspended and the ended."""
    ranks = [When(pk__in=list(faults), then=Value(0))] if faults else []
    ranks += [When(state=state, then=Value(place + 1)) for place, state in enumerate(RANKS)]
    rank = Case(*ranks, default=Value(len(RANKS) + 1), output_field=IntegerField())
    return names.annotate(rank=rank).select_related("region", "group")


def facts(decree: Decree, office: str, who: dict[int, str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = [
        {"label": "Program", "value": decree.programme.name},
        {"label": "Sumber dana", "value": decree.get_funding_display(), "note": f"ditetapkan oleh {office}"},
    ]
    if decree.proposed_on:
        on = f"pada {tanggal(decree.proposed_on)}"
        rows.append({"label": "Diajukan oleh", "value": who.get(decree.proposed_by_id or 0, "sistem"), "note": on})
    if decree.decided_on:
        on = f"dicatat {tanggal(decree.decided_on)}"
        rows.append({"label": "Ditetapkan oleh", "value": who.get(decree.decided_by_id or 0, "sistem"), "note": on})
    if decree.sk_date:
        rows.append({"label": "Nomor SK", "value": decree.number, "note": f"tanggal {tanggal(decree.sk_date)}"})
    return rows
