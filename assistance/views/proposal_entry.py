"""Making a usulan, taking it back, and naming who checks it."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from assistance.forms.people import GROUP_ROWS
from assistance.forms.proposals import ENTRY_FIELDS, AssignForm, NewPersonProposalForm, ProposalForm, WithdrawForm
from assistance.models import Beneficiary, Proposal
from assistance.reading import groups_of, people_names
from assistance.services.eligibility import short_name
from assistance.services.entry import require_entry
from assistance.services.proposals import ProposalEntry, proposal_assign, proposal_create, proposal_withdraw
from assistance.views.find import FindPersonView, person_from
from assistance.views.marks import MOVED_AWAY, short_place
from assistance.views.registering import Registering
from personnel.models import Assignment, valid_on
from pilar.core import places, regions
from pilar.core.formatting import tanggal
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices
from pilar.core.views import RightMixin, ServiceFormView

STEPS = ("Cari orangnya", "Isi usulan")


def steps() -> list[dict[str, str]]:
    return [{"label": STEPS[0], "url": reverse("proposal-find")}, {"label": STEPS[1], "url": ""}]


class ProposalFindView(RightMixin, FindPersonView):
    """First step: who is proposed."""

    right = Right.ENTER
    template_name = "assistance/proposal_find.html"
    title = "Usulan baru"

    def chosen_url(self, person: Beneficiary) -> str:
        return f"{reverse('proposal-create')}?penerima={person.pk}"

    def missing_url(self) -> str:
        return f"{reverse('proposal-create')}?baru=1"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        names = places.labels({row["person"].region for row in context["people"]})
        for row in context["people"]:
            row["place"] = short_place(names[row["person"].region_id])
        return context | {"steps": steps(), "list_url": reverse("proposal-list"), "new_url": self.missing_url()}


class ProposalCreateView(Registering, RightMixin, ServiceFormView):
    """Second step: programme, group and minutes for ?penerima=, or for a new person registered with it (?baru=1)."""

    right = Right.ENTER
    template_name = "assistance/proposal_form.html"

    @cached_property
    def person(self) -> Beneficiary | None:
        return person_from(self.request)

    @property
    def is_new(self) -> bool:
        return self.person is None and "baru" in self.request.GET

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.person is None and not self.is_new:
            return redirect("proposal-find")
        return super().get(request, *args, **kwargs)

    def get_form_class(self) -> type[ProposalForm]:
        return NewPersonProposalForm if self.is_new else ProposalForm

    @cached_property
    def own(self) -> set[int]:
        """PAS groups of the person chosen; none of a new one, who writes them down here."""
        return groups_of(self.actor, self.person.pk, timezone.localdate()) if self.person else set()

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"own": self.own}

    def get_initial(self) -> dict[str, Any]:
        only = next(iter(self.own)) if len(self.own) == 1 else None
        return {"beneficiary": self.person, "proposed_on": timezone.localdate(), "group": only}

    def serve(self, form: Any) -> Proposal:
        data = form.cleaned_data
        person = self.register(form) if self.is_new else data["beneficiary"]
        entry = ProposalEntry(beneficiary=person, **{name: data[name] for name in ENTRY_FIELDS})
        return proposal_create(actor=self.actor, entry=entry, today=timezone.localdate())

    def get_done_url(self, saved: Any) -> str:
        return reverse("proposal-detail", args=[saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        person = self.person
        if person is not None:
            require_entry(self.actor, person.region_id)
        return context | {
            "title": f"Usulkan {person.name}" if person else "Usulkan orang baru",
            "lead": self._lead(person) if person else "",
            "groups": self._groups(context["form"]),
            "submit_label": "Ajukan usulan",
            "consequence": "Syarat program diperiksa saat disimpan. Yang belum tercatat dipastikan petugas verval.",
            "cancel_url": reverse("proposal-list"),
            "steps": steps(),
            "step": 2,
        }

    def _groups(self, form: Any) -> list[dict[str, Any]]:
        proposal = {"title": "Usulan", "fields": [form[name] for name in ENTRY_FIELDS]}
        if not self.is_new:
            return [proposal]
        belongs = [f"{part}_{row}" for row in GROUP_ROWS for part in ("group", "since")]
        person = ("nik", "name", "sex", "birth_date", "region")
        return [
            *self.twin_group(form),
            {"title": "Orangnya", "fields": [form[name] for name in person]},
            {
                "title": "Kelompok PAS",
                "note": "Satu orang boleh termasuk beberapa kelompok. Isi satu atau lebih.",
                "fields": [form[name] for name in belongs],
            },
            proposal,
        ]

    def _lead(self, person: Beneficiary) -> str:
        home = short_place(places.labels([person.region])[person.region_id])
        return f"NIK {person.nik_masked}, lahir {tanggal(person.birth_date)}, tinggal di {home}."


class ProposalWithdrawView(ServiceFormView):
    title = "Tarik usulan"
    form_class = WithdrawForm

    @cached_property
    def proposal(self) -> Proposal:
        rows = narrow_choices(Proposal.objects.select_related("programme"), self.request.user)
        found = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Usulan ini tidak ada.")
        return found

    def serve(self, form: Any) -> Proposal:
        return proposal_withdraw(
            actor=self.actor, proposal=self.proposal, today=timezone.localdate(), **form.cleaned_data
        )

    def get_done_url(self, saved: Any) -> str:
        return reverse("proposal-detail", args=[saved.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.proposal
        require_entry(self.actor, row.region_id, row.programme)
        name = people_names(self.request.user, [row.beneficiary_id]).get(row.beneficiary_id, MOVED_AWAY)
        return super().get_context_data(**kwargs) | {
            "lead": f"{name}: {short_name(row.programme)}, diusulkan {tanggal(row.proposed_on)}.",
            "submit_label": "Tarik usulan",
            "consequence": "Usulan selesai dan tidak bisa dibuka lagi; orangnya boleh diusulkan lagi kemudian. "
            "Bila ia sudah menjadi calon penerima, pencalonannya ikut berakhir.",
            "danger": True,
            "cancel_url": reverse("proposal-detail", args=[row.pk]),
        }


class ProposalAssignView(RightMixin, ServiceFormView):
    """The chosen proposals (?row=, several), and one companion for all of them."""

    right = Right.ENTER
    title = "Tunjuk petugas verval"
    template_name = "assistance/proposal_assign.html"
    form_class = AssignForm

    @cached_property
    def chosen(self) -> list[Proposal]:
        asked = (self.request.POST if self.request.method == "POST" else self.request.GET).getlist("row")
        rows = narrow_choices(Proposal.objects.select_related("programme", "region"), self.request.user)
        return list(rows.filter(pk__in=[pk for pk in asked if pk.isdigit()]).order_by("-id"))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.chosen:
            messages.warning(request, "Belum ada usulan yang dipilih. Centang dahulu usulannya, lalu tunjuk petugas.")
            return redirect("proposal-list")
        return super().get(request, *args, **kwargs)

    def get_initial(self) -> dict[str, Any]:
        return {"row": self.chosen}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"companions": self.companions()}

    def companions(self) -> QuerySet[Assignment]:
        """On duty today, and their area covers the home of everybody chosen; the nearest areas first."""
        codes = {row.region_id for row in self.chosen}
        paths = [set(regions.path(code)) for code in codes]
        covering = set.intersection(*paths) if paths else set()
        rows = narrow_choices(Assignment.objects.filter(valid_on(timezone.localdate())), self.request.user)
        return (
            rows.filter(region__in=covering)
            .select_related("person", "pillar", "region")
            .order_by("-region__level", "person__name_key", "id")
        )

    def serve(self, form: Any) -> None:
        count = proposal_assign(
            actor=self.actor,
            proposals=[row.pk for row in form.cleaned_data["row"]],
            assignment=form.cleaned_data["assignment"],
            today=timezone.localdate(),
        )
        self.done_message = f"{count} usulan ditugaskan kepada {form.cleaned_data['assignment'].person.name}."

    def get_done_url(self, saved: Any) -> str:
        if len(self.chosen) == 1:
            return reverse("proposal-detail", args=[self.chosen[0].pk])
        return reverse("proposal-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        people = people_names(self.request.user, [row.beneficiary_id for row in self.chosen])
        homes = places.labels({row.region for row in self.chosen})
        form = context["form"]
        return context | {
            "chosen": [
                {
                    "name": people.get(row.beneficiary_id, MOVED_AWAY),
                    "programme": short_name(row.programme),
                    "place": short_place(homes[row.region_id]),
                }
                for row in self.chosen
            ],
            "no_one": not form.fields["assignment"].queryset.exists(),
            "submit_label": "Tunjuk petugas",
            "consequence": "Usulan muncul di daftar kerja petugas itu. Petugas yang ditunjuk sebelumnya diganti.",
            "cancel_url": reverse("proposal-list"),
        }
