"""A user's own keys for REST clients."""

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.functional import cached_property

from pilar.core import services
from pilar.core.models import ApiToken
from pilar.core.views import GatedForm, PageView, ServiceFormView

LIVES = ((30, "30 hari"), (90, "90 hari"), (180, "180 hari"), (365, "satu tahun"))


class TokenForm(GatedForm):
    name = forms.CharField(
        label="Untuk apa", max_length=80, help_text="Misalnya: laporan bulanan SIKS, skrip Bidang Data"
    )
    days = forms.TypedChoiceField(label="Berlaku", choices=LIVES, coerce=int, initial=180)


class TokenListView(PageView):
    for_members = True
    title = "Token API"
    template_name = "core/token_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        rows = [{"token": token, "state": _state(token, now)} for token in own_tokens(self.request.user)]
        return super().get_context_data(rows=rows, docs_url=reverse("api-docs"), **kwargs)


def own_tokens(user: Any) -> Any:
    return ApiToken.objects.filter(user=user)


def _state(token: ApiToken, now: Any) -> str:
    if token.revoked_at:
        return "dicabut"
    return "berlaku" if token.expires_at > now else "lewat waktu"


class TokenCreateView(ServiceFormView):
    for_members = True
    title = "Buat token API"
    form_class = TokenForm

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            lead="Program yang memakai token ini membaca dengan wewenang Anda, tidak lebih.",
            submit_label="Buat token",
            consequence="Token hanya ditampilkan sekali sesudah ini.",
            cancel_url=reverse("token-list"),
            **kwargs,
        )

    def serve(self, form: TokenForm) -> Any:
        data = form.cleaned_data
        token, self.key = services.token_create(
            actor=self.actor, name=data["name"], days=data["days"], now=timezone.now()
        )
        return token

    def done(self, saved: ApiToken) -> HttpResponse:
        shown = {"title": "Token API dibuat", "token": saved, "key": self.key}
        response = render(self.request, "core/token_once.html", shown)
        add_never_cache_headers(response)
        return response


class TokenRevokeView(ServiceFormView):
    for_members = True
    title = "Cabut token API"
    form_class = GatedForm
    done_message = "Token dicabut."
    success_url = reverse_lazy("token-list")

    @cached_property
    def token(self) -> ApiToken:
        found: ApiToken | None = own_tokens(self.request.user).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404("Token ini tidak ada.")
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            lead=str(self.token),
            submit_label="Cabut token",
            danger=True,
            consequence="Program yang memakainya langsung ditolak.",
            cancel_url=reverse("token-list"),
            **kwargs,
        )

    def serve(self, form: GatedForm) -> ApiToken:
        services.token_revoke(actor=self.actor, token=self.token, now=timezone.now())
        return self.token
