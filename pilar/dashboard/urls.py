from django.urls import URLPattern, path

from pilar.dashboard import map_views, peer_views, row_views, views

urlpatterns: list[URLPattern] = [
    path("", views.HomeView.as_view(), name="home"),
    path("dasbor/<int:year>/<str:region>/", views.DashboardView.as_view(), name="dashboard"),
    path("dasbor/<int:year>/<str:region>/hitung-ulang/", views.RebuildView.as_view(), name="rollup-start"),
    path("dasbor/<int:year>/<str:region>/peta-kini/", map_views.TodayMapView.as_view(), name="dashboard-today-map"),
    path("dasbor/<int:year>/<str:region>/sejenis/", peer_views.PeersView.as_view(), name="dashboard-peers"),
    path(
        "dasbor/<int:year>/<str:region>/baris/<str:indicator>/<int:breakdown>/",
        row_views.RowsView.as_view(),
        name="dashboard-rows",
    ),
    path(
        "dasbor/<int:year>/orang/<int:person>/<str:indicator>/",
        row_views.PersonalRowsView.as_view(),
        name="dashboard-person-rows",
    ),
]
