"""Reads of rounds and applications: the reader first, always through visible_to."""

from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.http import Http404

from hearth.commissioning.procurement.grants import rules
from hearth.commissioning.procurement.grants.models import ApplicationState, GrantApplication, GrantInterest, GrantRound
from hearth.foundation.accounts.models import Area, Organisation
from hearth.foundation.core.paging import Page, page_of
from hearth.foundation.core.refusals import refuse
from hearth.records.money import queries as ledger
from hearth.records.money.models import Account, AccountKind, Share


def rounds(reader: Any) -> QuerySet[GrantRound]:
    """Rounds that the reader may know of, the latest first."""
    refuse(rules.why_not_see_grants(reader))
    rows = GrantRound.objects.visible_to(reader).select_related("area")  # its share is not every reader’s to see
    return rows.order_by("-closes_on", "-created_at", "id")


def rounds_page(reader: Any, page: Any) -> Page:
    """A page of them."""
    return page_of(rounds(reader), page)


def given(reader: Any, rows: Any) -> dict[Any, int]:
    """What each round has awarded, for whoever decides and the authority's own people; of others none: one query."""
    if not sees_given(reader):
        return {}
    found = GrantApplication.objects.visible_to(reader).filter(
        round__in=[row.pk for row in rows], state=ApplicationState.AWARDED
    )
    sums = dict(found.values_list("round_id").annotate(sum=Sum("awarded_pence")))
    return {row.pk: sums.get(row.pk, 0) for row in rows}


def sees_given(reader: Any) -> bool:
    """Whether the reader sees what others were awarded: else a sum of one's own would read as the whole."""
    return reader.organisation.is_authority and bool(reader.may(rules.SEES))


def round_of(reader: Any, reference: str) -> GrantRound:
    """A round, or a page that never says whether it exists."""
    found = rounds(reader).filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def applications(reader: Any, round_: GrantRound | None = None) -> QuerySet[GrantApplication]:
    """Applications that the reader may read, those that wait first."""
    refuse(rules.why_not_see_grants(reader))
    rows = GrantApplication.objects.visible_to(reader).filter(Q(round=round_) if round_ else Q())
    rows = rows.select_related("round__area", "organisation").annotate(waits=Q(state=ApplicationState.SENT))
    return rows.order_by("-waits", "-sent_on", "-created_at", "id")


def applications_page(reader: Any, round_: GrantRound | None, page: Any) -> Page:
    """A page of them."""
    return page_of(applications(reader, round_), page)


def application_of(reader: Any, reference: str) -> GrantApplication:
    """An application, or a page that never says whether it exists."""
    rows = GrantApplication.objects.visible_to(reader).select_related(
        "round__area", "organisation", "sent_by", "decided_by", "commitment"
    )
    found = rows.filter(reference=reference).first()
    if found is None:
        raise Http404
    return found


def interests(reader: Any, round_: GrantRound) -> list[GrantInterest]:
    """Interests that were declared in a round, the latest first."""
    rows = GrantInterest.objects.visible_to(reader).filter(round=round_, conflicted=True)
    return list(rows.select_related("organisation", "person").order_by("-at", "id"))


def in_ledger(reader: Any, application: GrantApplication) -> ledger.Figures:
    """What stands in the ledger of a grant, as far as the reader sees that: one query."""
    return ledger.Figures(ledger.dict_of(ledger.sums_of(reader, Q(commitment=application.commitment_id))))


def still_to_pay(reader: Any, application: GrantApplication) -> tuple[int, int]:
    """What is still committed of a grant, and what was paid of it."""
    of = in_ledger(reader, application).of
    return of[AccountKind.COMMITTED], of[AccountKind.PAID]


def left_of_share(reader: Any, share: Share | None) -> int:
    """What of a share is neither committed, nor in a budget, nor promised to other rounds."""
    if share is None:
        return 0
    free = Account.objects.visible_to(reader).filter(share=share, budget=None, kind=AccountKind.AVAILABLE)
    standing = free.aggregate(sum=Sum("pence"))["sum"] or 0
    others = GrantRound.objects.filter(share=share)
    waits = set(
        GrantApplication.objects.filter(round__share=share, state=ApplicationState.SENT).values_list(
            "round_id", flat=True
        )
    )
    promises = [each for each in others if each.stage in rules.TAKES or each.pk in waits]
    return int(standing) - sum(max(rules.left_of_round(each), 0) for each in promises)


def shares(reader: Any) -> list[Any]:
    """Shares that have something left, for a list to choose from."""
    return [row for row in ledger.shares(reader, ledger.Wanted()) if row.available > 0]


def districts() -> list[Area]:
    """The districts of the authority, by name."""
    return ledger.districts()


def applicants(reader: Any, round_: GrantRound) -> list[Organisation]:
    """Partner organisations, for whoever declares an interest: in one that has not applied yet, too."""
    return list(Organisation.objects.filter(is_authority=False, ended_on=None).order_by("name"))


def what_may(reader: Any, application: GrantApplication) -> dict[str, Any]:
    """Which buttons the reader is offered; the rules are asked again when one is pressed."""
    decides, refusal = rules.why_not_decide_grants(reader) is None, rules.why_not_decide(reader, application)
    return {
        "decide": refusal is None,
        "not_decided": refusal.sentence if refusal and decides and application.state == ApplicationState.SENT else "",
        "pay": rules.why_not_pay(reader, application) is None,
        "withdraw": rules.why_not_withdraw(reader, application) is None,
        "decides": decides,
    }


def what_may_of_round(reader: Any, round_: GrantRound) -> dict[str, bool]:
    """The same of a round."""
    return {
        "ask": rules.why_not_ask(reader, round_) is None,
        "decides": rules.why_not_decide_grants(reader) is None,
        "end": rules.why_not_end(reader, round_, "-") is None,
        "asks": bool(reader.may(rules.ASKS)),
    }


def who_decides(reader: Any) -> None:
    """Refuse the page to whoever decides no grants, before they type."""
    refuse(rules.why_not_decide_grants(reader))
