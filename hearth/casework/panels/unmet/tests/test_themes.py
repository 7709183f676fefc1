"""A theme: worked by the sub-group, escalated level by level to the board, answered, and told to whoever met the need."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError, IntegrityError
from django.urls import reverse

from hearth.casework.panels.unmet import actions as needs
from hearth.casework.panels.unmet import queries
from hearth.casework.panels.unmet.models import Theme, ThemeAction, ThemeMove, ThemeState, UnmetNeed
from hearth.casework.panels.unmet.tests.conftest import DESCRIBED
from hearth.casework.panels.unmet.themes import actions
from hearth.casework.panels.unmet.themes.queries import answered_to, to_answer, waiting, who_answers
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Conflict, Refused
from hearth.foundation.core.seen import seen_in
from hearth.foundation.messages.actions import send
from hearth.records.people.restrictions.actions import place_restriction

LADDER = pack().unmet.ladder
WORKS = ("development_officer", "senior_development_officer", "panel_coordinator")
READS = (
    *WORKS,
    "strategic_lead",
    "board_member",
    "commissioner",
    "analyst",
    "manager",
    "elected_member",
    "quality_auditor",
)


def refused(do: Any, code: str) -> None:
    """It is refused, and for that reason."""
    with pytest.raises(Refused) as why:
        do()
    assert why.value.refusal.code == code


def escalate(by: Any, theme: Theme, as_: Any) -> Theme:
    with as_(by):
        return actions.escalate_theme(by=by, theme=theme, words="We tried two providers.")


def answer(by: Any, theme: Theme, as_: Any) -> Theme:
    with as_(by):
        return actions.answer_theme(by=by, theme=theme, answer="Two more therapists from April.")


@pytest.fixture
def told(monkeypatch: Any) -> Any:
    """To whom messages with a template were sent: the outbox itself is read by the identity that empties it."""
    sent: list[dict[str, Any]] = []

    def noted(**message: Any) -> None:
        sent.append(message)
        send(**message)

    monkeypatch.setattr(actions, "send", noted)
    return lambda template: {message["to"].pk for message in sent if message["template"] == template}


def test_needs_of_a_kind_that_wait_in_the_district_come_into_a_theme_and_others_stay(
    met: Any, theme: Theme, need: UnmetNeed, cast: Any, as_: Any
) -> None:
    met(need="housing")
    by = cast.panel_coordinator
    with as_(by):
        need.refresh_from_db()
        assert (need.theme, theme.state) == (theme, ThemeState.WORKING)
        (row,) = waiting(by)
        assert (row.code, row.needs, row.since) == ("housing", 1, clock.today())
        actions.gather_needs(by=by, theme=theme, needs=["housing"])
        assert waiting(by) == [] and theme.needs.count() == 2
        actions.take_out_need(by=by, need=need)
        assert [row.code for row in waiting(by)] == ["speech_and_language"]
        refused(lambda: actions.take_out_need(by=by, need=need), "unmet.in_no_theme")


def test_who_reads_a_theme_and_who_works_it(theme: Theme, cast: Any, as_: Any) -> None:
    for who in (
        *READS,
        "family_worker",
        "practitioner",
        "other_family_worker",
        "other_practitioner",
        "administrator",
        "panel_chair",
    ):
        user, reads = getattr(cast, who), who in (*READS, "family_worker")
        with as_(user):
            assert Theme.objects.exists() is reads, who
            assert Theme.objects.visible_to(user).exists() is reads, who
            assert ThemeMove.objects.exists() is reads, who
            if who not in WORKS and reads:
                for do in (
                    lambda user=user: actions.describe_theme(by=user, theme=theme, **DESCRIBED),
                    lambda user=user: actions.gather_needs(by=user, theme=theme, needs=["housing"]),
                    lambda user=user: actions.escalate_theme(by=user, theme=theme, words="x"),
                    lambda user=user: actions.answer_theme(by=user, theme=theme, answer="x"),
                    lambda user=user: actions.note_theme_progress(by=user, theme=theme, words="x"),
                    lambda user=user: actions.start_theme(by=user, area=theme.area, needs=["housing"], **DESCRIBED),
                ):
                    refused(do, "unmet.not_your_themes")


def test_those_of_another_district_neither_work_it_nor_see_its_needs(
    theme: Theme, need: UnmetNeed, cast: Any, other_area: Any, as_: Any
) -> None:
    with as_(cast.administrator):
        Appointment.objects.filter(user=cast.development_officer).update(area=other_area)
        del cast.development_officer
    by = cast.development_officer
    with as_(by):
        assert not UnmetNeed.objects.exists()
        refused(lambda: actions.note_theme_progress(by=by, theme=theme, words="x"), "unmet.not_your_themes")
        refused(lambda: actions.start_theme(by=by, area=theme.area, needs=["x"], **DESCRIBED), "unmet.not_your_themes")


def test_the_database_holds_who_changes_a_theme(theme: Theme, cast: Any, as_: Any) -> None:
    for who in ("commissioner", "manager", "family_worker"):
        with as_(getattr(cast, who)), connection.cursor() as cursor:
            cursor.execute("update unmet_theme set title = 'x'")
            assert cursor.rowcount == 0, who
    with as_(cast.development_officer):
        for sql in ("update unmet_theme set area_id = null", "update unmet_thememove set words = 'x'"):
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(sql)
        with pytest.raises(IntegrityError), transaction.atomic():
            Theme.objects.update(state="closed")
        with pytest.raises(IntegrityError), transaction.atomic():
            Theme.objects.update(state="escalated")


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"title": " \n"}, "unmet.theme_title"),
        ({"priority": "urgent"}, "unmet.priority"),
        ({"needs": []}, "unmet.no_needs"),
    ],
)
def test_what_a_theme_must_say(told: Any, code: str, cast: Any, area: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        refused(lambda: actions.start_theme(by=by, area=area, **(DESCRIBED | {"needs": ["housing"]} | told)), code)


def test_an_action_plan_says_who_and_by_when_and_two_who_write_it_choose(theme: Theme, cast: Any, as_: Any) -> None:
    by, today = cast.panel_coordinator, clock.today()
    with as_(by):
        refused(lambda: actions.add_theme_action(by=by, theme=theme, what="Ask", who=" ", due_on=today), "unmet.action")
        far = today + dt.timedelta(days=800)
        refused(
            lambda: actions.add_theme_action(by=by, theme=theme, what="Ask", who="Us", due_on=far), "unmet.action_day"
        )
        planned = actions.add_theme_action(by=by, theme=theme, what="Ask the trust", who="Health", due_on=today)
        names = ("what", "who", "due_on", "progress", "done_on")
        seen = seen_in(planned, names)
        typed = {name: getattr(planned, name) for name in names}
        change = actions.change_theme_action
        refused(
            lambda: change(by=by, theme_action=planned, **(typed | {"done_on": today + dt.timedelta(days=1)})),
            "unmet.done_on",
        )
        change(by=by, theme_action=planned, **(typed | {"progress": "They answer in May", "done_on": today}), seen=seen)
        with pytest.raises(Conflict) as both:
            change(by=by, theme_action=planned, **(typed | {"progress": "Nobody answered"}), seen=seen)
        assert both.value.texts["progress"] == ("They answer in May", "Nobody answered")
        assert ThemeAction.objects.get().done_on == today


def test_it_goes_up_level_by_level_and_comes_back_to_whoever_met_it(
    ready: Theme, need: UnmetNeed, cast: Any, as_: Any, told: Any
) -> None:
    theme = ready
    assert [level.reach for level in LADDER] == ["district", "locality", "authority"]
    worker, board = cast.family_worker, cast.board_member
    theme = escalate(cast.development_officer, theme, as_)
    assert (theme.state, theme.level) == ("escalated", "local_partnership")
    assert theme.due_on == clock.add_working_days(clock.today(), LADDER[0].answer_days)
    assert told("unmet_escalated") == {cast.strategic_lead.pk, board.pk}
    with as_(cast.development_officer):
        # what is asked of others, the sub-group does not answer for them, nor send further, nor close
        for do in (actions.answer_theme, actions.escalate_theme):
            words = {"answer": "x"} if do is actions.answer_theme else {"words": "x"}
            refused(
                lambda do=do, words=words: do(by=cast.development_officer, theme=theme, **words), "unmet.another_level"
            )
        refused(lambda: actions.close_theme(by=cast.development_officer, theme=theme), "unmet.nothing_closes")
    for level in LADDER[1:]:
        theme = escalate(board, theme, as_)
        assert theme.level == level.code
    with as_(board):
        assert to_answer(board) == [theme]
        refused(lambda: actions.escalate_theme(by=board, theme=theme, words="x"), "unmet.at_the_top")
        refused(lambda: actions.answer_theme(by=board, theme=theme, answer=" "), "unmet.no_words")
    theme = answer(board, theme, as_)
    assert (theme.state, theme.due_on, theme.answered_by) == ("answered", None, board)
    assert told("unmet_answered") == {worker.pk, cast.development_officer.pk}
    with as_(worker):
        (row,) = queries.unread_answers(worker)
        assert row["reference"] == need.reference
        need = queries.need_of(worker, need.reference)
        assert need.theme.answer == "Two more therapists from April."
        assert [entry.title for entry in queries.timeline_entries(worker, need.family)] == [
            "Could not be offered: speech, language and communication",
            "An answer came back: speech, language and communication",
        ]
        needs.read_unmet_answer(by=worker, need=need)
        assert queries.unread_answers(worker) == []
    with as_(cast.manager):
        refused(lambda: needs.read_unmet_answer(by=cast.manager, need=need), "unmet.not_recorded_by_you")
    with as_(cast.panel_coordinator):
        assert answered_to(cast.panel_coordinator) == 1
        actions.close_theme(by=cast.panel_coordinator, theme=theme, words="Bought")
        assert answered_to(cast.panel_coordinator) == 0
        moves = list(ThemeMove.objects.filter(theme=theme).order_by("at").values_list("kind", "level"))
    assert moves == [
        ("started", ""), *[("escalated", level.code) for level in LADDER], ("answered", "trust_board"), ("closed", ""),
    ]  # fmt: skip


def test_an_answer_that_is_not_enough_is_worked_on_and_the_next_one_is_news_again(
    ready: Theme, need: UnmetNeed, cast: Any, as_: Any
) -> None:
    by, worker = cast.development_officer, cast.family_worker
    theme = answer(by, ready, as_)  # the sub-group found a way itself
    with as_(worker):
        needs.read_unmet_answer(by=worker, need=need)
    with as_(by):
        refused(lambda: actions.gather_needs(by=by, theme=theme, needs=["housing"]), "unmet.theme_answered")
        refused(lambda: actions.escalate_theme(by=by, theme=theme, words="x"), "unmet.not_worked")
        actions.resume_theme(by=by, theme=theme, words="It ended in June")
        refused(lambda: actions.resume_theme(by=by, theme=theme, words="x"), "unmet.not_answered")
    with as_(worker):
        assert not queries.need_of(worker, need.reference).is_answered
        refused(lambda: needs.read_unmet_answer(by=worker, need=need), "unmet.no_answer")
    answer(cast.board_member, escalate(by, theme, as_), as_)
    with as_(worker):
        assert len(queries.unread_answers(worker)) == 1
        refused(lambda: needs.withdraw_unmet_need(by=worker, need=need, why="x"), "unmet.answered")


def test_a_level_is_answered_by_those_appointed_to_it_and_where_nobody_is_by_the_next_wider_one(
    ready: Theme, area: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    asked = escalate(cast.development_officer, ready, as_)
    with as_(cast.strategic_lead):
        assert to_answer(cast.strategic_lead) == [asked], (
            "nobody is appointed to the district's level, so the county stands in"
        )
    with as_(cast.administrator):
        Appointment.objects.filter(user=cast.board_member).update(area=area)
    del cast.board_member
    member, wider = cast.board_member, cast.strategic_lead
    with as_(wider):
        assert to_answer(wider) == [] and who_answers(asked) == [member]
        refused(lambda: actions.answer_theme(by=wider, theme=asked, answer="x"), "unmet.another_level")
        refused(lambda: actions.escalate_theme(by=wider, theme=asked, words="x"), "unmet.another_level")
    page = as_client(wider).get(reverse("unmet_theme", args=[asked.reference])).content.decode()
    assert "Escalate it" not in page and "Write the answer" not in page, "what is another's is not offered"
    with as_(member):
        assert to_answer(member) == [asked] and member in who_answers(asked)
        actions.escalate_theme(by=member, theme=asked, words="Not ours alone")
        assert to_answer(member) == [] and member not in who_answers(asked)
        refused(lambda: actions.answer_theme(by=member, theme=asked, answer="x"), "unmet.another_level")
    answer(cast.strategic_lead, asked, as_)


def test_what_the_needs_show_and_what_was_tried_stand_before_a_theme_goes_up(
    theme: Theme, cast: Any, as_: Any, as_client: Any
) -> None:
    by = cast.panel_coordinator
    up = reverse("escalate_theme", args=[theme.reference])

    def told() -> str:
        page = str(as_client(by).get(reverse("unmet_theme", args=[theme.reference])).content.decode())
        return page if up not in page else ""

    with as_(by):
        actions.describe_theme(by=by, theme=theme, **(DESCRIBED | {"analysis": ""}))
        refused(lambda: actions.escalate_theme(by=by, theme=theme, words="x"), "unmet.not_ready")
    assert "writes what the needs show and in the action plan what was tried and how it went" in told()
    assert as_client(by).get(up).status_code == 403
    with as_(by):
        actions.describe_theme(by=by, theme=theme, **DESCRIBED)
        planned = actions.add_theme_action(by=by, theme=theme, what="Ask", who="Us", due_on=clock.today())
        refused(lambda: actions.escalate_theme(by=by, theme=theme, words="x"), "unmet.not_ready")
    assert "writes in the action plan what was tried and how it went" in told(), "a plan is not yet a try"
    with as_(by):
        facts = {name: getattr(planned, name) for name in ("what", "who", "due_on")}
        actions.change_theme_action(by=by, theme_action=planned, **facts, progress="They have no money for it")
    assert told() == "" and as_client(by).get(up).status_code == 200
    escalate(by, theme, as_)


def test_whoever_is_kept_from_the_family_since_is_not_told(
    theme: Theme, family: Any, cast: Any, as_: Any, told: Any
) -> None:
    with as_(cast.information_governance):
        place_restriction(by=cast.information_governance, reference=family.reference, reason="A refuge")
    answer(cast.panel_coordinator, theme, as_)
    assert told("unmet_answered") == {cast.development_officer.pk}
    with as_(cast.family_worker):
        assert queries.unread_answers(cast.family_worker) == []
        assert not Theme.objects.exists()


def test_who_recorded_the_needs_of_a_theme_is_told_to_those_who_work_or_answer_it(
    theme: Theme, cast: Any, as_: Any
) -> None:
    for who, rows in (
        ("board_member", 1),
        ("panel_coordinator", 1),
        ("commissioner", 0),
        ("manager", 0),
        ("family_worker", 0),
    ):
        with as_(getattr(cast, who)), connection.cursor() as cursor:
            cursor.execute("select count(*) from hearth_theme_recorders(%s)", [theme.pk])
            assert cursor.fetchone() == (rows,), who
