"""Make themes of unmet needs, work them, escalate them, answer them and close them."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.urls import reverse

from hearth.casework.panels.unmet.models import Theme, ThemeAction, ThemeMove, ThemeState, UnmetNeed
from hearth.casework.panels.unmet.themes import rules
from hearth.casework.panels.unmet.themes.queries import who_answers, who_recorded
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean
from hearth.foundation.messages.actions import send

Kind = ThemeMove.Kind


def _line(text: str, most: int) -> str:
    return " ".join(clean(text).split())[:most]


@action
def start_theme(*, by: Any, area: Any, title: str, priority: str, needs: Sequence[str], analysis: str = "") -> Theme:
    """Start a theme of a district with the needs that wait in it, of the kinds named."""
    refuse(rules.why_not_work_in(by, area))
    title, analysis = _line(title, 120), clean(analysis).strip()
    refuse(rules.why_not_described(title, priority) or rules.why_not_these_needs(needs))
    theme = Theme(
        reference=drawn_reference("TH"), area=area, title=title, analysis=analysis, priority=priority, started_by=by
    )
    theme.save(force_insert=True)
    _move(by, theme, Kind.STARTED)
    gathered = _gather(theme, needs)
    record("unmet.theme_started", subject=theme, area=area.code, needs=gathered)
    return theme


@action
def gather_needs(*, by: Any, theme: Theme, needs: Sequence[str]) -> Theme:
    """Put the needs of these kinds that wait in its district into a theme."""
    theme.hold()
    refuse(rules.why_not_gather(by, theme) or rules.why_not_these_needs(needs))
    record("unmet.needs_gathered", subject=theme, needs=_gather(theme, needs))
    return theme


def _gather(theme: Theme, needs: Sequence[str]) -> int:
    """By what the writer may see: what is kept apart from them stays where it is."""
    waiting = UnmetNeed.objects.filter(area=theme.area, need__in=list(needs), theme=None, withdrawn_at=None)
    return waiting.update(theme=theme)


@action
def take_out_need(*, by: Any, need: UnmetNeed) -> UnmetNeed:
    """Take a need out of its theme, while that has no answer: it waits again for another."""
    theme = need.theme
    refuse(rules.why_not_take_out(by, theme))
    assert theme is not None  # noqa: S101 - refused just now
    theme.hold()
    refuse(rules.why_not_take_out(by, theme))
    need.hold()
    refuse(rules.why_not_take_out(by, theme if need.theme_id == theme.pk else None))
    need.theme = None
    need.save(update_fields=["theme"])
    record("unmet.need_taken_out", family=need.family_id, subject=need, theme=theme.reference)
    return need


@action
def describe_theme(
    *, by: Any, theme: Theme, title: str, priority: str, analysis: str = "", seen: str | None = None
) -> Theme:
    """Say what is missing, what the needs show, and how much it matters."""
    theme.hold()
    title, analysis = _line(title, 120), clean(analysis).strip()
    refuse(rules.why_not_work(by, theme) or rules.why_not_described(title, priority))
    changed = write_seen(theme, seen, {"title": title, "analysis": analysis, "priority": priority})
    if changed:
        theme.save(update_fields=changed)
    record("unmet.theme_described", subject=theme, changed=changed)
    return theme


@action
def note_theme_progress(*, by: Any, theme: Theme, words: str) -> ThemeMove:
    """Note how it goes."""
    theme.hold()
    words = clean(words).strip()
    refuse(rules.why_not_work(by, theme) or rules.why_not_words(words, "Write how it goes."))
    move = _move(by, theme, Kind.PROGRESS, words=words)
    record("unmet.progress_noted", subject=theme)
    return move


@action
def add_theme_action(*, by: Any, theme: Theme, what: str, who: str, due_on: dt.date) -> ThemeAction:
    """Add to the action plan: what, who, by when."""
    theme.hold()
    what, who = _line(what, 200), _line(who, 120)
    refuse(rules.why_not_work(by, theme) or rules.why_not_this_action(what, who, due_on))
    number = ThemeAction.objects.filter(theme=theme).count() + 1
    added = ThemeAction(theme=theme, number=number, what=what, who=who, due_on=due_on)
    added.save(force_insert=True)
    record("unmet.action_added", subject=theme, number=number)
    return added


@action
def change_theme_action(
    *,
    by: Any,
    theme_action: ThemeAction,
    what: str,
    who: str,
    due_on: dt.date,
    progress: str = "",
    done_on: dt.date | None = None,
    seen: str | None = None,
) -> ThemeAction:
    """Change an action of the plan, say how it goes, or that it is done."""
    theme = theme_action.theme
    theme.hold()
    theme_action.hold()
    what, who, progress = _line(what, 200), _line(who, 120), clean(progress).strip()
    refuse(
        rules.why_not_work(by, theme)
        or rules.why_not_this_action(what, who, due_on)
        or rules.why_not_done_on(theme_action, done_on)
    )
    typed = {"what": what, "who": who, "due_on": due_on, "progress": progress, "done_on": done_on}
    changed = write_seen(theme_action, seen, typed, {"due_on": _day, "done_on": _day})
    if changed:
        theme_action.save(update_fields=changed)
    record("unmet.action_changed", subject=theme, number=theme_action.number, changed=changed)
    return theme_action


def _day(day: dt.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else "Not yet"


@action
def escalate_theme(*, by: Any, theme: Theme, words: str) -> Theme:
    """Ask the next level for an answer by a day: from the sub-group, or from the level that is asked and cannot solve it either."""
    theme.hold()
    words = clean(words).strip()
    refuse(rules.why_not_escalate(by, theme) or rules.why_not_words(words, "Write what is asked, and what was tried."))
    level = rules.next_level(theme)
    assert level is not None  # noqa: S101 - refused just now
    theme.state, theme.level = ThemeState.ESCALATED, level.code
    theme.due_on = clock.add_working_days(clock.today(), level.answer_days)
    theme.save(update_fields=["state", "level", "due_on"])
    move = _move(by, theme, Kind.ESCALATED, words=words, due_on=theme.due_on)
    for member in who_answers(theme):
        _tell(by, theme, member, "unmet_escalated", move, reverse("unmet_theme", args=[theme.reference]))
    record("unmet.theme_escalated", subject=theme, level=level.code, due_on=theme.due_on)
    return theme


@action
def answer_theme(*, by: Any, theme: Theme, answer: str) -> Theme:
    """Give the answer. It goes back to the sub-group, and to everybody who recorded a need that is in it."""
    theme.hold()
    answer = clean(answer).strip()
    refuse(
        rules.why_not_answer(by, theme) or rules.why_not_words(answer, "Write the answer: what is done, or why not.")
    )
    level = theme.level if theme.state == ThemeState.ESCALATED else ""
    theme.state, theme.due_on = ThemeState.ANSWERED, None
    theme.answer, theme.answered_by, theme.answered_at = answer, by, clock.now()
    theme.save(update_fields=["state", "due_on", "answer", "answered_by", "answered_at"])
    move = _move(by, theme, Kind.ANSWERED, words=answer, level=level)
    for person, need in who_recorded(theme).items():
        _tell(by, theme, person, "unmet_answered", move, reverse("unmet_need", args=[need]))
    _tell(by, theme, theme.started_by, "unmet_answered", move, reverse("unmet_theme", args=[theme.reference]))
    record("unmet.theme_answered", subject=theme, level=level)
    return theme


@action
def resume_theme(*, by: Any, theme: Theme, words: str) -> Theme:
    """Work on a theme again whose answer is not enough."""
    theme.hold()
    words = clean(words).strip()
    refuse(rules.why_not_resume(by, theme) or rules.why_not_words(words, "Write why the answer is not enough."))
    theme.state = ThemeState.WORKING
    theme.save(update_fields=["state"])
    _move(by, theme, Kind.RESUMED, words=words)
    record("unmet.theme_resumed", subject=theme)
    return theme


@action
def close_theme(*, by: Any, theme: Theme, words: str = "") -> Theme:
    """Close a theme that has its answer."""
    theme.hold()
    refuse(rules.why_not_close(by, theme))
    theme.state = ThemeState.CLOSED
    theme.save(update_fields=["state"])
    _move(by, theme, Kind.CLOSED, words=clean(words).strip())
    record("unmet.theme_closed", subject=theme)
    return theme


def _move(by: Any, theme: Theme, kind: str, *, level: str | None = None, **said: Any) -> ThemeMove:
    if level is None:
        level = theme.level if theme.state == ThemeState.ESCALATED else ""
    move = ThemeMove(theme=theme, kind=kind, level=level, by=by, **said)
    move.save(force_insert=True)
    return move


def _tell(by: Any, theme: Theme, person: Any, template: str, move: ThemeMove, link: str) -> None:
    """There is news, without a name or a word of it; nobody is told of what they did themselves."""
    if person.pk != by.pk and person.is_active:
        send(by=by, to=person, template=template, link=link, key=f"unmet {move.pk} {person.pk} {link}")
