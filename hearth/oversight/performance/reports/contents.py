"""What a report says, from beginning to end, as data: its page, its PDF and its Word file are made of this, and its digest is of this."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from hearth.foundation.core.pack import pack
from hearth.foundation.ui.filters import moment
from hearth.oversight.performance.counting import WHOLE
from hearth.oversight.performance.reports import figures
from hearth.oversight.performance.reports.models import CaseStudy, Report
from hearth.oversight.performance.reports.periods import day_words, period_of, title_of
from hearth.oversight.performance.reports.sections import DEFINITIONS, SECTIONS, STUDIES

Content = dict[str, Any]
NOT_PUBLISHED = "Audits are of few cases: what they found is in the report that the board reads."
PROJECTS = "A project is the authority’s. “Too few to show” is a small number of people."


def content_of(
    report: Report, written: Mapping[str, str], studies: Iterable[CaseStudy], *, gathered: Mapping[str, Any], is_public: bool = False
) -> Content:  # fmt: skip
    """The whole report. `gathered`: its figures, as everybody is told them for the public one."""
    period, area = period_of(report), report.area.code if report.area else WHOLE
    found: Mapping[str, Any] = gathered or {}
    measures = found.get("measures", {"measures": [], "cells": []})
    cells = figures.by_place(measures["cells"])
    blocks = {
        "measures": figures.blocks(measures["measures"], cells, period, area),
        "projects": _projects(found.get("projects", [])),
        "bought": found.get("bought", []),
        "difficulties": found.get("difficulties", []),
        "quality": [{"kind": "words", "words": NOT_PUBLISHED}] if is_public else found.get("quality", []),
    }
    sections = [
        {
            "code": each.code, "title": each.title, "words": written.get(each.code, ""),
            "blocks": blocks.get(each.code, []),
        }
        for each in SECTIONS
    ]  # fmt: skip
    told = [study_of(each, is_public=is_public) for each in studies if each.withdrawn_at is None]
    after = [
        {
            "code": "definitions",
            "title": DEFINITIONS,
            "words": "",
            "blocks": figures.definitions(measures["measures"], pack().indicators.fewest_shown),
        }
    ]
    return {
        "title": f"{report.get_kind_display()}: {title_of(report)}", "reference": report.reference, "number": report.number,
        "authority": pack().authority.name, "is_public": is_public, "about": _about(report, is_public=is_public),
        "sections": [*sections[:-1], {"code": "studies", "title": STUDIES, "words": "", "blocks": told}, sections[-1], *after],
    }  # fmt: skip


def _about(report: Report, *, is_public: bool) -> list[str]:
    said = []
    if report.gathered_at:
        said.append(f"Figures as they stood on {moment(report.gathered_at)}. Each is explained at the end.")
    if is_public:
        said.append(
            "Small numbers are left out, and others from which one could be worked out. A figure is told as it was when it was first published."
        )
    if report.replaces:
        said.append(f"This version corrects {report.replaces.reference}: {report.why_again}")
    return said


def study_of(study: CaseStudy, *, is_public: bool) -> dict[str, Any]:
    """A case study, with by whose consent it is told and who says that nobody is named."""
    who = f": {study.stated_by.full_name} says so" if not is_public else ""
    consent = f"Told with the consent of {study.consented_by}, given on {day_words(study.consented_on)}. Every name is changed{who}."
    return {"kind": "study", "number": study.number, "title": study.title, "words": study.story, "consent": consent}


def without_study(content: Content, number: int, on: str) -> Content:
    """The same without a case study, and a note in its place."""
    gone = {
        "kind": "words",
        "words": f"A case study stood here. Consent to tell it was withdrawn on {on}, and it was taken out.",
    }
    sections = [
        section | {"blocks": [gone if block.get("number") == number else block for block in section["blocks"]]}
        if section["code"] == "studies" else section
        for section in content["sections"]
    ]  # fmt: skip
    return content | {"sections": sections}


def _projects(rows: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    by_project: dict[tuple[str, str, str], list[list[str]]] = {}
    for row in rows:
        of = (row["label"], row["as_at"], row["source"])
        by_project.setdefault(of, []).append(
            [row["row"], row["total"], row["planned"], row["achieved"], row["said"], row["remark"]]
        )
    if not by_project:
        return [{"kind": "words", "words": "No project ran in this period."}]
    heads = [
        ("What", False),
        ("In all", True),
        ("Planned by then", True),
        ("Achieved", True),
        ("Said", False),
        ("Remark", False),
    ]
    made: list[dict[str, Any]] = []
    for (label, as_at, source), lines in by_project.items():
        made += [
            {
                "kind": "table",
                "caption": f"{label}, as at {day_words(dt.date.fromisoformat(as_at))}",
                "heads": heads,
                "rows": lines,
            },
            {"kind": "words", "words": f"Source: {source} {PROJECTS}"},
        ]
    return made


def digest_of(content: Content) -> str:
    """SHA-256 of what it says, whatever order a database keeps it in."""
    told = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
