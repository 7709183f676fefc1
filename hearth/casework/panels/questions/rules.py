"""Who may ask without a name, whom, and in which words; who answers; and the sentence when not."""

from collections.abc import Iterable
from typing import Any

from hearth.casework.panels.models import Panel, PanelMember, Question
from hearth.casework.panels.reach import HUB
from hearth.casework.panels.rules import runs
from hearth.foundation.accounts.models import User
from hearth.foundation.accounts.queries import who_may
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.records.people.unnamed import why_not_unnamed


def why_not_ask(user: Any) -> Refusal | None:
    """Asking: whoever may bring something to a panel."""
    if user.may("see_panels"):
        return None
    return Refusal("panels.may_not_ask", "Your role brings nothing to a panel. Ask your own manager for advice.")


def why_not_see_questions(user: Any) -> Refusal | None:
    """The list: whoever asks, answers, or manages those who do."""
    if user.may("see_panels") or user.may(HUB) or user.may("see_requests_of_organisation"):
        return None
    return Refusal("panels.no_questions", "Your role neither asks nor answers questions without a name.")


def who_is_asked(panel: Panel | None) -> list[User]:
    """Who is told of a question: the panel's coordinator, or its chair where it has none; everybody of the hub."""
    if panel is None:
        return who_may(HUB)
    seats = [seat for seat in PanelMember.objects.now().filter(panel=panel).select_related("user") if seat.runs_it]
    seats.sort(key=lambda seat: seat.is_chair)
    return [seat.user for seat in seats if seat.user.is_active][:1]


def why_not_this_question(
    user: Any, panel: Panel | None, area: Any, themes: Iterable[str], words: str, asked: list[User]
) -> Refusal | None:
    """To a panel that somebody runs, or to the hub for a district; about something, in words that name nobody."""
    if panel is None and (area is None or pack().areas.district(area.code) is None):
        return Refusal("panels.question_area", "Choose the district that it is about.")
    if panel is not None and panel.ended_at is not None:
        return Refusal("panels.ended", f"{panel.name} has ended. Nothing of it can be changed.")
    if not asked:
        return Refusal("panels.nobody_answers", "Nobody is there who could answer now. Ask somebody else.")
    if not themes or not all(_offered(theme) for theme in themes):
        return Refusal("panels.themes", "Choose what it is about.")
    if not words.strip():
        return Refusal("panels.question_words", "Write what you ask, without anybody's name.")
    return why_not_unnamed(user, words)


def why_not_answer(user: Any, question: Question) -> Refusal | None:
    """Answering: whoever runs the panel, or the hub; once."""
    if question.withdrawn_at is not None:
        return Refusal("panels.question_taken_back", "This question was taken back.")
    if question.answered_at is not None:
        return Refusal("panels.question_answered", "This question has its answer already.")
    if _answers(user, question):
        return None
    return Refusal("panels.answers_not", "Only those who are asked answer this. Wait for them.")


def why_not_answer_so(user: Any, answer: str) -> Refusal | None:
    """An answer in words, that name nobody either."""
    if not answer.strip():
        return Refusal("panels.question_answer", "Write the answer.")
    return why_not_unnamed(user, answer)


def why_not_read(user: Any, question: Question) -> Refusal | None:
    """Having read the answer: whoever asked."""
    if question.answered_at is None:
        return Refusal("panels.no_answer_yet", "There is no answer to read yet.")
    if question.asked_by_id != user.id:
        return Refusal("panels.question_of_another", "The answer is for whoever asked.")
    return None


def why_not_take_back(user: Any, question: Question) -> Refusal | None:
    """Taking it back: whoever asked, before it is answered; whoever answers, where it names somebody after all."""
    if question.withdrawn_at is not None:
        return Refusal("panels.question_taken_back", "This question was taken back.")
    if question.answered_at is None and question.asked_by_id == user.id:
        return None
    if _answers(user, question):
        return None
    return Refusal(
        "panels.question_not_yours", "Whoever asked takes it back before it is answered. Ask those who answer."
    )


def _answers(user: Any, question: Question) -> bool:
    return runs(user, question.panel) if question.panel is not None else bool(user.may(HUB))


def _offered(code: str) -> bool:
    found = find(pack().panels.themes, code)
    return found is not None and not found.retired
