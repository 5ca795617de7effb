from django.urls import URLPattern, path

from assistance.views import batches, graduations, lines, steps

urlpatterns: list[URLPattern] = [
    path("penyaluran/", batches.BatchListView.as_view(), name="batch-list"),
    path("penyaluran/baru/", batches.BatchCreateView.as_view(), name="batch-create"),
    path("penyaluran/<int:pk>/", batches.BatchDetailView.as_view(), name="batch-detail"),
    path("penyaluran/<int:batch>/baris/cari/", lines.LineFindView.as_view(), name="disbursement-find"),
    path("penyaluran/<int:batch>/baris/baru/", lines.LineCreateView.as_view(), name="disbursement-create"),
    path("penyaluran/<int:batch>/baris/<int:line>/", lines.LineDetailView.as_view(), name="disbursement-detail"),
    path("penyaluran/<int:batch>/baris/<int:line>/<slug:act>/", steps.LineActView.as_view(), name="disbursement-act"),
    path("graduasi/", graduations.GraduationListView.as_view(), name="graduation-list"),
    path("graduasi/cari/", graduations.GraduationFindView.as_view(), name="graduation-find"),
    path("graduasi/baru/", graduations.GraduationCreateView.as_view(), name="graduation-create"),
    path("graduasi/<int:pk>/batal/", graduations.GraduationCancelView.as_view(), name="graduation-cancel"),
]
