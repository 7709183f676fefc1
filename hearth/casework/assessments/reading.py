"""An assessment laid out to be read: on screen, on paper, beside the version before. Plain functions; no database."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from hearth.casework.assessments.answers import Key
from hearth.casework.assessments.boxes import PARTS, Box, boxes_for, boxes_of, in_words
from hearth.casework.assessments.models import Answer, SectionComment
from hearth.casework.assessments.progress import Group, Page
from hearth.casework.assessments.queries import Sheet
from hearth.foundation.core.packs.assessment_form import Section
from hearth.foundation.core.packs.questions import Question

Answers = Mapping[Key, Answer]


@dataclass(frozen=True)
class Item:
    """A question with what was written. `texts` has a heading for each part, or one text without."""

    question: Question
    texts: tuple[tuple[str, str], ...]
    score: int | None = None
    score_before: int | None = None


@dataclass(frozen=True)
class Reading:
    """One page's answers, and the questions nothing was written for."""

    page: Page
    items: tuple[Item, ...]
    unwritten: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """What is written about the family, or about one child."""

    group: Group
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Change:
    """One box that two versions hold differently."""

    label: str
    before: str
    after: str


def chapters_of(sheet: Sheet, answers: Answers, before: Answers | None = None) -> list[Chapter]:
    """The whole assessment in reading order; scores with those of the version before, where it is given."""
    return [
        Chapter(group, tuple(_reading(page, answers, before or {}) for page in group.pages))
        for group in sheet.progress.groups
    ]


def _reading(page: Page, answers: Answers, before: Answers) -> Reading:
    items = [(question, _item(page, question, answers, before)) for question in page.section.questions]
    return Reading(
        page,
        tuple(item for _, item in items if item is not None),
        tuple(question.label for question, item in items if item is None),
    )


def _held(page: Page, box: Box, answers: Answers) -> Answer | None:
    return answers.get((page.place[1], *box.key))


def _item(page: Page, question: Question, answers: Answers, before: Answers) -> Item | None:
    held = [(box, _held(page, box, answers)) for box in boxes_for(question)]
    texts = tuple(
        (PARTS.get(box.part, ""), in_words(question, answer.value)) for box, answer in held if answer is not None
    )
    if not texts:
        return None
    if question.kind != "scale_0_10":
        return Item(question, texts)
    box, answer = held[0]
    earlier = _held(page, box, before)
    return Item(question, texts, answer.value if answer else None, earlier.value if earlier else None)


def changes_between(before: Answers, sheet: Sheet, after: Answers) -> tuple[list[tuple[Page, list[Change]]], int]:
    """Page by page, what the newer version says differently; and how many boxes say the same."""
    found, same = [], 0
    for page in sheet.progress.pages:
        boxes = [box for question in page.section.questions for box in boxes_for(question)]
        rows = [_change(page, box, before, after) for box in boxes]
        differing = [row for row in rows if row.before != row.after]
        same += sum(bool(row.after) and row.before == row.after for row in rows)
        if differing:
            found.append((page, differing))
    return found, same


def _change(page: Page, box: Box, before: Answers, after: Answers) -> Change:
    words = [
        in_words(box.question, held.value) if held else ""
        for held in (_held(page, box, before), _held(page, box, after))
    ]
    return Change(box.label, *words)


def no_longer_asked(before: Answers, old: Sheet, new: Sheet) -> list[tuple[Page, list[Change]]]:
    """What the older version holds and the newer form does not ask, so that nothing drops out of sight."""
    asked = {
        (page.place[1], *box.key) for page in new.progress.pages for q in page.section.questions for box in boxes_for(q)
    }
    found = []
    for page in old.progress.pages:
        boxes = [box for question in page.section.questions for box in boxes_for(question)]
        rows = [_change(page, box, before, {}) for box in boxes if (page.place[1], *box.key) not in asked]
        if any(row.before for row in rows):
            found.append((page, [row for row in rows if row.before]))
    return found


def comments_on(comments: Iterable[SectionComment], place: tuple[str, UUID | None]) -> list[SectionComment]:
    """What a manager said of one page: of a child's also what was said of every child's at once, as it once was."""
    section, person = place
    return [each for each in comments if each.section == section and each.person_id in (person, None)]


def lines_of(section: Section, saves: Sequence[Any]) -> list[tuple[Any, str, str]]:
    """Each save of a page with the box's label and what it said then."""
    boxes = {box.key: box for box in boxes_of(section)}
    return [
        (save, boxes[save.question, save.part].label, in_words(boxes[save.question, save.part].question, save.value))
        for save in saves
        if (save.question, save.part) in boxes
    ]
