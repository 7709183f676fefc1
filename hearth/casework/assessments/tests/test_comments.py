"""What a manager says when returning an assessment: of which page, for whom, and where its author finds it."""

import re
from typing import Any

import pytest
from django.db import Error, transaction
from django.urls import reverse

from hearth.casework.assessments import actions, queries
from hearth.casework.assessments.models import Assessment, SectionComment
from hearth.casework.assessments.tests.forms_of_pages import fields_of
from hearth.foundation.core.reader import acting_as
from hearth.records.people.models import Person
from hearth.records.people.restrictions.actions import place_restriction

MARK = "Comment from your manager"


@pytest.fixture
def children(cast: Any, assessment: Assessment) -> tuple[Person, Person]:
    """Jake and Mia."""
    with acting_as(cast.family_worker):
        return Person.objects.get(given_name="Jake"), Person.objects.get(given_name="Mia")


def returned(cast: Any, sent: Assessment, comments: dict[str, str]) -> Assessment:
    """Returned by the manager, with comments by the pages' anchors."""
    with acting_as(cast.manager):
        return actions.return_assessment(
            by=cast.manager, assessment=sent, words="Nearly.", comments=comments, seen_version=sent.version
        )


def marked(page: str) -> list[str]:
    """The pages that the list marks as having a comment."""
    items = re.findall(r'<li class="govuk-task-list__item.*?</li>', page, re.S)
    titles = [" ".join(re.sub("<[^>]+>", "", re.search(r"<a .*?</a>", each, re.S)[0]).split()) for each in items]  # type: ignore[index]
    return [title for title, each in zip(titles, items, strict=True) if MARK in each]


def test_a_manager_has_a_box_for_each_page_and_its_author_finds_each_comment_on_that_page_alone(
    cast: Any, case: Any, sent: Assessment, children: Any, as_client: Any
) -> None:
    jake, mia = children
    manager, author = as_client(cast.manager), as_client(cast.family_worker)
    address = reverse("return_assessment", args=[sent.reference])
    opened = manager.get(address)
    with acting_as(cast.manager):
        pages = queries.sheet_of(cast.manager, sent).progress.pages
    boxes = [name for name in fields_of(opened) if name.startswith("about_")]
    assert boxes == [f"about_{page.anchor}" for page in pages] and len(set(boxes)) == len(boxes)
    shown = " ".join(opened.content.decode().split())
    for child in children:
        assert f"<h3>{child.full_name}</h3>" in shown and f"What this child says, {child.full_name}" in shown
    long = fields_of(opened, **{"words": "x", f"about_child_voice-{jake.reference}": "y" * 4001})
    refused = manager.post(address, long)
    assert refused.status_code == 422 and "What this child says, Jake Ashworth" in refused.content.decode()
    asked = {f"about_child_voice-{jake.reference}": "In his own words?", "about_conclusion": "Whose worry?"}
    assert manager.post(address, fields_of(opened, words="Nearly.", **asked)).status_code == 302
    place = [case.reference, "child_voice"]
    own = author.get(reverse("write_section", args=[*place, jake.reference])).content.decode()
    other = author.get(reverse("write_section", args=[*place, mia.reference])).content.decode()
    assert "In his own words?" in own and "In his own words?" not in other
    assert 'app-assessment-pages__comment">comment' in own
    listed = author.get(reverse("assessment", args=[case.reference])).content.decode()
    assert sorted(marked(listed)) == sorted(
        ["What this child says, Jake Ashworth", next(p.section.title for p in pages if p.section.code == "conclusion")]
    )
    read = author.get(reverse("read_assessment", args=[sent.reference])).content.decode()
    assert f'href="{reverse("write_section", args=[*place, jake.reference])}">What this child says, Jake' in read


def test_what_was_once_said_of_every_childs_page_at_once_is_still_read_on_each(
    cast: Any, case: Any, sent: Assessment, children: Any, as_client: Any
) -> None:
    returned(cast, sent, {})
    with acting_as(cast.manager):
        step = queries.steps_of(cast.manager, sent)[0]
        SectionComment(step=step, family_id=sent.family_id, section="child_voice", text="As it was.").save()
    author = as_client(cast.family_worker)
    for child in children:
        page = author.get(reverse("write_section", args=[case.reference, "child_voice", child.reference]))
        assert "As it was." in page.content.decode() and "of every child" in page.content.decode()
    listed = author.get(reverse("assessment", args=[case.reference])).content.decode()
    assert sorted(marked(listed)) == sorted(f"What this child says, {child.full_name}" for child in children)
    read = author.get(reverse("read_assessment", args=[sent.reference])).content.decode()
    assert "What this child says, of every child" in read and "As it was." in read


def test_a_comment_on_a_restricted_childs_page_is_hidden_with_the_child(
    cast: Any, case: Any, sent: Assessment, children: Any, as_client: Any
) -> None:
    jake, _ = children
    returned(cast, sent, {f"child_voice-{jake.reference}": "Ask Jake.", "conclusion": "Whose worry?"})
    with acting_as(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=jake.reference, reason="At risk from a relative.")
    author = as_client(cast.family_worker)
    for name, reference in (("assessment", case.reference), ("read_assessment", sent.reference)):
        shown = author.get(reverse(name, args=[reference])).content.decode()
        assert "Whose worry?" in shown and "Jake" not in shown
    with acting_as(cast.family_worker):
        assert [each.text for each in SectionComment.objects.all()] == ["Whose worry?"], "the database hides it too"
        step = queries.steps_of(cast.family_worker, sent)[0]
        with pytest.raises(Error), transaction.atomic():
            SectionComment(
                step=step, family_id=sent.family_id, section="child_voice", person_id=jake.pk, text="Mine."
            ).save(force_insert=True)
