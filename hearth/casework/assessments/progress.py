"""How far an assessment has got: its pages, and which are done, started or empty. Plain functions; no database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from hearth.casework.assessments.boxes import EACH_CHILD, boxes_of
from hearth.foundation.core.packs.assessment_form import AssessmentForm, Section
from hearth.foundation.core.packs.questions import Question
from hearth.records.people.models import Person

Answered = set[tuple[UUID | None, str, str]]  # child (None: the whole family), question, part


class State(StrEnum):
    """How far one page has got."""

    DONE = "done"
    STARTED = "started"
    EMPTY = "empty"
    UNUSED = "unused"  # empty, and nothing has to be written in it


@dataclass(frozen=True)
class Page:
    """One section about the family, or about one child."""

    section: Section
    child: Person | None
    answered: int
    missing: tuple[Question, ...]

    @property
    def state(self) -> State:
        """Done when nothing needed is missing and something is written."""
        if not self.answered:
            return State.EMPTY if self.is_counted else State.UNUSED
        return State.STARTED if self.missing else State.DONE

    @property
    def is_counted(self) -> bool:
        """Whether somebody must write in it, or has: what is only used sometimes is not counted as missing."""
        return bool(self.answered) or any(question.required for question in self.section.questions)

    @property
    def place(self) -> tuple[str, UUID | None]:
        """What makes it the same page."""
        return self.section.code, self.child.id if self.child else None

    @property
    def anchor(self) -> str:
        """Its place on the page that shows the assessment whole."""
        return f"{self.section.code}-{self.child.reference}" if self.child else self.section.code


@dataclass(frozen=True)
class Group:
    """Pages that are done together: about the family, or about one child."""

    title: str
    child: Person | None
    pages: tuple[Page, ...]


@dataclass(frozen=True)
class Progress:
    """All pages of an assessment, in the order people work through them."""

    groups: tuple[Group, ...]

    @property
    def pages(self) -> list[Page]:
        """Every page."""
        return [page for group in self.groups for page in group.pages]

    @property
    def unfinished(self) -> list[Page]:
        """Pages on which something is still needed before it can be sent."""
        return [page for page in self.pages if page.missing]

    @property
    def missing(self) -> int:
        """How many answers are still needed."""
        return sum(len(page.missing) for page in self.pages)

    @property
    def counted(self) -> list[Page]:
        """Pages that somebody must write in, or has written in."""
        return [page for page in self.pages if page.is_counted]

    @property
    def done(self) -> int:
        """How many pages are done."""
        return sum(page.state == State.DONE for page in self.pages)

    def after(self, section: Section, child: Person | None) -> Page | None:
        """The page that follows; nothing after the last."""
        places = [page.place for page in self.pages]
        at = places.index((section.code, child.id if child else None)) + 1
        return self.pages[at] if at < len(places) else None


def progress(form: AssessmentForm, children: Sequence[Person], answered: Answered) -> Progress:
    """The pages: the family's that come before the children's, every child's, then the rest of the family's."""
    sections = list(form.sections)
    first = next((n for n, section in enumerate(sections) if section.scope == EACH_CHILD), len(sections))
    childrens = [section for section in sections if section.scope == EACH_CHILD]
    rest = [section for section in sections[first:] if section.scope != EACH_CHILD]
    groups = [
        _group("The whole family", None, sections[:first], answered),
        *(_group(child.full_name, child, childrens, answered) for child in children),
        _group("The whole family, to finish", None, rest, answered),
    ]
    return Progress(tuple(group for group in groups if group.pages))


def _group(title: str, child: Person | None, sections: Iterable[Section], answered: Answered) -> Group:
    return Group(title, child, tuple(_page(section, child, answered) for section in sections))


def _page(section: Section, child: Person | None, answered: Answered) -> Page:
    about = child.id if child else None
    count = sum((about, *box.key) in answered for box in boxes_of(section))
    written = {box.question.code for box in boxes_of(section) if (about, *box.key) in answered}
    missing = tuple(
        question
        for question in section.questions
        if (question.required or written.intersection(question.needed_once)) and question.code not in written
    )
    return Page(section, child, count, missing)
