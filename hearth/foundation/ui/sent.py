"""A form is done once: the same words from the same opening of a page, sent again, only lead where they led before.

Somebody presses twice, reloads, has the page open twice, or never saw the answer because the server fell over after it
had saved. Other words from the same opening (the Back button, and something added) are something new, and are done.
"""

import datetime as dt
import hashlib
import json
import uuid
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils.crypto import salted_hmac

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.ui.kept import OURS, TIDYING
from hearth.foundation.ui.models import Draft, SentForm
from hearth.foundation.ui.rendering import say

OPENING = (
    32  # characters of a sitting that name the opening of the page; four say which of its copies, four what it saw
)
REMEMBERED = dt.timedelta(days=1)


def new_sitting(of: Draft | None = None) -> str:
    """A name for this copy of a page: opened afresh, or drawn from a draft, as it is at this moment."""
    opening = of.sitting[:OPENING] if of is not None and len(of.sitting) >= OPENING else uuid.uuid4().hex
    return opening + uuid.uuid4().hex[:4] + (f"{of.updated_at:%f}"[-4:] if of is not None else "none")


def sender_of(request: HttpRequest) -> Any:
    """Who is signed in, or nobody."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def mark_of(request: HttpRequest, form: str) -> str:
    """What this sending is known by; nothing, where nobody is signed in or the page named no sitting."""
    author, opening = sender_of(request), request.POST.get("draft_sitting", "")[:OPENING]
    if author is None or not opening:
        return ""
    typed = {name: request.POST.getlist(name) for name in request.POST if name not in OURS}
    files = {name: [_digest(each) for each in sent] for name, sent in request.FILES.lists()}
    told = json.dumps([str(author.id), request.path, form, opening, typed, files], sort_keys=True)
    # With the key of the settings, which is in no table: whoever has the marks cannot try out which secret was typed.
    return salted_hmac("hearth.foundation.ui.sent", told, algorithm="sha256").hexdigest()


def _digest(file: Any) -> str:
    made = hashlib.sha256()
    for piece in file.chunks():
        made.update(piece)
    file.seek(0)
    return made.hexdigest()


def led_before(request: HttpRequest, mark: str) -> HttpResponseBase | None:
    """The way to where the same form led when it was done; None where it was not."""
    where = SentForm.objects.filter(mark=mark).values_list("led_to", flat=True).first() if mark else None
    if where is None:
        return None
    say(request, "This was saved when you sent it the first time.")
    return HttpResponseRedirect(where or request.path)


def claim(author: Any, mark: str) -> bool:
    """Take this form for oneself, before anything is done; False when it was done meanwhile.

    While somebody else has it in hand this waits, and takes it over if they come to nothing.
    """
    if not mark:
        return True
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "insert into ui_sentform (id, created_at, author_id, mark, led_to) values (%s, %s, %s, %s, '')"
            " on conflict (mark) do nothing",
            [uuid.uuid4(), clock.now(), author.id, mark],
        )
        return bool(cursor.rowcount)


def led_to(mark: str, answer: HttpResponseBase) -> None:
    """Remember where the form led."""
    if mark and isinstance(answer, HttpResponseRedirect):
        SentForm.objects.filter(mark=mark).update(led_to=answer.url[:500])


def forget_sent_forms(using: str = "default") -> int:
    """Delete what is older than anybody's page stays open; how many went. Safe to run twice."""
    with acting_as(TIDYING, using=using), connections[using].cursor() as cursor:
        cursor.execute("delete from ui_sentform where created_at < %s", [clock.now() - REMEMBERED])
        return int(cursor.rowcount)
