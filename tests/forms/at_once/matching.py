"""Who is who: runs started, cancelled and finished; pairs decided and undone; somebody erased."""

from typing import Any

from hearth.foundation.core.reader import acting_as
from hearth.intelligence.matching import actions, erasing
from hearth.intelligence.matching.models import LinkRun, MatchLabel
from hearth.intelligence.matching.review import actions as review
from tests.forms.at_once import Two, row

ANALYST, GOVERNS = "analyst", "information_governance"
BOTH = (ANALYST, GOVERNS)
WAITS = row("link_waiting", "by")


def _pair(where: str) -> Any:
    return row(where, "run", "one_organisation", "other_organisation")


def _as_many(pair: Any) -> int:
    return MatchLabel.objects.filter(pair=pair).count()


def _decide(answer: str, seen: int) -> Any:
    return lambda by, pair: review.decide_pair(by=by, pair=pair, answer=answer, why="They wrote so", seen=seen)


def _finish(by: Any, run: Any) -> Any:
    return actions.finish_run(
        by=by, run=run, files=[], parameters={}, versions={}, weights=[], counts={}, rows_hash="1" * 64, known_hashes={}, pairs=[],
        follows=None,
    )  # fmt: skip


def _start_second(town: Any) -> None:
    with acting_as(town.cast.analyst):
        town.more.link_second = actions.start_link_run(by=town.cast.analyst, queue=False)


TABLE = [
    Two("review.decide_pair", _pair("pair_waiting"), _decide("same", 0), _decide("different", 0), comes="matching.decided_meanwhile",
        who=BOTH, kept=None),
    Two("review.undo_decision", _pair("pair_decided"), lambda by, pair: review.undo_decision(by=by, pair=pair, why="A slip", seen=1),
        comes="matching.nothing_to_undo", who=BOTH),
    Two("actions.start_link_run", lambda town: None, lambda by, _: actions.start_link_run(by=by, queue=False, because="twice"),
        comes="done", who=BOTH, kept=lambda town, came: LinkRun.objects.filter(state="waiting").count() == 1),
    Two("actions.begin_run", WAITS, lambda by, run: actions.begin_run(by=by, run=run), comes="done", who=BOTH,
        kept=lambda town, came: came.result.state == "running"),
    Two("actions.finish_run", WAITS, _finish, comes="done", who=BOTH,
        kept=lambda town, came: LinkRun.objects.filter(is_current=True).count() == 1 and came.result.rows_hash == "1" * 64),
    Two("actions.cancel_link_run", row("link_second", "by"), lambda by, run: actions.cancel_link_run(by=by, run=run),
        comes="matching.over", who=BOTH, prepare=_start_second),
    Two("actions.fail_run", row("link_second", "by"), lambda by, run: actions.fail_run(by=by, run=run, sentence="It was left"),
        comes="done", who=BOTH, kept=lambda town, came: came.result.failure in ("", "It was left")),
    Two("erasing.forget_person", lambda town: None,
        lambda by, _: erasing.forget_person(by=by, scheme="social_care_id", value="nobody", why="They asked"), comes="done",
        who=(GOVERNS, GOVERNS), kept=lambda town, came: came.result == 0),
]  # fmt: skip
