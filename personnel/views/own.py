"""Halaman saya: a member reads what concerns himself; and the page that makes his account."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Count
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone

from personnel.activity_reading import pill
from personnel.models import Activity, Assignment, Personnel
from personnel.services.accounts import member_account_create
from personnel.timeline import events, role_of, runs_on, sk_state
from personnel.views.activities import start_url
from personnel.views.entry import PersonView
from pilar.core import places
from pilar.core.errors import Refusal
from pilar.core.formatting import nama_bulan, tanggal
from pilar.core.models import User
from pilar.core.pages.users import LinkOnce
from pilar.core.panels import panels_of
from pilar.core.rights import Right
from pilar.core.scoping import narrow_choices, reach_of
from pilar.core.views import GatedForm, PageView

State = Activity.State
LATEST = 5


class OwnPageView(PageView):
    """On a phone first: what I must reach, what I have, what is missing, why I was not paid."""

    for_members = True
    place_query = ("year",)
    template_name = "personnel/own_page.html"
    title = "Halaman saya"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and reach_of(request.user).member is None:
            raise Refusal(
                "Halaman ini untuk akun anggota pilar; akun Anda akun petugas.",
                "Data anggota ada di Personel.",
                rule="wewenang",
            )
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        person = narrow_choices(Personnel.objects.select_related("region"), user).get()
        rows = list(narrow_choices(Assignment.objects.select_related("pillar", "region"), user))
        return super().get_context_data(**kwargs) | {
            "person": person,
            "facts": _facts(person),
            "running": [
                {"role": role_of(row), "place": row.region.name, "sk": sk_state(row, today)}
                for row in rows
                if runs_on(row, today)
            ],
            "events": events(rows, today),
            "start_url": start_url(reach_of(user)),
            "month": f"{nama_bulan(today.month)} {today.year}",
            "counts": self.counts(today),
            "activities": [{"row": row, "state": pill(row)} for row in self.latest()],
            "panels": panels_of("own", self.request, person),
        }

    def counts(self, today: date) -> list[dict[str, Any]]:
        """This month's activities by state, those that wait for the member himself first."""
        rows = narrow_choices(Activity.objects.all(), self.request.user).order_by()
        rows = rows.filter(year=today.year, date__gte=today.replace(day=1), date__lte=today)
        found = dict(rows.values_list("state").annotate(many=Count("pk")))
        shown = (State.VERIFIED, State.FILED, State.RETURNED, State.DRAFT)
        return [{"label": str(state.label), "many": found.get(state.value, 0)} for state in shown]

    def latest(self) -> list[Activity]:
        return list(narrow_choices(Activity.objects.select_related("kind", "region"), self.request.user)[:LATEST])


def _facts(person: Personnel) -> list[dict[str, Any]]:
    return [
        {"label": "NIK", "value": person.nik_masked},
        {"label": "Tanggal lahir", "value": tanggal(person.birth_date)},
        {"label": "Status kepegawaian", "value": person.get_employment_display()},
        {"label": "Nomor telepon", "value": person.phone or "belum ada data"},
        {
            "label": "Dikelola oleh",
            "value": f"Dinas Sosial {places.name_of(person.region)}",
            "note": "minta perbaikan data ke sini",
        },
    ]


class AccountForm(GatedForm):
    username = forms.CharField(
        label="Nama pengguna", max_length=60, help_text="Huruf kecil, angka, titik, garis bawah, atau tanda hubung"
    )


class MemberAccountView(LinkOnce, PersonView):
    """Buat akun anggota; ends with the one-time link that opens it."""

    right = Right.USERS
    title = "Buat akun anggota"
    form_class = AccountForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "lead": f"Untuk {self.person.name}: membuka “Halaman saya” dan mencatat kegiatannya sendiri, tidak lebih.",
            "submit_label": "Buat akun dan tautan",
            "consequence": "Tautan hanya ditampilkan sekali sesudah ini. Sampaikan langsung kepada orangnya.",
            "cancel_url": reverse("personnel-detail", args=[self.person.pk]),
        }

    def serve(self, form: AccountForm) -> User:
        return member_account_create(actor=self.actor, person=self.person, username=form.cleaned_data["username"])
