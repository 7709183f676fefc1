"""A family's chronology: narrowed by kind and period, in pages, on paper, and never more than a reader may see."""

import datetime as dt
import re
from typing import Any

from django.urls import reverse

from hearth.casework.cases.notes.actions import add_note
from hearth.casework.plans.actions import start_plan
from hearth.casework.plans.meetings.actions import plan_meeting
from hearth.casework.plans.models import Plan
from hearth.casework.plans.queries import type_words
from hearth.foundation.core import clock
from hearth.records.people.timeline import Entry, in_order


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
    assert everything[0] == titles(client.get(where, {"kinds": "Note"}))[0]  # of today without a time, written last
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


def test_what_is_only_known_as_a_day_keeps_its_place_inside_the_day_by_when_it_was_put_on_record() -> None:
    day = dt.date(2026, 11, 25)

    def at(hour: int) -> dt.datetime:
        return dt.datetime(2026, 11, 25, hour, tzinfo=dt.UTC)

    told = [
        Entry(day, "Plan", "agreed", written_at=at(15)),
        Entry(at(14), "Assessment", "signed off"),
        Entry(day, "Case", "opened", written_at=at(9)),
        Entry(day, "Note", "typed in later", written_at=at(12) + dt.timedelta(days=3)),
        Entry(at(8), "Request", "asked"),
    ]
    assert [each.title for each in in_order(told)] == ["agreed", "signed off", "opened", "asked", "typed in later"]


def test_a_plan_and_a_review_of_today_stand_above_what_came_before_them(
    cast: Any, case: Any, as_: Any, as_client: Any
) -> None:
    by = cast.family_worker
    with as_(by):
        plan = start_plan(by=by, case=case, type="early_help")
        agreed_at = clock.now() + dt.timedelta(microseconds=1)
        Plan.objects.filter(pk=plan.pk).update(status="agreed", agreed_on=clock.today(), agreed_at=agreed_at)
        plan_meeting(by=by, case=case, kind="review", planned_for=clock.now() + dt.timedelta(days=3), invited=[by])
    found = titles(as_client(by).get(reverse("chronology", args=[case.family.reference])))
    lately = titles(as_client(by).get(reverse("family", args=[case.family.reference])))
    met, agreed = (
        "A meeting of the team around the family was planned",
        f"{type_words(plan.type)} agreed with the family",
    )
    assert found.index(met) < found.index(agreed) < found.index("The case was opened")
    assert {met, agreed} <= set(lately)
