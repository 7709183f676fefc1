"""Files for tests: real ones, made here."""

import io
import zipfile
import zlib
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

GPS = 0x8825


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (60, 40), colour: str = "teal", **more: Any) -> bytes:
    """A picture; `more` goes to its writer."""
    written = io.BytesIO()
    Image.new("RGB", size, colour).save(written, kind, **more)
    return written.getvalue()


def telephones(kind: str = "JPEG", way_up: int = 6) -> bytes:
    """A picture as a telephone takes it: which way up, whose, and where (53.79 north, 2.24 west)."""
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x013B] = way_up, "Pineapple", "Kelly Ashworth"
    exif.get_ifd(GPS).update({1: "N", 2: (53.0, 47.0, 24.0), 3: "W", 4: (2.0, 14.0, 24.0)})
    return picture(kind, exif=exif)


def pdf(inside: bytes = b"", *, packed: bytes = b"") -> bytes:
    """A small PDF that says nothing; `inside` is put among its objects, `packed` in a stream of objects."""
    body = (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R"
        + inside
        + b">>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    )
    if packed:
        stream = zlib.compress(packed)
        body += (
            b"3 0 obj<</Type/ObjStm/Filter/FlateDecode/Length %d>>stream\r\n" % len(stream)
            + stream
            + b"\nendstream endobj\n"
        )
    return body + b"trailer<</Root 1 0 R>>\nstartxref\n9\n%%EOF\n"


def archive(parts: dict[str, bytes | str]) -> bytes:
    """A zip with these files."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return written.getvalue()


def docx(**more: bytes | str) -> bytes:
    """What Word writes, as far as anybody looks; `more` parts are named with two underscores for a stroke."""
    types = '<Types><Override PartName="/word/document.xml" ContentType="application/vnd.ms-word.document"/></Types>'
    extra = {name.replace("__", "/").replace("_dot_", "."): content for name, content in more.items()}
    return archive({"[Content_Types].xml": types, "word/document.xml": "<w:document/>", **extra})


def odt(**more: bytes | str) -> bytes:
    """What LibreOffice writes."""
    label = "application/vnd.oasis.opendocument.text"
    return archive({"mimetype": label, "content.xml": "<office/>"} | {n.replace("__", "/"): c for n, c in more.items()})


def upload(content: bytes | None = None, name: str = "letter.pdf") -> SimpleUploadedFile:
    """A file as it arrives with a form."""
    return SimpleUploadedFile(name, pdf() if content is None else content, content_type="text/html")


def a_document(content: bytes | None = None, name: str = "letter.pdf", **more: Any) -> dict[str, Any]:
    """What a form of a document sends."""
    return {"file": upload(content, name), "kind": "letter", **more}
