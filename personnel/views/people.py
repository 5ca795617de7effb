from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from personnel.filters import PersonnelFilter
from personnel.forms import FindForm
from personnel.listing import listed
from personnel.models import Activity, Assignment, BankAccount, EmploymentChange, Personnel, PersonnelPhoto
from personnel.search import SHOWN, is_number, people_found
from personnel.services.bank import account_reveal
from personnel.services.twins import twins_of
from personnel.timeline import events, role_of, runs_on, short_name, sk_state
from pilar.core import places
from pilar.core.attachment_cards import cards, links_of
from pilar.core.formatting import tanggal
from pilar.core.models import User
from pilar.core.panels import panels_of
from pilar.core.personal import REASONS, nik_reveal
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedDetailView, GatedListView

LATEST = 20
UNKNOWN_NUMBER = (
    "Tidak ada personel dengan nomor itu di wilayah Anda. Cari namanya, atau daftarkan sebagai personel baru."
)


class PersonnelListView(GatedListView):
    template_name = "personnel/personnel_list.html"
    title = "Personel"
    queryset = Personnel.objects.all()
    export = "personel"
    filterset_class = PersonnelFilter
    ordering = ("name_key", "id")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "people": listed(context["rows"], context["filterset"], self.request.user),
            "may_enter": bool(reach_of(self.request.user).slots_for(Right.ENTER)),
            "form": kwargs.get("form") or FindForm(),
        }

    def post(self, request: HttpRequest) -> HttpResponse:
        """A name leads to ?nama=, a number to the person who has it; the number is never echoed."""
        form = FindForm(request.POST)
        if not form.is_valid():
            return self._refused(form)
        text = form.cleaned_data["q"]
        if not is_number(text):
            return redirect(f"{request.path}?{urlencode({'nama': text})}")
        try:
            found = list(people_found(request.user, text)[: SHOWN + 1])
        except ValidationError as error:
            form = FindForm({"q": ""})
            form.errors["q"] = form.error_class(error.messages)
            return self._refused(form)
        if len(found) == 1:
            return redirect("personnel-detail", found[0].pk)
        if not found:
            messages.warning(request, UNKNOWN_NUMBER)
            return redirect(request.path)
        context = self.get_context_data(form=FindForm())
        shown = listed(found[:SHOWN], context["filterset"], request.user)
        return self.render_to_response(context | {"people": shown, "page": None, "several": True})

    def _refused(self, form: FindForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PersonnelDetailView(GatedDetailView):
    template_name = "personnel/personnel_detail.html"
    place_query = ("year",)
    queryset = Personnel.objects.select_related("region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person: Personnel = self.object
        today, user = timezone.localdate(), self.request.user
        rows = list(narrow_choices(Assignment.objects.select_related("pillar", "region"), user).filter(person=person))
        reach = reach_of(user)
        return super().get_context_data(
            **kwargs,
            person=person,
            facts=_facts(person, list(narrow_choices(EmploymentChange.objects.all(), user).filter(person=person))),
            last_four=person.reveal_last_four(),
            reasons=REASONS,
            may_reveal=reach.can(Right.PERSONAL_DATA, person.region_id),
            may_enter=reach.can(Right.ENTER, person.region_id),
            may_manage=reach.can(Right.USERS, person.region_id),
            member_account=self.member_account(person) if reach.can(Right.USERS, person.region_id) else None,
            events=events(rows, today),
            running=[
                {
                    "row": row,
                    "pillar": short_name(row.pillar),
                    "role": role_of(row),
                    "looks_after": row.pillar.looks_after(row.position),
                    "sk": sk_state(row, today),
                    "may_end": reach.can(Right.ENTER, row.region_id) and not row.end_reason,
                }
                for row in sorted(rows, key=lambda row: not row.is_primary)
                if runs_on(row, today) or row.valid_from > today
            ],
            portrait=self.portrait(person),
            activities=self.activities(person),
            twins=twins_of(
                self.actor, name=person.name, birth_date=person.birth_date, phone=person.phone, but=person.pk
            ),
            account=_account(user, person),
            panels=panels_of("personnel", self.request, person),
        ) | {"title": person.name}

    def portrait(self, person: Personnel) -> dict[str, Any] | None:
        user = self.request.user
        links = links_of(PersonnelPhoto.objects.filter(person=person, attachment__withdrawn_at__isnull=True), user)
        return next(iter(cards(links, user)), None)

    def member_account(self, person: Personnel) -> int | None:
        found = User.objects.visible_to(self.request.user).filter(personnel_id=person.pk).first()
        return found.pk if found else None

    def activities(self, person: Personnel) -> list[Activity]:
        rows = narrow_choices(Activity.objects.select_related("region", "kind"), self.request.user)
        return list(rows.filter(person=person)[:LATEST])


def _account(user: Any, person: Personnel) -> dict[str, Any]:
    """The account in use, with what the reader may do to it."""
    reach, pk = reach_of(user), person.pk
    may_reveal, may_enter = (reach.can(right, person.region_id) for right in (Right.PERSONAL_DATA, Right.ENTER))
    return {
        "row": narrow_choices(BankAccount.objects.all(), user).filter(person=person).first(),
        "reveal_url": reverse("personnel-account-reveal", args=[pk]) if may_reveal else "",
        "set_url": reverse("personnel-account", args=[pk]) if may_enter else "",
    }


def _facts(person: Personnel, changes: list[EmploymentChange]) -> list[dict[str, Any]]:
    since = "; ".join(
        f"sejak {tanggal(change.on)}, sebelumnya {change.get_was_display()}" for change in reversed(changes)
    )
    return [
        {"label": "Pengelola", "value": places.labels([person.region])[person.region_id]},
        {"label": "Jenis kelamin", "value": person.get_sex_display()},
        {"label": "Tanggal lahir", "value": tanggal(person.birth_date)},
        {"label": "Status kepegawaian", "value": person.get_employment_display(), "note": since},
        {"label": "Nomor telepon", "value": person.phone or "belum ada data"},
        {"label": "NIA", "value": person.nia or "belum ada data"},
        {
            "label": "Pendidikan",
            "value": person.get_education_display() or "belum ada data",
            "note": person.major,
        },
    ]


class PersonnelRevealView(PersonnelDetailView):
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


class AccountRevealView(PersonnelDetailView):
    """POST only: the same page, once, with the number of the account in plain."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.object = self.get_object()
        account = narrow_choices(BankAccount.objects.select_related("person"), request.user)
        if (row := account.filter(person=self.object).first()) is None:
            raise Http404("Rekening belum tercatat.")
        try:
            number = account_reveal(actor=self.actor, account=row, reason=request.POST.get("reason", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            number = ""
        response = self.render_to_response(self.get_context_data(account_number=number))
        add_never_cache_headers(response)
        return response
