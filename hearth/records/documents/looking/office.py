"""Word, Excel and OpenDocument: a real container, of a sane size, with no macro in it. Nothing is unpacked but its label."""

import io
import zipfile

from hearth.records.documents.looking.found import INSTEAD, Found, cannot_keep

MOST_PARTS, MOST_UNPACKED, MOST_TIMES, LABEL = 5_000, 300_000_000, 200, 1_000_000
BY_PART = {
    "word/document.xml": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    "xl/workbook.xml": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
}
BY_LABEL = {
    b"application/vnd.oasis.opendocument.text": ("application/vnd.oasis.opendocument.text", "odt"),
    b"application/vnd.oasis.opendocument.spreadsheet": ("application/vnd.oasis.opendocument.spreadsheet", "ods"),
}
MACROS = ("vbaproject.bin", "vbadata.xml", "macrosheets/", "activex/", "basic/", "scripts/")


def look(content: bytes) -> Found | None:
    """A document or workbook of today's Office or of OpenDocument; nothing for any other archive."""
    if not content.startswith(b"PK"):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            kind = _kind(archive)
            if kind is not None:
                _must_be_safe(archive)
            return Found(*kind, content) if kind else None
    # What zipfile raises for what it cannot read: a packing it does not know, a password, a cut, an impossible length.
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError) as fault:
        raise cannot_keep(
            "damaged", "This file is cut off or damaged. Send it again from where it was made."
        ) from fault


def _kind(archive: zipfile.ZipFile) -> tuple[str, str] | None:
    names = set(archive.namelist())
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in BY_PART.items() if part in names), None)
    return BY_LABEL.get(_start(archive, "mimetype").strip()) if {"mimetype", "content.xml"} <= names else None


def _start(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as part:
        return part.read(LABEL)


def _must_be_safe(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or unpacked > MOST_TIMES * max(packed, 1):
        raise cannot_keep("too_much_inside", f"This file would unpack to far more than it says. {INSTEAD}")
    if any(part.flag_bits & 1 for part in parts):
        raise cannot_keep("password", f"This file is protected by a password. {INSTEAD}")
    names = [part.filename.lower() for part in parts]
    labels = _start(archive, "[Content_Types].xml").lower() if "[content_types].xml" in names else b""
    if b"macroenabled" in labels or any(macro in name for name in names for macro in MACROS):
        raise cannot_keep("macros", f"This file holds macros, which are programs. {INSTEAD}")
