"""May this feed's data be loaded, or shown to this reader? Asked of the agreements, and each answer is put on record."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.pack import label_of, pack
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.ui.filters import day
from hearth.intelligence.feeds.layout import Layout
from hearth.intelligence.feeds.models import FeedDecision
from hearth.records.sharing.models import Agreement

PERMIT, DENY, REVIEW = FeedDecision.Kind.PERMIT, FeedDecision.Kind.DENY, FeedDecision.Kind.REVIEW
JUST_ENDED = dt.timedelta(days=31)  # an agreement that ended so lately may only need to be signed again: a person looks


@dataclass(frozen=True)
class Decision:
    """PERMIT, DENY or REVIEW; the sentence for people; and the agreement it rests on."""

    kind: str
    reason: str
    agreement: str = ""

    @property
    def refusal(self) -> Refusal | None:
        """The refusal, unless it is permitted. What waits for a person is not permitted meanwhile."""
        return None if self.kind == PERMIT else Refusal(f"feeds.{self.kind.lower()}", self.reason)


def decide(organisation: Any, layout: Layout, on: dt.date) -> Decision:
    """Whether an agreement between the council and an organisation covers this kind of information, for this purpose, on a day."""
    rows = Agreement.objects.filter(organisation=organisation, categories__contains=[layout.category])
    return _decide(organisation, layout, on, [] if organisation.is_authority else list(rows.order_by("-until_on")))


def _decide(organisation: Any, layout: Layout, on: dt.date, covering: Sequence[Agreement]) -> Decision:
    """The same, from the organisation's agreements over this kind of information, the one that lasts longest first."""
    name, kind = organisation.name, label_of(pack().sharing.categories, layout.category)
    if organisation.is_authority:
        return Decision(PERMIT, f"{layout.title} is the council's own.")
    live = [agreement for agreement in covering if _covers(agreement, on)]
    for agreement in live:
        if layout.purpose in agreement.purposes:
            return Decision(PERMIT, f"Agreement {agreement.reference} with {name} covers {kind}.", agreement.reference)
    return _not_permitted(layout, name, kind, covering, live, on)


def _not_permitted(
    layout: Layout, name: str, kind: str, covering: Sequence[Agreement], live: Sequence[Agreement], on: dt.date
) -> Decision:
    purpose = label_of(pack().sharing.agreement_purposes, layout.purpose)
    if live:
        return Decision(
            REVIEW,
            f"Agreement {live[0].reference} with {name} covers {kind}, but not for “{purpose}”. "
            "Information governance decides whether it reaches this, and writes it into the agreement.",
            live[0].reference,
        )
    lately = [agreement for agreement in covering if on - JUST_ENDED <= _last_day(agreement) <= on]
    if lately:
        return Decision(
            REVIEW,
            f"Agreement {lately[0].reference} with {name} ended on {day(_last_day(lately[0]))}. "
            "Ask information governance whether it is signed again.",
            lately[0].reference,
        )
    return Decision(
        DENY,
        f"No agreement in force with {name} covers {kind}. Ask information governance to write one, once it is signed.",
    )


def _last_day(agreement: Agreement) -> dt.date:
    return clock.in_london(agreement.ended_at).date() if agreement.ended_at else agreement.until_on


def _covers(agreement: Agreement, on: dt.date) -> bool:
    return agreement.ended_at is None and agreement.from_on <= on <= agreement.until_on


def may_load(by: Any, layout: Layout, organisation: Any) -> Decision:
    """Whether a file of an organisation may be loaded today; on record whatever comes of it."""
    return _recorded(by, "load", layout, organisation, decide(organisation, layout, clock.today()))


def may_use(by: Any, layout: Layout, organisation: Any) -> Decision:
    """Whether an organisation's data may be worked with today, in the background, for what the feed is for; on record."""
    return _recorded(by, "use", layout, organisation, decide(organisation, layout, clock.today()))


def may_show(reader: Any, layout: Layout, organisation: Any) -> Decision:
    """Whether an organisation's data may be shown to a reader today; on record.

    The agreement with whoever sent it must be in force; and a reader of a partner needs one with their own organisation
    that covers the same. An organisation may always see what it sent.
    """
    return may_show_each(reader, [(layout, organisation)])[layout.code, organisation.id]


def may_show_each(reader: Any, sources: Iterable[tuple[Layout, Any]]) -> dict[tuple[str, Any], Decision]:
    """The same of several feeds and organisations, by (feed, organisation's key): two queries, however many there are."""
    asked, today, found = list(sources), clock.today(), {}
    own = reader.organisation
    named = {organisation.id for _, organisation in asked} | {own.id}
    agreements = list(Agreement.objects.filter(organisation__in=named).order_by("-until_on")) if asked else []

    def decided(organisation: Any, layout: Layout) -> Decision:
        theirs = [row for row in agreements if row.organisation_id == organisation.id]
        return _decide(organisation, layout, today, [row for row in theirs if layout.category in row.categories])

    for layout, organisation in asked:
        decision = decided(organisation, layout)
        if decision.kind == PERMIT and own.id != organisation.id:
            mine = decided(own, layout)
            decision = mine if mine.kind != PERMIT else decision
        found[layout.code, organisation.id] = decision
    rows = [_row(reader, "show", layout, one, found[layout.code, one.id]) for layout, one in asked]
    FeedDecision.objects.using("audit").bulk_create(rows)
    return found


def _recorded(by: Any, what: str, layout: Layout, organisation: Any, decision: Decision) -> Decision:
    """On the second connection, so that it outlives whatever is rolled back."""
    _row(by, what, layout, organisation, decision).save(using="audit", force_insert=True)
    return decision


def _row(by: Any, what: str, layout: Layout, organisation: Any, decision: Decision) -> FeedDecision:
    return FeedDecision(
        decision=decision.kind, what=what, feed=layout.code, source=organisation.name, reader_id=by.id,
        reader_organisation=by.organisation_name, agreement=decision.agreement, reason=decision.reason,
    )  # fmt: skip
