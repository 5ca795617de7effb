from django.urls import include, path

from assistance.urls_caseloads import workload_patterns
from personnel.urls import activity_patterns, allowance_patterns, monthly_patterns, termination_patterns
from personnel.urls_areas import need_patterns
from personnel.views.own import OwnPageView
from pilar.core.styleguide import styleguide

urlpatterns = [
    path("", include("pilar.dashboard.urls")),
    path("", include("pilar.core.urls")),
    path("", include("pilar.reports.urls")),
    path("personel/", include("personnel.urls")),
    path("personel/", include("personnel.urls_areas")),
    path("kegiatan/", include(activity_patterns)),
    path("laporan-bulanan/", include(monthly_patterns)),
    path("saya/", OwnPageView.as_view(), name="own-page"),
    path("tali-asih/", include(allowance_patterns)),
    path("pengakhiran/", include(termination_patterns)),
    path("", include("targets.urls")),
    path("dampingan/", include("assistance.urls_caseloads")),
    path("beban-kerja/", include(workload_patterns)),
    path("kebutuhan/", include(need_patterns)),
    path("", include("assistance.urls")),
    path("api/v1/", include("pilar.api")),
    path("styleguide/", styleguide, name="styleguide"),
]
