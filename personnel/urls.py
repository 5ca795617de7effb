from django.urls import URLPattern, path

from personnel.views import (
    activities,
    activity_entry,
    allowance_act,
    allowances,
    bank,
    conduct,
    employment,
    entry,
    monthly,
    own,
    photos,
    terminations,
)
from personnel.views import people as views

urlpatterns: list[URLPattern] = [
    path("", views.PersonnelListView.as_view(), name="personnel-list"),
    path("baru/", entry.PersonnelCreateView.as_view(), name="personnel-create"),
    path("<int:pk>/", views.PersonnelDetailView.as_view(), name="personnel-detail"),
    path("<int:pk>/ubah/", entry.PersonnelUpdateView.as_view(), name="personnel-update"),
    path("<int:pk>/status-kepegawaian/", employment.EmploymentView.as_view(), name="personnel-employment"),
    path("<int:pk>/rekening/", bank.AccountView.as_view(), name="personnel-account"),
    path("<int:pk>/rekening/lihat/", views.AccountRevealView.as_view(), name="personnel-account-reveal"),
    path("<int:pk>/foto/", photos.PersonnelPhotoView.as_view(), name="personnel-photo"),
    path("<int:pk>/akun/", own.MemberAccountView.as_view(), name="member-account"),
    path("<int:pk>/nik/", views.PersonnelRevealView.as_view(), name="personnel-reveal"),
    path("<int:pk>/penugasan/", entry.AssignmentCreateView.as_view(), name="assignment-create"),
    path("<int:pk>/penugasan/<int:assignment>/akhiri/", entry.AssignmentEndView.as_view(), name="assignment-end"),
    path(
        "<int:pk>/penugasan/<int:assignment>/usulkan-pengakhiran/",
        terminations.TerminationCreateView.as_view(),
        name="termination-create",
    ),
    path("<int:pk>/penugasan/<int:assignment>/disiplin/", conduct.SanctionCreateView.as_view(), name="sanction-create"),
    path("<int:pk>/disiplin/<int:sanction>/cabut/", conduct.SanctionWithdrawView.as_view(), name="sanction-withdraw"),
]

#: below /pengakhiran/
termination_patterns: list[URLPattern] = [
    path("", terminations.TerminationListView.as_view(), name="termination-list"),
    path("<int:pk>/", terminations.TerminationDetailView.as_view(), name="termination-detail"),
    path("<int:pk>/<slug:act>/", terminations.TerminationActView.as_view(), name="termination-act"),
]

#: below /tali-asih/
allowance_patterns: list[URLPattern] = [
    path("", allowances.AllowanceListView.as_view(), name="allowance-list"),
    path("baru/", allowances.AllowanceCreateView.as_view(), name="allowance-create"),
    path("<int:pk>/", allowances.AllowanceDetailView.as_view(), name="allowance-detail"),
    path("<int:pk>/<slug:act>/", allowance_act.AllowanceActView.as_view(), name="allowance-act"),
    path("<int:pk>/<int:line>/<slug:act>/", allowance_act.AllowanceLineActView.as_view(), name="allowance-line-act"),
]

#: below /kegiatan/
activity_patterns: list[URLPattern] = [
    path("", activities.ActivityListView.as_view(), name="activity-list"),
    path("baru/", activity_entry.ActivityStartView.as_view(), name="activity-start"),
    path("baru/<int:person>/", activity_entry.ActivityKindsView.as_view(), name="activity-kinds"),
    path(
        "baru/<int:person>/<slug:pillar>/<slug:kind>/",
        activity_entry.ActivityCreateView.as_view(),
        name="activity-create",
    ),
    path("<int:pk>/", activities.ActivityDetailView.as_view(), name="activity-detail"),
    path("<int:pk>/ubah/", activity_entry.ActivityUpdateView.as_view(), name="activity-update"),
    path("<int:pk>/foto/", activity_entry.ActivityPhotoView.as_view(), name="activity-photo"),
    path("<int:pk>/<slug:act>/", activities.ActivityActView.as_view(), name="activity-act"),
]

#: below /laporan-bulanan/
monthly_patterns: list[URLPattern] = [
    path("", monthly.MonthlyReportListView.as_view(), name="monthlyreport-list"),
    path("baru/<int:person>/", monthly.MonthlyReportCreateView.as_view(), name="monthlyreport-create"),
    path("<int:pk>/", monthly.MonthlyReportDetailView.as_view(), name="monthlyreport-detail"),
    path("<int:pk>/pdf/", monthly.MonthlyReportPaperView.as_view(), name="monthlyreport-paper"),
    path("<int:pk>/<slug:act>/", monthly.MonthlyReportActView.as_view(), name="monthlyreport-act"),
]
