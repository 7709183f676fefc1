"""Who keeps the risk log, assesses, follows, escalates and answers; and the sentence when not. Nothing closes without an answer."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from hearth.foundation.accounts.models import Appointment, User
from hearth.foundation.accounts.roles import ROLES, permissions_of
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.packs.governance import POINTS, RiskLevel
from hearth.foundation.core.refusals import Refusal
from hearth.oversight.governance.reach import may_in
from hearth.oversight.governance.risks.models import Risk, RiskAction, RiskEscalation
from hearth.oversight.governance.risks.reach import ANSWERS, KEEPS, SEES

LONGEST = 731  # days ahead: a day beyond it is a slip of the finger
BOARD = "board_member"  # reads every risk
WORDS = Refusal("risks.no_words", "Say it in words.")


def why_not_see_risks(user: Any) -> Refusal | None:
    """The risk log: whoever sees any of it."""
    if user.may(SEES):
        return None
    return Refusal("risks.may_not_see", "Your role does not include the risk log. Ask a development officer.")


def why_not_keep_in(user: Any, area: Any) -> Refusal | None:
    """Logging a risk, and meeting on the log: whoever keeps it in that district; for the whole authority, whoever keeps it there."""
    if may_in(user, KEEPS, area):
        return None
    where = area.name if area is not None else "the whole authority"
    return Refusal("risks.may_not_keep", f"You do not keep the risk log of {where}. Ask somebody who does.")


def why_not_keep(user: Any, risk: Risk) -> Refusal | None:
    """Changing what it says, whose it is and who reads it, while it is open."""
    return why_not_keep_in(user, risk.area) or why_not_open(risk)


def why_not_edit(user: Any, risk: Risk) -> Refusal | None:
    """Assessing, following, escalating and closing: its owner, and whoever keeps the log there."""
    if risk.owner_id != user.id and not may_in(user, KEEPS, risk.area):
        return Refusal(
            "risks.not_yours", "Only its owner and whoever keeps the log there can do this. Ask one of them."
        )
    return why_not_open(risk)


def why_not_open(risk: Risk) -> Refusal | None:
    """A closed risk is what it was."""
    if risk.is_open:
        return None
    return Refusal("risks.closed", "This risk is closed. If it comes back, log another.")


def why_not_this_risk(
    by: Any, *, title: str, what: str, subject: str, owner: Any, only_roles: Iterable[str]
) -> Refusal | None:
    """A risk says in a line what it is, what may happen, about what, and who answers for it; and may be read by its writer."""
    if not title.strip() or not what.strip():
        return Refusal("risks.says_nothing", "Say in a line what the risk is, and then what may happen.")
    found = find(pack().governance.subjects, subject)
    if found is None or found.retired:
        return Refusal("risks.subject", "Choose what it is about.")
    if owner is None or not owner.is_active or not owner.may(SEES):
        return Refusal("risks.owner", "Choose somebody who sees the risk log as its owner.")
    return _why_not_kept_to(by, owner, list(only_roles))


def _why_not_kept_to(by: Any, owner: Any, roles: list[str]) -> Refusal | None:
    if not roles:
        return None
    if any(role not in ROLES or SEES not in permissions_of(role) for role in roles):
        return Refusal("risks.roles", "Choose roles that see the risk log.")
    if owner.id != by.id and not {each.role for each in by.appointments_now()} & set(roles):
        return Refusal("risks.own_role", "Tick a role of your own too, or you could not read it any more.")
    return None


def why_not_this_assessment(
    risk: Risk, likelihood: int, impact: int, assessed_on: dt.date, last_on: dt.date | None
) -> Refusal | None:
    """Two places of the pack's scales, on a day that is not before the last: the history is never written anew."""
    if not (1 <= likelihood <= POINTS and 1 <= impact <= POINTS):
        return Refusal("risks.scale", "Choose how likely it is, and how bad it would be.")
    if assessed_on > clock.today():
        return Refusal("risks.to_come", "Enter today, or a day that has passed.")
    if last_on is not None and assessed_on < last_on:
        return Refusal(
            "risks.before_the_last", f"It was assessed on {last_on:%d/%m/%Y}. Enter that day or a later one."
        )
    return None


def why_not_this_action(risk: Risk, what: str, owner: Any, due_on: dt.date | None) -> Refusal | None:
    """An action point says what, who and by when; and whoever does it may read the risk."""
    if not what.strip():
        return Refusal("risks.action", "Say what will be done.")
    if owner is None or not may_read(owner, risk):
        return Refusal("risks.action_owner", "Choose somebody who may read this risk: they are reminded of it.")
    if due_on is None or not 0 <= (due_on - clock.today()).days <= LONGEST:
        return Refusal("risks.action_day", "Enter a day from today to two years from now.")
    return None


def why_not_finish(user: Any, point: RiskAction, words: str = "-") -> Refusal | None:
    """It is done: whoever was to do it, the risk's owner, or whoever keeps the log."""
    if point.done_on is not None:
        return Refusal("risks.action_done", "It is done already.")
    refusal = None if point.owner_id == user.id else why_not_edit(user, point.risk)
    if refusal is not None:
        return refusal
    return None if words.strip() else Refusal("risks.how_known", "Say how one knows that it is done.")


def may_read(user: Any, risk: Risk) -> bool:
    """Whether somebody else reads a risk, as the database says it."""
    return bool(user.is_active and Risk.objects.visible_to(user).filter(pk=risk.pk).exists())


def level_of(code: str) -> RiskLevel | None:
    """A level, as the pack says it."""
    return find(pack().governance.levels, code)


def level_words(code: str) -> str:
    """Who was asked."""
    found = level_of(code)
    return found.label if found is not None else code


def who_answers(risk: Risk, level: str) -> list[User]:
    """Who speaks for a level: whoever holds its role nearest to the risk, and may read it. A district, its locality, the whole authority."""
    found = level_of(level)
    if found is None or ANSWERS not in permissions_of(found.role):
        return []
    held = Appointment.objects.in_force().filter(role=found.role, user__is_active=True)
    pairs = list(held.select_related("user__organisation").order_by("user__email"))
    places = [risk.area_id, risk.area.parent_id, None] if risk.area is not None else [None]
    for place in places:
        people = {each.user for each in pairs if each.area_id == place}
        readers = [each for each in people if may_read(each, risk)]
        if readers:
            return sorted(readers, key=lambda each: each.email)
    return []


def why_not_escalate(user: Any, risk: Risk, waiting: RiskEscalation | None) -> Refusal | None:
    """Escalating: once, until it is answered."""
    refusal = why_not_edit(user, risk)
    if refusal is None and waiting is not None:
        sentence = f"{level_words(waiting.level)} is asked already. Wait for the answer, which is due on {waiting.due_on:%d/%m/%Y}."
        return Refusal("risks.escalated_already", sentence)
    return refusal


def why_not_this_level(risk: Risk, level: str, asked: str) -> Refusal | None:
    """It says what is asked, of a level at which there is somebody to answer."""
    found = level_of(level)
    if found is None or found.retired:
        return Refusal("risks.level", "Choose whom it is escalated to.")
    if not asked.strip():
        return Refusal("risks.nothing_asked", "Write what you ask, and what was tried.")
    if not who_answers(risk, level):
        return Refusal(
            "risks.nobody_there",
            f"Nobody may read this risk and answer as {found.label}. Change who reads it, or ask another level.",
        )
    return None


def why_not_answer(user: Any, escalation: RiskEscalation) -> Refusal | None:
    """Answering: whoever speaks for the level that is asked."""
    if escalation.answered_at is not None:
        return Refusal("risks.answered_already", "It has its answer already. Open the risk again to read it.")
    if user.pk in {each.pk for each in who_answers(escalation.risk, escalation.level)}:
        return None
    return Refusal("risks.another_level", f"{level_words(escalation.level)} answers this. It is due there.")


def why_not_close(user: Any, risk: Risk, waiting: RiskEscalation | None, open_points: int) -> Refusal | None:
    """Closing: with an answer to what was escalated, and nothing left to do."""
    refusal = why_not_edit(user, risk)
    if refusal is None and waiting is not None:
        return Refusal(
            "risks.not_answered", f"Nothing closes without an answer. {level_words(waiting.level)} answers first."
        )
    if refusal is None and open_points:
        return Refusal("risks.points_open", "Something is still to be done about it. Finish its action points first.")
    return refusal
