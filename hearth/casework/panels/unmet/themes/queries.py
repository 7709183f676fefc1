"""Reads of themes: the reader first, always through visible_to."""

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet
from django.http import Http404

from hearth.casework.panels.unmet import words
from hearth.casework.panels.unmet.models import Theme, ThemeAction, ThemeMove, ThemeState, UnmetNeed
from hearth.casework.panels.unmet.reach import ANSWERS, WORKS, theme_areas
from hearth.casework.panels.unmet.rules import why_not_see_unmet
from hearth.casework.panels.unmet.shown import OfTheme, of_themes
from hearth.casework.panels.unmet.themes import rules
from hearth.foundation.accounts.models import Area, User
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse

OPEN = (ThemeState.WORKING, ThemeState.ESCALATED, ThemeState.ANSWERED)
SHOWN = {"open": "All but closed", "escalated": "Escalated", "answered": "Answered", "closed": "Closed"}


@dataclass(frozen=True)
class Waiting:
    """Needs of one kind that wait in a district for a theme: how many, and since when the first."""

    area: str
    area_code: str
    code: str
    need: str
    needs: int
    since: Any


def themes(reader: Any, show: str, page: Any = 1) -> Page:
    """A page of themes: what is escalated first by the day of its answer, then the latest."""
    refuse(why_not_see_unmet(reader))
    states = OPEN if show not in ("escalated", "answered", "closed") else (show,)
    rows = Theme.objects.visible_to(reader).filter(state__in=states).select_related("area")
    return page_of(rows.order_by("due_on", "-created_at", "id"), page)


def theme_of(reader: Any, reference: str) -> Theme:
    """The theme, or a page that never says whether it exists."""
    rows = Theme.objects.visible_to(reader).select_related("area", "started_by__organisation", "answered_by")
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def moves_of(reader: Any, theme: Theme) -> list[ThemeMove]:
    """Its whole way, the latest first."""
    rows = ThemeMove.objects.visible_to(reader).filter(theme=theme).select_related("by__organisation")
    return list(rows.order_by("-at", "-created_at"))


def actions_of(reader: Any, theme: Theme) -> list[ThemeAction]:
    """The action plan: what is to be done first, by its day."""
    rows = ThemeAction.objects.visible_to(reader).filter(theme=theme)
    return sorted(rows, key=lambda each: (each.done_on is not None, each.due_on, each.number))


def action_of(reader: Any, theme: Theme, number: int) -> ThemeAction:
    """One action of the plan."""
    found = ThemeAction.objects.visible_to(reader).filter(theme=theme, number=number).first()
    if found is None:
        raise Http404
    found.theme = theme
    return found


def needs_of(reader: Any, theme: Theme, page: Any = 1) -> Page:
    """The needs in it that the reader may see, if only without a name; `opened` says whether it can be opened into one."""
    opened = UnmetNeed.objects.opened_to(reader).filter(pk=OuterRef("pk"))
    rows = UnmetNeed.objects.visible_to(reader).filter(theme=theme, withdrawn_at=None).annotate(opened=Exists(opened))
    return page_of(rows.select_related("recorded_by").order_by("-recorded_on", "reference"), page)


def may_open(reader: Any, theme: Theme) -> int:
    """How many of its needs the reader may open into names."""
    return UnmetNeed.objects.opened_to(reader).filter(theme=theme, withdrawn_at=None).count()


def in_figures(reader: Any, theme: Theme) -> OfTheme | None:
    """How many needs it has, by month from the first to this one, two years at most; nothing for whoever may not see figures."""
    return of_themes(reader, [theme]).get(theme.pk)


def sizes(reader: Any, page: Page) -> dict[Any, int | None]:
    """How many needs each theme of a page has; none: too few to show to somebody who may not look into them."""
    return {theme: found.total for theme, found in of_themes(reader, page.rows).items()}


def waiting(reader: Any, area: Area | None = None) -> list[Waiting]:
    """Needs in no theme, by district and kind, where the reader works the themes: one query. What is most, first."""
    if not reader.may(WORKS):
        return []
    rows = _waiting(reader).filter(Q(area=area) if area is not None else Q())
    found = rows.values("area__name", "area__code", "need").annotate(needs=Count("pk"), since=Min("recorded_on"))
    return [
        Waiting(
            row["area__name"],
            row["area__code"],
            row["need"],
            words.label("need", row["need"]),
            row["needs"],
            row["since"],
        )
        for row in found.order_by("-needs", "since", "area__name", "need")
    ]


def _waiting(reader: Any) -> QuerySet[UnmetNeed]:
    rows = UnmetNeed.objects.visible_to(reader).filter(theme=None, withdrawn_at=None)
    return rows.filter(area__one_of=theme_areas(reader, WORKS))


def areas_to_work(reader: Any) -> list[Area]:
    """Districts whose themes the reader works."""
    codes = {each.code for each in pack().areas.districts}
    return [area for area in Area.objects.filter(code__in=codes).order_by("name") if reader.may(WORKS, area)]


def who_works(reader: Any, area: Area | None = None) -> None:
    """Refuse the page to whoever works no themes, before they type."""
    refuse(None if reader.may(WORKS) else rules.why_not_work_in(reader, area))


def who_answers(theme: Theme) -> list[User]:
    """Whoever may answer at the level that is asked."""
    return list(User.objects.filter(pk__in=rules.who_speaks(theme, rules.speakers())).order_by("email"))


def who_recorded(theme: Theme) -> dict[User, str]:
    """Everybody who recorded a need that is in it, with the reference of the latest of theirs: told to those who answer."""
    with connection.cursor() as cursor:
        cursor.execute("select person, reference from hearth_theme_recorders(%s)", [theme.pk])
        latest = dict(cursor.fetchall())
    return {person: latest[person.pk] for person in User.objects.filter(pk__in=latest)}


RULES: dict[str, Any] = {
    "describe_theme": rules.why_not_work,
    "note_theme_progress": rules.why_not_work,
    "add_theme_action": rules.why_not_work,
    "change_theme_action": rules.why_not_work,
    "gather_needs": rules.why_not_gather,
    "escalate_theme": rules.why_not_escalate,
    "answer_theme": rules.why_not_answer,
    "resume_theme": rules.why_not_resume,
    "close_theme": rules.why_not_close,
}


def who_may(reader: Any, theme: Theme, slice_: str) -> None:
    """Refuse the page to whoever may not do it, before they type."""
    refuse(RULES[slice_](reader, theme))


def what_may(reader: Any, theme: Theme) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    may = {slice_: rule(reader, theme) is None for slice_, rule in RULES.items()}
    return may | {"figures": why_not_see_unmet(reader) is None}


def stands_first(reader: Any, theme: Theme) -> str:
    """What is to be written before the theme can be escalated, for whoever would escalate it; empty where nothing is."""
    refusal = rules.why_not_escalate(reader, theme)
    return refusal.sentence if refusal is not None and refusal.code == rules.NOT_READY else ""


def to_answer(reader: Any) -> list[Theme]:
    """Themes that wait for an answer of the reader's own level, the most urgent first: two queries."""
    if not reader.may(ANSWERS):
        return []
    rows = Theme.objects.visible_to(reader).filter(state=ThemeState.ESCALATED).select_related("area").order_by("due_on")
    held = rules.speakers()
    return [theme for theme in rows if rules.why_not_at_its_level(reader, theme, held) is None]


def answered_to(reader: Any) -> int:
    """How many themes of the reader's districts have an answer and are not closed: one query."""
    if not reader.may(WORKS):
        return 0
    rows = Theme.objects.visible_to(reader).filter(area__one_of=theme_areas(reader, WORKS))
    return rows.filter(state=ThemeState.ANSWERED).count()


def next_asked(theme: Theme) -> tuple[str, Any] | None:
    """The level that escalating asks, and by when it answers."""
    level = rules.next_level(theme)
    return (level.label, clock.add_working_days(clock.today(), level.answer_days)) if level is not None else None
