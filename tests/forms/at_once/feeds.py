"""Partners' files: sent, cancelled, decided row by row, committed, taken back."""

import datetime as dt
import io
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds import actions as feeds
from hearth.intelligence.feeds import erasing
from hearth.intelligence.feeds.models import FeedLoad, FeedSubject, RowSetAside
from hearth.intelligence.feeds.tokens import actions as tokens
from tests.forms.at_once import Two, fresh, row

ANALYST, GOVERNS = "analyst", "information_governance"
BOTH = (ANALYST, GOVERNS)
TOKEN = row("feed_token", "organisation", "by")
READY = row("feed_ready", "organisation", "follows")
FILE = b"personId,policeArea,contactName,contactPhone\np9,North,Ann Twice,1\n"


def _send(by: Any, _: Any) -> FeedLoad:
    until = clock.today() - dt.timedelta(days=2)
    return feeds.send_file(
        by=by, feed="police", organisation=by.organisation, covers_from=until - dt.timedelta(days=30), covers_until=until,
        file=io.BytesIO(FILE), file_name="police twice.csv",
    )  # fmt: skip


def _send_with_token(by: Any, token: Any) -> FeedLoad:
    day = clock.today() - dt.timedelta(days=1)
    return tokens.send_file_with_token(
        by=by, token=token, covers_from=day, covers_until=day, file=io.BytesIO(FILE + b"p10,South,Bob,1\n"),
        file_name="by token.csv",
    )  # fmt: skip


def _make_another(town: Any) -> None:
    """The planted token is withdrawn by now: its place is taken by one that is good."""
    by = town.cast.analyst
    with acting_as(by):
        town.more.feed_token, _ = tokens.make_feed_token(
            by=by, feed="police", organisation=by.organisation, machine="M", until_on=clock.today()
        )


def _faulty(town: Any) -> tuple[FeedLoad, RowSetAside]:
    load = fresh(town.find("feed_faulty"), "organisation")
    return load, RowSetAside.objects.filter(load=load).order_by("number").first()  # type: ignore[return-value]


def _held(number: str) -> bool:
    return FeedSubject.objects.filter(scheme="social_care_id", value=number).exists()


def _somebody_is_held(town: Any) -> None:
    with acting_as(town.cast.information_governance):
        assert _held("p1"), "there is somebody to erase"


TABLE = [
    Two("feeds.send_file", lambda town: None, _send, comes="done", who=BOTH,
        kept=lambda town, came: FeedLoad.objects.filter(file_hash=came.result.file_hash).count() == 1),
    Two("feeds.cancel_load", row("feed_unread", "organisation"), lambda by, load: feeds.cancel_load(by=by, load=load),
        comes="feeds.over", who=BOTH),
    Two("feeds.waive_rows", _faulty, lambda by, o: feeds.waive_rows(by=by, load=o[0], why="A test row"), comes="done", who=BOTH,
        kept=lambda town, _: _faulty(town)[1].decided_by == town.cast.analyst),
    Two("feeds.fix_row", _faulty, lambda by, o: feeds.fix_row(by=by, load=o[0], row=o[1], personId="p7"),
        comes="feeds.not_ready", who=BOTH),
    Two("feeds.commit_load", READY, lambda by, load: feeds.commit_load(by=by, load=load), comes="done", who=BOTH,
        kept=lambda town, _: READY(town).committed_by == town.cast.analyst),
    Two("feeds.reverse_load", READY, lambda by, load: feeds.reverse_load(by=by, load=load, why="The wrong term"),
        comes="feeds.not_committed", who=BOTH),
    Two("tokens.withdraw_feed_token", TOKEN, lambda by, token: tokens.withdraw_feed_token(by=by, token=token, why="Lost"),
        comes="feeds.token_over", who=BOTH),
    Two("tokens.send_file_with_token", TOKEN, _send_with_token, lambda by, token: tokens.withdraw_feed_token(by=by, token=token, why="Lost"),
        comes="done", who=BOTH, about="while it is withdrawn", prepare=_make_another,
        kept=lambda town, _: TOKEN(town).last_used_at is not None),
    Two("tokens.send_file_with_token", TOKEN, lambda by, token: tokens.withdraw_feed_token(by=by, token=token, why="Lost"),
        _send_with_token, comes="feeds.token_no_good", who=(GOVERNS, ANALYST), about="that was withdrawn", prepare=_make_another),
    Two("erasing.erase_person", lambda town: None, lambda by, _: erasing.erase_person(by=by, scheme="social_care_id", value="p1", why="They asked"),
        comes="done", who=(GOVERNS, GOVERNS), kept=lambda _, came: came.result == 0 and not _held("p1"),
        prepare=_somebody_is_held),
]  # fmt: skip
