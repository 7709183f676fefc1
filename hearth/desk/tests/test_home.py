"""The first page: what waits for each role, what is due, and what changed since somebody was last here."""

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from hearth.casework.assessments.actions import return_assessment, start_assessment
from hearth.casework.assessments.tests.conftest import fill_in, send
from hearth.casework.cases.actions import name_lead, open_case
from hearth.casework.cases.due import set_due
from hearth.casework.cases.notes.actions import add_note
from hearth.casework.cases.notes.rules import Seen
from hearth.casework.cases.reaching.actions import agree_to_stop, end_reaching, plan_try, record_try, start_reaching
from hearth.casework.front_door.models import Request
from hearth.casework.front_door.tests.conftest import asking
from hearth.casework.front_door.triage.actions import (
    ask_referrer,
    note_message_sent,
    record_decision,
    record_told,
    reopen_decision,
)
from hearth.casework.plans.actions import start_plan
from hearth.casework.plans.who_does_what.actions import add_action
from hearth.desk import queries
from hearth.desk.changes import changed_since
from hearth.desk.queue import Waiting
from hearth.desk.waiting import waiting_for
from hearth.foundation.accounts.actions import close_account
from hearth.foundation.audit.actions import action, record
from hearth.foundation.audit.models import AuditEvent
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.directory.actions import list_organisation
from hearth.records.directory.changes.actions import send_service_change
from hearth.records.directory.tests.conftest import ENTRY
from hearth.records.people.access.actions import give_access
from hearth.records.people.actions import add_person, open_family


@pytest.fixture
def ask(cast: Any, area: Any) -> Any:
    """Send a request now: pages are opened by the real clock."""
    return asking(cast, area)


def waiting(who: Any) -> list[Waiting]:
    """What waits for somebody."""
    with acting_as(who):
        return waiting_for(who)


def words(who: Any) -> list[tuple[str, int]]:
    """What waits for somebody, and how much of it is late."""
    return [(each.words, each.late) for each in waiting(who)]


def make_late(request: Request) -> None:
    """Its last day was a week ago."""
    with acting_as(request.made_by):
        Request.objects.filter(pk=request.pk).update(due_on=clock.today() - dt.timedelta(days=7))


def test_the_front_doors_queue_waits_on_its_officers_first_page(cast: Any, ask: Any, as_client: Any) -> None:
    make_late(ask(consent_on=None))
    ask(consent_on=None)
    assert words(cast.front_door_officer) == [("2 requests to decide", 1)]
    page = as_client(cast.front_door_officer).get(reverse("home")).content.decode()
    assert "2 requests to decide" in page and "1 late" in page and "Nothing is waiting for you" not in page
    # Another district's officer, a partner and an analyst have no such queue.
    assert words(cast.other_front_door_officer) == words(cast.charity_manager) == words(cast.analyst) == []


def test_a_decided_request_waits_until_its_referrer_is_told(cast: Any, ask: Any) -> None:
    request, officer = ask(consent_on=None), cast.front_door_officer
    with acting_as(officer):
        record_decision(
            by=officer, request=request, outcome="advice", reason="Enough", words_for_referrer="Try the group."
        )
    assert words(officer) == [("1 referrer to be told what was decided", 0)]


def test_the_referrer_finds_the_question_and_the_half_finished_request(cast: Any, ask: Any, as_: Any) -> None:
    request, officer = ask(consent_on=None), cast.front_door_officer
    with as_(officer):
        ask_referrer(by=officer, request=request, words="Which school?")
    assert words(cast.practitioner) == [("You have a question to answer about your request", 0)]
    assert [each.url for each in waiting(cast.practitioner)] == [reverse("answer_front_door", args=[request.reference])]
    assert words(cast.colleague) == []
    another = ask(consent_on=None)
    with as_(officer):
        ask_referrer(by=officer, request=another, words="Which class?")
    [both] = waiting(cast.practitioner)
    assert (both.words, both.url) == ("You have 2 questions to answer about your requests", reverse("my_requests"))


def test_a_question_and_an_answer_are_news_to_whoever_asked_and_to_nobody_else(cast: Any, ask: Any, as_: Any) -> None:
    request, officer = ask(consent_on=None), cast.front_door_officer
    before = clock.now() - dt.timedelta(minutes=1)
    with as_(officer):
        ask_referrer(by=officer, request=request, words="Which school?")
        record_decision(by=officer, request=request, outcome="advice", reason="Enough", words_for_referrer="The group.")
    with as_(cast.practitioner):
        news = changed_since(cast.practitioner, before)
        assert {line.words.split(":")[0] for line in news} == {
            "asks you something about your request",
            "answered your request",
        }
        assert {line.url for line in news} == {reverse("view_request", args=[request.reference])}
        assert changed_since(cast.practitioner, clock.now()) == []
    with as_(cast.colleague):
        assert changed_since(cast.colleague, before) == []


def test_an_answer_waits_for_whoever_asked_until_they_have_opened_it(
    cast: Any, ask: Any, as_: Any, as_client: Any
) -> None:
    request, officer, asker = ask(consent_on=None), cast.front_door_officer, cast.practitioner
    there = reverse("view_request", args=[request.reference])
    with as_(officer):
        decision = record_decision(
            by=officer, request=request, outcome="advice", reason="Enough", words_for_referrer="The group."
        )
        # That there is an answer has gone by message, which does not say what it is.
        note_message_sent(by=officer, request=request, decision_id=decision.id, sent_at=clock.now())
    waits = Waiting("Your request for the Marsden family was answered: read the answer", there)
    assert waiting(asker) == [waits]
    assert waits not in waiting(officer) and waiting(cast.colleague) == []
    client, other = as_client(asker), as_client(officer)
    assert waits.words in client.get(reverse("home")).content.decode()
    assert "Read the answer" in client.get(reverse("my_requests")).content.decode()
    other.get(there)  # somebody else's look is not theirs
    assert waiting(asker) == [waits]
    assert "The group." in client.get(there).content.decode()
    assert waiting(asker) == [] and waits.words not in client.get(reverse("home")).content.decode()
    assert "Read the answer" not in client.get(reverse("my_requests")).content.decode()
    client.get(there)
    with as_(asker):
        assert AuditEvent.objects.filter(verb="front_door.answer_read", subject=request.reference).count() == 1


def test_an_answer_that_was_told_by_telephone_is_no_news_and_a_new_answer_is_again(
    cast: Any, ask: Any, as_: Any
) -> None:
    request, officer, asker = ask(consent_on=None), cast.front_door_officer, cast.practitioner
    answer = {"outcome": "advice", "reason": "Enough", "words_for_referrer": "The group."}
    with as_(officer):
        record_decision(by=officer, request=request, **answer)
    assert len(waiting(asker)) == 1
    with as_(officer):
        record_told(by=officer, request=request, how="phone")
    assert waiting(asker) == []
    with as_(officer):
        reopen_decision(by=officer, request=request, because="More came in.")
    assert waiting(asker) == []
    with as_(officer):
        record_decision(by=officer, request=request, **answer)
    assert len(waiting(asker)) == 1


def test_what_is_only_bookkeeping_is_not_in_what_changed_and_what_caused_it_is(cast: Any, case: Any, as_: Any) -> None:
    since = clock.now() - dt.timedelta(hours=1)
    with as_(cast.manager):
        start_plan(by=cast.manager, case=case, type="early_help")
        keep_the_books(by=cast.manager, family=case.family)
    with as_(cast.family_worker):
        said = {change.words for change in changed_since(cast.family_worker, since)}
    assert said == {"started a plan"}


def test_what_changed_names_what_others_did_and_not_what_i_did(cast: Any, case: Any, as_: Any) -> None:
    since = clock.now() - dt.timedelta(hours=1)
    with as_(cast.manager):
        name_lead(by=cast.manager, case=case, lead=cast.other_family_worker)
    with as_(cast.family_worker):
        said = [change.words for change in changed_since(cast.family_worker, since)]
    assert "named a lead practitioner" in said and "added the family" not in said
    with as_(cast.charity_manager):
        assert changed_since(cast.charity_manager, since) == []


@action
def write_box(*, by: Any, family: Any) -> None:
    """One box of an assessment, as far as the trail is concerned."""
    record("assessments.section_written", family=family)


@action
def keep_the_books(*, by: Any, family: Any) -> None:
    """Access given and ended, receipts, a case moved on: what other events bring with them."""
    for verb in (
        "people.access_given", "people.access_ended", "people.access_changed", "steps.pack_receipted",
        "steps.answer_receipted", "panels.answer_read", "front_door.answer_read", "cases.stage_set",
    ):  # fmt: skip
        record(verb, family=family)


def test_the_same_thing_done_many_times_on_a_day_is_one_line(cast: Any, case: Any, as_: Any) -> None:
    since = clock.now() - dt.timedelta(hours=1)
    for _ in range(6):
        with as_(cast.manager):
            write_box(by=cast.manager, family=case.family)
    with as_(cast.family_worker):
        line = next(c for c in changed_since(cast.family_worker, since) if c.words == "wrote in the assessment")
    assert (line.times, line.by, line.name) == (6, cast.manager.full_name, "Ashworth")


def test_counts_on_the_first_page_are_exact_beyond_a_page_of_rows(
    cast: Any, case: Any, as_: Any, as_client: Any
) -> None:
    worker, today = cast.family_worker, clock.today()
    with as_(worker):
        for number in range(120):
            set_due(case=case, kind=f"t{number}", what=f"Thing {number}", due_on=today - dt.timedelta(1), owner=worker)
        set_due(case=case, kind="soon", what="Soon", due_on=today, owner=worker)
        found = queries.due_counts(worker)
    assert (found["late"], found["all"] - found["late"] >= 1) == (120, True)
    client = as_client(worker)
    assert f"See all {found['all']} things to do" in client.get(reverse("home")).content.decode()
    first, third = client.get(reverse("to_do")), client.get(reverse("to_do"), {"page": "3", "due": "late"})
    assert first.content.decode().count("Thing ") == 50 and third.content.decode().count("Thing ") == 20
    assert "Soon" in client.get(reverse("to_do"), {"due": "week"}).content.decode()
    assert client.get(reverse("to_do"), {"due": "<script>", "page": "x"}).status_code == 200


def test_a_case_that_nobody_leads_waits_for_whoever_names_leads(cast: Any, case: Any, as_: Any) -> None:
    assert words(cast.manager) == []
    with as_(cast.administrator):
        close_account(by=cast.administrator, person=cast.family_worker)
    assert words(cast.manager) == [("1 case that nobody leads", 0)]
    assert words(cast.other_manager) == words(cast.other_family_worker) == []


def test_a_family_that_could_not_be_reached_waits_for_a_manager_of_the_area(cast: Any, case: Any, as_: Any) -> None:
    worker, today = cast.family_worker, clock.today()
    with as_(worker):
        plan = start_reaching(by=worker, case=case, noticed="Nobody in.", in_the_way="Shifts.", approach="Evenings.")
        for way in ("visit", "call", "visit"):
            attempt = plan_try(by=worker, plan=plan, way=way, what="Ring first.", planned_on=today, by_user=worker)
            record_try(by=worker, attempt=attempt, tried_on=today, reached=False, note="Nobody in.")
        end_reaching(by=worker, plan=plan, reached=False, ended_words="Enough.")
    asked = "The Ashworth family could not be reached: say whether enough was tried"
    assert words(cast.manager) == [(asked, 0)]
    assert (asked, 0) not in words(worker) and words(cast.other_manager) == []
    with as_(cast.manager):
        agree_to_stop(by=cast.manager, plan=plan)
    assert words(cast.manager) == []


def test_a_role_that_opens_no_family_still_finds_what_waits_for_it(
    cast: Any, ask: Any, as_: Any, as_client: Any
) -> None:
    coordinator = cast.panel_coordinator
    request = ask(coordinator, consent_on=None)
    with as_(cast.front_door_officer):
        ask_referrer(by=cast.front_door_officer, request=request, words="Which school?")
    page = as_client(coordinator).get(reverse("home")).content.decode()
    assert "You have a question to answer about your request" in page


def test_an_assessment_that_came_back_waits_for_its_lead_before_all_that_is_late(
    cast: Any, case: Any, as_: Any, as_client: Any
) -> None:
    worker, manager = cast.family_worker, cast.manager
    assert words(worker) == [("New: you lead the Ashworth family, and no contact is on record yet", 0)]
    with as_(worker):
        assessment = start_assessment(by=worker, case=case)
        for number in range(12):
            set_due(case=case, kind=f"t{number}", what="Late", due_on=clock.today() - clock.WEEK, owner=worker)
        mother = add_person(by=worker, family=case.family, role="mother", given_name="Kelly", family_name="Ashworth")
        seen = [Seen(mother)]
        add_note(by=worker, case=case, kind="visit", happened_on=clock.today(), words="In.", place="home", seen=seen)
    fill_in(worker, assessment)
    sent = send(worker, assessment, manager)
    with as_(manager):
        return_assessment(by=manager, assessment=sent, words="Nearly.", comments={}, seen_version=sent.version)
    [waits] = waiting(worker)
    there, to_read = reverse("assessment", args=[case.reference]), reverse("read_assessment", args=[sent.reference])
    assert (waits.words, waits.url) == ("The assessment of the Ashworth family came back with comments", there)
    assert words(manager) == words(cast.colleague) == []
    for page in (reverse("to_do"), reverse("family", args=[case.family.reference])):
        assert f'<a class="govuk-link" href="{there}">Answer' in as_client(worker).get(page).content.decode()
    with as_(worker):
        give_access(by=worker, family=case.family, user=cast.analyst, why="team_around_family")
    overview = as_client(cast.analyst).get(reverse("family", args=[case.family.reference])).content.decode()
    assert f'<a class="govuk-link" href="{to_read}">Answer' in overview and f'href="{there}">Answer' not in overview


def test_an_action_is_due_in_its_own_words_to_those_who_may_read_the_plan(cast: Any, case: Any, as_: Any) -> None:
    worker = cast.family_worker
    with as_(worker):
        plan = start_plan(by=worker, case=case, type="early_help")
        add_action(by=worker, plan=plan, what="Ring the breakfast club", due_on=clock.today(), who=worker)
        [row] = [row for row in queries.due_for(worker).rows if row["kind"] == "action"]
        assert (row["what"], row["in_full"]) == ("Action 1 of the plan", "Ring the breakfast club")
        assert "Ring the breakfast club" in {item.in_full for item in queries.due_of(worker, case.family)}
        mother = add_person(by=worker, family=case.family, role="mother", given_name="Kelly", family_name="Ashworth")
        for whom in (mother, "Aunt Jo"):
            add_action(by=worker, plan=plan, what="Get up at seven", due_on=clock.today(), who=whom)
        owners = [(item.done_by, item.owner) for item in queries.due_of(worker, case.family) if item.kind == "action"]
        assert sorted(owners, key=str) == sorted(
            [("", worker), (mother.full_name, worker), ("Aunt Jo", worker)], key=str
        )


def test_late_leads_to_where_the_late_things_are(cast: Any, ask: Any, case: Any, as_: Any, as_client: Any) -> None:
    make_late(ask(consent_on=None))
    page = as_client(cast.front_door_officer).get(reverse("home")).content.decode()
    assert f'app-stat__link" href="{reverse("requests")}?state=undecided"' in page
    yesterday = clock.today() - dt.timedelta(days=1)
    with as_(cast.family_worker):
        set_due(case=case, kind="review", what="Review", due_on=yesterday, owner=cast.family_worker)
    page = as_client(cast.family_worker).get(reverse("home")).content.decode()
    assert f'app-stat__link" href="{reverse("to_do")}?due=late"' in page


def test_both_tiles_count_the_queues_as_well_as_what_is_due(cast: Any, ask: Any, as_client: Any) -> None:
    make_late(ask(consent_on=None))
    soon = ask(consent_on=None)
    with acting_as(soon.made_by):
        Request.objects.filter(pk=soon.pk).update(due_on=clock.today() + clock.WEEK)
    assert [(each.late, each.week) for each in waiting(cast.front_door_officer)] == [(1, 1)]
    page = as_client(cast.front_door_officer).get(reverse("home")).content.decode()
    tile = f'app-stat__link" href="{reverse("requests")}?state=undecided"'
    assert page.count(tile) == 2 and "due in seven days" in page


def test_a_case_that_was_opened_is_one_line_for_whoever_was_given_it_and_a_message(
    cast: Any, area: Any, as_: Any
) -> None:
    officer, lead = cast.front_door_officer, cast.family_worker
    before = clock.now() - dt.timedelta(minutes=1)
    with as_(officer):
        family = open_family(by=officer, name="Walkden", area=area)
        case = open_case(by=officer, family=family, because="assessment")
        name_lead(by=officer, case=case, lead=lead)
    with as_(lead):
        told = [(line.name, line.words) for line in changed_since(lead, before) if "Walkden" in line.name]
    assert told == [("New: Walkden", f"given to you by {officer.full_name}")]
    with as_(officer):
        assert AuditEvent.objects.filter(verb="messages.message_asked_for", subject="named_in_team").count() == 1


def test_who_only_asks_finds_the_button_and_the_requests_that_wait(
    cast: Any, ask: Any, case: Any, as_client: Any
) -> None:
    request, button = ask(consent_on=None), "Ask for help for a family"
    page = as_client(cast.practitioner).get(reverse("home")).content.decode()
    assert button in page and "Your requests that wait for an answer" in page and "app-stat__link" not in page
    assert reverse("view_request", args=[request.reference]) in page
    for other in (cast.family_worker, cast.front_door_officer, cast.colleague):
        page = as_client(other).get(reverse("home")).content.decode()
        assert (button in page) == (other == cast.colleague) and request.reference not in page


def test_first_pages_say_what_a_role_has_not(cast: Any, as_client: Any) -> None:
    for who, panel, imports in ((cast.panel_coordinator, True, False), (cast.administrator, False, True)):
        page = as_client(who).get(reverse("home")).content.decode()
        assert ("What your panel is to discuss is under" in page) == panel
        assert ("but those you imported, until somebody has them" in page) == imports


def test_changes_of_the_directory_wait_on_a_stewards_first_page_and_on_nobody_elses(cast: Any) -> None:
    with acting_as(cast.commissioner):
        listed = list_organisation(
            by=cast.commissioner, name="Lantern", description="Helps.", agency=cast.provider.organisation
        )
    with acting_as(cast.provider):
        send_service_change(by=cast.provider, organisation=listed, entry=ENTRY)
    assert ("1 change of the directory to approve or send back", 0) in words(cast.commissioner)
    for who in ("provider", "manager", "practitioner"):
        assert not [each for each in words(getattr(cast, who)) if "directory" in each[0]], who
