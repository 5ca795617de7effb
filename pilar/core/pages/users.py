"""Pengguna & wewenang: who has an account in one's own area, and what he may do where."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property

from pilar.core import handover, services
from pilar.core.errors import Refusal
from pilar.core.models import Pillar, Programme, RegionGrant, Role, User
from pilar.core.pages.user_forms import DeactivateForm, InviteForm, UserFilter
from pilar.core.rights import RIGHT_NAMES, Right
from pilar.core.scoping import narrow_choices
from pilar.core.views import GatedDetailView, GatedForm, GatedListView, PageView, RightMixin, ServiceFormView

LINK_DAYS = 3


class UsersOnly(RightMixin):
    right = Right.USERS


class UserListView(UsersOnly, GatedListView):
    title = "Pengguna & wewenang"
    template_name = "core/user_list.html"
    queryset = User.objects.select_related("role", "region")
    filterset_class = UserFilter
    ordering = ("name", "id")


class UserDetailView(UsersOnly, GatedDetailView):
    model = User
    template_name = "core/user_detail.html"

    def get_queryset(self) -> Any:
        return super().get_queryset().select_related("role", "region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.object, timezone.localdate()
        pillars, programmes = _names(Pillar), _names(Programme)
        rows = narrow_choices(user.grants.select_related("region"), self.request.user)
        grants = [
            {
                "grant": grant,
                "state": _grant_state(grant, today),
                "only": [pillars[i] for i in grant.pillars] + [programmes[i] for i in grant.programmes],
            }
            for grant in rows.order_by("-valid_from", "id")
        ]
        return super().get_context_data(
            grants=grants,
            work=handover.open_work(user=user, seen_by=self.actor),
            rights=[RIGHT_NAMES[Right(right)] for right in user.role.rights],
            refusal=_refusal(self.actor, user),
            **kwargs,
        ) | {"title": user.name}


def _names(model: Any) -> dict[int, str]:
    return dict(model.objects.values_list("pk", "name"))


def _grant_state(grant: RegionGrant, today: Any) -> str:
    if grant.valid_from > today:
        return "belum mulai"
    return "berakhir" if grant.valid_until and grant.valid_until < today else "berlaku"


def _refusal(actor: Any, user: User) -> Refusal | None:
    """Why `actor` may not manage this account; None when he may."""
    try:
        services.require_manager(actor=actor, user=user, today=timezone.localdate())
    except Refusal as refusal:
        return refusal
    return None


class LinkOnce(UsersOnly, ServiceFormView):
    """Ends by showing the one-time link; it is nowhere kept and cannot be shown again."""

    def done(self, saved: User) -> HttpResponse:
        link = self.request.build_absolute_uri(reverse("password_reset_confirm", kwargs=services.one_time_key(saved)))
        shown = {"title": f"Tautan untuk {saved.name}", "link": link, "user_shown": saved, "days": LINK_DAYS}
        response = render(self.request, "core/link_once.html", shown)
        add_never_cache_headers(response)
        return response


class UserInviteView(LinkOnce):
    title = "Undang petugas"
    form_class = InviteForm

    def get_initial(self) -> dict[str, Any]:
        user: Any = self.request.user
        return {"office": user.office, "region": user.region, "valid_from": timezone.localdate()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(
            lead="Petugas membuat kata sandinya sendiri lewat tautan sekali pakai.",
            submit_label="Buat akun dan tautan",
            consequence="Tautan hanya ditampilkan sekali sesudah ini. Sampaikan langsung kepada orangnya.",
            cancel_url=reverse("user-list"),
            **kwargs,
        )
        return context | {"groups": context["form"].groups()}

    def serve(self, form: InviteForm) -> User:
        names = ("username", "name", "office", "role", "region")
        data = {name: form.cleaned_data[name] for name in names}
        return services.user_invite(actor=self.actor, terms=form.terms(), **data)


class OneUser(UsersOnly):
    """Pages about one user of the address, taken through the gate; a foreign one is 404."""

    kwargs: dict[str, Any]

    @cached_property
    def subject(self) -> User:
        rows = narrow_choices(User.objects.select_related("role", "region"), self.request.user)
        found: User | None = rows.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Pengguna ini tidak ada atau di luar wilayah Anda.")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=self.back, **kwargs)

    @property
    def back(self) -> str:
        return reverse("user-detail", kwargs={"pk": self.kwargs["pk"]})

    def get_done_url(self, saved: Any) -> str:
        return self.back


class UserResetView(OneUser, LinkOnce):
    form_class = GatedForm

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Tautan baru untuk {self.subject.name}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        subject = self.subject
        opens = "" if subject.is_active else " Akun yang dinonaktifkan ini dibuka lagi."
        return super().get_context_data(
            lead="Untuk petugas yang lupa kata sandi, atau yang tautannya sudah lewat waktu.",
            submit_label="Buat tautan baru",
            consequence="Kata sandi lamanya langsung tidak berlaku, ia keluar dari semua perangkat, "
            f"dan token API-nya dicabut begitu kata sandi baru dibuat.{opens}",
            **kwargs,
        )

    def serve(self, form: GatedForm) -> User:
        return services.user_reset(actor=self.actor, user=self.subject, today=timezone.localdate())


class UserDeactivateView(OneUser, ServiceFormView):
    form_class = DeactivateForm
    done_message = "Akun dinonaktifkan."

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"Nonaktifkan {self.subject.name}"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"leaving": self.subject, "has_work": bool(self.work)}

    @cached_property
    def work(self) -> list[handover.Work]:
        return handover.open_work(user=self.subject, seen_by=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listed = ", ".join(f"{one.rows} {one.kind}" for one in self.work)
        held = (
            f"Yang masih menjadi tanggung jawabnya: {listed}."
            if self.work
            else "Tidak ada pekerjaan terbuka atas namanya."
        )
        return super().get_context_data(
            lead=held,
            submit_label="Nonaktifkan akun",
            danger=True,
            consequence="Ia langsung keluar dan tidak dapat masuk lagi. Catatan yang pernah dibuatnya tetap ada.",
            **kwargs,
        )

    def serve(self, form: DeactivateForm) -> User:
        services.user_deactivate(
            actor=self.actor,
            user=self.subject,
            successor=form.cleaned_data.get("successor"),
            today=timezone.localdate(),
        )
        return self.subject


class RoleListView(PageView):
    """Which role holds which right; read-only, for everybody."""

    title = "Peran dan hak"
    template_name = "core/role_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        roles = list(Role.objects.order_by("code"))
        rows = [{"name": name, "held": [right in role.rights for role in roles]} for right, name in RIGHT_NAMES.items()]
        return super().get_context_data(roles=roles, rows=rows, **kwargs)
