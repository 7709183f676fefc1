"""Fills in an invented assessment, page by page, in words that fit the story."""

from typing import Any

from hearth.casework.assessments import actions, answers, queries
from hearth.casework.assessments.boxes import EACH_CHILD, Box, boxes_of
from hearth.casework.assessments.models import Assessment
from hearth.foundation.core.packs.assessment_form import Section
from hearth.invented.words import Theme

FEW = 2  # pages written in an assessment that has only been begun
LICENSED = "gcp2"  # a profile that most families do not have


def write_answers(story: Any, assessment: Assessment, *, whole: bool, theme: Theme) -> None:
    """Write every page that the form needs, or the first few."""
    worker = story.place.worker
    sections = queries.form_of(assessment).sections
    for section in sections if whole else sections[:FEW]:
        for child in _subjects(story, assessment, section):
            typed = {box.name: _answer(story, box, theme) for box in boxes_of(section)}
            typed = {name: value for name, value in typed.items() if value is not None}
            if typed:
                held = answers.answers_on(worker, assessment, section, child)
                seen = {name: row.version for name, row in held.items()}
                actions.write_section(
                    by=worker, assessment=assessment, section=section, child=child, typed=typed, seen=seen
                )


def _subjects(story: Any, assessment: Assessment, section: Section) -> list[Any]:
    if section.scope != EACH_CHILD:
        return [None]
    children, _ = queries.children_of(story.place.worker, assessment, set())
    return list(children)


def _answer(story: Any, box: Box, theme: Theme) -> Any:
    question = box.question
    if question.code.startswith(LICENSED):
        return None
    if question.kind == "strengths_and_needs":
        return _element(story, box, theme)
    return _of_kind(story, question, theme)


def _element(story: Any, box: Box, theme: Theme) -> str | None:
    """The theme's own element has a strength and a need; some others a strength; the rest is left for later."""
    if box.question.code == theme.need_element:
        return story.say(theme.need if box.part == "needs" else theme.strength)
    if box.part == "strengths":
        return "No worries here." if story.dice.random() < 0.5 else "Settled, and doing well."
    return None


def _of_kind(story: Any, question: Any, theme: Theme) -> Any:
    options = [option.code for option in question.options]
    kinds: dict[str, Any] = {
        "text": lambda: story.say(theme.going_well),
        "long_text": lambda: story.say(theme.child_words if "child" in question.code else theme.worries),
        "scale_0_10": lambda: story.dice.randint(3, 7),
        "number": lambda: story.dice.randint(1, 5),
        "yes_no_not_sure": lambda: story.dice.choice(("yes", "yes", "not_sure")),
        "choice": lambda: options[0],
        "many": lambda: options[: story.dice.randint(1, 3)],
        "date": story.hands.moment.date,
    }
    return kinds[question.kind]()
