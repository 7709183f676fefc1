"""PDF: whole, without a password, and doing nothing by itself."""

import re
import zlib

from hearth.records.documents.looking.found import Found, cannot_keep

HEAD, TAIL = 1024, 2048
MOST_INFLATED = 32_000_000  # bytes of packed objects that are looked through
ESCAPED = re.compile(rb"#([0-9a-fA-F]{2})")
OBJECTS = re.compile(rb"/ObjStm\b.{0,400}?stream\r?\n", re.DOTALL)
# What makes a PDF do something rather than show something. A name may be written with escapes: they are undone first.
ACTIVE = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA|SubmitForm|ImportData|Movie|Sound|GoToE)\b")
PRINT_IT = "Open it, print it to a new PDF, and add that."


def look(content: bytes) -> Found | None:
    """A PDF."""
    if b"%PDF-" not in content[:HEAD]:
        return None
    if b"%%EOF" not in content[-TAIL:]:
        raise cannot_keep("cut_off", "This PDF is cut off: its end is missing. Send it again from where it was made.")
    if re.search(rb"/Encrypt\b", content):
        raise cannot_keep(
            "password", f"This PDF is protected by a password, so nobody else could be sure of opening it. {PRINT_IT}"
        )
    if any(ACTIVE.search(_plain(part)) for part in (content, *_packed(content))):
        raise cannot_keep("active", f"This PDF holds a program, a form that sends, or other files. {PRINT_IT}")
    return Found("application/pdf", "pdf", content)


def _plain(part: bytes) -> bytes:
    return ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), part)


def _packed(content: bytes) -> list[bytes]:
    """Streams that hold other objects, unpacked: what they say counts as if it stood in the file."""
    room, parts = MOST_INFLATED, []
    for found in OBJECTS.finditer(content):
        try:
            part = zlib.decompressobj().decompress(content[found.end() :], room)
        except zlib.error:
            part = content[found.end() : found.end() + TAIL]  # not packed, or in a way that no writer of today uses
        room -= len(part)
        parts.append(part)
        if room <= 0:
            raise cannot_keep("too_much_inside", f"This PDF holds more than can be checked. {PRINT_IT}")
    return parts
