"""A district reads its own requests and the whole authority's, the board all, a provider none; and the rows say the same as the product."""

from typing import Any

import pytest
from django.urls import reverse

from hearth.oversight.governance.member_requests import actions
from hearth.oversight.governance.member_requests.models import MemberRequest, RequestAnswer
from hearth.oversight.governance.member_requests.tests.conftest import said
from hearth.oversight.governance.risks.tests.conftest import refused
from hearth.oversight.governance.risks.tests.test_who_reads import same

NOTHING = (
    "provider", "practitioner", "family_worker", "manager", "charity_manager", "elected_member", "panel_chair", "administrator",
    "information_governance", "analyst", "quality_lead",
)  # fmt: skip
READS = ("development_officer", "senior_development_officer", "strategic_lead", "commissioner", "board_member")


@pytest.mark.parametrize("who", [*READS, *NOTHING])
def test_the_rows_and_the_product_agree(who: str, written: MemberRequest, cast: Any, as_: Any, as_client: Any) -> None:
    user = getattr(cast, who)
    with as_(user):
        for model in (MemberRequest, RequestAnswer):
            assert (len(same(user, model)) == 0) == (who in NOTHING), (who, model)
    assert as_client(user).get(reverse("member_request", args=[written.reference])).status_code == (
        404 if who in NOTHING else 200
    )
    assert as_client(user).get(reverse("member_requests")).status_code == (403 if who in NOTHING else 200)


def test_a_district_reads_nothing_of_anothers_and_changes_nothing(
    written: MemberRequest, other_officer: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    client = as_client(other_officer)
    for slice_ in (
        "member_request",
        "change_member_request",
        "write_member_answer",
        "decide_member_answer",
        "send_member_answer",
    ):
        assert client.get(reverse(slice_, args=[written.reference])).status_code == 404, slice_
    for slice_ in ("withdraw_member_request", "close_member_request"):
        assert client.post(reverse(slice_, args=[written.reference])).status_code == 404, slice_
    with as_(other_officer), refused("member_requests.may_not_keep"):
        actions.note_member_request(by=other_officer, area=written.area, **said(cast))


def test_one_of_the_whole_authority_is_read_by_every_district_and_kept_by_none(
    note: Any, other_officer: Any, cast: Any, as_: Any
) -> None:
    found = note(by=cast.strategic_lead, area=None, owner=cast.strategic_lead)
    for who in (cast.development_officer, other_officer):
        with as_(who):
            assert same(who, MemberRequest) == [found]
            with refused("member_requests.not_yours"):
                actions.write_member_answer(by=who, request=found, words="x")


def test_one_kept_to_some_roles_is_read_by_them_its_owner_and_the_board(
    note: Any, cast: Any, as_: Any, as_client: Any
) -> None:
    found = note(only_roles=["strategic_lead"])
    for who, reads in (
        (cast.development_officer, True), (cast.strategic_lead, True), (cast.board_member, True), (cast.commissioner, False),
        (cast.senior_development_officer, False),
    ):  # fmt: skip
        with as_(who):
            assert bool(same(who, MemberRequest)) is reads, who
        answer = as_client(who).post(reverse("download_member_requests"), {"as": "csv"})
        assert (found.reference in answer.content.decode()) is reads


def test_whoever_only_reads_is_offered_nothing_and_refused(written: MemberRequest, cast: Any, as_client: Any) -> None:
    client = as_client(cast.board_member)
    page = client.get(reverse("member_request", args=[written.reference])).content.decode()
    for slice_ in (
        "change_member_request",
        "write_member_answer",
        "decide_member_answer",
        "send_member_answer",
        "withdraw_member_request",
    ):
        where = reverse(slice_, args=[written.reference])
        assert where not in page and client.post(where, {}).status_code == 403, slice_
    assert client.get(reverse("note_member_request")).status_code == 403


def test_nothing_typed_works_in_a_spreadsheet(note: Any, cast: Any, as_client: Any) -> None:
    note(what='=HYPERLINK("x")')
    answer = as_client(cast.development_officer).post(reverse("download_member_requests"), {"as": "csv"})
    assert ",=HYPERLINK" not in answer.content.decode() and ',"=HYPERLINK' not in answer.content.decode()
