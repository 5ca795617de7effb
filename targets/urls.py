from django.urls import URLPattern, path

from targets.views import (
    allocation,
    approval,
    basedata,
    freezes,
    plan,
    published,
    sheet,
    waiting,
    warnings,
    workplan,
    workplan_acts,
)

PLACE = "langkah/<int:year>/<str:region>/"

urlpatterns: list[URLPattern] = [
    path(PLACE, workplan.WorkPlanView.as_view(), name="workplan-detail"),
    path(f"{PLACE}baru/", workplan_acts.WorkPlanCreateView.as_view(), name="workplan-create"),
    path(f"{PLACE}ubah/", workplan_acts.WorkPlanWriteView.as_view(), name="workplan-write"),
    path(f"{PLACE}versi-baru/", workplan_acts.WorkPlanRenewView.as_view(), name="workplan-renew"),
    path(f"{PLACE}sepakat/<str:party>/", workplan_acts.WorkPlanAgreeView.as_view(), name="workplan-agree"),
    path(f"{PLACE}tambah/", workplan_acts.WorkStepAddView.as_view(), name="workplan-step-add"),
    path(f"{PLACE}<int:pk>/ubah/", workplan_acts.WorkStepChangeView.as_view(), name="workplan-step-change"),
    path(f"{PLACE}<int:pk>/hapus/", workplan_acts.WorkStepRemoveView.as_view(), name="workplan-step-remove"),
    path(f"{PLACE}<int:pk>/<str:then>/", workplan_acts.WorkStepMoveView.as_view(), name="workplan-step-move"),
    path("peringatan/<str:region>/", warnings.WarningView.as_view(), name="warning-list"),
    path("target/<int:year>/<str:region>/", plan.TargetListView.as_view(), name="target-list"),
    path("target/<int:year>/<str:region>/baru/", plan.TargetCreateView.as_view(), name="target-create"),
    path("target/<int:year>/<str:region>/orang/", plan.PersonSearchView.as_view(), name="target-person"),
    path("target/<int:year>/<str:region>/menunggu/", waiting.WaitingListView.as_view(), name="target-waiting"),
    path("target/<int:year>/<str:region>/menunggu/putuskan/", waiting.DecideManyView.as_view(), name="target-decide"),
    path("target/<int:year>/<str:region>/pembekuan/", freezes.FreezeListView.as_view(), name="target-freeze-list"),
    path(
        "target/<int:year>/<str:region>/pembekuan/baru/",
        freezes.FreezeCreateView.as_view(),
        name="target-freeze-create",
    ),
    path("target/pembekuan/<int:pk>/cabut/", freezes.FreezeLiftView.as_view(), name="target-freeze-lift"),
    path("target/pembekuan/<int:pk>/pengecualian/", freezes.FreezeExceptView.as_view(), name="target-freeze-except"),
    path("target/<int:year>/<str:region>/lembar/", sheet.SheetView.as_view(), name="target-sheet"),
    path("target/versi/<int:pk>/", approval.TargetDetailView.as_view(), name="target-detail"),
    path("target/versi/<int:pk>/alokasi/", allocation.AllocationView.as_view(), name="target-allocation"),
    path("target/versi/<int:pk>/<str:act>/", approval.TargetActView.as_view(), name="target-act"),
    path("target/data-dasar/", basedata.BaseFigureListView.as_view(), name="target-base-list"),
    path("target/data-dasar/<str:region>/isi/", basedata.BaseFillView.as_view(), name="target-base-fill"),
    path("angka-rilis/", published.PublishedListView.as_view(), name="published-list"),
    path("angka-rilis/baru/", published.PublishedCreateView.as_view(), name="published-create"),
    path("angka-rilis/<int:pk>/", published.PublishedDetailView.as_view(), name="published-detail"),
]
