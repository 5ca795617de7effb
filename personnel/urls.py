from django.urls import URLPattern, path

from personnel import views

urlpatterns: list[URLPattern] = [
    path("", views.PersonnelListView.as_view(), name="personnel-list"),
    path("baru/", views.PersonnelCreateView.as_view(), name="personnel-create"),
    path("<int:pk>/", views.PersonnelDetailView.as_view(), name="personnel-detail"),
    path("<int:pk>/ubah/", views.PersonnelUpdateView.as_view(), name="personnel-update"),
    path("<int:pk>/nik/", views.PersonnelRevealView.as_view(), name="personnel-reveal"),
    path("<int:pk>/penugasan/", views.AssignmentCreateView.as_view(), name="assignment-create"),
    path("<int:pk>/penugasan/<int:assignment>/akhiri/", views.AssignmentEndView.as_view(), name="assignment-end"),
]
