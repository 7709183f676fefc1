"""Plain text and rich text: shown as they are, and never as a page that a browser would run."""

import codecs
import re

from hearth.records.documents.looking.found import INSTEAD, Found, cannot_keep

BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
NOT_TYPED = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
PAGE = re.compile(r"\s*(<!--.*?-->\s*)*<(!doctype|\?xml|html|head|body|svg|script|iframe|meta|math|xsl)", re.DOTALL)
OBJECTS = re.compile(rb"\\(object|objdata|objupdate|objautlink)\b")


def look(content: bytes) -> Found | None:
    """Text that somebody could have typed."""
    if content.startswith(b"{\\rt"):
        return _rich(content)
    words = _words(content)
    if words is None or not words.strip() or words.startswith("#!"):
        return None
    if PAGE.match(words.lower()):
        raise cannot_keep(
            "web_page", f"This is a web page or a drawing in code, which could run in a browser. {INSTEAD}"
        )
    return Found("text/plain", "txt", words.encode())


def _rich(content: bytes) -> Found:
    if OBJECTS.search(content):
        raise cannot_keep("active", f"This file holds another file inside it. {INSTEAD}")
    if not content.rstrip(b"\x00\r\n ").endswith(b"}"):
        raise cannot_keep("cut_off", "This file is cut off: its end is missing. Send it again from where it was made.")
    return Found("application/rtf", "rtf", content)


def _words(content: bytes) -> str | None:
    encoding = next((name for bom, name in BOMS if content.startswith(bom)), "")
    for each in (encoding,) if encoding else ("utf-8", "cp1252"):
        try:
            words = content.decode(each)
        except UnicodeDecodeError:
            continue
        return None if NOT_TYPED.search(words) else words
    return None
