"""Advice without a name: asked of a panel's coordinator or the hub, answered, and read by nobody else."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.panels.actions import add_panel_member, end_panel_member
from hearth.casework.panels.models import PanelMember, Question
from hearth.casework.panels.questions.actions import (
    answer_question,
    ask_without_name,
    read_question_answer,
    take_back_question,
)
from hearth.casework.panels.tests.conftest import set_up
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message

WORDS = "A mother of two will not let the health visitor in since her partner came back. What would you do?"
ANSWER = "Ask her at the clinic, alone, and ring us if she says that she is afraid."


def _ask(by: Any, panel: Any = None, **told: Any) -> Question:
    with acting_as(by):
        said: dict[str, Any] = {"panel": panel, "themes": ["domestic_abuse"], "words": WORDS}
        return ask_without_name(by=by, **(said | told))


@pytest.fixture
def asked(panel: Any, cast: Any) -> Question:
    """The class teacher asks the district's panel."""
    return _ask(cast.colleague, panel)


@pytest.fixture
def of_hub(cast: Any, area: Any) -> Question:
    """The charity's worker asks the hub."""
    return _ask(cast.charity_worker, area=area)


def _reads(who: Any, question: Question) -> bool:
    with acting_as(who):
        both = {
            Question.objects.filter(pk=question.pk).exists(),
            Question.objects.visible_to(who).filter(pk=question.pk).exists(),
        }
        assert len(both) == 1, "visible_to and the row policy disagree"
        return both.pop()


def _fresh(who: Any, question: Question) -> Question:
    with acting_as(who):
        return Question.objects.select_related("panel", "asked_by", "area").get(pk=question.pk)


def test_one_asked_of_a_panel_is_read_by_asker_coordinator_chair_and_managers_alone(asked: Any, cast: Any) -> None:
    for key in ("colleague", "panel_coordinator", "panel_chair", "manager", "county_manager", "development_officer"):
        assert _reads(getattr(cast, key), asked), key
    for key in (
        "health_visitor", "practitioner", "safeguarding_hub_social_worker", "police_officer", "other_manager", "provider",
        "charity_manager", "board_member", "administrator", "family_worker", "information_governance",
    ):  # fmt: skip
        assert not _reads(getattr(cast, key), asked), key


def test_one_asked_of_the_hub_is_read_by_the_hub_and_the_askers_own_manager(of_hub: Any, cast: Any) -> None:
    for key in ("charity_worker", "safeguarding_hub_social_worker", "charity_manager", "manager"):
        assert _reads(getattr(cast, key), of_hub), key
    for key in ("panel_coordinator", "panel_chair", "provider", "colleague", "other_manager", "front_door_officer"):
        assert not _reads(getattr(cast, key), of_hub), key


def test_a_coordinator_of_another_panel_and_one_whose_place_ended_read_it_not(
    asked: Any, panel: Any, area: Any, cast: Any, as_: Any
) -> None:
    other, by = set_up(cast, area, "Another panel"), cast.development_officer
    with as_(by):
        add_panel_member(by=by, panel=other, user=cast.family_worker, place="coordinator", sector="early_help")
        seat = PanelMember.objects.select_related("panel__area", "user", "deputy")
        end_panel_member(by=by, member=seat.get(panel=panel, user=cast.panel_coordinator))
    for who in (cast.family_worker, cast.panel_coordinator):
        assert not _reads(who, asked)
        with as_(who), pytest.raises(Refused, match="Only those who are asked"):
            answer_question(by=who, question=asked, answer=ANSWER)


def test_it_is_answered_and_whoever_asked_is_told_without_a_fact(asked: Any, cast: Any, as_: Any) -> None:
    by = cast.panel_coordinator
    with as_(cast.colleague):
        (message,) = Message.objects.filter(template="question_asked")
        assert message.to_user_id == by.id and "mother" not in message.link
    with as_(by):
        with pytest.raises(Refused, match="Write the answer"):
            answer_question(by=by, question=asked, answer="  ")
        with pytest.raises(Refused, match="a reference of a record"):
            answer_question(by=by, question=asked, answer="As in EH-4F7K2QX")
        answer_question(by=by, question=asked, answer=ANSWER)
        (message,) = Message.objects.filter(template="question_answered")
        assert (message.to_user_id, message.link) == (cast.colleague.id, f"/questions/{asked.reference}/")
        with pytest.raises(Refused, match="its answer already"):
            answer_question(by=by, question=_fresh(by, asked), answer="Another")
        with pytest.raises(Refused, match="The answer is for whoever asked"):
            read_question_answer(by=by, question=asked)
    with as_(cast.colleague):
        read_question_answer(by=cast.colleague, question=asked)
        events = AuditEvent.objects.filter(subject=asked.reference)
        assert {"panels.question_asked", "panels.question_answered"} & {row.verb for row in events}
        assert not any(row.family_id for row in events)


def test_everybody_of_the_hub_is_told(of_hub: Any, cast: Any, as_: Any) -> None:
    with as_(cast.charity_worker):
        sent = {row.to_user_id for row in Message.objects.filter(template="question_asked")}
    assert cast.safeguarding_hub_social_worker.id in sent and cast.panel_coordinator.id not in sent


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"words": " "}, "Write what you ask"),
        ({"themes": []}, "what it is about"),
        ({"themes": ["weather"]}, "what it is about"),
        ({"words": "Kelly Ashworth will not let her in"}, "“Kelly Ashworth” stands in the words"),
        ({"words": "It is about Jake"}, "“Jake” stands in the words"),
        ({"words": "They live at BB11 2AB"}, "a postcode"),
    ],
)
def test_what_says_too_little_or_names_somebody_is_not_sent(
    told: dict[str, Any], sentence: str, case: Any, panel: Any, cast: Any, as_: Any
) -> None:
    with pytest.raises(Refused, match=sentence):
        _ask(cast.family_worker, panel, **told)
    with as_(cast.panel_coordinator):
        assert not Question.objects.exists() and not Message.objects.filter(template="question_asked").exists()


def test_nobody_asks_a_panel_that_nobody_runs_or_the_hub_of_no_district(cast: Any, area: Any) -> None:
    with pytest.raises(Refused, match="Nobody is there who could answer"):
        _ask(cast.colleague, set_up(cast, area, "Empty panel"))
    with pytest.raises(Refused, match="Choose the district"):
        _ask(cast.colleague)


@pytest.mark.parametrize("who", ["board_member", "elected_member", "administrator", "commissioner"])
def test_whoever_brings_nothing_to_panels_asks_nothing(
    who: str, panel: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    by = getattr(cast, who)
    with pytest.raises(Refused, match="brings nothing to a panel"):
        _ask(by, panel)
    client = as_client(by)
    assert client.get(reverse("ask_without_name")).status_code == 403
    assert client.get(reverse("questions")).status_code == 403
    with as_(by), pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Question(
            reference="QU-4F7K3QX", panel=panel, area=panel.area, themes=["housing"], words="Mine", asked_by=by,
            organisation=by.organisation,
        ).save(force_insert=True)  # fmt: skip


def test_what_was_asked_is_never_changed_and_strangers_open_no_address(
    asked: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    with as_(cast.colleague), pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        Question.objects.filter(pk=asked.pk).update(words="Otherwise")
    for key in ("practitioner", "provider", "other_manager", "health_visitor"):
        client = as_client(getattr(cast, key))
        for name in ("question", "answer_question", "take_back_question"):
            assert client.get(reverse(name, args=[asked.reference])).status_code == 404, (key, name)
        assert client.post(reverse("read_question_answer", args=[asked.reference])).status_code == 404
        assert WORDS not in client.get(reverse("questions")).content.decode()
    manager = as_client(cast.manager)
    assert manager.get(reverse("question", args=[asked.reference])).status_code == 200
    assert manager.get(reverse("answer_question", args=[asked.reference])).status_code == 403


def test_one_in_which_a_name_slipped_through_is_taken_back_from_those_who_were_asked(
    asked: Any, cast: Any, as_: Any
) -> None:
    by = cast.panel_coordinator
    with as_(cast.manager), pytest.raises(Refused, match="Whoever asked takes it back"):
        take_back_question(by=cast.manager, question=asked, why="Mine")
    with as_(by):
        with pytest.raises(Refused, match="Say why"):
            take_back_question(by=by, question=asked, why=" ")
        take_back_question(by=by, question=asked, why="It says who they are")
        assert Message.objects.filter(to_user_id=cast.colleague.id, template="question_answered").exists()
        with pytest.raises(Refused, match="was taken back"):
            take_back_question(by=by, question=_fresh(by, asked), why="Again")
    assert not _reads(cast.panel_chair, asked)
    assert _reads(cast.colleague, asked) and _reads(cast.manager, asked) and _reads(by, asked)
    with as_(by), pytest.raises(Refused, match="was taken back"):
        answer_question(by=by, question=_fresh(by, asked), answer=ANSWER)


def test_it_is_asked_answered_and_read_on_its_pages(panel: Any, cast: Any, as_client: Any) -> None:
    asker, answering = as_client(cast.colleague), as_client(cast.panel_coordinator)
    here = reverse("ask_without_name")
    assert reverse("questions") in asker.get(reverse("panels")).content.decode()
    page = asker.get(f"{here}?panel={panel.reference}").content.decode()
    assert "Name nobody" in page and "Burnley panel" in page
    sent = {"of": "panel", "panel": panel.reference, "themes": ["domestic_abuse"], "words": WORDS}
    wrong = asker.post(here, sent | {"words": f"{WORDS} Their postcode is BB11 2AB."})
    assert wrong.status_code == 403 and "a postcode" in wrong.content.decode() and WORDS in wrong.content.decode()
    assert asker.post(here, {**sent, "of": "hub"}).status_code == 422
    done = asker.post(here, sent)
    assert done.status_code == 302
    where = done["Location"]
    assert "A question without a name, asked of Burnley panel" in answering.get("/").content.decode()
    assert "Answer it" in answering.get(where).content.decode()
    assert "Answer it" not in asker.get(where).content.decode()
    assert answering.post(where + "answer/", {"answer": ""}).status_code == 422
    assert answering.post(where + "answer/", {"answer": ANSWER}).status_code == 302
    assert "asked of Burnley panel" not in answering.get("/").content.decode()
    assert "Your question without a name was answered" in asker.get("/").content.decode()
    page = asker.get(where).content.decode()
    assert ANSWER in page and "I have read the answer" in page
    assert asker.post(where + "read/").status_code == 302
    assert "was answered" not in asker.get("/").content.decode()
    for client in (asker, answering, as_client(cast.manager)):
        assert "Domestic abuse" in client.get(reverse("questions")).content.decode()
    assert "No question is here" in answering.get(reverse("questions") + "?show=to_answer").content.decode()


def test_each_look_at_one_is_recorded(asked: Any, cast: Any, as_client: Any, kept_of: Any) -> None:
    as_client(cast.manager).get(reverse("question", args=[asked.reference]))
    assert any(row.verb == "panels.question_opened" and row.subject == asked.reference for row in kept_of(cast.manager))


def test_the_pages_ask_the_same_number_of_queries_however_many_there_are(
    asked: Any, panel: Any, cast: Any, as_client: Any
) -> None:
    pages = [
        reverse("questions"),
        reverse("questions") + "?show=to_answer",
        "/",
        reverse("question", args=[asked.reference]),
    ]
    client = as_client(cast.panel_coordinator)
    before = [_count(client, page) for page in pages]
    for _ in range(4):
        _ask(cast.colleague, panel, words=f"{WORDS} Again.")
    assert [_count(client, page) for page in pages] == before


def _count(client: Any, page: str) -> int:
    assert client.get(page).status_code == 200
    with CaptureQueriesContext(connection) as seen:
        client.get(page)
    return len(seen)


def test_it_is_kept_for_years_and_no_longer() -> None:
    from hearth.foundation.core.pack import pack
    from hearth.oversight.governance.finding import passed

    rule = pack().retention.rule("question")
    assert rule is not None
    found = passed("question", {"record_made": "2020-03-01"})
    assert found is not None and found.due_on == dt.date(2020 + rule.years, 3, 1)
