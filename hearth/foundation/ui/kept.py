"""Keeping what people type: every draft is its author's, and row-level security says so again."""

import datetime as dt
import json
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.http import HttpRequest, QueryDict

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import System, acting_as
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.core.text import clean
from hearth.foundation.ui.models import Draft

LARGEST = 600_000  # characters in one draft: sixty boxes filled to the brim
COPY = 36  # characters of a sitting that name one copy of a page
TIDYING = System("system:tidying", "hearth_tidying")
OURS = ("csrfmiddlewaretoken", "draft_form", "draft_sitting", "use_saved")
# What is kept nowhere as it was typed; `sealed_` begins the name of a box whose words are kept under a seal alone.
SECRET = re.compile(r"password|passphrase|passcode|secret|\bcode\b|token|^saved-|^sealed_", re.IGNORECASE)


@dataclass
class _Author:
    """A reader known by key alone: the session that named them has run out."""

    id: uuid.UUID


def draftable(data: Mapping[str, Iterable[Any]]) -> dict[str, list[str]]:
    """Typed values by name, cleaned, without passwords, codes or what the page itself put in."""
    names = [name for name in data if name not in OURS and not SECRET.search(name)]
    return {clean(name): [clean(str(value)) for value in data[name]] for name in names}


def why_not_keep(path: str, form: str, data: Mapping[str, list[str]]) -> Refusal | None:
    """A draft must belong to a page of ours and be of a size that somebody could have typed."""
    if not re.match(r"^/(?!/)[^\\\s]*$", path) or len(path) > 500 or len(form) > 80:
        return Refusal("ui.draft_path", "This page cannot be kept. Copy what you typed before you leave it.")
    if sum(len(name) + sum(map(len, values)) for name, values in data.items()) > LARGEST:
        return Refusal("ui.draft_too_large", "This is too much text to keep as you type. Save the page now.")
    return None


# Words of another tab are not written over: a page may write over what it wrote itself, and over the draft it was drawn from,
# as it was then (sent.new_sitting), or over the same words. What would take the place of another tab's has a row apart, which
# the page that is drawn from it goes on with.
_KEEP = """
insert into ui_draft (id, created_at, author_id, path, form, sitting, data, kept_at_sign_out, updated_at, cleared_at, apart)
values (%(id)s, %(now)s, %(author)s, %(path)s, %(form)s, %(sitting)s, %(data)s::jsonb, %(kept)s, %(now)s, %(cleared)s,
    coalesce(%(apart)s, (select d.apart from ui_draft d
        where d.author_id = %(author)s and d.path = %(path)s and d.form = %(form)s and d.apart <> '' and (
            left(d.sitting, 36) = left(%(sitting)s, 36)
            or d.cleared_at is null and left(d.sitting, 32) = left(%(sitting)s, 32)
            and right(to_char(d.updated_at, 'US'), 4) = right(%(sitting)s, 4)) limit 1), ''))
on conflict (author_id, path, form, apart) do update
set sitting = excluded.sitting, data = excluded.data, kept_at_sign_out = excluded.kept_at_sign_out,
    updated_at = excluded.updated_at, cleared_at = excluded.cleared_at
where case when ui_draft.cleared_at is not null
    then excluded.cleared_at is not null or excluded.kept_at_sign_out
      or ui_draft.sitting = '' or ui_draft.sitting <> excluded.sitting
    else not excluded.kept_at_sign_out and (excluded.sitting = '' or length(ui_draft.sitting) < 32)
      or ui_draft.data = excluded.data
      or left(ui_draft.sitting, 36) = left(excluded.sitting, 36)
      or left(ui_draft.sitting, 32) = left(excluded.sitting, 32)
         and right(to_char(ui_draft.updated_at, 'US'), 4) = right(excluded.sitting, 4) end
"""


def _write(
    author: uuid.UUID, path: str, form: str, sitting: str, data: Mapping[str, Any], using: str = "default", **marks: Any
) -> bool:
    """Whether the row is now as it was to be: not, where it has words of another tab, or the sitting is over."""
    values: dict[str, Any] = {
        "id": uuid.uuid4(),
        "now": clock.now(),
        "author": author,
        "path": path,
        "form": form,
        "sitting": sitting[:40],
    }
    with connections[using].cursor() as cursor:
        cursor.execute(
            _KEEP, values | {"data": json.dumps(data), "kept": False, "cleared": None, "apart": None} | marks
        )
        return bool(cursor.rowcount)


def save_draft(author: Any, path: str, form: str, sitting: str, data: Mapping[str, Iterable[Any]]) -> Refusal | None:
    """Keep what is typed so far, unless this sitting's form has already been sent. A refusal is returned."""
    found = draftable(data)
    refusal = why_not_keep(path, form, found)
    if refusal is None and not _write(author.id, path, form, sitting, found):
        rows = Draft.objects.filter(author_id=author.id, path=path, form=form, sitting=sitting[:40])
        if not rows.exclude(cleared_at=None).exists():
            _write_apart(author.id, path, form, sitting, found)
    return refusal


def _write_apart(author: uuid.UUID, path: str, form: str, sitting: str, data: Mapping[str, Any], **marks: Any) -> None:
    """Beside the words of another tab: in the name of this copy of the page, or of one for this once."""
    named = sitting if len(sitting) >= COPY else f"{uuid.uuid4().hex}none"
    _write(author, path, form, named, data, apart=named[:COPY], **marks)


def save_draft_apart(author: Any, path: str, form: str, sitting: str, data: Mapping[str, Iterable[Any]]) -> None:
    """Keep the typing on the second connection, so that it outlives a request that is about to be undone."""
    found = draftable(data)
    if why_not_keep(path, form, found) is None:
        with acting_as(author, using="audit"):
            if not _write(author.id, path, form, sitting, found, using="audit"):
                _write_apart(author.id, path, form, sitting, found, using="audit")


def draft_for(author: Any, path: str, form: str = "") -> Draft | None:
    """The author's unsaved typing for this page, if there is any, with how many more of it there are, which come after it."""
    found = _drafts(author, [path], form)
    if not found:
        return None
    found[0].others = len(found) - 1
    return found[0]


def drafts_at(author: Any, paths: Iterable[str]) -> dict[str, Draft]:
    """The author's unsaved typing on any of these pages, by its address: one query."""
    return {draft.path: draft for draft in reversed(_drafts(author, paths, ""))}


def _drafts(author: Any, paths: Iterable[str], form: str) -> list[Draft]:
    """What is there, in the order in which a page offers it: first what is kept apart, the latest first."""
    rows = Draft.objects.filter(author_id=author.id, path__in=list(paths), form=form, cleared_at=None)
    return sorted(
        (draft for draft in rows if draft.data), key=lambda draft: (not draft.apart, -draft.updated_at.timestamp())
    )


def clear_draft(author: Any, path: str, form: str = "", sitting: str = "", apart: str | None = None) -> None:
    """The form was sent, or its typing thrown away: forget the text, remember only that this sitting is over.

    What was typed in another tab of the same page stays; without a sitting it goes too. `apart` names the row, where its
    reader threw away the one that they saw.
    """
    if not _write(author.id, path, form, sitting, {}, cleared=clock.now(), apart=apart) and sitting:
        # The row is another tab's: that this sitting is over stands beside it, or a save that lands late would bring its words back.
        _write_apart(author.id, path, form, sitting, {}, cleared=clock.now())


def clear_drafts(author: Any, path: str) -> None:
    """What the page is about is gone: forget all that its author typed there, in whichever tab, and that the sittings are over."""
    Draft.objects.filter(author_id=author.id, path=path, cleared_at=None).update(data={}, cleared_at=clock.now())


def keep_typing(request: HttpRequest, author_id: uuid.UUID) -> bool:
    """Keep a form that was sent after its author's session had run out; whether anything was kept.

    Called when nobody is signed in: the row is written as its author, and only they will see it.
    """
    typed = draftable({name: request.POST.getlist(name) for name in request.POST})
    form, sitting = clean(request.POST.get("draft_form", "")), clean(request.POST.get("draft_sitting", ""))[:40]
    if not any(value for values in typed.values() for value in values) or why_not_keep(request.path, form, typed):
        return False
    with acting_as(_Author(author_id)):
        if not _write(author_id, request.path, form, sitting, typed, kept=True):
            _write_apart(author_id, request.path, form, sitting, typed, kept=True)
    return True


def as_posted(draft: Draft) -> QueryDict:
    """A draft as the form would have received it."""
    made = QueryDict(mutable=True)
    for name, values in draft.data.items():
        made.setlist(name, values)
    return made


def delete_old_drafts(using: str = "default") -> int:
    """Delete drafts older than the practice pack keeps them, and cleared ones older than a day; how many went.

    Safe to run twice; runs as the tidying identity, which sees ages and nothing that was typed.
    """
    with acting_as(TIDYING, using=using), connections[using].cursor() as cursor:
        cursor.execute(
            "delete from ui_draft where updated_at < %s or cleared_at < %s",
            [clock.now() - dt.timedelta(days=pack().retention.draft_days), clock.now() - dt.timedelta(days=1)],
        )
        return int(cursor.rowcount)
