"""Below /personel/: areas and who answers for them, and the rules of service."""

from django.urls import URLPattern, path

from personnel.views import areas

urlpatterns: list[URLPattern] = [
    path("penanggung-jawab/", areas.ResponsibleView.as_view(), name="personnel-responsible"),
    path("kekosongan/", areas.VacancyView.as_view(), name="personnel-vacancy"),
    path("aturan-tugas/", areas.ServiceRuleView.as_view(), name="personnel-rules"),
]
