"""Reads of notes: the reader first, always through visible_to."""

import datetime as dt
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import BooleanField, ExpressionWrapper, F, Prefetch, Q, QuerySet
from django.http import Http404
from django.urls import reverse

from hearth.casework.cases.models import Case
from hearth.casework.cases.notes import rules
from hearth.casework.cases.notes.models import CATEGORY, Note, NoteVersion, PersonSeen
from hearth.casework.cases.queries import people_of, who_might_visit
from hearth.foundation.core.pack import label_of, offered, pack
from hearth.foundation.core.packs.notes import NoteKind
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.ui.kept import drafts_at
from hearth.records.people.models import Family
from hearth.records.people.reach import may_open_family
from hearth.records.people.timeline import Entry

PAGE = 20
MOST_PRINTED = 1000


def case_of(reader: Any, reference: str) -> Case:
    """The case, and whether the reader may read everybody's notes of it or only their own (`shows_notes`)."""
    shown = ExpressionWrapper(may_open_family(reader, "family__", CATEGORY), output_field=BooleanField())
    rows = Case.objects.visible_to(reader).select_related("family__area", "area", "lead__organisation")
    found = rows.annotate(shows_notes=shown).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def note_of(reader: Any, reference: str) -> Note:
    """The note, or a page that never says whether it exists."""
    rows = Note.objects.visible_to(reader).select_related(
        "case__family__area", "case__area", "case__lead", "author__organisation"
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def notes_of(reader: Any, case: Case, *, kind: str = "", child: str = "", page: Any = 1, size: int = PAGE) -> Page:
    """A page of the case's notes as they now stand, the latest contact first: two queries, however many there are."""
    narrow = Q(kind=kind) if kind else Q()
    narrow &= Q(seen__person__reference=child) if child else Q()
    rows = _versions(reader).newest().filter(narrow, note__case=case)
    return page_of(
        rows.order_by("-happened_on", F("time_of_day").desc(nulls_last=True), "-note__written_at"), page, size
    )


def notes_to_print(reader: Any, case: Case, *, kind: str = "", child: str = "") -> list[NoteVersion]:
    """The same, all on one page."""
    return list(notes_of(reader, case, kind=kind, child=child, size=MOST_PRINTED).rows)


def versions_of(reader: Any, note: Note) -> list[NoteVersion]:
    """Everything the note ever said, the newest first."""
    return list(_versions(reader).filter(note=note).order_by("-number"))


def _versions(reader: Any) -> Any:
    seen = PersonSeen.objects.visible_to(reader).select_related("person").order_by("person__born_on", "id")
    rows = NoteVersion.objects.visible_to(reader).select_related(
        "note__author__organisation", "made_by__organisation", "written_by__organisation"
    )
    return rows.prefetch_related(Prefetch("seen", seen))


def kinds() -> list[NoteKind]:
    """The kinds of note that are offered."""
    return [kind for kind in pack().notes.kinds if not kind.retired]


def kinds_like(code: str) -> list[tuple[str, str]]:
    """Kinds that ask the same questions as this one: what a note's kind may be corrected to."""
    asked = _asked(code)
    alike = [(kind.code, kind.label) for kind in kinds() if _asked(kind.code) == asked]
    return alike if code in dict(alike) else [(code, kind_words(code)), *alike]


def kind_of(code: str) -> NoteKind:
    """The kind of note, retired or not; one that the pack has lost asks nothing but what happened."""
    return pack().notes.kind(code) or NoteKind.model_validate({"code": code, "label": code})


def _asked(code: str) -> tuple[bool, bool, bool]:
    kind = kind_of(code)
    return kind.asks_who_was_seen, kind.asks_child_alone, kind.failed


def kind_called(code: str) -> NoteKind:
    """A kind of note that is offered."""
    found = next((kind for kind in kinds() if kind.code == code), None)
    if found is None:
        raise Http404
    return found


def kind_words(code: str) -> str:
    """A kind of note as the pack words it."""
    return label_of(pack().notes.kinds, code)


def place_words(code: str) -> str:
    """Where it was, as the pack words it."""
    return label_of(pack().notes.places, code) if code else ""


def reason_words(code: str) -> str:
    """Why a contact failed, as the pack words it."""
    return label_of(pack().notes.failed_reasons, code) if code else ""


def usual_place(reader: Any, kind: str) -> str:
    """Where the reader was the last time they wrote a note of this kind: so that nobody chooses it each time."""
    rows = NoteVersion.objects.visible_to(reader).filter(note__author=reader, kind=kind).exclude(place="")
    return rows.order_by("-written_at").values_list("place", flat=True).first() or ""


AFAR = ("telephone", "video")  # places of the pack where nobody is in the same room


def unsaved(reader: Any, case: Case) -> list[tuple[str, str]]:
    """Notes of the reader's that were begun and not saved, `(kind, address)`: one query."""
    at = {reverse("add_note", args=[case.reference, kind.code]): kind.label for kind in kinds()}
    return [(at[path], path) for path in drafts_at(reader, at)]


def places() -> list[tuple[str, str]]:
    """Places that are offered."""
    return offered(pack().notes.places)


def failed_reasons() -> list[tuple[str, str]]:
    """Reasons why a contact failed that are offered."""
    return offered(pack().notes.failed_reasons)


def who_could_be_seen(reader: Any, family: Family, version: NoteVersion | None = None) -> list[Any]:
    """The family's people, born and living; and those whom the note names already."""
    found = {
        each.id: each for each in people_of(reader, family) if each.birth_precision != "expected" and not each.died_on
    }
    for row in version.seen.all() if version else ():
        setattr(row.person, "family_role", "child" if row.alone is not None else "")  # noqa: B010 - as people_of gives it
        found.setdefault(row.person_id, row.person)
    return list(found.values())


def who_made_it(reader: Any, case: Case, version: NoteVersion | None = None) -> list[Any]:
    """Who may have visited or called: the reader, the team, and whoever the note names already."""
    found = [version.made_by] if version else []
    return list({each.id: each for each in [*who_might_visit(reader, case), *found]}.values())


def may_add(reader: Any, case: Case) -> bool:
    """Whether the reader is offered the button."""
    return rules.why_not_add_note(reader, case) is None


def may_correct(reader: Any, note: Note) -> bool:
    """Whether the reader is offered the button."""
    return rules.why_not_correct_note(reader, note) is None


def timeline_entries(reader: Any, family: Family) -> list[Entry]:
    """Each note of the family, with the children who were seen: one query. One that speaks of others is read on its page."""
    rows: QuerySet[Any] = NoteVersion.objects.visible_to(reader).newest().filter(note__family=family, in_error=False)
    told = rows.annotate(
        alone=ArrayAgg(
            "seen__person__given_name", filter=Q(seen__alone=True), default=[], order_by="seen__person__given_name"
        )
    ).values_list(
        "happened_on",
        "time_of_day",
        "kind",
        "failed_reason",
        "alone",
        "made_by__full_name",
        "made_by__organisation__name",
        "note__reference",
        "words",
        "third_party",
        "note__created_at",
    )
    return [_entry(*row) for row in told]


def _entry(
    day: dt.date,
    time: dt.time | None,
    kind: str,
    reason: str,
    alone: list[str],
    name: str,
    organisation: str,
    reference: str,
    words: str,
    third_party: bool,
    written_at: dt.datetime,
) -> Entry:
    title = kind_words(kind) + (f": {reason_words(reason)}" if reason else "")
    names = [each for each in alone if each]
    title += f"; {' and '.join(names)} seen alone" if names else ""
    moment = dt.datetime.combine(day, time, rules.clock.LONDON) if time else day
    return Entry(
        moment,
        "Note",
        title,
        f"{name}, {organisation}",
        reverse("note", args=[reference]),
        "" if third_party else words,
        written_at,
    )


def as_typed(version: NoteVersion) -> dict[str, Any]:
    """What a note says, as the first values of the form that corrects it."""
    seen = version.seen.all()
    names = (
        "kind",
        "happened_on",
        "time_of_day",
        "place",
        "failed_reason",
        "also_there",
        "words",
        "third_party",
        "in_error",
    )
    return {
        **{name: getattr(version, name) for name in names},
        "made_by": str(version.made_by_id),
        "seen_version": version.note.number,
        "seen": [row.person.reference for row in seen] or (["none_of_these"] if not version.failed_reason else []),
        **{f"alone_{row.person.reference}": row.alone for row in seen},
        **{f"words_{row.person.reference}": row.words for row in seen},
    }
