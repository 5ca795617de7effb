"""Below /personel/: areas and who answers for them, rules of service, and what is kept beside the service."""

from django.urls import URLPattern, path

from personnel.views import areas, background, needs

urlpatterns: list[URLPattern] = [
    path("penanggung-jawab/", areas.ResponsibleView.as_view(), name="personnel-responsible"),
    path("kekosongan/", areas.VacancyView.as_view(), name="personnel-vacancy"),
    path("aturan-tugas/", areas.ServiceRuleView.as_view(), name="personnel-rules"),
    path("<int:pk>/keluarga/", background.TieView.as_view(), name="personnel-family"),
    path("<int:pk>/keluarga/<int:tie>/akhiri/", background.TieEndView.as_view(), name="personnel-family-end"),
    path("<int:pk>/kompetensi/", background.CompetenceView.as_view(), name="personnel-competence"),
    path(
        "<int:pk>/kompetensi/<int:competence>/akhiri/",
        background.CompetenceEndView.as_view(),
        name="personnel-competence-end",
    ),
]

#: below /kebutuhan/
need_patterns: list[URLPattern] = [
    path("", needs.NeedListView.as_view(), name="need-list"),
    path("baru/", needs.NeedCreateView.as_view(), name="need-create"),
]
