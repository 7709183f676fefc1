"""What a member asked is noted, answered by its owner, approved by another, sent, and closed: never without an answer or the member's own word."""

from typing import Any

import pytest
from django.db import transaction
from django.db.utils import IntegrityError, ProgrammingError
from django.urls import reverse

from hearth.commissioning.contracts.tests.test_pages import post
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Conflict
from hearth.foundation.core.seen import seen_in
from hearth.oversight.governance.member_requests import actions, chasing, queries
from hearth.oversight.governance.member_requests.models import MemberRequest, RequestAnswer
from hearth.oversight.governance.member_requests.tests.conftest import WHAT, boxes, said
from hearth.oversight.governance.risks.tests.conftest import ahead, refused, told


def test_a_request_goes_from_the_minutes_to_its_answer_on_its_pages(
    cast: Any, area: Any, as_: Any, as_client: Any
) -> None:
    officer, lead = cast.development_officer, cast.strategic_lead
    client, approver = as_client(officer), as_client(lead)
    page = post(
        client, "note_member_request", area=area.code, asked_by="The Committee", meeting="Cabinet Committee", kind="report", what=WHAT,
        due_words="autumn", owner=officer.reference, **boxes("asked_on", ahead(-30)), **boxes("due_on", ahead(30)),
    )  # fmt: skip
    assert WHAT in page and "“autumn”" in page and "To be answered" in page
    with as_(officer):
        reference = MemberRequest.objects.get().reference
    assert "Answer to be approved" in post(client, "write_member_answer", reference, words="In three parts.")
    assert "1 answer to members to approve or return" in approver.get("/").content.decode()
    page = post(approver, "decide_member_answer", reference, approve="no", comment="Say how much each part is.")
    assert "Returned: answer 1" in page
    text = client.get(reverse("write_member_answer", args=[reference])).content.decode()
    assert "In three parts." in text and "It was returned: Say how much each part is." in text
    post(client, "write_member_answer", reference, words="In three parts of £2.9m.")
    post(approver, "decide_member_answer", reference, approve="yes")
    page = post(
        client, "send_member_answer", reference, sent_how="Item 6, 15 January", **boxes("sent_on", clock.today())
    )
    assert "Item 6, 15 January" in page and "In three parts of £2.9m." in page and "In three parts.<" in page
    assert "Closed" in post(client, "close_member_request", reference)
    assert WHAT in client.get(reverse("member_requests") + "?show=answered").content.decode()


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"asked_by": " "}, "says_nothing"), ({"meeting": ""}, "says_nothing"), ({"what": "\n"}, "says_nothing"), ({"kind": "gossip"}, "kind"),
        ({"asked_on": ahead(1), "due_on": ahead(9)}, "asked_on"), ({"due_on": ahead(-8)}, "due_on"), ({"due_on": ahead(4000)}, "due_on"),
        ({"owner": None}, "owner"), ({"only_roles": ["provider"]}, "roles"),
    ],
)  # fmt: skip
def test_a_request_says_who_asked_for_what_and_by_when(more: Any, code: str, note: Any) -> None:
    with refused(f"member_requests.{code}"):
        note(**more)


def test_its_owner_is_told(note: Any, cast: Any, as_: Any) -> None:
    note(owner=cast.commissioner)
    assert told("member_request_yours", as_, cast.development_officer) == [cast.commissioner.pk]


def test_nobody_approves_what_they_wrote(note: Any, cast: Any, as_: Any) -> None:
    lead = cast.strategic_lead
    mine = note(by=lead, area=None, owner=lead)
    with as_(lead):
        actions.write_member_answer(by=lead, request=mine, words="Mine")
        with refused("member_requests.own_answer"):
            actions.decide_member_answer(by=lead, request=mine, approve=True)
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            RequestAnswer.objects.update(state="approved", decided_by=lead, decided_at=clock.now())
    with as_(cast.commissioner):
        actions.decide_member_answer(by=cast.commissioner, request=mine, approve=True)


def test_only_whoever_approves_does_so_and_the_rows_say_it_too(written: MemberRequest, cast: Any, as_: Any) -> None:
    who = cast.senior_development_officer  # keeps requests, and did not write it
    with as_(who):
        with refused("member_requests.may_not_approve"):
            actions.decide_member_answer(by=who, request=written, approve=True)
        assert (
            RequestAnswer.objects.filter(request=written).update(
                state="approved", decided_by=who, decided_at=clock.now()
            )
            == 0
        )


def test_a_returned_answer_says_why_and_stays(written: MemberRequest, cast: Any, as_: Any) -> None:
    lead, owner = cast.strategic_lead, cast.development_officer
    with as_(lead):
        with refused("member_requests.no_words"):
            actions.decide_member_answer(by=lead, request=written, approve=False)
        actions.decide_member_answer(by=lead, request=written, approve=False, comment="Shorter")
    assert told("member_answer_returned", as_, lead) == [owner.pk]
    with as_(owner):
        actions.write_member_answer(by=owner, request=written, words="In parts.")
        assert [(each.number, each.state) for each in queries.answers_of(owner, written)] == [
            (2, "written"),
            (1, "returned"),
        ]
        assert RequestAnswer.objects.filter(number=1).update(state="approved") == 0


def test_nothing_is_sent_before_it_is_approved(written: MemberRequest, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        with refused("member_requests.not_approved"):
            actions.send_member_answer(by=by, request=written, sent_on=clock.today(), sent_how="By letter")
        assert (
            RequestAnswer.objects.filter(request=written).update(
                state="sent", sent_by=by, sent_on=clock.today(), sent_how="By letter", decided_by=cast.strategic_lead
            )
            == 0
        )


def test_it_went_on_a_day_and_somehow(approved: MemberRequest, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        for day in (ahead(1), ahead(-8)):
            with refused("member_requests.sent_on"):
                actions.send_member_answer(by=by, request=approved, sent_on=day, sent_how="By letter")
        with refused("member_requests.sent_how"):
            actions.send_member_answer(by=by, request=approved, sent_on=clock.today(), sent_how=" ")


def test_nothing_closes_without_an_answer_and_neither_do_the_rows(written: MemberRequest, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        with refused("member_requests.nothing_closes"):
            actions.close_member_request(by=by, request=written)
        with pytest.raises((IntegrityError, ProgrammingError)), transaction.atomic():
            MemberRequest.objects.filter(pk=written.pk).update(
                state="closed", sent_on=clock.today(), closed_on=clock.today()
            )


def test_it_closes_with_its_answer_or_with_the_member_s_word(
    sent: MemberRequest, note: Any, cast: Any, as_: Any
) -> None:
    by, other = cast.development_officer, note(what="Some case studies")
    with as_(by):
        actions.close_member_request(by=by, request=sent)
        with refused("member_requests.over"):
            actions.withdraw_member_request(by=by, request=sent, words="They did")
        with refused("member_requests.no_words"):
            actions.withdraw_member_request(by=by, request=other, words=" ")
        actions.withdraw_member_request(
            by=by, request=other, words="At the meeting of 4 September: they heard two young people instead."
        )
        assert (sent.state, other.state) == ("closed", "withdrawn")


def test_what_is_due_is_reminded_of_before_and_after_and_not_every_night(
    request_: MemberRequest, cast: Any, as_: Any
) -> None:
    owner, lead = cast.development_officer, cast.strategic_lead
    assert chasing.remind_of_due() == 0
    with clock.frozen(ahead(60 - pack().governance.request_reminder_days)):
        assert chasing.remind_of_due() == 1 and chasing.remind_of_due() == 1
        assert told("member_request_due", as_, owner) == [owner.pk]
    with clock.frozen(ahead(61)):
        chasing.remind_of_due()
        chasing.remind_of_due()
        assert told("member_request_late", as_, owner).count(lead.pk) == 1
        with as_(owner):
            assert queries.request_of(owner, request_.reference).is_late
    with clock.frozen(ahead(61 + 7 * pack().governance.chase_days)):
        chasing.remind_of_due()
        assert told("member_request_late", as_, owner).count(owner.pk) == 2


def test_a_late_request_stands_on_its_owner_s_first_page(request_: MemberRequest, cast: Any, as_client: Any) -> None:
    with clock.frozen(ahead(61)):
        client = as_client(cast.development_officer)
        assert "1 request of members to answer" in client.get("/").content.decode()
        assert "Late" in client.get(reverse("member_requests") + "?show=late").content.decode()


def test_two_who_put_it_right_both_keep_their_words(request_: MemberRequest, cast: Any, as_: Any) -> None:
    by = cast.development_officer
    with as_(by):
        seen = seen_in(request_, actions.SAID)
        actions.change_member_request(by=by, request=request_, seen=seen, **said(cast, what="The first’s"))
        with pytest.raises(Conflict):
            actions.change_member_request(by=by, request=request_, seen=seen, **said(cast, what="The second’s"))
