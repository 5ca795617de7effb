from django.contrib.auth import views as auth
from django.urls import URLPattern, path

from pilar.core.middleware import unscoped
from pilar.core.pages import accounts, regions

urlpatterns: list[URLPattern] = [
    path("masuk/", unscoped(accounts.SignInView.as_view()), name="login"),
    path("keluar/", unscoped(auth.LogoutView.as_view()), name="logout"),
    path("sandi/", unscoped(accounts.PasswordChangeView.as_view()), name="password_change"),
    path("sandi/tersimpan/", unscoped(auth.PasswordChangeDoneView.as_view()), name="password_change_done"),
    path("sandi/baru/<uidb64>/<token>/", unscoped(accounts.SetPasswordView.as_view()), name="password_reset_confirm"),
    path("sandi/selesai/", unscoped(auth.PasswordResetCompleteView.as_view()), name="password_reset_complete"),
    path("wilayah/", regions.RegionSearchView.as_view(), name="region-search"),
]
