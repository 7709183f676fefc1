"""The page on which a section is written: what is saved, what is only its reader's draft, what somebody else changed.

Like `form_page` of foundation/ui, but box by box: each box carries the version its writer has open, a stale page never
writes back what its writer did not touch, and a box that two people changed shows both texts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, QueryDict
from django.urls import reverse

from hearth.casework.assessments import actions, answers, known, queries, rules
from hearth.casework.assessments.boxes import Box, boxes_for, boxes_of, in_words
from hearth.casework.assessments.forms import WriteSectionForm, copy, put
from hearth.casework.assessments.merging import Merge, merge
from hearth.casework.assessments.models import Answer
from hearth.casework.assessments.queries import Sheet
from hearth.casework.assessments.reading import comments_on
from hearth.foundation.core.packs.assessment_form import Section
from hearth.foundation.core.packs.questions import Question
from hearth.foundation.core.refusals import Refused
from hearth.foundation.ui import kept, sent
from hearth.foundation.ui.page import render, say
from hearth.foundation.ui.refusing import record_refusal
from hearth.intelligence.insight.involvement.queries import family_view
from hearth.records.people.models import Person

# Names that no question's code can have: a code has no colon.
SEEN = "seen:"  # before a box's name: the version its writer has open
KNOWN, SAVED, CLEAR, NEXT = "do:known", "do:saved", "do:clear", "do:next"


@dataclass(frozen=True)
class BoxView:
    """A box as the page shows it."""

    box: Box
    saved: Answer | None
    seen: int
    differs: bool  # what is in the box is not what is saved
    theirs: bool  # and somebody else saved that
    filled: known.Offer | None  # what the box was filled in with, before anybody wrote in it
    offer: known.Offer | None  # what could be put in it

    @property
    def saved_words(self) -> str:
        """What is saved, as people read it."""
        return in_words(self.box.question, self.saved.value) if self.saved else ""


@dataclass(frozen=True)
class QuestionView:
    """A question with its one or two boxes, and the group's heading where one begins."""

    question: Question
    heading: str
    boxes: tuple[BoxView, ...]


class SectionPage:
    """One request for one page of an assessment."""

    def __init__(self, request: HttpRequest, sheet: Sheet, section: Section, child: Person | None) -> None:
        self.request, self.sheet, self.section, self.child = request, sheet, section, child
        self.user: Any = request.user
        self.assessment = sheet.assessment
        self.boxes = boxes_of(section)
        self.filled: dict[str, known.Offer] = {}  # by box: facts on record, where nobody wrote yet and no draft is kept
        self.sitting = request.POST.get("draft_sitting", "")[:40] or sent.new_sitting()
        self.not_kept = ""

    @cached_property
    def held(self) -> dict[str, Answer]:
        """What is saved, by box."""
        return answers.answers_on(self.user, self.assessment, self.section, self.child)

    def form(self, data: QueryDict | None) -> WriteSectionForm:
        """The page's form."""
        return WriteSectionForm(data, section=self.section, held={name: held.value for name, held in self.held.items()})

    def seen(self, data: Mapping[str, Any]) -> dict[str, int]:
        """The versions that came with the typing; 0 (nothing was there) for whatever is not a version."""
        sent = {box.name: str(data.get(SEEN + box.name, "")) for box in self.boxes}
        return {
            name: int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
            for name, text in sent.items()
        }

    def keep(self, data: QueryDict) -> bool:
        """Put the typing in its author's draft; whether that worked."""
        typed = {name: data.getlist(name) for name in data if not name.startswith("do:")}
        refusal = kept.save_draft(self.user, self.request.path, self.assessment.reference, self.sitting, typed)
        self.not_kept = refusal.sentence if refusal is not None else ""
        return refusal is None

    def merged(self, data: QueryDict | None) -> tuple[WriteSectionForm, set[str]]:
        """What is saved with what was typed laid over it, and the boxes where the two differ."""
        shown, differ = QueryDict(mutable=True), set()
        posted = data if data is not None else QueryDict()
        typed = self._judged(posted) if data is not None else {}
        bases = answers.values_seen(self.boxes, self.held, self.seen(posted))
        for box in self.boxes:
            current = self.held[box.name].value if box.name in self.held else None
            if box.name in self.filled:
                put(shown, box, self.filled[box.name].value)
            elif box.name not in typed or merge(bases[box.name], typed[box.name], current) is Merge.KEEP:
                put(shown, box, current)
            else:
                copy(shown, posted, box)
                differ.add(box.name)
        form = self.form(shown)
        form.leave_unjudged()
        return form, differ

    def _judged(self, data: QueryDict) -> dict[str, Any]:
        """What was typed, by box. What cannot be read (half a date) is like no saved answer, so it is kept as typed."""
        form = self.form(data)
        form.is_valid()
        return {name: object() for name in form.errors} | form.typed()

    def open(self) -> HttpResponse:
        """The page as its reader left it: their own draft where they have one."""
        draft = kept.draft_for(self.user, self.request.path, self.assessment.reference)
        if draft is None:
            self.filled = {name: offer for name, offer in self.offers.items() if offer.fills and name not in self.held}
        else:
            self.sitting = sent.new_sitting(of=draft)
        form, differ = self.merged(kept.as_posted(draft) if draft else None)
        return self.draw(form, differ, draft=draft if differ else None)

    def post(self) -> HttpResponseBase:
        """Save; or put something known, something saved or nothing into a box, which is not saved yet."""
        for button, value_of in ((KNOWN, self._known), (SAVED, self._saved), (CLEAR, lambda box: None)):
            box = next((box for box in self.boxes if box.name == self.request.POST.get(button)), None)
            if box is not None:
                return self._put(box, value_of(box))
        return self._save()

    def _known(self, box: Box) -> Any:
        offer = self.offers.get(box.name)
        return offer.value if offer is not None else None

    def _saved(self, box: Box) -> Any:
        return self.held[box.name].value if box.name in self.held else None

    @cached_property
    def offers(self) -> dict[str, known.Offer]:
        """What is known already about the empty boxes."""
        return known.offers_for(self.user, self.assessment, self.section, self.child, self.held)

    def _put(self, box: Box, value: Any) -> HttpResponseBase:
        data = self.request.POST.copy()
        put(data, box, value)
        if self.keep(data):
            return HttpResponseRedirect(f"{self.request.path}#box-{box.name}")
        return self.draw(*self.merged(data))

    def _save(self) -> HttpResponseBase:
        data = self.request.POST.copy()
        form = self.form(data)
        if not form.is_valid():
            self.keep(data)
            return self.draw(form, set(), 422, seen=self.seen(data))
        try:
            written = actions.write_section(
                by=self.user,
                assessment=self.assessment,
                section=self.section,
                child=self.child,
                typed=form.typed(),
                seen=self.seen(data),
            )
        except Refused as refused:
            record_refusal(self.request, refused.refusal)
            self.keep(data)
            form, differ = self.merged(data)
            form.add_error(None, refused.refusal.sentence)
            return self.draw(form, differ, 403)
        return self._disputed(data, written) if written.disputed else self._done()

    def _disputed(self, data: QueryDict, written: actions.Written) -> HttpResponse:
        """Both texts of each box that two people changed. The rest is saved; the draft stays until they choose."""
        del self.held
        self.keep(data)
        form, differ = self.merged(data)
        for name, answer in written.disputed.items():
            form.add_error(
                name,
                f"{answer.by.full_name} changed this while you were typing. Choose which words to keep, or join them.",
            )
        return self.draw(form, differ, 409, saved_rest=bool(written.saved))

    def _done(self) -> HttpResponseBase:
        kept.clear_draft(self.user, self.request.path, self.assessment.reference, self.sitting)
        say(self.request, f"“{self.section.title}” is saved.")
        following = self.sheet.progress.after(self.section, self.child)
        if following is None or NEXT not in self.request.POST:
            return HttpResponseRedirect(reverse("assessment", args=[self.assessment.case.reference]))
        return HttpResponseRedirect(address(self.assessment.case.reference, following.section, following.child))

    def draw(
        self,
        form: WriteSectionForm,
        differ: set[str],
        status: int = 200,
        *,
        draft: Any = None,
        seen: Mapping[str, int] | None = None,
        saved_rest: bool = False,
    ) -> HttpResponse:
        """The page. `seen` is given when nothing was merged: the versions stay those that the writer had open."""
        place = (self.section.code, self.child.id if self.child else None)
        said = queries.comments_of(self.user, self.assessment)
        context = {
            "form": form,
            "sheet": self.sheet,
            "assessment": self.assessment,
            "case": self.assessment.case,
            "child": self.child,
            "section": self.section,
            "questions": list(self._questions(differ, seen)),
            "draft": draft,
            "conflicts": [],
            "autosave": True,
            "draft_form": self.assessment.reference,
            "draft_sitting": self.sitting,
            "not_kept": self.not_kept,
            "all_comments": said,
            "comments": comments_on(said, place),
            "comments_on": comments_on,
            "saved_rest": saved_rest,
            "writers": answers.who_writes(self.user, self.assessment, self.section, self.child, self.request.path),
            "refusal": rules.why_not_write(self.user, self.assessment),
            "place": place,
            "family_view": family_view(self.user, self.assessment.case.family, "assessment"),
            "address": address,
            "SEEN": SEEN,
            "following": self.sheet.progress.after(self.section, self.child),
        }
        return render(self.request, "assessments/write_section.html", context, status=status)

    def _questions(self, differ: set[str], seen: Mapping[str, int] | None) -> Iterator[QuestionView]:
        group = ""
        for question in self.section.questions:
            views = tuple(self._view(box, differ, seen) for box in boxes_for(question))
            heading, group = (question.group if question.group != group else ""), question.group
            yield QuestionView(question, heading, views)

    def _view(self, box: Box, differ: set[str], seen: Mapping[str, int] | None) -> BoxView:
        saved = self.held.get(box.name)
        version = seen.get(box.name, 0) if seen is not None else saved.version if saved else 0
        differs = box.name in differ
        theirs = differs and saved is not None and saved.by_id != self.user.id
        filled = self.filled.get(box.name)
        return BoxView(box, saved, version, differs, theirs, filled, None if filled else self.offers.get(box.name))


def address(reference: str, section: Section, child: Person | None) -> str:
    """Where a page of a case's assessment is written."""
    return reverse("write_section", args=[reference, section.code, *([child.reference] if child else [])])
