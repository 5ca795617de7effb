"""What an uploaded file really is, told by its content, and the bytes that PILAR keeps of it.

A photo is decoded within bounds and written anew: turned upright, at most `LONGEST` pixels, without any metadata.
Nothing of an uploaded image reaches a reader as it came.
"""

import hashlib
import re
import struct
from dataclasses import dataclass
from io import BytesIO
from threading import Lock
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image, ImageOps

from pilar.core.formatting import angka

MB = 1024 * 1024
MAX_BYTES = 10 * MB
MAX_PIXELS = 30_000_000  # decoded: 120 MB for a moment; a phone's usual 12 million are 48 MB
LONGEST, THUMBNAIL = 1600, 320
QUALITY = 82
#: one photo at a time is decoded in a process, so that its threads together need no more memory than one
_DECODING = Lock()
HEAD, TAIL = 1024, 2048
JPEG, PDF = "image/jpeg", "application/pdf"
PHOTO_FORMATS = {"JPEG": "foto JPG", "PNG": "gambar PNG", "WEBP": "gambar WebP"}
#: what Pillow raises for damaged files, by format and place of the damage
DAMAGED = (OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, struct.error)

_SIGNATURES = (
    (0, b"\xff\xd8\xff", "JPEG"),
    (0, b"\x89PNG\r\n\x1a\n", "PNG"),
    (8, b"WEBP", "WEBP"),
    (0, b"%PDF-", "PDF"),
    (0, b"GIF8", "gambar GIF"),
    (0, b"BM", "gambar BMP"),
    (0, b"II*\x00", "gambar TIFF"),
    (0, b"MM\x00*", "gambar TIFF"),
    (0, b"PK\x03\x04", "berkas Word, Excel, atau ZIP"),
    (0, b"\xd0\xcf\x11\xe0", "berkas Word atau Excel lama"),
    (0, b"Rar!", "arsip RAR"),
    (0, b"MZ", "program Windows"),
    (0, b"\x7fELF", "program Linux"),
)
_HEIF = re.compile(rb"^....ftyp(heic|heix|hevc|heim|heis|mif1|msf1|avif)", re.DOTALL)
_FILM = re.compile(rb"^....ftyp", re.DOTALL)
_NIK = re.compile(r"\d{16}")


@dataclass(frozen=True)
class Prepared:
    """What is kept. `digest` is the SHA-256 in hex of the file as it came, by which the same file is known again."""

    digest: str
    media_type: str
    content: bytes
    thumbnail: bytes


def clean_name(name: str) -> str:
    """The file's name as its owner knows it, without a folder, on one line; a NIK in it is left out."""
    last = name.replace("\\", "/").rpartition("/")[2]
    said = " ".join("".join(c for c in last if c.isprintable()).split())
    return _NIK.sub("(NIK)", said)[-120:] or "tanpa nama"


def prepare(upload: "UploadedFile[Any]", *, photo: bool, document: bool) -> Prepared:
    """Reads the upload once within bounds.

    Args:
        photo, document: what fits here; a PDF under the name of a photo is a PDF.
    Raises ValidationError with one sentence: which file, what it is, which rule, what to do.
    """
    name, size = clean_name(upload.name or ""), upload.size or 0
    if not size:
        raise _refused("kosong", f"Berkas “{name}” kosong. Pilih berkas yang berisi, lalu unggah lagi.")
    upload.seek(0)
    kind = kind_of(upload.read(HEAD))
    _require_wanted(name, kind, photo=photo, document=document)
    if size > MAX_BYTES:
        raise _too_big(name, size, kind)
    upload.seek(0)
    digest = hashlib.sha256()
    for block in upload.chunks():
        digest.update(block)
    upload.seek(0)
    if kind == "PDF":
        return Prepared(digest.hexdigest(), PDF, _whole_pdf(name, upload.read()), b"")
    content, thumbnail = photo_bytes(name, upload)
    return Prepared(digest.hexdigest(), JPEG, content, thumbnail)


def kind_of(head: bytes) -> str:
    """A format that PILAR keeps (JPEG, PNG, WEBP, PDF), or what to call the rest."""
    for at, signature, kind in _SIGNATURES:
        if head.startswith(signature, at):
            return kind
    if _HEIF.match(head):
        return "HEIC"
    if _FILM.match(head):
        return "film atau rekaman"
    return _kind_of_text(head)


def _kind_of_text(head: bytes) -> str:
    text = head.removeprefix(b"\xef\xbb\xbf").replace(b"\x00", b"").lstrip().lower()
    if b"<svg" in text:
        return "SVG"
    if text.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script", b"<!--")):
        return "HTML"
    if text.startswith(b"<"):
        return "berkas XML"
    return "berkas yang bukan foto dan bukan PDF"


def _require_wanted(name: str, kind: str, *, photo: bool, document: bool) -> None:
    if (photo and kind in PHOTO_FORMATS) or (document and kind == "PDF"):
        return
    wanted = " atau ".join(["foto JPG, PNG, atau WebP"] * photo + ["dokumen PDF"] * document)
    if kind == "HEIC":
        raise _refused(
            "jenis",
            f"Berkas “{name}” adalah foto HEIC, yang belum dapat dibuka PILAR; yang diterima {wanted}. Di iPhone pilih "
            "Pengaturan › Kamera › Format › Paling Kompatibel, atau simpan ulang sebagai JPG, lalu unggah lagi.",
        )
    what = {
        "SVG": "gambar SVG, yang dapat membawa program",
        "HTML": "halaman web (HTML), yang dapat membawa program",
        "PDF": "dokumen PDF",
    }.get(kind, PHOTO_FORMATS.get(kind, kind))
    raise _refused(
        "jenis",
        f"Isi berkas “{name}” adalah {what}; di sini yang diterima {wanted}. Isi yang menentukan, bukan nama berkas: "
        "mengganti akhiran nama tidak menolong. Pilih berkas lain, atau simpan ulang dalam bentuk itu.",
    )


def _too_big(name: str, size: int, kind: str) -> ValidationError:
    smaller = (
        "Pindai ulang dengan 150 dpi hitam-putih, atau pecah menjadi beberapa berkas"
        if kind == "PDF"
        else "Potret ulang dengan ukuran lebih kecil, atau kirim dahulu lewat WhatsApp ke diri sendiri"
    )
    return _refused(
        "ukuran",
        f"Berkas “{name}” sebesar {_mb(size)} MB; paling besar {MAX_BYTES // MB} MB. {smaller}, lalu unggah lagi. "
        "Batas ini tidak dapat dikecualikan.",
    )


def _mb(size: int) -> str:
    return f"{size / MB:.1f}".replace(".", ",")


def _whole_pdf(name: str, content: bytes) -> bytes:
    if b"%%EOF" not in content[-TAIL:]:
        raise _refused(
            "rusak",
            f"Dokumen “{name}” terpotong: akhir PDF-nya tidak ada. Buka dahulu di perangkat Anda; bila tidak terbuka, "
            "minta atau pindai ulang, lalu unggah lagi.",
        )
    return content


def photo_bytes(name: str, file: IO[bytes]) -> tuple[bytes, bytes]:
    """The photo and its thumbnail as JPEG. The size is asked of the head, before a pixel is decoded."""
    try:
        with _DECODING, Image.open(file, formats=tuple(PHOTO_FORMATS)) as found:
            _require_pixels(name, *found.size)
            found.draft("RGB", (LONGEST, LONGEST))  # a JPEG is decoded no finer than needed
            upright = _upright(found)
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(name) from error
    except DAMAGED as error:
        raise _refused(
            "rusak",
            f"Foto “{name}” rusak atau terpotong, sehingga tidak terbaca sampai akhir. Buka dahulu di perangkat Anda; "
            "bila memang rusak, potret atau minta kirim ulang, lalu unggah lagi.",
        ) from error
    small = upright.copy()
    small.thumbnail((THUMBNAIL, THUMBNAIL))
    return _jpeg(upright), _jpeg(small)


def _upright(found: Image.Image) -> Image.Image:
    """The picture alone: scaled, turned as the camera was held, on white where it is transparent."""
    found.thumbnail((LONGEST, LONGEST))
    turned = ImageOps.exif_transpose(found)
    seen = turned.convert("RGBA") if turned.has_transparency_data else turned.convert("RGB")
    plain = Image.new("RGB", seen.size, "white")
    plain.paste(seen, mask=seen.getchannel("A") if seen.mode == "RGBA" else None)
    return plain


def _jpeg(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _require_pixels(name: str, width: int, height: int) -> None:
    if width * height > MAX_PIXELS:
        raise _too_many_pixels(name, f" {angka(width)} × {angka(height)} piksel;")


def _too_many_pixels(name: str, size: str = "") -> ValidationError:
    return _refused(
        "piksel",
        f"Foto “{name}” terlalu rapat:{size} paling banyak {MAX_PIXELS // 1_000_000} juta piksel. Setel kamera ke "
        "12 MP, atau perkecil gambarnya, lalu unggah lagi. Batas ini tidak dapat dikecualikan.",
    )


def _refused(rule: str, sentence: str) -> ValidationError:
    return ValidationError(sentence, code=rule)
