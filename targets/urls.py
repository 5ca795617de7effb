from django.urls import URLPattern, path

from targets import views

urlpatterns: list[URLPattern] = [
    path("target/<int:year>/<str:region>/", views.TargetListView.as_view(), name="target-list"),
    path("target/<int:year>/<str:region>/baru/", views.TargetCreateView.as_view(), name="target-create"),
    path("target/<int:year>/<str:region>/orang/", views.PersonSearchView.as_view(), name="target-person"),
    path("angka-rilis/", views.PublishedListView.as_view(), name="published-list"),
    path("angka-rilis/<int:pk>/", views.PublishedDetailView.as_view(), name="published-detail"),
]
