from django.urls import URLPattern, path

from assistance.views import batches, decree_detail, decrees, graduations, lines, participations, steps

urlpatterns: list[URLPattern] = [
    path("penyaluran/", batches.BatchListView.as_view(), name="batch-list"),
    path("penyaluran/baru/", batches.BatchCreateView.as_view(), name="batch-create"),
    path("penyaluran/<int:pk>/", batches.BatchDetailView.as_view(), name="batch-detail"),
    path("penyaluran/<int:batch>/baris/cari/", lines.LineFindView.as_view(), name="disbursement-find"),
    path("penyaluran/<int:batch>/baris/baru/", lines.LineCreateView.as_view(), name="disbursement-create"),
    path("penyaluran/<int:batch>/baris/<int:line>/", lines.LineDetailView.as_view(), name="disbursement-detail"),
    path("penyaluran/<int:batch>/baris/<int:line>/<slug:act>/", steps.LineActView.as_view(), name="disbursement-act"),
    path("sk/", decrees.DecreeListView.as_view(), name="decree-list"),
    path("sk/baru/", decrees.DecreeCreateView.as_view(), name="decree-create"),
    path("sk/<int:pk>/", decree_detail.DecreeDetailView.as_view(), name="decree-detail"),
    path("sk/<int:pk>/nama/<int:participation>/keluarkan/", decrees.DecreeRemoveView.as_view(), name="decree-remove"),
    path("sk/<int:pk>/<slug:act>/", decrees.DecreeActView.as_view(), name="decree-act"),
    path("kepesertaan/", participations.ParticipationListView.as_view(), name="participation-list"),
    path("kepesertaan/<int:pk>/", participations.ParticipationDetailView.as_view(), name="participation-detail"),
    path("kepesertaan/<int:pk>/<slug:act>/", participations.ParticipationActView.as_view(), name="participation-act"),
    path("graduasi/", graduations.GraduationListView.as_view(), name="graduation-list"),
    path("graduasi/cari/", graduations.GraduationFindView.as_view(), name="graduation-find"),
    path("graduasi/baru/", graduations.GraduationCreateView.as_view(), name="graduation-create"),
    path("graduasi/<int:pk>/batal/", graduations.GraduationCancelView.as_view(), name="graduation-cancel"),
]
