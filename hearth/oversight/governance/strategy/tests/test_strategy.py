"""A strategy is an action plan: how its actions stand is added day by day, and what the board was told never changes."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.urls import reverse

from hearth.commissioning.contracts.tests.test_pages import post
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Conflict
from hearth.foundation.core.seen import seen_in
from hearth.oversight.governance.member_requests.tests.conftest import boxes
from hearth.oversight.governance.risks.tests.conftest import ahead, refused
from hearth.oversight.governance.risks.tests.test_who_reads import same
from hearth.oversight.governance.strategy import actions, freezing, models, queries
from hearth.oversight.governance.strategy.models import (
    Strategy,
    StrategyAction,
    StrategyEvidence,
    StrategyPriority,
    StrategyProgress,
    StrategyReport,
)

ALL = (Strategy, StrategyPriority, StrategyAction, StrategyProgress, StrategyEvidence, StrategyReport)


def test_a_strategy_goes_from_its_priorities_to_the_board_on_its_pages(cast: Any, as_: Any, as_client: Any) -> None:
    lead, officer = cast.strategic_lead, cast.development_officer
    client, owner = as_client(lead), as_client(officer)
    page = post(
        client,
        "start_strategy",
        title="Early help",
        what="Help sooner.",
        **boxes("from_on", clock.today()),
        **boxes("until_on", ahead(300)),
    )
    assert "It has no priorities yet" in page
    with as_(lead):
        reference = Strategy.objects.get().reference
    assert "Nothing is planned for it yet" in post(client, "add_priority", reference, title="An effective workforce")
    with as_(lead):
        priority = StrategyPriority.objects.get()
    page = post(
        client, "add_strategy_action", priority.reference, what="Train everybody", shows="All in post", owner=officer.reference,
        **boxes("due_on", ahead(9)),
    )  # fmt: skip
    assert "Train everybody" in page and "Nobody has said yet: 1" in page
    with as_(lead):
        planned = StrategyAction.objects.get()
    assert "The trainer has left" in post(
        owner, "note_strategy_progress", planned.reference, stands="stuck", words="The trainer has left."
    )
    page = post(
        owner, "add_strategy_evidence", planned.reference, shown_by="measure:requests_decided_in_time", words="It fell."
    )
    assert "It fell." in page and "measure=requests_decided_in_time" in page
    assert "Stuck: 1" in client.get(reverse("strategy", args=[reference])).content.decode()
    page = post(client, "report_to_board", reference, words="We ask for a trainer.")
    for words in (
        "We ask for a trainer.",
        "Stuck: 1",
        "The trainer has left.",
        "A measure requests_decided_in_time: It fell.",
        "Digest:",
    ):
        assert words in page, words


def test_progress_is_added_and_never_overwritten(planned: StrategyAction, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        actions.note_strategy_progress(by=by, planned=planned, stands="as_planned", words="Half of them")
        actions.note_strategy_progress(by=by, planned=planned, stands="behind", words="The hall is closed")
        assert [each.stands for each in queries.progress_of(by, planned)] == ["behind", "as_planned"]
        for change in (
            lambda: StrategyProgress.objects.update(stands="done"),
            lambda: StrategyProgress.objects.all().delete(),
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                change()


def test_by_priority_counts_words_and_what_is_late(
    strategy: Strategy, planned: StrategyAction, cast: Any, as_: Any
) -> None:
    lead, owner = cast.strategic_lead, cast.development_officer
    with clock.frozen(ahead(31)), as_(lead):
        (found,) = queries.by_priority(lead, strategy)
        assert found.counted == [(queries.NOT_STARTED, 1)] and found.late == 1
    with clock.frozen(ahead(32)):
        with as_(owner):
            assert queries.late_of_mine(owner) == [planned.due_on]
            actions.note_strategy_progress(by=owner, planned=planned, stands="done", words="All of them")
            assert queries.late_of_mine(owner) == []
        with as_(lead):
            (found,) = queries.by_priority(lead, strategy)
            assert found.counted == [("Done", 1)] and found.late == 0


def test_a_report_stands_whatever_happens_afterwards(
    strategy: Strategy, planned: StrategyAction, cast: Any, as_: Any, as_client: Any
) -> None:
    lead = cast.strategic_lead
    with as_(lead):
        actions.note_strategy_progress(by=lead, planned=planned, stands="stuck", words="No trainer")
        report = actions.report_to_board(by=lead, strategy=strategy, words="So it is")
        actions.note_strategy_progress(by=lead, planned=planned, stands="done", words="All of them")
        actions.change_strategy_action(
            by=lead, planned=planned, what="Something else", shows="x", owner=lead, due_on=ahead(9)
        )
        with pytest.raises(ProgrammingError), transaction.atomic():
            StrategyReport.objects.update(words="So it is not")
    text = as_client(cast.board_member).get(reverse("strategy_report", args=[report.reference])).content.decode()
    assert "No trainer" in text and "Train everybody" in text and "Something else" not in text and report.digest in text
    with as_(cast.board_member):
        found = queries.report_of(cast.board_member, report.reference)
        assert freezing.is_whole(found)
        found.frozen["priorities"][0]["late"] = 9
        assert not freezing.is_whole(found)


def test_there_is_something_to_report_on(priority: StrategyPriority, cast: Any, as_: Any) -> None:
    with as_(cast.strategic_lead), refused("strategy.nothing_to_report"):
        actions.report_to_board(by=cast.strategic_lead, strategy=priority.strategy)


def test_what_is_typed_is_whole(
    strategy: Strategy, priority: StrategyPriority, planned: StrategyAction, cast: Any, as_: Any
) -> None:
    by, today = cast.strategic_lead, clock.today()
    act: dict[str, Any] = {"by": by, "priority": priority, "what": "x", "shows": "x", "owner": by, "due_on": ahead(3)}
    with as_(by):
        for more, code in (
            ({"what": " "}, "action"),
            ({"shows": ""}, "action"),
            ({"owner": cast.provider}, "owner"),
            ({"due_on": ahead(999)}, "action_day"),
        ):
            with refused(f"strategy.{code}"):
                actions.add_strategy_action(**(act | more))
        with refused("strategy.says_nothing"):
            actions.start_strategy(by=by, title=" ", what="x", from_on=today, until_on=ahead(9))
        with refused("strategy.days"):
            actions.start_strategy(by=by, title="x", what="x", from_on=today, until_on=today)
        with refused("strategy.no_words"):
            actions.add_priority(by=by, strategy=strategy, title="  ")
        with refused("strategy.stands"):
            actions.note_strategy_progress(by=by, planned=planned, stands="red", words="x")
        with refused("strategy.no_words"):
            actions.note_strategy_progress(by=by, planned=planned, stands="done", words=" ")
        for shown_by in ("measure:nothing", "theme:TH-XXXXXXX", "family:FA-1"):
            with refused("strategy.shown_by"):
                actions.add_strategy_evidence(by=by, planned=planned, shown_by=shown_by, words="x")
        with pytest.raises(IntegrityError), transaction.atomic():
            StrategyEvidence(action=planned, kind="theme", words="x", added_by=by).save(force_insert=True)


def test_two_who_change_it_both_keep_their_words(strategy: Strategy, cast: Any, as_: Any) -> None:
    by = cast.strategic_lead
    with as_(by):
        seen = seen_in(strategy, actions.SAID)
        days: dict[str, Any] = {"from_on": strategy.from_on, "until_on": strategy.until_on, "title": strategy.title}
        actions.change_strategy(by=by, strategy=strategy, seen=seen, what="The first’s", **days)
        with pytest.raises(Conflict):
            actions.change_strategy(by=by, strategy=strategy, seen=seen, what="The second’s", **days)


@pytest.mark.parametrize(
    ("who", "reads"),
    [
        *((who, True) for who in ("strategic_lead", "development_officer", "commissioner", "board_member", "quality_lead")),
        *((who, False) for who in ("provider", "practitioner", "manager", "charity_manager", "elected_member", "panel_chair", "administrator")),
    ],
)  # fmt: skip
def test_who_reads_it_in_the_product_and_in_the_rows(
    who: str, reads: bool, strategy: Strategy, planned: StrategyAction, cast: Any, as_: Any, as_client: Any
) -> None:
    lead, user = cast.strategic_lead, getattr(cast, who)
    with as_(lead):
        actions.note_strategy_progress(by=lead, planned=planned, stands="done", words="x")
        actions.add_strategy_evidence(by=lead, planned=planned, shown_by="words", words="x")
        actions.report_to_board(by=lead, strategy=strategy)
    with as_(user):
        for model in ALL:
            assert bool(same(user, model)) is reads, model
    client = as_client(user)
    assert client.get(reverse("strategy", args=[strategy.reference])).status_code == (200 if reads else 404)
    assert client.get(reverse("strategies")).status_code == (200 if reads else 403)


def test_whoever_only_reads_is_offered_nothing_and_refused(
    strategy: Strategy, priority: StrategyPriority, planned: StrategyAction, cast: Any, as_: Any, as_client: Any
) -> None:
    board = cast.board_member
    client, page = (
        as_client(board),
        as_client(board).get(reverse("strategy", args=[strategy.reference])).content.decode(),
    )
    for slice_, of in (
        ("change_strategy", strategy), ("add_priority", strategy), ("report_to_board", strategy), ("add_strategy_action", priority),
        ("change_strategy_action", planned), ("note_strategy_progress", planned), ("add_strategy_evidence", planned),
    ):  # fmt: skip
        where = reverse(slice_, args=[of.reference])
        assert where not in page and client.post(where, {}).status_code == 403, slice_
    with as_(board):
        for row in (
            StrategyProgress(action=planned, stands="done", words="x", noted_by=board),
            models.StrategyPriority(reference="SP-1", strategy=strategy, number=9, title="x"),
            StrategyReport(reference="SR-1", strategy=strategy, frozen={}, digest="x", taken_by=board),
        ):
            with pytest.raises(ProgrammingError), transaction.atomic():
                row.save(force_insert=True)


def test_an_owner_says_how_it_goes_and_changes_nothing_else(planned: StrategyAction, cast: Any, as_: Any) -> None:
    owner, other = cast.development_officer, cast.commissioner
    with as_(owner):
        with refused("strategy.may_not_keep"):
            actions.change_strategy_action(by=owner, planned=planned, what="x", shows="x", owner=owner, due_on=ahead(9))
        actions.note_strategy_progress(by=owner, planned=planned, stands="behind", words="x")
    with as_(other), refused("strategy.not_yours"):
        actions.note_strategy_progress(by=other, planned=planned, stands="done", words="x")


def test_a_district_s_strategy_is_kept_by_whoever_keeps_it_there(other_area: Any, cast: Any, as_: Any) -> None:
    with as_(cast.development_officer), refused("strategy.may_not_keep"):
        actions.start_strategy(
            by=cast.development_officer, area=other_area, title="x", what="x", from_on=clock.today(), until_on=ahead(9)
        )


def test_an_intention_that_the_reader_may_not_read_is_not_named_to_them(
    planned: StrategyAction, cast: Any, as_: Any, as_client: Any
) -> None:
    with as_(cast.strategic_lead):
        StrategyEvidence(
            action=planned, kind="intention", of="IN-XXXXXXX", words="It is bought", added_by=cast.strategic_lead
        ).save(force_insert=True)
    text = as_client(cast.quality_lead).get(reverse("strategy_action", args=[planned.reference])).content.decode()
    assert "What is meant to be bought: It is bought" in " ".join(text.split()) and "IN-XXXXXXX" not in text
