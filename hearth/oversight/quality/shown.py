"""What each page of an audit shows: put together from queries and rules, for the views."""

from collections.abc import Mapping
from typing import Any

from django.http import Http404
from django.urls import reverse

from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.oversight.quality import queries, rules
from hearth.oversight.quality.models import Audit, AuditGrade, ItemGrade
from hearth.oversight.quality.reach import LEADS
from hearth.oversight.quality.samples.queries import samples
from hearth.oversight.quality.setup import tool_of

COLOURS = {
    "drawn": "grey", "grading": "blue", "moderating": "yellow", "settled": "purple", "sent": "light-blue", "answered": "green",
    "left_out": "grey",
}  # fmt: skip


def overview(reader: Any, page: Any) -> dict[str, Any]:
    """Everything that there is for the reader."""
    return {
        "to_grade": queries.to_grade(reader),
        "to_lead": queries.to_lead(reader),
        "findings": queries.findings_for(reader),
        "leads": reader.may(LEADS),
        "samples": samples(reader, page),
        "tools": queries.tools_in_use(),
        "colours": COLOURS,
        "words": sample_words,
    }


def sample_words(sample: Any) -> str:
    """What a sample was drawn from, in a line."""
    audits = pack().audits
    said = [
        sample.area.name if sample.area else "",
        sample.organisation.name if sample.organisation else "",
        label_of(audits.routes, sample.route) if sample.route else "",
        label_of(audits.themes, sample.theme) if sample.theme else "",
        label_of(audits.weightings, sample.weighting) if sample.weighting else "",
    ]
    return "; ".join(each for each in said if each)


def _leads(reader: Any, audit: Audit) -> bool:
    return bool(reader.may(LEADS, audit.area) and audit.worker_id != reader.id)


def one(reader: Any, audit: Audit) -> dict[str, Any]:
    """One audit, as its reader may see it."""
    grades = queries.grades_of(reader, audit)
    mine = next((each for each in grades if each.auditor_id == reader.id), None)
    leads, worker = _leads(reader, audit), audit.worker_id == reader.id
    told = leads or worker or mine is not None
    return {
        "audit": audit,
        "tool": tool_of(audit.sample.tool_id),
        "colours": COLOURS,
        "leads": leads,
        "worker": worker,
        "grades": grades if leads else [],
        "mine": mine,
        "grading": grading(reader, audit, mine) if mine is not None else None,
        "may_begin": mine is not None and rules.why_not_begin(reader, mine) is None,
        "lapsed": mine is not None and mine.has_lapsed,
        "differs": queries.to_moderate(reader, audit) if leads and audit.state == Audit.State.MODERATING else [],
        "parts": queries.results_of(reader, audit) if told else [],
        "score": queries.with_items(reader, [audit]).get(audit.pk),
        "to_do": queries.actions_of(reader, audit),
        "may_add": audit.sent_at is not None and (worker or leads),
        "themes": [label_of(pack().audits.themes, code) for code in audit.themes] if leads else [],
    }


def grading(reader: Any, audit: Audit, grade: AuditGrade) -> dict[str, Any]:
    """How far an auditor has got with a grade, and what it comes to so far."""
    held, tool = queries.written(reader, grade), tool_of(audit.sample.tool_id)
    parts = [
        {
            "part": part,
            "done": sum(item.code in held for item in part.items),
            "url": reverse("grade_part", args=[audit.reference, part.code]),
        }
        for part in tool.parts
    ]
    return {
        "progress": parts,
        "missing": len(tool.items) - len(held),
        "so_far": queries.score_of(tool, {item: each.answer for item, each in held.items()}),
        "opens": queries.open_reference(reader, audit) if grade.is_to_do else "",
    }


def part_of(reader: Any, audit: Audit, grade: AuditGrade, code: str) -> dict[str, Any]:
    """One part to grade, what is written of it, and where to go from there."""
    tool = tool_of(audit.sample.tool_id)
    part = tool.part(code)
    if part is None:
        raise Http404
    codes = [each.code for each in tool.parts]
    place = codes.index(code)
    following = codes[place + 1] if place + 1 < len(codes) else ""
    held = queries.written(reader, grade)
    return {
        "audit": audit,
        "part": part,
        "place": place + 1,
        "parts": len(codes),
        "opens": queries.open_reference(reader, audit),
        "next": reverse("grade_part", args=[audit.reference, following]) if following else "",
        "held": {item.code: held[item.code] for item in part.items if item.code in held},
    }


def as_typed(held: Mapping[str, ItemGrade]) -> dict[str, str]:
    """What was graded, as the form's own fields."""
    typed: dict[str, str] = {}
    for item, each in held.items():
        typed |= {f"answer_{item}": each.answer, f"comment_{item}": each.comment}
    return typed


def may_open(reader: Any, audit: Audit, name: str) -> None:
    """Refuse a page whose action the reader could not do, before anything is typed on it."""
    refuse(_why_not(reader, audit, name))


def _why_not(reader: Any, audit: Audit, name: str) -> Refusal | None:
    if name == "reply_to_findings":
        return rules.why_not_reply(reader, audit, "typed")
    if name == "send_findings":
        return rules.why_not_send(reader, audit, "typed")
    if name == "leave_out_audit":
        return rules.why_not_leave_out(reader, audit, "typed")
    if name == "moderate_audit":
        return rules.why_not_moderate(reader, audit, list(queries.graded(reader, audit)), (), ())
    return None
