"""What may be brought to a panel, by whom and on what basis; and the sentence when it may not."""

from collections.abc import Iterable
from typing import Any

from hearth.casework.cases import rules as case_rules
from hearth.casework.cases.models import Case
from hearth.casework.cases.steps.rules import StepBasis, why_not_after_all, why_not_basis
from hearth.casework.panels.models import SHOWN_AS, ListEntry, Panel, PanelItem, PanelMeeting, PanelMember, Status
from hearth.casework.panels.numbering import taken_numbers
from hearth.casework.panels.rules import kind_of, runs
from hearth.foundation.core.pack import find, pack
from hearth.foundation.core.refusals import Refusal
from hearth.records.people.models import Family, Membership
from hearth.records.people.reach import may_open_family
from hearth.records.sharing.queries import basis_for
from hearth.records.sharing.said_no import said_no

LONGEST_LIST = 60  # items of one meeting


def why_not_propose(user: Any, case: Case) -> Refusal | None:
    """Bringing a family: whoever may write in its case and read its assessment; never a restricted one."""
    refusal = case_rules.why_not_write(user, case)
    if refusal is not None:
        return refusal
    if case.family.restricted or Membership.objects.filter(family_id=case.family_id, hidden=True).exists():
        return Refusal(
            "panels.restricted",
            "A record here is restricted: it is brought to no panel. Ask information governance who may be told.",
        )
    if not Family.objects.filter(may_open_family(user, category=SHOWN_AS), pk=case.family_id).exists():
        return Refusal(
            "panels.not_covered",
            "What lets your organisation open this family leaves out its assessment. Ask the lead practitioner to bring it.",
        )
    return None


def why_not_this_item(case: Case, meeting: PanelMeeting, ask: str, themes: Iterable[str], words: str) -> Refusal | None:
    """To a meeting to come of a panel that discusses families of that area; for something, about something, in words."""
    refusal = why_not_that_meeting(meeting) or why_not_what(ask, themes, words)
    if refusal is not None:
        return refusal
    panel = meeting.panel
    if kind_of(panel).discusses != "families" or panel.area_id not in (case.area_id, case.area.parent_id):
        return Refusal(
            "panels.other_area", "That panel does not discuss families of this district. Choose another one."
        )
    if PanelItem.objects.filter(panel=panel, case=case, status=Status.PROPOSED).exists():
        return Refusal("panels.brought_already", f"This family is on a list of {panel.name} already.")
    return None


def why_not_that_meeting(meeting: PanelMeeting) -> Refusal | None:
    """A meeting that is still to be held, with room on its list. It is read again: whoever called it off meanwhile was waited for."""
    taken = len(taken_numbers(meeting))
    if not PanelMeeting.objects.to_come().filter(pk=meeting.pk, panel__ended_at=None).exists():
        return Refusal("panels.meeting_over", "That meeting was held or called off. Choose another one.")
    if taken >= LONGEST_LIST:
        return Refusal("panels.list_full", "The list of that meeting is full. Choose a later one.")
    return None


def why_not_what(ask: str, themes: Iterable[str], words: str, *, of_family: bool = True) -> Refusal | None:
    """What is asked for and what it is about, in the pack's words; and what has happened."""
    panels = pack().panels
    if not _offered(panels.asks_about("family" if of_family else "theme"), ask):
        return Refusal("panels.ask", "Choose what you ask the panel for.")
    if not themes or not all(_offered(panels.themes, theme) for theme in themes):
        return Refusal("panels.themes", "Choose what it is about.")
    if not words.strip():
        return Refusal("panels.words", "Write what has happened, what was tried and what you ask for.")
    return None


def why_not_on(user: Any, case: Case, basis: StepBasis) -> Refusal | None:
    """What lets it be shown: consent or the lawful reason, held against who has said no since."""
    return why_not_basis(basis) or why_not_after_all(basis, said_no(user, case.family_id, basis.agreed_on))


def why_not_shown_to_those_who_run(panel: Panel, family: Family) -> Refusal | None:
    """It has a chair and a coordinator, and something lets us share the family with the organisation of each."""
    seats = list(PanelMember.objects.now().filter(panel=panel).select_related("user__organisation"))
    running = [seat for seat in seats if seat.runs_it]
    if not any(seat.is_chair for seat in running) or len(running) < 2:
        return Refusal("panels.nobody_runs_it", f"{panel.name} has no chair or no coordinator now. Ask for one first.")
    for seat in running:
        basis = basis_for(family, seat.user.organisation)
        if isinstance(basis, Refusal):
            return basis
        if basis.categories is not None and SHOWN_AS not in basis.categories:
            name = seat.user.organisation.name
            return Refusal(
                "panels.not_covered_there",
                f"What lets us share with {name}, who run the panel, leaves out the assessment. Ask the family about it.",
            )
    return None


def why_not_withdraw(user: Any, item: PanelItem) -> Refusal | None:
    """Taking it back: whoever brought it, whoever leads or manages the case, or whoever runs the panel; before it is heard."""
    refusal = why_not_waiting(item)
    if refusal is not None or item.proposed_by_id == user.id or runs(user, item.panel):
        return refusal
    if item.case is not None and case_rules.why_not_manage(user, item.case) is None:
        return None
    return Refusal("panels.not_yours", "Whoever brought this to the panel takes it back. Ask them.")


def why_not_waiting(item: PanelItem) -> Refusal | None:
    """Whether it is still to be heard."""
    if item.status == Status.PROPOSED:
        return None
    return Refusal("panels.not_waiting", f"{item.reference} is {item.get_status_display().lower()} already.")


def why_not_check(user: Any, entry: ListEntry) -> Refusal | None:
    """Saying what one's agency knows: whoever was asked, of an item that was opened to them, until it is heard."""
    if entry.user_id != user.id or entry.opened_at is None or entry.item.family_id is None:
        return Refusal("panels.not_asked", "You were not asked about this family.")
    return why_not_waiting(entry.item)


def _offered(things: Iterable[Any], code: str) -> bool:
    found = find(list(things), code)
    return found is not None and not found.retired
