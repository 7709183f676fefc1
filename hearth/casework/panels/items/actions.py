"""Bring a family to a panel, take it back, and say what one's own agency knows of it."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.casework.cases.actions import hold
from hearth.casework.cases.due import set_due
from hearth.casework.cases.models import Case
from hearth.casework.cases.steps.naming import everybody_of, named_in
from hearth.casework.cases.steps.rules import StepBasis
from hearth.casework.panels.items import rules
from hearth.casework.panels.items.opening import close_item, open_to_those_who_run
from hearth.casework.panels.models import Known, ListEntry, PanelItem, PanelMeeting, Status
from hearth.casework.panels.numbering import taken_numbers
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.text import clean
from hearth.records.people.births import age_on
from hearth.records.people.models import BirthPrecision, Membership

DUE = "panel"  # the kind of due item that a decision for the panel makes at the front door


@action
def propose_to_panel(
    *, by: Any, case: Case, meeting: PanelMeeting, ask: str, themes: Sequence[str], words: str, basis: StepBasis
) -> PanelItem:
    """Bring a family to a panel's meeting. Chair and coordinator may open it from now on; members with the list."""
    hold(case)
    words = clean(words).strip()
    refuse(rules.why_not_propose(by, case) or rules.why_not_this_item(case, meeting, ask, themes, words))
    refuse(rules.why_not_on(by, case, basis) or rules.why_not_shown_to_those_who_run(meeting.panel, case.family))
    consent = basis.kind == "consent"
    item = PanelItem(
        reference=drawn_reference("PI"), panel=meeting.panel, meeting=meeting, family=case.family, case=case,
        number=next_number(meeting), ask=ask, themes=sorted(set(themes)), ages=ages_in(case), words=words,
        people=named_in(everybody_of(case.family), words), basis=basis.kind, ground="" if consent else basis.ground,
        basis_words=clean(basis.words).strip(), agreed_on=basis.agreed_on if consent else None, proposed_by=by,
        proposed_at=clock.now(),
    )  # fmt: skip
    item.save(force_insert=True)
    open_to_those_who_run(by=by, item=item, meeting=meeting)
    set_due(case=case, kind=DUE, what=f"Take to {pack().words.panel}"[:120], due_on=meeting.meets_on)
    record("panels.item_proposed", family=case.family_id, subject=item, basis=basis.kind, ask=ask)
    return item


def next_number(meeting: PanelMeeting) -> int:
    """The next place on a meeting's list. Items of families that the writer may not open have theirs too: the database counts."""
    return max(taken_numbers(meeting), default=0) + 1


def ages_in(case: Case) -> list[str]:
    """The bands of the children's ages, the youngest first: what a list says of a family without a name."""
    rows = Membership.objects.filter(family_id=case.family_id, until_on=None, role="child", person__died_on=None)
    found = {band_of(row.person.born_on, row.person.birth_precision) for row in rows.select_related("person")}
    return [band.code for band in pack().unmet.age_bands if band.code in found]


def band_of(born_on: dt.date | None, precision: str) -> str:
    """The band of one child's age, by which unmet needs are counted too; empty where nobody knows it."""
    age = 0 if precision == BirthPrecision.EXPECTED else age_on(born_on, precision)
    return pack().unmet.band_of(age) if age is not None else ""


@action
def withdraw_from_panel(*, by: Any, item: PanelItem, why: str) -> PanelItem:
    """Take an item back before it is heard. What it opened closes at once."""
    refuse(rules.why_not_withdraw(by, item))
    if item.case is not None:
        hold(item.case)
    item.hold()
    refuse(rules.why_not_withdraw(by, item))
    why = clean(why).strip()[:200]
    if not why:
        refuse(Refusal("panels.no_reason", "Say why it is taken back."))
    item.status, item.withdrawn_at, item.withdrawn_by, item.withdrawn_why = Status.WITHDRAWN, clock.now(), by, why
    item.save(update_fields=["status", "withdrawn_at", "withdrawn_by", "withdrawn_why"])
    ListEntry.objects.filter(item=item, ended_at=None).update(ended_at=clock.now())
    record("panels.item_withdrawn", family=item.family_id, subject=item)
    if item.case is not None:
        set_due(case=item.case, kind=DUE, done=True)
    close_item(by=by, item=item)
    return item


@action
def answer_panel_check(*, by: Any, entry: ListEntry, known: str, known_words: str = "") -> ListEntry:
    """Say what one's own agency knows of a family on the list. Said again, the later words stand; both are kept."""
    refuse(rules.why_not_check(by, entry))
    entry.hold()
    refuse(rules.why_not_check(by, entry))
    words = clean(known_words).strip()
    if known not in Known.values or (known == Known.KNOWN and not words):
        refuse(Refusal("panels.known", "Say whether your agency knows them, and what the panel should know."))
    entry.known, entry.known_words, entry.answered_at = known, words if known == Known.KNOWN else "", clock.now()
    family = entry.item.family
    entry.people = named_in(everybody_of(family), entry.known_words) if family is not None else []
    entry.save(update_fields=["known", "known_words", "answered_at", "people"])
    record("panels.check_answered", family=entry.item.family_id, subject=entry.item, known=known)
    return entry
