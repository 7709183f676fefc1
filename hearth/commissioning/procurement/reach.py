"""Who may read a tender and what hangs from it: conditions that `visible_to` and the row policies share."""

from typing import Any

from django.db.models import Expression, Q

from hearth.records.money.reach import holds_whole
from hearth.records.people.reach import called

RUNS, BIDS, SEES = "run_tenders", "bid_for_tenders", "see_tenders"


def part(user: Any, what: str) -> Expression:
    """Tenders in which the user plays a part: opener, scorer, scores (may read what was opened), or moderates."""
    return called("hearth_tender_part", user, what)


def runs(user: Any) -> bool:
    """Whether the user writes and publishes tenders, for the whole authority."""
    return holds_whole(user, RUNS)


def bidder_of(user: Any) -> Any:
    """The organisation that the user bids for; None for whoever bids for nobody."""
    return user.organisation_id if user.may(BIDS) else None


def reads_tender(user: Any) -> Q:
    """A call that was published; and before that, for whoever writes it or keeps one of its passphrases."""
    published = Q(published_at__isnull=False)
    if user is None:
        return published
    return Q() if runs(user) else published | Q(pk__one_of=part(user, "opener"))


def reads_bid(user: Any) -> Q:
    """That there is a bid: one's own organisation's; once opened, for whoever runs the tender, opened it, or was named to score it."""
    own = Q(organisation=bidder_of(user)) if bidder_of(user) else Q(pk=None)
    opened = Q(tender__opened_at__isnull=False)
    if runs(user):
        return own | opened
    return own | (opened & (Q(tender__one_of=part(user, "opener")) | Q(tender__one_of=part(user, "scorer"))))


# The same for whoever reads, as row policies ask it.
RUNS_SQL = f"(select hearth_money_whole(hearth_reader(), '{RUNS}'))"
BIDDER_SQL = "(select hearth_bidder(hearth_reader()))"


def part_sql(column: str, what: str) -> str:
    """The column names a tender in which the reader plays a part."""
    return f"{column} = any((select hearth_tender_part(hearth_reader(), '{what}'))::uuid[])"
