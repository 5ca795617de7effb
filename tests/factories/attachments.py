"""Files as people upload them, and attachments made of them."""

from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from assistance.models import ProofRule
from personnel.models import Personnel, PersonnelPhoto
from pilar.core.attachments import attachment_store
from pilar.core.models import Attachment, Programme, User


def make_jpeg(*, width: int = 64, height: int = 48, colour: str = "teal", noise: bool = False, **saved) -> bytes:
    """`saved` goes to Pillow: exif, comment, and format for another one. Noise makes it as large as a real photo."""
    out = BytesIO()
    picture = Image.effect_noise((width, height), 60) if noise else Image.new("RGB", (width, height), colour)
    picture.save(out, **{"format": "JPEG", **saved})
    return out.getvalue()


def make_pdf() -> bytes:
    return b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


def make_upload(content: bytes | None = None, name: str = "foto.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, make_jpeg() if content is None else content)


def make_portrait(person: Personnel, *, by: User, upload: SimpleUploadedFile | None = None) -> Attachment:
    link = PersonnelPhoto(person=person)
    return attachment_store(actor=by, upload=upload or make_upload(), link=link, region=person.region_id)


def make_proof_rule(*, programme: str = "YAPI", of: str = "baris", document: str = "foto", **fields) -> ProofRule:
    return ProofRule.objects.create(
        programme=Programme.objects.get(code=programme),
        of=of,
        document=document,
        **{"valid_from": date(2024, 1, 1), "source": "Surat Dirjen Rehsos 12/2023", **fields},
    )
