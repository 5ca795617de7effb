from django.urls import URLPattern, path

from pilar.reports import views

urlpatterns: list[URLPattern] = [
    path("laporan/", views.ReportChooseView.as_view(), name="report-choose"),
    path("laporan/<int:year>/<str:region>/<slug:kind>/", views.ReportView.as_view(), name="report"),
    path(
        "laporan/<int:year>/<str:region>/<slug:kind>/<slug:file>/", views.ReportFileView.as_view(), name="report-file"
    ),
]
