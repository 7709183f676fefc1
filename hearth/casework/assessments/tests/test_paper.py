"""The PDF: accessible, complete, safe with any text, and on record when it leaves."""

import re
import zlib
from typing import Any

import pytest

from hearth.casework.assessments import overview, paper, queries
from hearth.casework.assessments.printable import has_shape, printable, runs_right_to_left
from hearth.casework.assessments.tests.conftest import fill_in, write
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.reader import acting_as
from hearth.records.people.models import Person

HOSTILE = '#panic() $x^2$ *bold* _it_ `raw` #include "/etc/passwd" </script> \\ @ref <label> // 50% [a]'
MANY = "اردو متن یہ ہے۔ ਪੰਜਾਬੀ বাংলা ગુજરાતી Zażółć አማርኛ עברית ไทย தமிழ் हिन्दी русский Ελληνικά"


def made(by: Any, assessment: Any) -> bytes:
    with acting_as(by):
        return paper.pdf_of(**overview.whole(by, queries.assessment_of(by, assessment.reference)))


def whole(pdf: bytes) -> bytes:
    """The document with its compressed streams opened."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL)
    opened = b""
    for stream in streams:
        try:
            opened += zlib.decompressobj().decompress(stream)
        except zlib.error:
            continue
    return pdf + opened


def test_the_document_says_its_title_language_and_that_it_is_tagged(cast, assessment):
    fill_in(cast.family_worker, assessment, everything=True)
    text = whole(made(cast.family_worker, assessment))
    assert text.startswith(b"%PDF-1.7")
    assert b"/MarkInfo" in text and b"/StructTreeRoot" in text and b"/Lang" in text and b"en-GB" in text
    assert b"<pdfuaid:part>1</pdfuaid:part>" in text and b"/DisplayDocTitle true" in text
    assert b"Common Assessment Framework: the Ashworth family" in text


def test_typed_text_is_never_read_as_markup_and_no_script_stops_it(cast, assessment, as_):
    with as_(cast.family_worker):
        jake = Person.objects.get(given_name="Jake")
    write(
        cast.family_worker,
        assessment,
        "conclusion",
        {"worries": HOSTILE, "must_change": "\n\n" + MANY + "\n\n😀 中文 👨‍👩‍👧 ❤️"},
    )
    write(
        cast.family_worker,
        assessment,
        "child_voice",
        {"child_words": "میں گھر جانا چاہتا ہوں", "child_home_score": 0},
        child=jake,
    )
    assert len(made(cast.family_worker, assessment)) > 20_000


def test_an_assessment_with_nothing_in_it_prints(cast, assessment):
    assert made(cast.family_worker, assessment).startswith(b"%PDF")


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("plain", "plain"),
        ("Zoe\u0308", "Zoë"),
        ("ok 😀", "ok [grinning face]"),
        ("👨‍👩‍👧", "[man][woman][girl]"),
        ("❤️", "[heavy black heart]"),
        ("中文 ok", "[another script: read it on screen] ok"),
        ("বাংলা", "বাংলা"),
        ("", ""),
        ("a\nb", "a\nb"),
    ],
)
def test_what_no_font_has_is_named_instead(text, printed):
    assert printable(text) == printed


def test_the_fonts_cover_what_families_here_write():
    assert all(map(has_shape, MANY.replace(" ", "")))


def test_direction_is_that_of_the_first_letter():
    assert runs_right_to_left("123 میں") and not runs_right_to_left("Jake said میں") and not runs_right_to_left("…")


def test_downloading_is_recorded_as_an_export_and_named_by_its_reference(cast, case, assessment, as_client):
    answer = as_client(cast.family_worker).post(f"/assessments/{assessment.reference}/pdf/")
    assert answer["Content-Type"] == "application/pdf" and assessment.reference in answer["Content-Disposition"]
    assert "Ashworth" not in answer["Content-Disposition"]
    with acting_as(cast.family_worker, using="audit"):
        event = AuditEvent.objects.using("audit").get(kind="exported", subject=assessment.reference)
    assert (event.verb, event.actor_id, event.family_id) == (
        "assessments.assessment_downloaded",
        cast.family_worker.id,
        case.family_id,
    )


def test_reading_a_link_downloads_nothing(cast, assessment, as_client):
    answer = as_client(cast.family_worker).get(f"/assessments/{assessment.reference}/pdf/")
    assert answer.url == f"/assessments/{assessment.reference}/"
