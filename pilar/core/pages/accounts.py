"""Signing in and out, and passwords. These run with the plain login: sessions and users, no scoped row."""

from typing import Any

from django.contrib.auth import views
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm, SetPasswordForm, UsernameField
from django.core.exceptions import ValidationError
from django.forms import CharField, PasswordInput, TextInput
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils import timezone

from pilar.core import audit
from pilar.core.errors import Refusal
from pilar.core.models import ApiToken, User
from pilar.core.scoping import reach_of


class SignInForm(AuthenticationForm):
    username = UsernameField(label="Nama pengguna", widget=TextInput({"autofocus": True, "autocapitalize": "none"}))
    password = CharField(label="Kata sandi", strip=False, widget=PasswordInput({"autocomplete": "current-password"}))
    error_messages = {
        "invalid_login": (
            "Nama pengguna atau kata sandi tidak cocok. Huruf besar dan kecil dibedakan. "
            "Lupa kata sandi? Minta tautan baru kepada admin di Dinas Sosial Anda."
        ),
        "inactive": "Akun ini dinonaktifkan. Hubungi admin di Dinas Sosial Anda.",
    }

    def confirm_login_allowed(self, user: Any) -> None:
        """Refuses as well when the user's grants need more ranges than the database can hold."""
        super().confirm_login_allowed(user)
        try:
            reach_of(user)
        except Refusal as refusal:
            raise ValidationError(str(refusal), code=refusal.rule) from refusal


class SignInView(views.LoginView):
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        response = super().form_valid(form)
        user = form.get_user()
        audit.record(
            actor=user, action=audit.Action.SIGN_IN, target=user, region=user.region_id, summary="masuk lewat peramban"
        )
        return response


class NewPasswordWords:
    """The two fields of a new password, in the words of the rest of the pages."""

    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        first, again = self.fields["new_password1"], self.fields["new_password2"]
        first.label, again.label = "Kata sandi baru", "Kata sandi baru, sekali lagi"
        first.help_text = "Paling sedikit 12 karakter; bukan kata sandi yang umum dan tidak mirip nama Anda"
        again.help_text = "Untuk memastikan tidak salah ketik"


class ChangePasswordForm(NewPasswordWords, PasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["old_password"].label = "Kata sandi sekarang"


class FirstPasswordForm(NewPasswordWords, SetPasswordForm):  # type: ignore[type-arg]
    """Behind the one-time link."""


class PasswordChangeView(views.PasswordChangeView):
    form_class = ChangePasswordForm
    success_url = reverse_lazy("password_change_done")

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        _record_password(form.user, "mengganti kata sandi sendiri")
        return response


class SetPasswordView(views.PasswordResetConfirmView):
    """The page behind the one-time link of an invitation or a reset; it ends the tokens made before."""

    form_class = FirstPasswordForm
    success_url = reverse_lazy("password_reset_complete")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(account=self.user, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        ApiToken.objects.filter(user=form.user, revoked_at__isnull=True).update(revoked_at=timezone.now())
        _record_password(form.user, "membuat kata sandi lewat tautan sekali pakai")
        return response


def _record_password(user: User, summary: str) -> None:
    audit.record(actor=user, action=audit.Action.CHANGE, target=user, region=user.region_id, summary=summary)
