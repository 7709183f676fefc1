"""Reads of what members asked for: the reader first, always through visible_to."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404

from hearth.foundation.accounts.models import Area, User
from hearth.foundation.accounts.queries import who_may
from hearth.foundation.accounts.roles import ROLES, permissions_of
from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.oversight.governance.member_requests import rules
from hearth.oversight.governance.member_requests.models import WAITING, MemberRequest, RequestAnswer, RequestState
from hearth.oversight.governance.member_requests.reach import APPROVES, KEEPS, SEES, of_request
from hearth.oversight.governance.reach import may_in

SHOWN = {
    "open": "To be answered",
    "late": "Late",
    "mine": "Mine",
    "approve": "To be approved",
    "answered": "Answered",
    "all": "All",
}


def kind_words(code: str) -> str:
    """What was asked for, as the pack says it."""
    return label_of(pack().governance.asked_kinds, code)


def register(reader: Any) -> QuerySet[MemberRequest]:
    """Every request that the reader may read."""
    refuse(rules.why_not_see(reader))
    return MemberRequest.objects.visible_to(reader).select_related("area", "owner")


def requests_page(reader: Any, show: str, page: Any = 1) -> Page:
    """A page of the register: what is due first; what is answered, the latest first."""
    rows = register(reader)
    if show == "all":
        return page_of(rows.order_by("-asked_on", "due_on", "id"), page)
    if show == "answered":
        return page_of(rows.exclude(state__in=WAITING).order_by("-asked_on", "id"), page)
    only = {
        "late": Q(due_on__lt=clock.today()), "mine": Q(owner=reader), "approve": Q(state=RequestState.WRITTEN),
    }.get(show)  # fmt: skip
    rows = rows.filter(state__in=WAITING)
    return page_of((rows if only is None else rows.filter(only)).order_by("due_on", "asked_on", "id"), page)


def request_of(reader: Any, reference: str) -> MemberRequest:
    """A request, or a page that never says whether it exists."""
    if not reader.may(SEES):
        raise Http404
    found = (
        register(reader).select_related("area", "owner__organisation", "noted_by").filter(reference=reference).first()
    )
    if found is None:
        raise Http404
    return found


def answers_of(reader: Any, request: MemberRequest) -> list[RequestAnswer]:
    """Each answer as it was written, the latest first."""
    rows = RequestAnswer.objects.visible_to(reader).filter(request=request)
    return list(rows.select_related("written_by", "decided_by", "sent_by").order_by("-number"))


def standing_of(reader: Any, request: MemberRequest) -> RequestAnswer | None:
    """The answer that was written and not returned."""
    rows = RequestAnswer.objects.visible_to(reader).filter(request=request).exclude(state=RequestAnswer.State.RETURNED)
    return rows.select_related("written_by").first()


def areas_to_keep(reader: Any) -> list[Area | None]:
    """Districts whose requests the reader keeps; none stands for the whole authority, and comes first."""
    codes = {each.code for each in pack().areas.districts}
    whole: list[Area | None] = [None] if may_in(reader, KEEPS, None) else []
    return whole + [area for area in Area.objects.filter(code__in=codes).order_by("name") if reader.may(KEEPS, area)]


def owners() -> list[User]:
    """Who may answer for a request: whoever sees the register."""
    return who_may(SEES)


def roles_to_keep_to() -> list[tuple[str, str]]:
    """Roles that see the register, but for the board, which reads all of it."""
    return [(code, role.name) for code, role in ROLES.items() if SEES in permissions_of(code) and code != rules.BOARD]


def role_names(codes: Iterable[str]) -> str:
    """Who reads it beside its owner, where it is kept to some."""
    return ", ".join(ROLES[code].name for code in codes if code in ROLES)


def who_approves(request: MemberRequest) -> list[User]:
    """Who may approve an answer: whoever approves there, and may read it."""
    return [
        each
        for each in who_may(APPROVES)
        if (request.area is None or each.may(APPROVES, request.area)) and MemberRequest.objects.visible_to(each).filter(pk=request.pk).exists()
    ]  # fmt: skip


def what_may(reader: Any, request: MemberRequest, answer: RequestAnswer | None) -> dict[str, bool]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    return {
        "keep": rules.why_not_keep(reader, request) is None,
        "write": rules.why_not_write(reader, request) is None,
        "approve": rules.why_not_approve(reader, request, answer) is None,
        "send": rules.why_not_send(reader, request) is None,
        "close": rules.why_not_close(reader, request) is None,
    }


def days_of_mine(reader: Any) -> list[Any]:
    """By when the reader's own requests are due that are not answered, and wait for them."""
    if not reader.may(SEES):
        return []
    rows = MemberRequest.objects.visible_to(reader).filter(owner=reader, state__in=("open", "approved"))
    return list(rows.values_list("due_on", flat=True))


def to_approve(reader: Any) -> list[Any]:
    """By when those are due whose answer waits for the reader to approve it."""
    if not reader.may(APPROVES):
        return []
    rows = RequestAnswer.objects.visible_to(reader).filter(
        of_request(reader, what="decide"), state=RequestAnswer.State.WRITTEN
    )
    return list(rows.exclude(written_by=reader).values_list("request__due_on", flat=True))
