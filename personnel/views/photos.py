from typing import Any

from django.utils import timezone

from personnel.models import PersonnelPhoto
from personnel.services.photos import personnel_photo_set
from personnel.views.entry import PersonView
from pilar.core.pages.attachments import PhotoForm


class PersonnelPhotoView(PersonView):
    title = "Foto personel"
    form_class = PhotoForm
    done_message = "Foto tersimpan."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "submit_label": "Simpan foto",
            "consequence": "Foto yang lama, bila ada, ditarik. Yang melihatnya hanya yang berwenang membuka data "
            "pribadi.",
        }

    def serve(self, form: PhotoForm) -> PersonnelPhoto:
        return personnel_photo_set(
            actor=self.actor, person=self.person, upload=form.cleaned_data["upload"], now=timezone.now()
        )
