"""kill -9 of the web server in the middle of a save: wholly done or wholly not, and what was typed is there again."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import psycopg
import pytest
from django.urls import reverse

from hearth.casework.front_door.triage.actions import match_person
from hearth.foundation.core.reader import acting_as
from tests.forms.town import Town
from tests.forms.web import Server, all_rows, held_open, patiently, serving, visitor

WORDS = "He slept at his aunt's for three nights, and was better for it."
SEEN_AS = WORDS.replace("'", "&#39;")
LETTER = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@dataclass(frozen=True)
class Save:
    """A page, who sends it, in which box they type, and the table that its save writes into last."""

    name: str
    who: str
    where: str
    box: str
    last: str
    typed: dict[str, Any] = field(default_factory=dict)
    more: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def path(self, world: Any) -> str:
        """Its address."""
        more = [str(world.find(each)) if "." in each or hasattr(world.more, each) else each for each in self.more]
        return reverse(self.name, args=[world.find(self.where).reference, *more])


SAVES = [
    Save("change_person", "family_worker", "working.mother", "safe_to_contact", "people_personevent"),
    Save("add_note", "family_worker", "working.case", "words", "notes_personseen", more=("visit",), typed={"place": "home"}),
    Save("sign_off_assessment", "manager", "with_manager.assessment", "words", "outbox_message"),
    Save("decide_request", "front_door_officer", "paused.request", "reason", "outbox_message",
         typed={"outcome": "assessment", "level": "universal_plus"}),
    Save("write_request", "practitioner", "draft", "worries", "outbox_message"),
    Save("record_review", "family_worker", "working.plan", "changed", "plans_outcomescore"),
    Save("add_plan_document", "family_worker", "working.plan", "caption", "plans_plandocumentcontent", files=("file",)),
    Save("request_step_up", "family_worker", "working.case", "words", "steps_frozenitem"),
    Save("close_case", "family_worker", "closing.case", "closing_words", "people_access"),
]  # fmt: skip


@pytest.fixture(scope="module")
def server(town: Town) -> Iterator[Server]:
    """The product, serving the town."""
    town.world.families["closing"] = town.world.families["stepped_up"]
    with serving(town) as made:
        yield made


def waiting(owner: str) -> int:
    """How many of the product's connections wait for a lock."""
    asked = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
    with psycopg.connect(owner, autocommit=True) as there:
        row = there.execute(asked).fetchone()
        return int(row[0]) if row else 0


def pull_in_the_middle(server: Server, table: str, send: Callable[..., Any], *sent: Any) -> None:
    """Send something, and kill the server once most of the save is written."""
    owner = server.town.owner
    with held_open(owner, table):
        sending = threading.Thread(target=send, args=sent, daemon=True)
        sending.start()
        patiently(lambda: waiting(owner), f"the save comes to {table}")
        server.pull()
    sending.join(30)
    patiently(lambda: not waiting(owner), "the database has undone it")


@pytest.mark.parametrize("save", SAVES, ids=lambda save: save.name)
def test_killed_in_the_middle_it_is_wholly_not_and_sent_again_wholly_done_once(
    save: Save, server: Server, django_db_blocker: Any
) -> None:
    world, owner = server.town.world, server.town.owner
    with django_db_blocker.unblock():
        _prepare(save, world)
        who = visitor(server, getattr(world.cast, save.who))
    path = save.path(world)
    body = who.filled(path, **save.typed | {save.box: WORDS})
    files = dict.fromkeys(save.files, ("letter.pdf", LETTER, "application/pdf"))
    assert who.autosave(path, body) == 200
    before = all_rows(owner)
    pull_in_the_middle(server, save.last, who.send, path, body, files)
    assert all_rows(owner) == before
    assert SEEN_AS in who.open(path), "what was typed is there again"
    done = who.send(path, body, files)
    assert done.status_code == 302, done.text
    server.pull()
    after = all_rows(owner)
    assert after[save.last] != before[save.last]
    again = patiently(lambda: who.send(path, body, files), "it is sent once more, by somebody who never saw the answer")
    assert again.status_code == 302
    assert all_rows(owner) == after


def test_killed_while_it_keeps_what_somebody_types_it_has_what_was_kept_before_and_keeps_the_rest_next_time(
    server: Server, django_db_blocker: Any
) -> None:
    world = server.town.world
    with django_db_blocker.unblock():
        who = visitor(server, world.cast.family_worker)
    path = reverse("add_note", args=[world.find("working.case").reference, "call"])
    first = who.filled(path, words="He slept at his aunt")
    more = first | {"words": [WORDS]}
    assert who.autosave(path, first) == 200
    pull_in_the_middle(server, "ui_draft", who.autosave, path, more)
    there = who.open(path)
    assert "He slept at his aunt" in there and SEEN_AS not in there
    assert who.autosave(path, more) == 200
    server.pull()
    assert SEEN_AS in who.open(path)


def test_killed_with_the_process_that_looks_after_it_nothing_is_half_done_and_it_starts_again(
    town: Town, django_db_blocker: Any
) -> None:
    with serving(town) as made:
        with django_db_blocker.unblock():
            who = visitor(made, town.world.cast.family_worker)
        path = reverse("add_note", args=[town.world.find("working.case").reference, "visit"])
        body = who.filled(path, words=WORDS, place="home")
        assert who.autosave(path, body) == 200
        before = all_rows(town.owner)
        with held_open(town.owner, "notes_personseen"):
            threading.Thread(target=who.send, args=(path, body), daemon=True).start()
            patiently(lambda: waiting(town.owner), "the save comes to its last table")
            made.pull_all()
        patiently(lambda: not waiting(town.owner), "the database has undone it")
        assert all_rows(town.owner) == before
    with serving(town) as again:
        who.server = again
        assert SEEN_AS in who.open(path)
        assert who.send(path, body).status_code == 302
        assert all_rows(town.owner)["notes_personseen"] != before["notes_personseen"]


def _prepare(save: Save, world: Any) -> None:
    if save.name == "decide_request":
        officer, request = world.cast.front_door_officer, world.find("paused.request")
        with acting_as(officer):
            for typed in request.people.all():
                match_person(by=officer, request=request, typed=typed, person=None)
