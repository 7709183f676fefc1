"""What could travel with a step, and each chosen item as it is now: its data, and how it reads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.template import engines

from hearth.casework.assessments.answers import all_answers
from hearth.casework.assessments.documents.queries import documents_of as assessment_documents
from hearth.casework.assessments.queries import assessment_of, sheet_of, versions_of
from hearth.casework.assessments.reading import chapters_of
from hearth.casework.cases.models import Case
from hearth.casework.cases.notes.queries import kind_words, notes_to_print, place_words, reason_words
from hearth.casework.cases.steps.rules import PackItem
from hearth.casework.front_door.documents.queries import documents_of_family
from hearth.casework.front_door.models import Request
from hearth.casework.plans.documents.queries import documents_of as plan_documents
from hearth.casework.plans.queries import WORDS, plan_of, plans_of, whole_plan
from hearth.desk.chronology import chronology
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.ui.filters import day
from hearth.records.documents.keeping import bytes_of, content_of
from hearth.records.people.births import age_words, birth_words
from hearth.records.people.models import Address, FamilyRole, Membership, Person, Sex


@dataclass(frozen=True)
class Choice:
    """One thing that could travel. Nothing is chosen until somebody chooses it."""

    key: str
    label: str
    hint: str = ""


def choices(reader: Any, case: Case) -> list[Choice]:
    """Everything of this case that the reader could send, as far as they may read it themselves."""
    found = [Choice("people", "The people of the family, where they live and how to reach them")]
    asked = request_behind(reader, case)
    if asked is not None:
        found.append(
            Choice("request", "The request for help", f"{asked.reference}, received on {day(asked.received_at)}")
        )
    for assessment in versions_of(reader, case):
        hint = f"{assessment.get_status_display()}, started on {day(assessment.started_on)}"
        found.append(Choice(f"assessment:{assessment.reference}", f"Assessment, version {assessment.number}", hint))
    for plan in plans_of(reader, case):
        label = label_of(pack().plans.types, plan.type)
        found.append(
            Choice(
                f"plan:{plan.reference}",
                label,
                f"{plan.get_status_display()}, begun on {day(plan.started_on)}",
            )
        )
    for document in _documents(reader, case).values():
        hint = ", ".join(filter(None, (document.caption, f"{document.get_kind_display()}, added by {document.by}")))
        found.append(Choice(f"document:{document.reference}", document.name, hint))
    found.append(Choice("chronology", "The chronology", "What happened and when, without what was written about it."))
    for note in _notes(reader, case):
        hint = _beginning(note.words) + (" (holds what a third party told)" if note.third_party else "")
        found.append(Choice(f"note:{note.note.reference}", _note_title(note), hint))
    return found


def build(reader: Any, case: Case, keys: Iterable[str]) -> list[PackItem]:
    """The chosen items, each copied as it is now, in the order in which they were offered."""
    wanted = set(keys)
    makers: dict[str, Callable[[Any, Case, str], PackItem]] = {
        "people": _people,
        "request": _request,
        "assessment": _assessment,
        "plan": _plan,
        "chronology": _chronology,
        "document": _document,
    }
    notes = (
        {note.note.reference: note for note in _notes(reader, case)}
        if any(k.startswith("note:") for k in wanted)
        else {}
    )
    items = []
    for choice in choices(reader, case):
        kind, _, reference = choice.key.partition(":")
        if choice.key in wanted:
            items.append(_note(notes[reference]) if kind == "note" else makers[kind](reader, case, reference))
    return items


def request_behind(reader: Any, case: Case) -> Request | None:
    """The request that led to the case, where there was one and the reader may see it."""
    return Request.objects.visible_to(reader).filter(pk=case.request_id).first() if case.request_id else None


def first_words(asked: Request) -> dict[str, Any]:
    """The first words of a step up's form, from the request that led to the case; who agrees to it is asked now."""
    return {"words": asked.worries}


def summary(title: str, texts: Iterable[tuple[str, str]]) -> PackItem:
    """What somebody wrote for the other side, under headings."""
    data = [{"heading": heading, "words": words} for heading, words in texts if words.strip()]
    return PackItem("summary", title, _drawn("summary", texts=data), data)


def _drawn(name: str, **context: Any) -> str:
    """How an item reads, by our own template: everything in it is escaped."""
    return str(engines["jinja2"].env.get_template(f"desk/stepping/pack_{name}.html").render(context))  # type: ignore[attr-defined]


def _people(reader: Any, case: Case, _: str) -> PackItem:
    seen = Person.objects.visible_to(reader)
    rows = Membership.objects.filter(family_id=case.family_id, until_on=None, person__in=seen).select_related("person")
    homes = Address.objects.filter(person__memberships__in=rows, until_on=None).distinct().order_by("-from_on")
    lived: dict[Any, Address] = {}
    for home in homes:
        lived.setdefault(home.person_id, home)
    data = [_person(row, lived.get(row.person_id)) for row in rows.order_by("person__born_on", "id")]
    return PackItem("people", "The people of the family", _drawn("people", people=data), data)


def _person(row: Membership, home: Address | None) -> dict[str, Any]:
    person = row.person
    birth = (person.born_on, person.birth_precision)
    return {
        "reference": person.reference,
        "name": person.full_name,
        "known_as": person.known_as,
        "role": str(FamilyRole(row.role).label),
        "lives_here": row.lives_here,
        "born": ", ".join(filter(None, (birth_words(*birth), age_words(*birth)))),
        "sex": str(Sex(person.sex).label),
        "address": ", ".join(filter(None, (home.lines, home.postcode))) if home else "",
        "phone": person.phone,
        "email": person.email,
        "safe_to_contact": person.safe_to_contact,
        "first_language": person.first_language,
        "interpreter_language": person.interpreter_language,
    }


def _request(reader: Any, case: Case, _: str) -> PackItem:
    asked = request_behind(reader, case)
    assert asked is not None  # noqa: S101 - it was offered just now
    form = pack().request_form
    data = {
        "reference": asked.reference,
        "received_on": day(asked.received_at),
        "by": ", ".join(filter(None, (asked.asker_name, asked.asker_role)))
        or (asked.made_by.full_name if asked.made_by else ""),
        "reasons": [label_of(form.reasons, code) for code in asked.reasons],
        "worries": asked.worries,
        "going_well": asked.going_well,
        "hopes": asked.hopes,
    }
    return PackItem("request", f"The request for help, {asked.reference}", _drawn("request", it=data), data)


def _assessment(reader: Any, case: Case, reference: str) -> PackItem:
    found = assessment_of(reader, reference)
    sheet = sheet_of(reader, found)
    chapters = [
        {
            "title": chapter.group.title,
            "sections": [
                {
                    "title": reading.page.section.title,
                    "answers": [
                        {"question": item.question.label, "texts": [list(text) for text in item.texts]}
                        for item in reading.items
                    ],
                }
                for reading in chapter.readings
                if reading.items
            ],
        }
        for chapter in chapters_of(sheet, all_answers(reader, found))
    ]
    level = label_of(pack().levels.levels, found.level) if found.level else ""
    data = {
        "reference": found.reference,
        "form": sheet.form.title,
        "number": found.number,
        "status": found.get_status_display(),
        "started_on": day(found.started_on),
        "author": found.author.full_name if found.author else "",
        "level": level,
        "signed_off": f"{found.signed_off_by.full_name}, {day(found.signed_off_at)}" if found.signed_off_by else "",
        "chapters": [chapter for chapter in chapters if chapter["sections"]],
    }
    return PackItem("assessment", f"{sheet.form.title}, version {found.number}", _drawn("assessment", it=data), data)


def _plan(reader: Any, case: Case, reference: str) -> PackItem:
    whole = whole_plan(reader, plan_of(reader, reference))
    plan, states = whole.plan, pack().plans.action_states

    def actions(rows: Iterable[Any]) -> list[dict[str, str]]:
        return [
            {
                "what": row.what,
                "who": row.who,
                "due_on": day(row.due_on),
                "state": label_of(states, row.state),
                "note": row.note,
            }
            for row in rows
        ]

    data = {
        "reference": plan.reference,
        "type": label_of(pack().plans.types, plan.type),
        "status": plan.get_status_display(),
        "started_on": day(plan.started_on),
        "agreed_on": day(plan.agreed_on),
        "agreed_by": [WORDS.agreed(row) for row in whole.agreements],
        "disagreement": plan.disagreement,
        "aim": plan.aim,
        "strengths": plan.strengths,
        "if_harder": plan.if_harder,
        "outcomes": [
            {
                "want": outcome.want,
                "whose": outcome.whose,
                "measure": outcome.measure,
                "start": outcome.starting_score,
                "now": outcome.score_now,
                "target": outcome.target_score,
                "state": outcome.get_state_display(),
                "actions": actions(outcome.todo),
            }
            for outcome in (*whole.outcomes, *whole.over)
        ],
        "actions": actions(whole.loose),
    }
    return PackItem("plan", f"{data['type']}, {plan.reference}", _drawn("plan", it=data), data)


def _chronology(reader: Any, case: Case, _: str) -> PackItem:
    data = [
        {"when": day(entry.day), "kind": entry.kind, "title": entry.title, "by": entry.by}
        for entry in chronology(reader, case.family)
    ]
    return PackItem("chronology", "The chronology", _drawn("chronology", entries=data), data)


def _documents(reader: Any, case: Case) -> dict[str, Any]:
    """What is attached to the request, the assessment and the plans, as far as it can be opened, by reference."""
    latest = versions_of(reader, case)[:1]
    every = [
        *documents_of_family(reader, case.family),
        *(document for assessment in latest for document in assessment_documents(reader, assessment)),
        *(document for plan in plans_of(reader, case) for document in plan_documents(reader, plan)),
    ]
    return {document.reference: document for document in every if document.refusal is None}


def _document(reader: Any, case: Case, reference: str) -> PackItem:
    found = _documents(reader, case)[reference]
    data = {
        "reference": found.reference,
        "name": found.name,
        "media_type": found.media_type,
        "size": found.size,
        "sha256": found.sha256,
        "kind": found.get_kind_display(),
        "caption": found.caption,
        "added": f"{found.by}, {day(found.created_at)}",
    }
    kept = bytes_of(content_of(found), found.reference)
    return PackItem("document", found.name, _drawn("document", it=data), data, file=kept)


def _notes(reader: Any, case: Case) -> list[Any]:
    return [note for note in notes_to_print(reader, case) if not note.in_error][:100]


def _note_title(note: Any) -> str:
    return f"{kind_words(note.kind)}, {day(note.happened_on)} ({note.note.reference})"


def _beginning(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 80 else line[:79] + "…"


def _note(note: Any) -> PackItem:
    data = {
        "reference": note.note.reference,
        "version": note.number,
        "kind": kind_words(note.kind),
        "when": day(note.happened_on),
        "place": place_words(note.place),
        "failed": reason_words(note.failed_reason) if note.failed_reason else "",
        "by": f"{note.made_by.full_name}, {note.made_by.organisation_name}",
        "words": note.words,
        "third_party": note.third_party,
        "also_there": note.also_there,
        "seen": [{"name": row.person.full_name, "alone": row.alone, "words": row.words} for row in note.seen.all()],
    }
    return PackItem("note", _note_title(note), _drawn("note", it=data), data)
