"""Below /dampingan/."""

from django.urls import URLPattern, path

from assistance.views import caseloads, workload

urlpatterns: list[URLPattern] = [
    path("", caseloads.CaseloadListView.as_view(), name="caseload-list"),
    path("<int:pk>/", caseloads.CaseloadDetailView.as_view(), name="caseload-detail"),
    path("<int:pk>/tambah/", caseloads.CaseloadCreateView.as_view(), name="caseload-create"),
    path("<int:pk>/serahkan/", caseloads.HandOverView.as_view(), name="caseload-handover"),
    path("<int:pk>/<int:caseload>/akhiri/", caseloads.CaseloadEndView.as_view(), name="caseload-end"),
]

#: below /beban-kerja/
workload_patterns: list[URLPattern] = [path("", workload.WorkloadView.as_view(), name="workload")]
