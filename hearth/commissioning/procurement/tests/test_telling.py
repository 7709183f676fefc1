"""Those who are to hear of a call hear of it, once, and nobody learns from the messages who bid before the bids are open."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from hearth.commissioning.procurement import actions, jobs
from hearth.commissioning.procurement.awards.actions import award_lot, publish_award
from hearth.commissioning.procurement.bids.actions import withdraw_bid
from hearth.commissioning.procurement.models import Award, Bid, CallFollower, Tender
from hearth.commissioning.procurement.telling.actions import TELLER, follow_calls, stop_following, tell_of_call
from hearth.commissioning.procurement.tests.conftest import lot_of
from hearth.commissioning.procurement.timekeeping import moment
from hearth.foundation.accounts.models import User
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.delivering import MESSAGES
from hearth.foundation.messages.models import Message


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A job gives up connections that are old; the test's own is its transaction."""
    monkeypatch.setattr(jobs, "close_old_connections", lambda: None)


@pytest.fixture
def told() -> Callable[[Tender, str, Any], set[str]]:
    """`told(tender, what, about)` runs the job twice, and gives the addresses of those whom it tells."""

    def run(tender: Tender, what: str, about: Any = "") -> set[str]:
        for _ in range(2):
            jobs.tell(tender=str(tender.pk), what=what, about=str(getattr(about, "pk", about)))
        return heard(f"tender_{what}", str(getattr(about, "pk", about)))

    return run


def heard(template: str, about: str = "") -> set[str]:
    """Who has such a message; one each."""
    with acting_as(MESSAGES):
        people = list(
            Message.objects.filter(template=template, key__contains=about).values_list("to_user_id", flat=True)
        )
        assert len(people) == len(set(people)), "told twice"
        return set(User.objects.filter(pk__in=people).values_list("email", flat=True))


def test_a_new_call_is_told_to_those_who_asked_to_hear_of_calls(
    worker: None,
    published: Tender,
    told: Any,
    cast: Any,
    other_bidder: Any,
    as_: Any,
) -> None:
    with as_(cast.provider):
        follow_calls(by=cast.provider)
        with pytest.raises(Refused, match="told already"):
            follow_calls(by=cast.provider)
    with as_(cast.commissioner):
        with pytest.raises(Refused):
            follow_calls(by=cast.commissioner)
        assert not CallFollower.objects.exists(), "whoever runs tenders does not learn who follows them"
    assert told(published, "published") == {cast.provider.email}
    with as_(cast.provider):
        stop_following(by=cast.provider)
        with pytest.raises(Refused):
            stop_following(by=cast.provider)


def test_an_answer_goes_to_who_asked_who_follows_and_who_bid(
    worker: None,
    published: Tender,
    told: Any,
    cast: Any,
    other_bidder: Any,
    bid_for: Any,
    as_: Any,
    runner: Any,
) -> None:
    with as_(other_bidder):
        question = actions.ask_about_call(by=other_bidder, tender=published, words="By when?")
    assert told(published, "question", question) == {runner.email}
    with as_(runner):
        answer = actions.answer_supplier(by=runner, question=question, words="By when?", answer="By noon.")
    assert told(published, "answered", answer) == {other_bidder.email}
    bid = bid_for(published, cast.provider)
    with as_(runner):
        clear = actions.clarify_call(by=runner, tender=published, words="Travel", answer="It is in the price.")
        assert (clear.number, clear.question) == (2, None)
    assert told(published, "answered", clear) == {other_bidder.email, cast.provider.email}
    with as_(cast.provider):
        withdraw_bid(by=cast.provider, bid=bid)
        follow_calls(by=cast.provider, tender=published)
    assert told(published, "deadline") == {other_bidder.email, cast.provider.email}


def test_whoever_bids_has_a_receipt_and_nobody_who_buys_can_read_from_messages_who_bid(
    worker: None,
    published: Tender,
    told: Any,
    cast: Any,
    bid_for: Any,
    as_: Any,
    runner: Any,
    keepers: Any,
) -> None:
    bid_for(published, cast.provider)
    assert heard("bid_received") == {cast.provider.email}
    assert told(published, "deadline") == {cast.provider.email}
    for who in (runner, cast.administrator, cast.board_member, *keepers.values()):
        with as_(who):
            assert not Message.objects.filter(to_user_id=cast.provider.pk).exists(), who.email


def test_the_clock_tells_bidders_of_the_deadline_openers_that_it_passed_and_the_runner_that_a_standstill_ended(
    worker: None,
    two_bids: Any,
    published: Tender,
    cast: Any,
    other_bidder: Any,
    keepers: Any,
    hands: Any,
) -> None:
    hands.forward(days=16, hours=23)
    _hour()
    assert heard("tender_deadline") == heard("tender_to_open") == set()
    hands.forward(hours=2)
    _hour()
    assert heard("tender_deadline") == {cast.provider.email, other_bidder.email} and heard("tender_to_open") == set()
    hands.forward(days=3)
    _hour()
    assert heard("tender_to_open") == {each.email for each in keepers.values()}


def _hour() -> None:
    for _ in range(2):
        moment()
        jobs.look_at_the_clock(0)


def test_the_panel_the_runner_and_the_bidders_hear_of_each_step(
    worker: None, agreed: Tender, panel: Any, two_bids: Any, told: Any, cast: Any, other_bidder: Any, runner: Any,
    hands: Any, as_: Any,
) -> None:  # fmt: skip
    bidders = {cast.provider.email, other_bidder.email}
    assert told(agreed, "opened") == bidders
    assert told(agreed, "to_score") == {each.email for each in panel}
    assert told(agreed, "to_compare") == {panel[0].email}
    assert told(agreed, "to_award") == {runner.email}
    with as_(runner):
        best = Bid.objects.get(pk=two_bids[1].pk)
        words = {each.reference: "Because of the outcomes." for each in two_bids}
        award = award_lot(by=runner, lot=lot_of(agreed), bid=best, reasons="The best.", words=words)
    assert told(agreed, "decided", lot_of(agreed)) == bidders
    _hour()
    assert heard("tender_standstill") == set()
    hands.set(dt.datetime.combine(award.standstill_until + dt.timedelta(days=1), dt.time(9)))
    _hour()
    assert heard("tender_standstill") == {runner.email}
    with as_(runner):
        publish_award(by=runner, award=Award.objects.get(pk=award.pk))
    assert told(agreed, "noticed", award) == bidders


def test_each_step_asks_for_those_messages(agreed: Tender, as_: Any) -> None:
    """The jobs that the actions left behind."""
    with connection.cursor() as cursor:
        cursor.execute("select args ->> 'what' from procrastinate_jobs where task_name = 'procurement.tell'")
        asked = {what for (what,) in cursor.fetchall()}
    assert {"key", "published", "opened", "to_score", "to_compare", "to_award"} <= asked


def test_the_web_role_may_not_ask_who_is_to_be_told(two_bids: Any, published: Tender, cast: Any, as_: Any) -> None:
    for statement in ("select * from hearth_call_told(%s, 'deadline', '')", "select %s, hearth_calls_due()"):
        with as_(cast.commissioner), pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
            connection.cursor().execute(statement, [published.pk])
    with pytest.raises(ProgrammingError), transaction.atomic():
        tell_of_call(by=TELLER, tender=published.pk, what="deadline")


def test_buttons_follow_a_call_and_stop(published: Tender, cast: Any, as_client: Any, as_: Any) -> None:
    client = as_client(cast.provider)
    assert "Tell me when a new call is published" in client.get(reverse("tenders")).content.decode()
    assert client.post(reverse("follow_calls")).status_code == 302
    assert "Tell me of new calls no more" in client.get(reverse("tenders")).content.decode()
    about = {"tender": published.reference}
    assert client.post(reverse("follow_calls"), about).status_code == 302
    assert "Tell me of it no more" in client.get(reverse("tender", args=[published.reference])).content.decode()
    for named in ({}, about):
        assert client.post(reverse("stop_following"), named).status_code == 302
    with as_(cast.provider):
        assert not CallFollower.objects.exists()
    assert as_client(cast.commissioner).post(reverse("follow_calls"), about).status_code == 403


def test_what_is_made_clear_is_read_by_everybody_and_only_while_bids_are_taken(
    published: Tender, cast: Any, runner: Any, client: Any, hands: Any, as_: Any, as_client: Any
) -> None:
    office = as_client(runner)
    address = reverse("clarify_call", args=[published.reference])
    said = {"words": "Where families live", "answer": "In both districts."}
    assert office.post(address, said | {"answer": " "}).status_code == 422
    assert office.post(address, said).status_code == 302
    page = client.get(reverse("open_call", args=[published.reference])).content.decode()
    assert "Where families live" in page and "In both districts." in page
    assert as_client(cast.provider).post(address, said).status_code == 403
    hands.forward(days=20)
    with as_(runner), pytest.raises(Refused, match="takes no bids now"):
        actions.clarify_call(by=runner, tender=Tender.objects.get(pk=published.pk), **said)
    assert clock.now() >= published.deadline_at
