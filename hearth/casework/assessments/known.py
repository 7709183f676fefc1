"""What is known already and could be an answer: from the family's record, the request, and an earlier assessment."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from hearth.casework.assessments.answers import answers_on
from hearth.casework.assessments.boxes import Box, boxes_of, in_words
from hearth.casework.assessments.models import Answer, Assessment
from hearth.casework.assessments.queries import form_of
from hearth.casework.cases.models import TeamMember
from hearth.foundation.core.packs.assessment_form import Section
from hearth.foundation.core.text import lower_first
from hearth.foundation.ui.filters import day, listed
from hearth.records.people.births import age_words, birth_words
from hearth.records.people.models import Address, FamilyRole, Membership, Person


@dataclass(frozen=True)
class Offer:
    """Something known that could be an answer.

    A fact on record `fills` a box nobody has written in; an earlier assessment's answer is only offered, with a button
    that puts it in the box (`takeable`); an earlier score is only shown.
    """

    value: Any
    words: str
    source: str
    takeable: bool = True
    fills: bool = False


def offers_for(
    reader: Any, assessment: Assessment, section: Section, child: Person | None, held: Mapping[str, Answer]
) -> dict[str, Offer]:
    """Offers for the empty boxes of a page, by the box's name. Fixed queries, and none where nothing is empty."""
    empty = [box for box in boxes_of(section) if box.name not in held or held[box.name].value is None]
    if not empty:
        return {}
    offers = _from_record(reader, assessment, empty, child)
    return _from_earlier(reader, assessment, section, child, empty) | offers


def _from_record(reader: Any, assessment: Assessment, empty: list[Box], child: Person | None) -> dict[str, Offer]:
    offers = {}
    for box in empty:
        code = box.question.prefill
        if code in SOURCES:
            text, source = SOURCES[code](reader, assessment, child), "the family's record"
        else:
            text, source = str(assessment.known.get(code, "")) if code else "", "the request for help"
        if text:
            offers[box.name] = Offer(text, text, source, fills=code not in OFFERED)
    return offers


def _from_earlier(
    reader: Any, assessment: Assessment, section: Section, child: Person | None, empty: list[Box]
) -> dict[str, Offer]:
    """From the family's last signed-off assessment in an earlier case, for boxes that asked the same."""
    earlier = (
        Assessment.objects.visible_to(reader)
        .filter(family=assessment.family_id, signed_off_at__lt=assessment.created_at)
        .exclude(case=assessment.case_id)
        .order_by("-signed_off_at")
        .first()
    )
    if earlier is None:
        return {}
    form, source = form_of(earlier), f"the assessment signed off on {day(earlier.signed_off_at)}"
    found = answers_on(reader, earlier, section, child)
    offers = {}
    for box in empty:
        question = form.question(box.question.code)
        if box.name in found and found[box.name].value is not None and question and question.kind == box.question.kind:
            words = in_words(question, found[box.name].value)
            offers[box.name] = Offer(found[box.name].value, words, source, question.kind != "scale_0_10")
    return offers


def _members(reader: Any, assessment: Assessment) -> list[Membership]:
    rows = Membership.objects.filter(
        family=assessment.family_id, until_on=None, person__in=Person.objects.visible_to(reader)
    )
    return list(rows.select_related("person").order_by("person__born_on", "person__folded_name"))


def _family_members(reader: Any, assessment: Assessment, child: Person | None) -> str:
    return "\n".join(
        ", ".join(
            filter(
                None,
                [
                    row.person.full_name,
                    FamilyRole(row.role).label.lower(),
                    born(row.person),
                    "" if row.lives_here else "lives elsewhere",
                ],
            )
        )
        for row in _members(reader, assessment)
    )


def _home(reader: Any, assessment: Assessment, child: Person | None) -> str:
    """Who lives where, as far as addresses are on record."""
    members = [row.person for row in _members(reader, assessment) if row.lives_here]
    where: dict[str, list[str]] = {}
    rows = Address.objects.filter(person__in=[person.id for person in members], until_on=None)
    at = {
        row.person_id: ", ".join(filter(None, [row.lines, row.postcode]))
        for row in rows.order_by(F("from_on").asc(nulls_first=True))
    }
    for person in members:
        where.setdefault(at.get(person.id, ""), []).append(person.full_name)
    lines = [f"{listed(names)}: {place}" for place, names in where.items() if place]
    return "\n".join(lines + ([f"{listed(where[''])}: no address on record"] if "" in where and lines else []))


def _languages(reader: Any, assessment: Assessment, child: Person | None) -> str:
    people = [child] if child else [row.person for row in _members(reader, assessment)]
    return "; ".join(
        f"{person.full_name}: {person.first_language or 'language not recorded'}"
        + (f", needs a {person.interpreter_language} interpreter" if person.interpreter_language else "")
        for person in people
        if person.first_language or person.interpreter_language
    )


def _services(reader: Any, assessment: Assessment, child: Person | None) -> str:
    rows = TeamMember.objects.filter(case=assessment.case_id, left_on=None).exclude(user=None, name="")
    # Whoever leads came with this case, and is not a service that helped already.
    rows = rows.exclude(is_lead=True)
    return "\n".join(
        ", ".join(
            filter(
                None,
                [
                    row.user.full_name if row.user else row.name,
                    row.user.job_title if row.user else "",
                    row.organisation.name if row.organisation else "",
                ],
            )
        )
        for row in rows.select_related("user", "organisation").order_by("joined_on", "id")
    )


def born(person: Person) -> str:
    """When somebody was born or is expected, as far as is known: `born 2 May 1990`, `expected on 3 March 2027`."""
    words = birth_words(person.born_on, person.birth_precision)
    if words.startswith("Expected"):
        return lower_first(words)
    return words and f"born {words}"


def about(person: Person, on: dt.date) -> str:
    """How old somebody was on a day, and when they were born: `aged 11, born 14 September 2015`."""
    age = age_words(person.born_on, person.birth_precision, on)
    return ", ".join(filter(None, [age if age == "unborn" else age and f"aged {age}", born(person)]))


OFFERED = ("family_members",)  # who belongs to a family is known; who took part is for the writer to say
SOURCES: dict[str, Callable[[Any, Assessment, Person | None], str]] = {
    "family_members": _family_members,
    "home": _home,
    "languages": _languages,
    "services_involved": _services,
}
