"""Type what a row of a project had reached by a day, and change it: who, when, from where and why."""

import datetime as dt
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.packs.measures import Row
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean
from hearth.oversight.performance import rules
from hearth.oversight.performance.models import TypedFigure


def _line(text: str, most: int) -> str:
    return " ".join(clean(text).split())[:most]


def _row(project: str, row: str) -> tuple[Any, Row | None]:
    found = pack().measures.project(project)
    return found, found.row(row) if found else None


def _typed(row: Row, figure: int | None, words: str, said: str, remark: str, source: str) -> dict[str, Any]:
    """What is kept of it: a number has no words, and what is no number has no number."""
    kept = (
        {"figure": figure, "words": "", "said": ""}
        if row.is_number
        else {"figure": None, "words": _line(words, 200), "said": said}
    )
    return kept | {"remark": _line(remark, 300), "source": _line(source, 200)}


@action
def type_figure(
    *, by: Any, project: str, row: str, as_at: dt.date, figure: int | None = None, words: str = "", said: str = "",
    remark: str = "", source: str = "",
) -> TypedFigure:  # fmt: skip
    """Type what a row had reached by a day. Typed a second time with the same, it is the one that is there."""
    refuse(rules.why_not_type(by))
    found, line = _row(project, row)
    refuse(rules.why_not_of(found, line, as_at))
    assert line is not None  # noqa: S101 - refused above
    refuse(rules.why_not_these(line, figure, words, said) or rules.why_not_without_source(source))
    typed = _typed(line, figure, words, said, remark, source)
    there = TypedFigure.objects.filter(project=project, row=row, as_at=as_at).first()
    if there is not None:
        same = there.typed_by_id == by.id and all(getattr(there, name) == value for name, value in typed.items())
        refuse(
            None
            if same
            else Refusal("performance.typed", "It is typed already. Look at it, and change it if it is wrong.")
        )
        record("performance.figure_sent_again", subject=f"{project}.{row}", as_at=as_at)
        return there
    made = TypedFigure(project=project, row=row, as_at=as_at, typed_by=by, **typed)
    made.save(force_insert=True)
    record("performance.figure_typed", subject=f"{project}.{row}", as_at=as_at)
    return made


@action
def change_figure(
    *, by: Any, typed: TypedFigure, why: str, figure: int | None = None, words: str = "", said: str = "", remark: str = "",
    source: str = "", seen: str | None = None,
) -> TypedFigure:  # fmt: skip
    """Change what was typed, saying why. What it was stays in the history."""
    typed.hold()
    refuse(rules.why_not_type(by))
    found, line = _row(typed.project, typed.row)
    refuse(rules.why_not_of(found, line, typed.as_at))
    assert line is not None  # noqa: S101 - refused above
    refuse(rules.why_not_these(line, figure, words, said) or rules.why_not_without_source(source))
    why = _line(why, 300)
    refuse(rules.why_not_without_reason(why))
    told = _typed(line, figure, words, said, remark, source)
    changed = write_seen(typed, seen, told, {"figure": lambda value: "" if value is None else f"{value:,}"})
    if changed:
        typed.why, typed.typed_by, typed.typed_at = why, by, clock.now()
        typed.save(update_fields=[*changed, "why", "typed_by", "typed_at"])
    record("performance.figure_changed", subject=f"{typed.project}.{typed.row}", as_at=typed.as_at, changed=changed)
    return typed
