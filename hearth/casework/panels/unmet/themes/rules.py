"""What may be done with a theme, and the sentence when it may not. Nothing ends without an answer."""

from collections.abc import Iterable
from typing import Any

from hearth.casework.panels.unmet.models import Theme, ThemeAction, ThemeState
from hearth.casework.panels.unmet.reach import ANSWERS, WORKS
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.accounts.roles import ROLES, permissions_of
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.packs.unmet import GovernanceLevel
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.core.text import upper_first

NOT_READY = "unmet.not_ready"
MOST_DAYS = 730  # ahead: a day beyond it is a slip of the finger


def why_not_work_in(user: Any, area: Any) -> Refusal | None:
    """Working the themes of a district: whoever holds the permission there."""
    if area is not None and user.may(WORKS, area):
        return None
    return Refusal(
        "unmet.not_your_themes",
        "Only development officers and the panel’s coordinator of this district work its themes. Ask one of them.",
    )


def why_not_work(user: Any, theme: Theme) -> Refusal | None:
    """Describing it, noting progress, its action plan: whoever works the themes there, until it is closed."""
    if theme.state == ThemeState.CLOSED:
        return Refusal("unmet.theme_closed", "This theme is closed. If the need comes back, start another.")
    return why_not_work_in(user, theme.area)


def why_not_gather(user: Any, theme: Theme) -> Refusal | None:
    """Putting needs into it: until it is answered, since whoever recorded them is told that answer."""
    if theme.state == ThemeState.ANSWERED:
        return Refusal(
            "unmet.theme_answered",
            "This theme has its answer. Work on it again, or start another theme for what came since.",
        )
    return why_not_work(user, theme)


def why_not_take_out(user: Any, theme: Theme | None) -> Refusal | None:
    """Taking a need out of its theme: as long as needs may be put into it."""
    if theme is None:
        return Refusal("unmet.in_no_theme", "This need is in no theme now. Open it again to see.")
    return why_not_gather(user, theme)


def why_not_described(title: str, priority: str) -> Refusal | None:
    """A theme says in a line what is missing, and how much it matters."""
    if not title.strip():
        return Refusal("unmet.theme_title", "Say in a line what is missing.")
    found = find(pack().unmet.priorities, priority)
    if found is None or found.retired:
        return Refusal("unmet.priority", "Choose how much it matters.")
    return None


def why_not_these_needs(needs: Iterable[str]) -> Refusal | None:
    """A theme begins with needs, and so does what is added to it."""
    if list(needs):
        return None
    return Refusal("unmet.no_needs", "Tick at least one kind of need.")


def why_not_this_action(what: str, who: str, due_on: Any) -> Refusal | None:
    """An action says what, who and by when."""
    if not what.strip() or not who.strip():
        return Refusal("unmet.action", "Say what will be done, and who does it.")
    if due_on is None or (due_on - clock.today()).days > MOST_DAYS:
        return Refusal("unmet.action_day", "Enter a day in the next two years.")
    return None


def why_not_done_on(action: ThemeAction, done_on: Any) -> Refusal | None:
    """Done today or before, and not before the theme was started."""
    if done_on is None or action.theme.created_at.date() <= done_on <= clock.today():
        return None
    return Refusal("unmet.done_on", "Enter a day from when the theme was started until today.")


def next_level(theme: Theme) -> GovernanceLevel | None:
    """The level that is asked next; the highest again, where it was asked and the theme is worked once more."""
    ladder = pack().unmet.ladder
    codes = [level.code for level in ladder]
    place = codes.index(theme.level) + 1 if theme.level in codes else 0
    if place < len(ladder):
        return ladder[place]
    return ladder[-1] if theme.state != ThemeState.ESCALATED else None


def level_of(theme: Theme) -> GovernanceLevel | None:
    """The level that was asked last."""
    return find(pack().unmet.levels, theme.level)


def why_not_escalate(user: Any, theme: Theme) -> Refusal | None:
    """Escalating: the sub-group, while it works it; a level that is asked, to the one above it."""
    if theme.state in (ThemeState.ANSWERED, ThemeState.CLOSED):
        return Refusal("unmet.not_worked", "This theme has its answer. Work on it again before you escalate it.")
    if theme.state == ThemeState.ESCALATED:
        if next_level(theme) is None:
            return Refusal("unmet.at_the_top", "There is no level above this one: the answer is given here.")
        return why_not_at_its_level(user, theme) or why_not_ready(theme)
    return why_not_work_in(user, theme.area) or why_not_ready(theme)


def why_not_ready(theme: Theme) -> Refusal | None:
    """What stands before a theme goes up: what the needs show, and what was tried, as the action plan has it."""
    missing = [] if theme.analysis.strip() else ["what the needs show"]
    # Read as they were brought along, where they were: the screen of a meeting asks of several themes.
    if not any(each.was_tried for each in theme.actions.all()):
        missing.append("in the action plan what was tried and how it went")
    if not missing:
        return None
    return Refusal(NOT_READY, f"Before it is escalated, {pack().unmet.sub_group} writes {' and '.join(missing)}.")


def why_not_answer(user: Any, theme: Theme) -> Refusal | None:
    """Answering: the level that is asked; the sub-group itself, where it found a way."""
    if theme.state in (ThemeState.ANSWERED, ThemeState.CLOSED):
        return Refusal("unmet.answered_already", "This theme has its answer already. Open it again to see.")
    if theme.state == ThemeState.ESCALATED:
        return why_not_at_its_level(user, theme)
    return why_not_work_in(user, theme.area)


def why_not_at_its_level(user: Any, theme: Theme, held: Iterable[tuple[Any, Any]] | None = None) -> Refusal | None:
    """Speaking for the level that is asked: whoever is appointed to it. `held` is who answers where, where that was read before."""
    if user.is_active and user.pk in who_speaks(theme, speakers() if held is None else held):
        return None
    return Refusal("unmet.another_level", f"{upper_first(level_name(theme))} answers this. It is due there.")


def speakers() -> list[tuple[Any, Any]]:
    """Everybody who answers what is escalated, with the area of their appointment: one query."""
    roles = [code for code in ROLES if ANSWERS in permissions_of(code)]
    rows = Appointment.objects.in_force().filter(role__in=roles, user__is_active=True)
    return list(rows.values_list("user_id", "area_id"))


def who_speaks(theme: Theme, held: Iterable[tuple[Any, Any]]) -> set[Any]:
    """Who answers at the level that is asked: those appointed as far as it reaches; where nobody is, those of the next wider reach."""
    level, pairs = level_of(theme), list(held)
    widening = [theme.area_id, theme.area.parent_id, None]  # a district, its locality, the whole authority
    first = {"district": 0, "locality": 1, "authority": 2}[level.reach if level is not None else "authority"]
    for place in widening[first:]:
        found = {user for user, area in pairs if area == place}
        if found:
            return found
    return set()


def level_name(theme: Theme) -> str:
    """Who has the theme: the level that is asked, or the sub-group."""
    level = level_of(theme)
    return level.label if level is not None else pack().unmet.sub_group


def why_not_resume(user: Any, theme: Theme) -> Refusal | None:
    """Working on it again, where the answer is not enough."""
    if theme.state != ThemeState.ANSWERED:
        return Refusal("unmet.not_answered", "Only a theme that has been answered can be worked on again.")
    return why_not_work_in(user, theme.area)


def why_not_close(user: Any, theme: Theme) -> Refusal | None:
    """Closing: with an answer, and never without."""
    if theme.state == ThemeState.CLOSED:
        return Refusal("unmet.theme_closed", "This theme is closed already.")
    if theme.state != ThemeState.ANSWERED:
        return Refusal("unmet.nothing_closes", "Nothing closes without an answer. Write the answer, or escalate it.")
    return why_not_work_in(user, theme.area)


def why_not_words(words: str, sentence: str) -> Refusal | None:
    """What is asked or answered is said in words."""
    return None if words.strip() else Refusal("unmet.no_words", sentence)
