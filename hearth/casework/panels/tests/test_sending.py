"""Before a list goes out, whoever sends it looks at who gets what of it, and who cannot be reached; what came since is looked at first."""

from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from hearth.casework.cases.actions import open_case
from hearth.casework.panels.actions import change_panel_member
from hearth.casework.panels.jobs import send_due_list
from hearth.casework.panels.meetings.actions import say_coming, tell_of_item
from hearth.casework.panels.meetings.entering import recipients
from hearth.casework.panels.models import ListEntry, PanelItem, PanelMember
from hearth.foundation.accounts.models import Appointment
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.people.actions import open_family


def _here(item: Any) -> str:
    return reverse("send_panel_list", args=[item.meeting.reference])


def _text(client: Any, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def _sent(by: Any) -> set[str]:
    with acting_as(by):
        return {entry.user.full_name for entry in ListEntry.objects.filter(as_member=True).select_related("user")}


def test_the_page_says_who_gets_what_and_nothing_goes_out_by_looking(item: Any, cast: Any, as_client: Any) -> None:
    by, client = cast.panel_coordinator, as_client(cast.panel_coordinator)
    meeting = _text(client, reverse("panel_meeting", args=[item.meeting.reference]))
    assert _here(item) in meeting and f'action="{_here(item)}"' not in meeting, "one press sends nothing"
    page = _text(client, _here(item))
    assert cast.health_visitor.full_name in page and "Can open item 1, and is asked what their agency knows" in page
    assert "Reads what item 1 is about, and no name" in page and cast.police_officer.organisation.name in page
    assert reverse("family_sharing", args=[item.family.reference]) in page, "where what is missing is recorded"
    assert by.full_name not in page.split("Who gets it")[1].split("</table>")[0], "the coordinator prepares it"
    assert not _sent(by)
    assert client.post(_here(item), {"items": item.reference}).status_code == 302
    assert _sent(by) == {getattr(cast, key).full_name for key in (
        "panel_chair", "health_visitor", "charity_worker", "police_officer", "safeguarding_hub_social_worker", "practitioner",
    )}  # fmt: skip


def test_the_page_and_the_list_say_the_same_of_everybody(item: Any, cast: Any, as_: Any) -> None:
    by = cast.panel_coordinator
    with as_(by):
        people = recipients(item.meeting, [item])
        said = {each.user.pk: bool(each.opens) for each in people}
        assert any(said.values()) and not all(said.values())
        send_due_list(item.meeting.pk)
        item.meeting.list_on = clock.today()
        item.meeting.save(update_fields=["list_on"])
    assert send_due_list(item.meeting.pk), "it goes out by itself on its day, and nobody is asked"
    with as_(by):
        entries = ListEntry.objects.filter(item=item)
        assert {entry.user_id: entry.opened_at is not None for entry in entries} == said


def test_a_deputy_whom_the_member_sends_is_on_the_page_and_has_the_list(
    item: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    by, member = cast.panel_coordinator, cast.practitioner
    with as_(by):
        seat = PanelMember.objects.select_related("panel__area", "user__organisation").get(
            user=member, panel=item.panel
        )
        change_panel_member(by=by, member=seat, deputy=cast.colleague)
    name = cast.colleague.full_name
    assert f"{name} for {member.full_name}" in _text(as_client(by), _here(item)), "not on call yet"
    with as_(member):
        say_coming(by=member, meeting=item.meeting, coming="deputy")
    page = _text(as_client(by), _here(item))
    assert f"Deputy of {member.full_name}, who sends them" in page
    as_client(by).post(_here(item), {"items": item.reference})
    assert name in _sent(by), "and not only what had gone out before they were named"


def test_whoever_cannot_sign_in_is_named_as_out_of_reach(item: Any, cast: Any, as_: Any, as_client: Any) -> None:
    with as_(cast.administrator):
        Appointment.objects.filter(user=cast.police_officer).update(ended_at=clock.now())
    page = _text(as_client(cast.panel_coordinator), _here(item))
    assert page.count("Cannot be reached") == 1 and "They hold no role today" in page


def test_a_headteacher_who_was_told_is_on_the_page(item: Any, cast: Any, as_: Any, as_client: Any) -> None:
    by, client = cast.panel_coordinator, as_client(cast.panel_coordinator)
    assert "Nobody yet" in _text(client, _here(item))
    assert reverse("tell_of_item", args=[item.reference]) in _text(client, _here(item))
    with as_(by):
        tell_of_item(by=by, item=item, user=cast.senior_development_officer)
    page = _text(client, _here(item))
    assert "Nobody yet" not in page and cast.senior_development_officer.full_name in page


def test_what_is_put_on_the_list_after_the_look_is_not_sent_with_it(
    item: Any, cast: Any, area: Any, as_: Any, as_client: Any, propose: Any
) -> None:
    client, worker = as_client(cast.panel_coordinator), cast.family_worker
    assert "item 1" in _text(client, _here(item))
    with as_(worker):
        other = open_case(
            by=worker, family=open_family(by=worker, name="Pollard", area=area), because="assessment", lead=worker
        )
    late = propose(other, item.meeting)
    client.post(_here(item), {"items": item.reference})
    with as_(cast.panel_coordinator):
        assert not ListEntry.objects.filter(item=late).exists()
        assert PanelItem.objects.get(pk=late.pk).listed_at is None
    page = _text(client, _here(item))
    assert "Send what is new" in page and "Pollard" in page and "Ashworth" not in page
    client.post(_here(item), {"items": late.reference})
    assert client.get(_here(item)).status_code == 403, "there is nothing more to send"


def test_others_neither_look_nor_send(item: Any, cast: Any, as_client: Any) -> None:
    for who, status in (("police_officer", 403), ("other_manager", 404), ("elected_member", 404)):
        client = as_client(getattr(cast, who))
        assert client.get(_here(item)).status_code == status, who
        assert client.post(_here(item), {"items": item.reference}).status_code == status, who


def test_the_page_asks_the_same_number_of_queries_however_much_is_sent(
    item: Any, cast: Any, area: Any, as_: Any, as_client: Any, propose: Any
) -> None:
    client, worker = as_client(cast.panel_coordinator), cast.family_worker

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(_here(item))
        return len(seen)

    cost()
    one = cost()
    for number in range(3):
        with as_(worker):
            family = open_family(by=worker, name=f"More{number}", area=area)
            more = open_case(by=worker, family=family, because="assessment", lead=worker)
        propose(more, item.meeting)
    assert cost() == one
