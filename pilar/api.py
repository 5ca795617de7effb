"""The API's address book: each app declares its own routes in `api.py`."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import DefaultRouter

from assistance import api as assistance
from personnel import api as personnel
from pilar.core import api_routes as core
from pilar.core.api import schema  # noqa: F401
from pilar.dashboard import api as dashboard
from pilar.reports import api as reports
from targets import api as targets

router = DefaultRouter()
for app in (core, personnel, targets, assistance, dashboard, reports):
    for prefix, viewset, name in app.ROUTES:
        router.register(prefix, viewset, basename=name)

urlpatterns = [
    path("", include(router.urls)),
    path("skema/", SpectacularAPIView.as_view(), name="api-schema"),
    path("dokumentasi/", SpectacularSwaggerSplitView.as_view(url_name="api-schema"), name="api-docs"),
]
