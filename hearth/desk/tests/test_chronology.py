"""A family's chronology: narrowed by kind and period, in pages, on paper, and never more than a reader may see."""

import datetime as dt
import re
from typing import Any

from django.urls import reverse

from hearth.casework.cases.notes.actions import add_note
from hearth.foundation.core import clock


def text_of(answer: Any) -> str:
    """The page's text."""
    return re.sub(r"\s+", " ", answer.content.decode())


def write_notes(by: Any, case: Any, as_: Any, count: int) -> None:
    """A call on each of the last days."""
    with as_(by):
        for number in range(count):
            add_note(
                by=by,
                case=case,
                kind="call",
                happened_on=clock.today() - dt.timedelta(days=number),
                words=f"Rang about morning {number}.",
            )


def titles(answer: Any) -> list[str]:
    """The entries of the page, in order."""
    found = re.findall(r'app-timeline__title">(?:<a[^>]*>)?([^<]*)', answer.content.decode())
    return [title.strip() for title in found]


def test_it_is_narrowed_by_kind_and_by_period_and_turned_round(cast: Any, case: Any, as_: Any, as_client: Any) -> None:
    write_notes(cast.family_worker, case, as_, 3)
    client, where = as_client(cast.family_worker), reverse("chronology", args=[case.family.reference])
    everything = titles(client.get(where))
    assert "The case was opened" in everything and "Kelly Ashworth was put on record in this family" in everything
    assert len(titles(client.get(where, {"kinds": "Note"}))) == 3
    assert titles(client.get(where, {"order": "oldest"})) == everything[::-1]
    yesterday = clock.today() - dt.timedelta(days=1)
    until = {f"until_on-{part}": getattr(yesterday, part) for part in ("day", "month", "year")}
    assert len(titles(client.get(where, until))) == 2  # the two older calls; the family was added today
    nothing = client.get(where, {"from_on": "2001-01-01", "until_on": "2001-02-01"})
    assert "Nothing like this is on record" in text_of(nothing)


def test_what_notes_say_is_read_in_its_place_when_asked_for(cast: Any, case: Any, as_: Any, as_client: Any) -> None:
    write_notes(cast.family_worker, case, as_, 1)
    client, where = as_client(cast.family_worker), reverse("chronology", args=[case.family.reference])
    assert "Rang about morning 0." not in text_of(client.get(where))
    assert "Rang about morning 0." in text_of(client.get(where, {"words": "read"}))


def test_it_has_pages_that_keep_the_filter_and_is_printed_whole(
    cast: Any, case: Any, as_: Any, as_client: Any, kept_of: Any
) -> None:
    write_notes(cast.family_worker, case, as_, 60)
    client, address = as_client(cast.family_worker), [case.family.reference]
    first = client.get(reverse("chronology", args=address), {"kinds": "Note"})
    assert len(titles(first)) == 50 and re.search(r'href="\?kinds=Note&amp;page=2"', first.content.decode())
    assert len(titles(client.get(reverse("chronology", args=address), {"kinds": "Note", "page": "2"}))) == 10
    paper = client.get(reverse("print_chronology", args=address), {"kinds": "Note"})
    assert len(titles(paper)) == 60 and "60 entries" in text_of(paper) and "Note only" in text_of(paper)
    assert "desk.chronology_printed" in [
        event.verb for event in kept_of(cast.family_worker) if event.kind == "exported"
    ]


def test_a_stranger_prints_nothing_and_a_bad_filter_breaks_nothing(cast: Any, case: Any, as_client: Any) -> None:
    for name in ("chronology", "print_chronology"):
        where = reverse(name, args=[case.family.reference])
        for who in (cast.practitioner, cast.other_manager, cast.analyst):
            answer = as_client(who).get(where)
            assert answer.status_code == 404 and "Ashworth" not in answer.content.decode()
        for bad in ({"kinds": "'; drop table"}, {"from_on": "31/31/31"}, {"page": "-1"}, {"order": "\x00"}):
            assert as_client(cast.family_worker).get(where, bad).status_code == 200
