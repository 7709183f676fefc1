"""A return is made prefilled, written by its provider, sent whole, asked about, answered in place, certified, and then stands."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError

from hearth.commissioning.contracts.milestones import actions as milestones
from hearth.commissioning.contracts.models import Contract, Milestone, Profile
from hearth.commissioning.contracts.quarters import quarter_of
from hearth.commissioning.contracts.returns import actions, days, queries
from hearth.commissioning.contracts.returns.models import Return, ReturnFigure, ReturnQuery
from hearth.commissioning.contracts.returns.tests.conftest import SAID, figures_of, last_quarter
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.foundation.messages.models import Message


def _changed_by_hand(change: dict[str, Any]) -> None:
    """Change every return past the product; a row that is nobody's to change is refused as one that stands."""
    if not Return.objects.update(**change):
        raise ProgrammingError("no row is theirs to change")


@pytest.fixture
def told(cast: Any, as_: Any) -> Callable[[str, Any], set[Any]]:
    """`told(template, by)`: who was written to with these words by whom."""

    def read(template: str, by: Any) -> set[Any]:
        with as_(by):
            return set(Message.objects.filter(template=template).values_list("to_user_id", flat=True))

    return read


def test_it_is_made_with_what_is_known_and_its_provider_is_told(
    told: Any, owner: Return, contract: Contract, cast: Any, as_: Any
) -> None:
    assert owner.organisation == cast.provider.organisation and owner.state == "draft"
    assert owner.quarter == last_quarter() and owner.due_on == days.due_on(owner.quarter)
    with as_(cast.provider):
        rows = queries.figures(cast.provider, owner)
        assert [row.profile for row in rows] == [10, 40, 9000] and all(row.actual is None for row in rows), (
            "nothing is nought"
        )
        hints = queries.hints(cast.provider, owner, rows)
    assert all("Planned:" in words for words in hints.values()) and "Planned: 90%." in hints[rows[2].target_id]
    assert told("return_made", cast.development_officer) == {cast.provider.pk}


def test_of_one_quarter_one_return_is_made(owner: Return, contract: Contract, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        assert actions.make_return(by=by, contract=contract, quarter=owner.quarter) is None
        assert Return.objects.count() == 1


def test_it_begins_with_the_last_quarter_beside_it(certified: Return, contract: Contract, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        following = actions.make_return(by=by, contract=contract, quarter=quarter_of(clock.today()))
    assert following is not None
    with as_(cast.provider):
        rows = queries.figures(cast.provider, following)
        before, last = queries.quarter_before(cast.provider, following)
        hints = queries.hints(cast.provider, following, rows)
    assert before == certified and last[rows[1].target_id].actual == 41
    assert (
        f"{certified.months}: 41." in hints[rows[1].target_id]
        and "nothing, for this quarter" in hints[rows[1].target_id]
    )


def test_what_the_ledger_paid_in_the_quarter_is_in_it(
    contract: Contract, owner: Return, fill: Any, send: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.provider):
        reached = milestones.reach_milestone(
            by=cast.provider,
            milestone=Milestone.objects.get(contract=contract),
            reached_on=owner.ends_on,
            evidence="Register 4",
        )
        assert queries.paid_in(owner) == 0
    with as_(cast.development_officer):
        milestones.certify_milestone(
            by=cast.development_officer, milestone=Milestone.objects.get(pk=reached.pk), certify=True
        )
    with as_(cast.commissioner):
        milestones.pay_milestone(
            by=cast.commissioner, milestone=Milestone.objects.get(pk=reached.pk), paid_on=owner.ends_on
        )
    with as_(cast.provider):
        assert queries.paid_in(owner) == reached.pence
    assert send(fill(owner, 9, 41, 8800)).paid_pence == reached.pence
    with as_(cast.information_governance):
        assert queries.paid_in(owner) is None, "of a contract that somebody may not read nothing is said"


def test_what_is_missing_may_stay_so_until_it_is_sent(
    told: Any, owner: Return, fill: Any, send: Any, cast: Any, as_: Any
) -> None:
    fill(owner, None, 41, None, spent_pence=None)
    for mend, code in (
        ({}, "returns.no_figure"), ({"words": "Not counted yet"}, "returns.no_money"),
        ({"words": "Not counted yet", "spent_words": "Waits for the audit", "case_study": "Dee found a flat."}, "returns.no_consent"),
        ({"words": "Not counted yet", "spent_words": "Waits", "case_study": "Dee", "consented": True}, "returns.no_consent"),
    ):  # fmt: skip
        fill(owner, None, 41, None, **({"spent_pence": None} | mend))
        with pytest.raises(Refused) as refused:
            send(owner)
        assert refused.value.refusal.code == code
    fill(
        owner,
        None,
        41,
        None,
        words="Not counted yet",
        case_study="Dee found a flat.",
        consented=True,
        names_changed=True,
    )
    assert send(owner).state == "submitted"
    with as_(cast.development_officer):
        assert [row.actual for row in queries.figures(cast.development_officer, owner)] == [None, 41, None]
    assert told("return_sent", cast.provider) == {cast.development_officer.pk}


def test_the_profile_stands_as_it_was_when_the_return_was_sent(
    owner: Return, fill: Any, send: Any, cast: Any, as_: Any
) -> None:
    fill(owner, 9, 41, 8800)
    planned = Profile.objects.filter(target__contract=owner.contract, quarter=owner.quarter)
    with as_(cast.commissioner):
        planned.filter(planned=40).update(planned=35)
    send(owner)
    with as_(cast.commissioner):
        assert planned.filter(planned=35).update(planned=1) == 1
    with as_(cast.provider):
        assert [row.profile for row in queries.figures(cast.provider, owner)] == [10, 35, 9000]


def test_two_of_a_provider_who_write_at_once_see_both_texts(owner: Return, fill: Any, cast: Any, as_: Any) -> None:
    with as_(cast.provider):
        seen = actions.seen_in_return(owner, actions.written(queries.figures(cast.provider, owner)))
    fill(owner, 9, 41, 8800, seen=seen, difficulties="The first text")
    with pytest.raises(Conflict) as conflict:
        fill(owner, 9, 41, 8800, seen=seen, difficulties="The second text")
    assert conflict.value.texts["difficulties"] == ("The first text", "The second text")


def test_a_sent_return_is_not_written_in(sent: Return, fill: Any, send: Any) -> None:
    with pytest.raises(Refused, match="was sent on"):
        fill(sent, 1, 1, 1)
    with pytest.raises(Refused, match="was sent on"):
        send(sent)


def test_a_query_names_the_figure_and_is_answered_in_place(
    told: Any, sent: Return, ask: Any, answer: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.development_officer):
        figure = ReturnFigure.objects.select_related("target").get(owner=sent, actual=41)
    query = ask(sent, part="figure", figure=figure, question="41 of 40?")
    assert (
        sent.state == "queried"
        and query.before == "41"
        and told("return_queried", cast.development_officer) == {cast.provider.pk}
    )
    found = answer(sent, query, actual=39, words="Two were counted twice.")
    assert (found.before, found.after, found.has_changed) == ("41", "39. Two were counted twice.", True)
    assert sent.state == "changed" and told("return_answered", cast.provider) == {cast.development_officer.pk}
    with as_(cast.provider):
        assert [row.actual for row in queries.figures(cast.provider, sent)] == [9, 39, 8800], "and nothing else"


def test_it_is_changed_once_everything_is_answered(sent: Return, ask: Any, answer: Any, certify: Any) -> None:
    first, second = ask(sent), ask(sent, part="difficulties", question="Which room?")
    answer(sent, first, actual=600_000)
    assert sent.state == "queried" and sent.spent_pence == 600_000
    with pytest.raises(Refused, match="not answered yet"):
        certify(sent)
    unchanged = answer(sent, second, words="No room to meet in.")
    assert sent.state == "changed" and not unchanged.has_changed
    with pytest.raises(Refused, match="answered already"):
        answer(sent, first, actual=1)
    assert certify(sent).state == "certified"


@pytest.mark.parametrize(
    ("part", "told_", "code"),
    [
        ("spent", {"actual": 1, "answer": " "}, "returns.no_answer"),
        ("case_study", {"words": "Dee"}, "returns.no_consent"),
        ("spent", {"actual": -1}, "returns.figure"),
    ],
)
def test_an_answer_that_will_not_do_changes_nothing(
    part: str, told_: Any, code: str, sent: Return, ask: Any, answer: Any
) -> None:
    query = ask(sent, part=part)
    with pytest.raises(Refused) as refused:
        answer(sent, query, **told_)
    assert refused.value.refusal.code == code and sent.state == "queried"


def test_a_query_is_about_something_of_this_return_and_asks(sent: Return, ask: Any) -> None:
    for told_ in ({"part": "figure"}, {"part": "nothing"}, {"question": "  "}):
        with pytest.raises(Refused):
            ask(sent, **told_)
    assert sent.state == "submitted"


def test_what_is_being_made_is_neither_asked_about_nor_certified(owner: Return, ask: Any, certify: Any) -> None:
    for do in (ask, certify):
        with pytest.raises(Refused, match="not sent yet"):
            do(owner)


def test_a_certified_return_stands_past_the_product_too(
    told: Any, certified: Return, fill: Any, ask: Any, cast: Any, as_: Any
) -> None:
    assert told("return_certified", cast.development_officer) == {cast.provider.pk}
    for do in (lambda: fill(certified, 1, 1, 1), lambda: ask(certified)):
        with pytest.raises(Refused, match="certified"):
            do()
    for by in (cast.provider, cast.development_officer, cast.commissioner):
        with as_(by):
            for change in (
                {"spent_pence": 1},
                {"state": "draft", "certified_at": None, "certified_by": None},
                {"difficulties": "x"},
            ):
                with pytest.raises(ProgrammingError), transaction.atomic():
                    _changed_by_hand(change)
            assert ReturnFigure.objects.update(actual=1) == 0


def test_a_certified_return_is_corrected_by_a_new_version_with_a_reason(
    certified: Return, fill: Any, send: Any, certify: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.provider):
        with pytest.raises(Refused, match="Say why"):
            actions.correct_return(by=cast.provider, owner=certified, why=" ")
        again = actions.correct_return(by=cast.provider, owner=certified, why="A family was counted twice")
        with pytest.raises(Refused, match="being made already"):
            actions.correct_return(by=cast.provider, owner=certified, why="And again")
        assert [row.actual for row in queries.figures(cast.provider, again)] == [9, 41, 8800]
    assert (again.number, again.why_again, again.state) == (2, "A family was counted twice", "draft")
    send(fill(again, 9, 40, 8800))
    with as_(cast.provider):
        assert Return.objects.get(pk=certified.pk).stands, "until the new one is certified"
    certify(again)
    with as_(cast.provider):
        assert not Return.objects.get(pk=certified.pk).stands and Return.objects.get(pk=again.pk).stands
        assert [row.actual for row in queries.figures(cast.provider, certified)] == [9, 41, 8800], "as it was certified"


def test_under_a_settled_contract_nothing_is_written(owner: Return, cast: Any, as_: Any) -> None:
    settled = {"state": "ended", "settled_at": clock.now(), "settled_by": cast.commissioner, "ends_on": clock.today()}
    with as_(cast.commissioner):
        assert Contract.objects.filter(pk=owner.contract_id).update(**settled) == 1
    with as_(cast.provider):
        found = queries.return_of(cast.provider, owner.reference)
        for do in (
            lambda: actions.write_return(by=cast.provider, owner=found, figures=figures_of(found, 1, 1, 1), **SAID),
            lambda: actions.send_return(by=cast.provider, owner=found),
        ):
            with pytest.raises(Refused, match="settled"):
                do()


def test_a_query_is_told_and_kept_by_the_database_alone(sent: Return, ask: Any, cast: Any, as_: Any) -> None:
    ask(sent)
    with as_(cast.provider):
        for change in ({"question": "x"}, {"asked_by": cast.provider}):
            with pytest.raises(ProgrammingError), transaction.atomic():
                ReturnQuery.objects.update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            ReturnQuery.objects.update(answered_at=clock.now())
