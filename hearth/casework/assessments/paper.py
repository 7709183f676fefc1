"""An assessment as an accessible PDF (PDF/UA): tagged, titled, in English; made from data, never from markup."""

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from hearth.casework.assessments.models import Assessment
from hearth.casework.assessments.people import Identified, people_on
from hearth.casework.assessments.printable import FONTS, printable, runs_right_to_left
from hearth.casework.assessments.queries import Sheet
from hearth.casework.assessments.reading import Chapter, Item, Reading
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.ui.filters import day, moment
from hearth.records.documents.queries import line_of
from hearth.records.people.models import Person

TEMPLATE = Path(__file__).parent / "templates" / "assessments" / "assessment.typ"
FAMILIES = (
    "Noto Sans",
    "Noto Naskh Arabic",
    "Noto Sans Bengali",
    "Noto Sans Gujarati",
    "Noto Sans Gurmukhi",
    "Noto Sans Devanagari",
    "Noto Sans Tamil",
    "Noto Sans Armenian",
    "Noto Sans Georgian",
    "Noto Sans Hebrew",
    "Noto Sans Thai",
    "Noto Sans Ethiopic",
)


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


def pdf_of(
    *,
    assessment: Assessment,
    sheet: Sheet,
    chapters: Iterable[Chapter],
    people: Iterable[Identified],
    status: tuple[str, str],
    level: Any,
    about: Callable[[Person, dt.date], str],
    on: dt.date,
    documents: Iterable[Any] = (),
    **_: Any,
) -> bytes:
    """The document. Takes what the page that shows an assessment whole is given."""
    today = clock.today()
    data = {
        "title": f"{sheet.form.title}: the {assessment.case.family.name} family",
        "about": f"{assessment.reference}, case {assessment.case.reference}, printed on {day(today)}",
        "authority": pack().authority.name,
        "reference": assessment.reference,
        "version": str(assessment.number),
        "status": status[0],
        "date": {"year": today.year, "month": today.month, "day": today.day},
        "fonts": FAMILIES,
        "facts": _facts(assessment, status, level),
        "people_on": people_on(assessment, f"on {day(today)}"),
        "people": [
            {"name": each.name, "facts": [{"name": name, "words": words} for name, words in each.facts]}
            for each in people
        ],
        "chapters": [_chapter(chapter, about, on) for chapter in chapters],
        "documents": [line_of(document) for document in documents if document.withdrawn_at is None],
    }
    return _compiled(_printable(data))


def _printable(data: Any) -> Any:
    """Every text in the data as our fonts can show it."""
    if isinstance(data, str):
        return printable(data)
    if isinstance(data, dict):
        return {key: _printable(value) for key, value in data.items()}
    return [_printable(value) for value in data] if isinstance(data, list | tuple) else data


def _compiled(data: dict[str, Any]) -> bytes:
    return typst.compile(  # type: ignore[no-any-return, unused-ignore]
        TEMPLATE,
        format="pdf",
        pdf_standards="ua-1",
        font_paths=_fonts(),
        ignore_system_fonts=True,
        root=TEMPLATE.parent,
        sys_inputs={"data": json.dumps(data)},
        timestamp=int(clock.now().timestamp()),
    )


def _facts(assessment: Assessment, status: tuple[str, str], level: Any) -> list[dict[str, str]]:
    signed = ""
    if assessment.signed_off_by and assessment.signed_off_at:
        signed = f"{assessment.signed_off_by.full_name}, {moment(assessment.signed_off_at)}"
    facts = [
        ("Status", status[0]),
        ("Author", assessment.author.full_name if assessment.author else ""),
        ("Lead practitioner", assessment.case.lead.full_name if assessment.case.lead else ""),
        ("Started on", day(assessment.started_on)),
        ("Level of need", level.label if level else ""),
        ("Signed off by", signed),
        ("Why there is a new version", assessment.changed_because),
    ]
    return [{"name": name, "words": words} for name, words in facts if words]


def _chapter(chapter: Chapter, about: Callable[[Person, dt.date], str], on: dt.date) -> dict[str, Any]:
    child = chapter.group.child
    return {
        "title": chapter.group.title,
        "about": about(child, on) if child else "",
        "sections": [_section(reading) for reading in chapter.readings],
    }


def _section(reading: Reading) -> dict[str, Any]:
    return {
        "title": reading.page.section.title,
        "items": [_item(item) for item in reading.items],
        "unwritten": "; ".join(reading.unwritten),
    }


def _item(item: Item) -> dict[str, Any]:
    if item.score is not None:
        return {
            "kind": "scale",
            "label": item.question.label,
            "score": item.score,
            "before": item.score_before,
            "low": item.question.low,
            "high": item.question.high,
        }
    parts = [{"name": name, "paragraphs": _paragraphs(text)} for name, text in item.texts]
    return {"kind": "texts", "label": item.question.label, "parts": parts}


def _paragraphs(text: str) -> list[dict[str, Any]]:
    """Typed text by paragraph and line, each with the direction it runs in."""
    blocks = [block for block in re.split(r"\n\s*\n", text.strip()) if block.strip()]
    return [{"lines": block.strip().split("\n"), "rtl": runs_right_to_left(block)} for block in blocks]
