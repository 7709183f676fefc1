"""Files that are not kept, known by how they begin, so that the sentence can say what to do instead."""

from hearth.foundation.core.refusals import Refused
from hearth.records.documents.looking.found import INSTEAD, cannot_keep

KEPT = "We keep PDF, JPEG, PNG, GIF, WebP, Word (.docx), Excel (.xlsx), OpenDocument, RTF and plain text."
# (where the signature stands, the signature, what it is, what to do)
PROGRAM = f"This file is not the kind its name says. {KEPT}"
ARCHIVE = "This is an archive of files. Take them out and add each one."
OLD_OFFICE = f"This is a file of an older Office, or one with a password, which may hide what it does. {INSTEAD}"
HEIC = "This picture is in HEIC, which not everybody can open. Save it as JPEG and add that."
SOUND = "Sound and film are not kept here. Say in a note where the recording is."
SIGNATURES = (
    (0, b"MZ", "program", PROGRAM),
    (0, b"\x7fELF", "program", PROGRAM),
    (0, b"\xca\xfe\xba\xbe", "program", PROGRAM),
    (0, b"\xcf\xfa\xed\xfe", "program", PROGRAM),
    (0, b"#!", "program", PROGRAM),
    (0, b"PK", "archive", ARCHIVE),
    (0, b"Rar!", "archive", ARCHIVE),
    (0, b"7z\xbc\xaf", "archive", ARCHIVE),
    (0, b"\x1f\x8b", "archive", ARCHIVE),
    (0, b"BZh", "archive", ARCHIVE),
    (0, b"\xfd7zXZ", "archive", ARCHIVE),
    (257, b"ustar", "archive", ARCHIVE),
    (0, b"\xd0\xcf\x11\xe0", "old_office", OLD_OFFICE),
    (4, b"ftyphei", "heic", HEIC),
    (4, b"ftyphev", "heic", HEIC),
    (4, b"ftypmif1", "heic", HEIC),
    (4, b"ftypmsf1", "heic", HEIC),
    (4, b"ftypavif", "heic", "This picture is in AVIF, which not everybody can open. Save it as JPEG and add that."),
    (0, b"II*\x00", "tiff", f"This picture is in TIFF, which browsers cannot show. {INSTEAD}"),
    (0, b"MM\x00*", "tiff", f"This picture is in TIFF, which browsers cannot show. {INSTEAD}"),
    (0, b"BM", "bitmap", "This picture is a bitmap. Save it as PNG or JPEG and add that."),
    (4, b"ftyp", "sound", SOUND),
    (0, b"ID3", "sound", SOUND),
    (0, b"RIFF", "sound", SOUND),
    (0, b"OggS", "sound", SOUND),
    (0, b"\x1aE\xdf\xa3", "sound", SOUND),
)


def named_by_signature(content: bytes) -> Refused:
    """Why something that is none of what we keep is refused."""
    for place, signature, code, sentence in SIGNATURES:
        if content.startswith(signature, place):
            return cannot_keep(code, sentence)
    return cannot_keep("unknown", f"We cannot tell what this file is. {KEPT}")
