"""What an uploaded file is told to be, and what is kept of it."""

import struct
import zlib
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from PIL import ExifTags, Image

from pilar.core import media
from tests import factories as make

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + bytes(100)


def png_head(width: int, height: int) -> bytes:
    """A PNG that promises a picture of that size and holds a few bytes of it: what a zip bomb looks like."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")


def refused(content: bytes, name: str, *, photo: bool = True, document: bool = False) -> str:
    with pytest.raises(ValidationError) as found:
        media.prepare(make.make_upload(content, name), photo=photo, document=document)
    return " ".join(found.value.messages)


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (
            make.make_pdf(),
            "kegiatan.jpg",
            "Isi berkas “kegiatan.jpg” adalah dokumen PDF; di sini yang diterima foto JPG",
        ),
        (SVG, "logo.jpg", "adalah gambar SVG, yang dapat membawa program"),
        (b"<!DOCTYPE html><body>", "foto.png", "adalah halaman web (HTML), yang dapat membawa program"),
        (HEIC, "IMG_0001.HEIC", "adalah foto HEIC, yang belum dapat dibuka PILAR"),
        (b"GIF89a" + bytes(50), "gambar.jpg", "adalah gambar GIF"),
        (b"PK\x03\x04" + bytes(50), "laporan.jpg", "adalah berkas Word, Excel, atau ZIP"),
        (b"MZ" + bytes(50), "foto.jpg", "adalah program Windows"),
        (b"halo", "foto.jpg", "adalah berkas yang bukan foto dan bukan PDF"),
        (b"", "foto.jpg", "Berkas “foto.jpg” kosong"),
        (make.make_jpeg()[:-200], "foto.jpg", "Foto “foto.jpg” rusak atau terpotong"),
        (b"\xff\xd8\xff\xe0" + bytes(300), "foto.jpg", "Foto “foto.jpg” rusak atau terpotong"),
        (png_head(40, 40), "gambar.png", "Foto “gambar.png” rusak atau terpotong"),
        (png_head(30_000, 30_000), "bom.png", "Foto “bom.png” terlalu rapat"),
        (png_head(6000, 6000), "bom.png", "6.000 × 6.000 piksel; paling banyak 30 juta piksel"),
        (
            make.make_jpeg() + bytes(20 * media.MB),
            "besar.jpg",
            "Berkas “besar.jpg” sebesar 20,0 MB; paling besar 10 MB",
        ),
    ],
)
def test_a_photo_that_does_not_fit_is_answered_with_which_what_and_why(content, name, said):
    assert said in refused(content, name)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (make.make_jpeg(), "adalah foto JPG; di sini yang diterima dokumen PDF"),
        (b"%PDF-1.4\n1 0 obj", "Dokumen “ba.pdf” terpotong"),
        (make.make_pdf() + bytes(11 * media.MB), "sebesar 11,0 MB; paling besar 10 MB. Pindai ulang"),
        (b"<html>", "halaman web (HTML)"),
    ],
)
def test_a_document_that_does_not_fit_is_answered(content, said):
    assert said in refused(content, "ba.pdf", photo=False, document=True)


def test_where_both_fit_the_sentence_names_both():
    assert "yang diterima foto JPG, PNG, atau WebP atau dokumen PDF" in refused(SVG, "x.svg", document=True)


def kept(content: bytes, name: str = "foto.jpg") -> Image.Image:
    found = media.prepare(make.make_upload(content, name), photo=True, document=False)
    assert found.media_type == "image/jpeg"
    return Image.open(BytesIO(found.content))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_photo_becomes_a_jpeg_of_bounded_size(kind):
    found = kept(make.make_jpeg(width=2400, height=1200, format=kind))
    assert (found.format, found.size) == ("JPEG", (1600, 800))


def test_a_photo_keeps_nothing_but_its_picture():
    exif = Image.Exif()
    exif[ExifTags.Base.Make] = "Kamera Bapak Amir"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (3.0, 47.0, 12.0)
    found = media.prepare(
        make.make_upload(make.make_jpeg(exif=exif, comment=b"rumah Ibu Sari")), photo=True, document=False
    )
    for stored in (found.content, found.thumbnail):
        picture = Image.open(BytesIO(stored))
        assert not picture.getexif()
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
        assert b"Amir" not in stored
        assert b"Sari" not in stored


def test_a_photo_is_turned_as_the_camera_was_held():
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    assert kept(make.make_jpeg(width=80, height=40, exif=exif)).size == (40, 80)


def test_what_is_transparent_becomes_white():
    out = BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(out, "PNG")
    assert kept(out.getvalue(), "x.png").getpixel((5, 5)) == (255, 255, 255)


def test_a_thumbnail_is_small():
    found = media.prepare(make.make_upload(make.make_jpeg(width=2400, height=1200)), photo=True, document=False)
    assert Image.open(BytesIO(found.thumbnail)).size == (320, 160)


def test_a_pdf_is_kept_as_it_came():
    found = media.prepare(make.make_upload(make.make_pdf(), "ba.pdf"), photo=False, document=True)
    assert (found.media_type, found.content, found.thumbnail) == ("application/pdf", make.make_pdf(), b"")


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("C:\\fakepath\\Foto 1.jpg", "Foto 1.jpg"),
        ("../../etc/passwd", "passwd"),
        ("KTP 1771014101900001.jpg", "KTP (NIK).jpg"),
        ("a\x00b\u202e.jpg", "ab.jpg"),
        ("", "tanpa nama"),
    ],
)
def test_a_name_is_only_a_label(given, stored):
    assert media.clean_name(given) == stored
