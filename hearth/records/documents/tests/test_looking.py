"""What a file is, is decided by looking inside, and whoever sends it is told in a sentence what to do instead."""

import io
import struct
import time
import zipfile
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from hearth.foundation.core.refusals import Refused
from hearth.records.documents.looking import look, shown_name
from hearth.records.documents.tests.files import GPS, archive, docx, odt, pdf, picture, telephones

XLSX = archive({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<workbook/>"})


@pytest.mark.parametrize(
    ("content", "media_type", "ending"),
    [
        (pdf(), "application/pdf", "pdf"),
        (b"\xef\xbb\xbf" + pdf(), "application/pdf", "pdf"),
        (picture("JPEG"), "image/jpeg", "jpg"),
        (picture("PNG"), "image/png", "png"),
        (picture("GIF"), "image/gif", "gif"),
        (picture("WEBP"), "image/webp", "webp"),
        (docx(), "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
        (XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
        (odt(), "application/vnd.oasis.opendocument.text", "odt"),
        (b"{\\rtf1\\ansi Dear Kelly}", "application/rtf", "rtf"),
        (b"Dear Kelly,\r\nJake was at school.\n", "text/plain", "txt"),
        ("Dear Zoë, “thank you”".encode("cp1252"), "text/plain", "txt"),
        ("Dzień dobry, Łucja".encode("utf-16"), "text/plain", "txt"),
    ],
)
def test_what_is_kept_is_named_by_its_content(content: bytes, media_type: str, ending: str) -> None:
    found = look(content)
    assert (found.media_type, found.ending) == (media_type, ending)


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"   \n ", "unknown"),
        (bytes(range(256)) * 8, "unknown"),
        (SVG, "web_page"),
        (b"\xef\xbb\xbf  <!-- a letter --> <HTML><body onload=alert(1)>", "web_page"),
        (b"<!doctype html><p>hello", "web_page"),
        (b"MZ\x90\x00" + bytes(400), "program"),
        (b"\x7fELF" + bytes(400), "program"),
        (b"#!/bin/sh\nrm -rf /\n", "program"),
        (archive({"letter.pdf": pdf()}), "archive"),
        (b"Rar!\x1a\x07\x01\x00" + bytes(50), "archive"),
        (b"\x1f\x8b\x08\x00" + bytes(50), "archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old_office"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), "heic"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(100), "sound"),
        (picture("TIFF"), "tiff"),
        (picture("BMP"), "bitmap"),
        (picture("JPEG", size=(400, 400))[:-300], "damaged"),
        (picture("PNG", size=(400, 400))[:-40], "damaged"),
        (pdf()[:-12], "cut_off"),
        (pdf(b"/Encrypt 5 0 R"), "password"),
        (pdf(b"/OpenAction<</S/JavaScript/JS(app.alert(1))>>"), "active"),
        (pdf(b"/AA<</O<</S/La#75nch/F(calc.exe)>>>>"), "active"),
        (pdf(packed=b"7 0 <</S/JavaScript/JS(app.alert(1))>>"), "active"),
        (pdf(b"/Names<</EmbeddedFiles 9 0 R>>"), "active"),
        (docx(word__vbaProject_dot_bin="macro"), "macros"),
        (odt(Basic__Standard="macro"), "macros"),
        (docx()[:-30], "damaged"),
        (b"{\\rtf1{\\object\\objdata 0105}}", "active"),
        (b"{\\rtf1 cut off", "cut_off"),
    ],
)
def test_what_is_not_kept_is_refused_with_what_to_do(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as refused:
        look(content)
    assert refused.value.refusal.code == f"documents.{code}"
    assert refused.value.refusal.sentence.endswith(".")


def test_a_macro_document_that_calls_itself_a_plain_one_is_refused_by_its_label() -> None:
    labels = "application/vnd.ms-word.document.macroEnabled.main+xml"
    with pytest.raises(Refused, match="macros"):
        look(archive({"[Content_Types].xml": labels, "word/document.xml": "<w/>"}))


def test_a_zip_bomb_in_a_document_is_refused_before_anything_is_unpacked() -> None:
    bomb = docx(word__media__a=bytes(400_000_000))
    assert len(bomb) < 1_000_000
    began = time.process_time()
    with pytest.raises(Refused, match="unpack"):
        look(bomb)
    assert time.process_time() - began < 1


def test_a_document_with_a_password_on_a_part_is_refused() -> None:
    made = bytearray(docx())
    at = made.index(b"PK\x01\x02")
    made[at + 8] |= 1  # the central directory's own flag
    with pytest.raises(Refused, match="password"):
        look(bytes(made))


@pytest.mark.parametrize("dots", [(9_000, 8_000), (60_000, 60_000)])
def test_a_picture_of_too_many_dots_is_refused_before_it_is_drawn(dots: tuple[int, int]) -> None:
    head = bytearray(picture("PNG", size=(2, 2)))
    head[16:24] = struct.pack("!II", *dots)
    head[29:33] = struct.pack("!I", zlib.crc32(bytes(head[12:29])))
    with pytest.raises(Refused, match="more dots"):
        look(bytes(head))


def test_a_moving_picture_is_refused() -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    written = io.BytesIO()
    frames[0].save(written, "GIF", save_all=True, append_images=frames[1:])
    with pytest.raises(Refused, match="moving"):
        look(written.getvalue())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_which_way_up_it_is_and_nothing_of_where_when_or_whose(kind: str) -> None:
    sent = telephones(kind)
    assert Image.open(io.BytesIO(sent)).getexif().get_ifd(GPS)
    kept = look(sent).content
    exif = Image.open(io.BytesIO(kept)).getexif()
    assert dict(exif) == {0x0112: 6}
    assert not exif.get_ifd(GPS)
    for word in (b"Pineapple", b"Ashworth"):
        assert word in sent and word not in kept


def test_words_and_files_hidden_in_a_picture_are_dropped() -> None:
    words = PngInfo()
    words.add_itxt("XML:com.adobe.xmp", "<x>GPSLatitude 53,47.4N</x>")
    hidden = (
        picture("PNG", pnginfo=words),
        picture("JPEG", comment=b"GPSLatitude 53,47.4N"),
        picture("JPEG", xmp=b"<x>GPSLatitude 53,47.4N</x>"),
        picture("WEBP", xmp=b"<x>GPSLatitude 53,47.4N</x>"),
        picture("JPEG") + b"GPSLatitude 53,47.4N MZ\x90",
    )
    for sent in hidden:
        assert b"GPSLatitude" in sent
        assert b"GPSLatitude" not in look(sent).content


def test_a_jpeg_is_written_with_its_own_tables_so_that_it_does_not_fade() -> None:
    sent = picture("JPEG", quality=63)
    kept = Image.open(io.BytesIO(look(sent).content))
    assert kept.quantization == Image.open(io.BytesIO(sent)).quantization
    assert look(look(sent).content).content == look(sent).content


@pytest.mark.parametrize(
    ("name", "ending", "shown"),
    [
        ("letter.pdf", "pdf", "letter.pdf"),
        ("Photo.PNG", "jpg", "Photo.jpg"),
        ("photo.jpeg", "jpg", "photo.jpg"),
        ("invoice.pdf.exe", "pdf", "invoice.pdf"),
        ("report.docm", "docx", "report.docx"),
        ("../../etc/passwd", "txt", "passwd.txt"),
        ("C:\\Users\\kelly\\Desktop\\my letter.pdf", "pdf", "my letter.pdf"),
        ("annex\u202egnp.exe", "pdf", "annexgnp.pdf"),
        ("line\r\nbreak\x00.pdf", "pdf", "line break.pdf"),
        ('a"b;c<d>.pdf', "pdf", "a b c d.pdf"),
        ("x" * 300 + ".pdf", "pdf", "x" * 100 + ".pdf"),
        ("...", "png", "Document.png"),
        ("", "png", "Document.png"),
        ("St. Mary’s 3.9.2026", "txt", "St. Mary’s 3.9.2026.txt"),
        ("письмо от школы.pdf", "pdf", "письмо от школы.pdf"),
    ],
)
def test_a_name_is_shown_safely_and_with_the_ending_that_its_content_has(name: str, ending: str, shown: str) -> None:
    assert shown_name(name, ending) == shown


@given(st.binary(max_size=2000))
def test_whatever_is_sent_is_kept_as_one_of_our_kinds_or_refused(content: bytes) -> None:
    for start in (b"", b"%PDF-1.7", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"PK\x03\x04", b"{\\rtf1"):
        try:
            found = look(start + content)
        except Refused:
            continue
        assert found.ending in ("pdf", "jpg", "png", "gif", "webp", "docx", "xlsx", "odt", "ods", "rtf", "txt")


@given(st.text(max_size=400))
def test_whatever_a_file_is_called_its_shown_name_fits_and_has_one_right_ending(name: str) -> None:
    shown = shown_name(name, "pdf")
    assert 5 <= len(shown) <= 110
    assert shown.endswith(".pdf") and not shown.endswith(".pdf.pdf")
    assert not set('/\\\r\n"\u202e\x00') & set(shown)


def test_an_archive_is_never_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    sent = docx(word__media__a=b"x" * 1000)
    read: list[str] = []
    opened = zipfile.ZipFile.open

    def watched(self: zipfile.ZipFile, name: str) -> Any:
        read.append(name)
        return opened(self, name)

    monkeypatch.setattr(zipfile.ZipFile, "open", watched)
    look(sent)
    assert read == ["[Content_Types].xml"]
