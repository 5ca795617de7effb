from django.contrib.auth import views as auth
from django.urls import URLPattern, path

from pilar.core.middleware import unscoped
from pilar.core.pages import accounts, attachments, audit, grants, jobs, offices, regions, tokens, users

urlpatterns: list[URLPattern] = [
    path("masuk/", unscoped(accounts.SignInView.as_view()), name="login"),
    path("keluar/", unscoped(auth.LogoutView.as_view()), name="logout"),
    path("sandi/", unscoped(accounts.PasswordChangeView.as_view()), name="password_change"),
    path("sandi/tersimpan/", unscoped(auth.PasswordChangeDoneView.as_view()), name="password_change_done"),
    path("sandi/baru/<uidb64>/<token>/", unscoped(accounts.SetPasswordView.as_view()), name="password_reset_confirm"),
    path("sandi/selesai/", unscoped(auth.PasswordResetCompleteView.as_view()), name="password_reset_complete"),
    path("pengguna/", users.UserListView.as_view(), name="user-list"),
    path("pengguna/undang/", users.UserInviteView.as_view(), name="user-invite"),
    path("pengguna/<int:pk>/", users.UserDetailView.as_view(), name="user-detail"),
    path("pengguna/<int:pk>/tautan/", users.UserResetView.as_view(), name="user-reset"),
    path("pengguna/<int:pk>/nonaktif/", users.UserDeactivateView.as_view(), name="user-deactivate"),
    path("pengguna/<int:pk>/wewenang/", grants.GrantCreateView.as_view(), name="grant-create"),
    path("pengguna/<int:pk>/wewenang/<int:grant>/akhiri/", grants.GrantEndView.as_view(), name="grant-end"),
    path("peran/", users.RoleListView.as_view(), name="role-list"),
    path("akun/token/", tokens.TokenListView.as_view(), name="token-list"),
    path("akun/token/baru/", tokens.TokenCreateView.as_view(), name="token-create"),
    path("akun/token/<int:pk>/cabut/", tokens.TokenRevokeView.as_view(), name="token-revoke"),
    path("pekerjaan/", jobs.JobListView.as_view(), name="job-list"),
    path("pekerjaan/<int:pk>/", jobs.JobDetailView.as_view(), name="job-detail"),
    path("pekerjaan/<int:pk>/batal/", jobs.JobCancelView.as_view(), name="job-cancel"),
    path("audit/", audit.AuditListView.as_view(), name="audit-list"),
    path("profil-dinas/", offices.OfficeListView.as_view(), name="office-list"),
    path("profil-dinas/baru/", offices.OfficeCreateView.as_view(), name="office-create"),
    path("lampiran/<int:pk>/", attachments.AttachmentDetailView.as_view(), name="attachment-detail"),
    path("lampiran/<int:pk>/asli/", attachments.AttachmentOriginalView.as_view(), name="attachment-original"),
    path("lampiran/<int:pk>/kecil/", attachments.AttachmentThumbnailView.as_view(), name="attachment-thumbnail"),
    path("lampiran/<int:pk>/tarik/", attachments.AttachmentWithdrawView.as_view(), name="attachment-withdraw"),
    path("wilayah/", regions.RegionSearchView.as_view(), name="region-search"),
]
