"""The list goes out days before, through the queue: each sees what they may of each item, until the meeting's families close."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from procrastinate.contrib.django import app

from hearth.casework.cases.actions import open_case
from hearth.casework.panels.actions import (
    add_panel_member,
    change_panel_member,
    end_panel_member,
    move_panel_meeting,
)
from hearth.casework.panels.jobs import send_due_list
from hearth.casework.panels.meetings.actions import admit_to_item, say_coming, send_panel_list, tell_of_item
from hearth.casework.panels.models import ListEntry, PanelItem, PanelMember, PanelReply
from hearth.casework.panels.tests.conftest import agreed_on, agreement, last_day_of, set_up
from hearth.casework.plans.actions import start_plan
from hearth.casework.plans.documents.actions import add_plan_document
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.refusals import Refused
from hearth.foundation.messages.models import Message
from hearth.records.documents.tests.files import a_document
from hearth.records.people.actions import open_family
from hearth.records.people.models import Access, Family
from hearth.records.sharing.agreements.actions import end_agreement

HOURS: dict[str, Any] = {"starts_at": dt.time(9), "ends_at": dt.time(11)}


def _page(client: Any, meeting: Any) -> str:
    answer = client.get(reverse("panel_meeting", args=[meeting.reference]))
    assert answer.status_code == 200
    return str(answer.content.decode())


def _sees_item(who: Any, item: Any) -> bool:
    with acting_as(who):
        both = {
            PanelItem.objects.filter(pk=item.pk).exists(),
            PanelItem.objects.visible_to(who).filter(pk=item.pk).exists(),
        }
        assert len(both) == 1, "visible_to and the row policy disagree"
        return both.pop()


def test_each_member_sees_what_they_may_of_each_item(listed: Any, cast: Any, as_client: Any) -> None:
    """The health trust's agreement reaches the assessment; the school's does not; with the charity there is none."""
    for key, reads in (
        ("health_visitor", True), ("safeguarding_hub_social_worker", True), ("panel_chair", True),
        ("practitioner", False), ("charity_worker", False), ("police_officer", False),
    ):  # fmt: skip
        who = getattr(cast, key)
        assert _sees_item(who, listed) is reads, key
        page = _page(as_client(who), listed.meeting)
        assert ("Ashworth" in page) is reads, key
        assert "school attendance" in page.lower() and "5 to 10" in page, key
        status = as_client(who).get(reverse("panel_item", args=[listed.reference])).status_code
        assert status == (200 if reads else 404), key


def test_what_is_opened_to_a_member_is_no_more_than_the_kind_shows_and_their_agreement_covers(
    listed: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.panel_coordinator):
        row = Access.objects.get(basis=listed.id, user=cast.health_visitor, ended_at=None)
    assert row.categories == ["basic", "assessment", "plan"]
    last = last_day_of(row)
    assert last == listed.meeting.open_until_on


def test_access_to_the_item_and_to_the_entry_ends_by_itself_after_the_meeting(
    listed: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    """An hour before, by the database's own clock, both are open; once the days have passed, neither is, nor the family."""
    who, meeting = cast.health_visitor, listed.meeting
    assert _sees_item(who, listed)
    with as_(cast.panel_coordinator):
        gone = clock.now() - dt.timedelta(minutes=1)
        Access.objects.filter(basis=listed.id, user=who).update(until_at=gone)
        type(meeting).objects.filter(pk=meeting.pk).update(open_until_on=clock.today() - dt.timedelta(days=1))
    assert not _sees_item(who, listed)
    with as_(who):
        assert not ListEntry.objects.filter(item=listed.pk).exists()
        assert not ListEntry.objects.visible_to(who).exists()
        assert not Family.objects.filter(pk=listed.family_id).exists()
    client = as_client(who)
    assert client.get(reverse("panel_item", args=[listed.reference])).status_code == 404
    assert client.get(reverse("answer_panel_check", args=[listed.reference])).status_code == 404
    assert client.get(reverse("family", args=[listed.family.reference])).status_code == 404
    page = _page(client, meeting)
    assert "Ashworth" not in page and "attendance" not in page.lower()


def test_what_lets_us_share_ending_before_the_meeting_ends_the_access(
    listed: Any, agreements: Any, cast: Any, as_: Any
) -> None:
    with as_(cast.information_governance):
        end_agreement(by=cast.information_governance, agreement=agreements["health"], why="Ended early")
    assert not _sees_item(cast.health_visitor, listed)
    assert _sees_item(cast.panel_chair, listed)


def test_a_member_of_another_panel_reads_neither_list_nor_item_nor_entry(
    listed: Any, cast: Any, area: Any, as_: Any, as_client: Any
) -> None:
    other, by = set_up(cast, area, "Another panel"), cast.development_officer
    with as_(by):
        add_panel_member(
            by=by, panel=other, user=cast.other_practitioner, place="core", is_chair=True, sector="education"
        )
    who = cast.other_practitioner
    client = as_client(who)
    assert client.get(reverse("panel_meeting", args=[listed.meeting.reference])).status_code == 404
    assert client.get(reverse("panel_item", args=[listed.reference])).status_code == 404
    assert client.post(reverse("send_panel_list", args=[listed.meeting.reference])).status_code == 404
    assert client.post(reverse("say_coming", args=[listed.meeting.reference]), {"coming": "yes"}).status_code == 404
    with as_(who):
        assert not ListEntry.objects.exists() and not PanelReply.objects.exists() and not PanelItem.objects.exists()
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            PanelReply(meeting=listed.meeting, user=who, coming="yes").save(force_insert=True)


def test_an_attachment_of_the_familys_record_is_not_read_by_its_address(
    listed: Any, case: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    """What is opened is the family's basic facts, contact, assessment and plan: its papers stay with those who work with it."""
    with as_(cast.family_worker):
        plan = start_plan(by=cast.family_worker, case=case, type="early_help")
        paper = add_plan_document(by=cast.family_worker, plan=plan, **a_document())
    address = reverse("plan_document", args=[plan.reference, paper.reference])
    assert as_client(cast.family_worker).get(address).status_code == 200
    for key in ("panel_chair", "health_visitor", "safeguarding_hub_social_worker", "practitioner", "charity_worker"):
        assert as_client(getattr(cast, key)).get(address).status_code == 404, key


def test_the_list_goes_out_by_itself_on_its_day_once_in_the_coordinators_name(item: Any, cast: Any, as_: Any) -> None:
    meeting = item.meeting
    assert not send_due_list(meeting.id) or meeting.list_on <= clock.today()
    with clock.frozen(dt.datetime.combine(meeting.list_on, dt.time(7))):
        assert send_due_list(meeting.id)
        assert not send_due_list(meeting.id)
    with as_(cast.panel_coordinator):
        entries = list(ListEntry.objects.filter(item=item))
        assert len(entries) == 6 and {entry.sent_by_id for entry in entries} == {cast.panel_coordinator.id}
        messages = Message.objects.filter(template="panel_list", made_by_id=cast.panel_coordinator.id)
        assert messages.count() == 6
        assert not any("Ashworth" in message.link for message in messages)


def test_planning_and_moving_a_meeting_have_its_list_sent_by_the_queue(meeting: Any, cast: Any, as_: Any) -> None:
    def waiting() -> list[dt.date]:
        with connection.cursor() as cursor:
            cursor.execute(
                "select scheduled_at from procrastinate_jobs where task_name = 'panels.send_list' and args->>'meeting' = %s",
                [str(meeting.id)],
            )
            return sorted(clock.in_london(when).date() for (when,) in cursor.fetchall())

    assert app.tasks["panels.send_list"] is not None
    assert waiting() == [meeting.list_on]
    before, to = meeting.list_on, clock.add_working_days(meeting.meets_on, 3)
    with as_(cast.panel_chair):
        moved = move_panel_meeting(by=cast.panel_chair, meeting=meeting, meets_on=to, **HOURS)
    assert waiting() == [before, moved.list_on]


def test_moving_a_meeting_closes_what_was_opened_for_the_old_day_and_the_list_goes_anew(
    listed: Any, cast: Any, as_: Any
) -> None:
    meeting, to = listed.meeting, clock.add_working_days(listed.meeting.meets_on, 3)
    with as_(cast.panel_coordinator):
        moved = move_panel_meeting(by=cast.panel_coordinator, meeting=meeting, meets_on=to, **HOURS)
    assert not _sees_item(cast.health_visitor, listed)
    assert _sees_item(cast.panel_chair, listed) and _sees_item(cast.panel_coordinator, listed)
    with as_(cast.panel_coordinator):
        assert send_panel_list(by=cast.panel_coordinator, meeting=moved) == 1
        row = Access.objects.get(basis=listed.id, user=cast.health_visitor, ended_at=None)
        assert last_day_of(row) == moved.open_until_on
    assert _sees_item(cast.health_visitor, listed)


def test_what_comes_late_is_sent_after_the_rest(listed: Any, cast: Any, as_: Any, propose: Any) -> None:
    by = cast.family_worker
    with as_(by):
        another = open_case(by=by, family=open_family(by=by, name="Late", area=listed.panel.area), lead=by)
    late = propose(another, listed.meeting, basis=agreed_on())
    assert late.number == 2
    with as_(cast.panel_coordinator):
        assert send_panel_list(by=cast.panel_coordinator, meeting=listed.meeting) == 1
        with pytest.raises(Refused, match="Everything on this list was sent"):
            send_panel_list(by=cast.panel_coordinator, meeting=listed.meeting)


@pytest.mark.parametrize("who", ["health_visitor", "family_worker", "manager", "development_officer"])
def test_only_those_who_run_it_send_the_list(who: str, item: Any, cast: Any, as_: Any) -> None:
    with as_(getattr(cast, who)), pytest.raises(Refused, match="Only the chair and the coordinator"):
        send_panel_list(by=getattr(cast, who), meeting=item.meeting)


def test_a_headteacher_who_is_no_member_is_told_what_it_is_about_and_let_in_when_they_come(
    listed: Any, agreements: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    coordinator, head, meeting = cast.panel_coordinator, cast.other_practitioner, listed.meeting
    with as_(coordinator):
        entry = tell_of_item(by=coordinator, item=listed, user=head)
        with pytest.raises(Refused, match="told of this already"):
            tell_of_item(by=coordinator, item=listed, user=head)
        with pytest.raises(Refused, match="sits on the panel"):
            tell_of_item(by=coordinator, item=listed, user=cast.health_visitor)
    page = _page(as_client(head), meeting)
    assert "attendance" in page.lower() and "Ashworth" not in page and "decide whether to come" in page
    assert not _sees_item(head, listed)
    assert as_client(head).post(reverse("say_coming", args=[meeting.reference]), {"coming": "yes"}).status_code == 302
    assert "coming" in _page(as_client(coordinator), meeting)
    with as_(coordinator), pytest.raises(Refused, match="Nothing lets us share this family with Ferndale"):
        admit_to_item(by=coordinator, entry=entry)
    agreement(cast, head.organisation, ["basic", "assessment"])
    let_in = reverse("admit_to_item", args=[listed.reference, head.reference])
    assert as_client(coordinator).post(let_in).status_code == 302
    assert _sees_item(head, listed)
    assert as_client(head).post(reverse("admit_to_item", args=[listed.reference, head.reference])).status_code in (
        403,
        404,
    )


def test_a_deputy_who_comes_is_sent_what_the_member_was(listed: Any, panel: Any, cast: Any, as_: Any) -> None:
    member, deputy, by = cast.safeguarding_hub_social_worker, cast.other_family_worker, cast.panel_coordinator
    with as_(member), pytest.raises(Refused, match="no deputy"):
        say_coming(by=member, meeting=listed.meeting, coming="deputy")
    with as_(by):
        seat = PanelMember.objects.select_related("panel__area", "user__organisation").get(panel=panel, user=member)
        change_panel_member(by=by, member=seat, deputy=deputy)
    assert not _sees_item(deputy, listed)
    with as_(member):
        say_coming(by=member, meeting=listed.meeting, coming="deputy")
    assert _sees_item(deputy, listed)
    with as_(by):
        seat.refresh_from_db()
        end_panel_member(
            by=by, member=PanelMember.objects.select_related("panel__area", "user", "deputy").get(pk=seat.pk)
        )
    assert not _sees_item(deputy, listed) and not _sees_item(member, listed)


def test_the_list_asks_the_same_number_of_queries_however_long_it_is(
    listed: Any, cast: Any, as_: Any, as_client: Any, propose: Any
) -> None:
    clients = [as_client(cast.panel_coordinator), as_client(cast.health_visitor)]
    before = [_count(client, listed.meeting) for client in clients]
    by = cast.family_worker
    for number in range(4):
        with as_(by):
            another = open_case(
                by=by, family=open_family(by=by, name=f"Late {number}", area=listed.panel.area), lead=by
            )
        propose(another, listed.meeting)
    with as_(cast.panel_coordinator):
        send_panel_list(by=cast.panel_coordinator, meeting=listed.meeting)
    assert [_count(client, listed.meeting) for client in clients] == before


def _count(client: Any, meeting: Any) -> int:
    _page(client, meeting)
    with CaptureQueriesContext(connection) as seen:
        _page(client, meeting)
    return len(seen)
