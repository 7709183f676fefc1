"""Quarterly returns at every step: being made, written whole, sent, queried, certified; with people on their lists."""

import datetime as dt
from typing import Any

from hearth.casework.cases.actions import add_other_member
from hearth.commissioning.contracts import actions as contracts
from hearth.commissioning.contracts.models import Contract
from hearth.commissioning.contracts.quarters import quarter_of
from hearth.commissioning.contracts.returns import actions
from hearth.commissioning.contracts.returns.asking.actions import certify_return, query_return
from hearth.commissioning.contracts.returns.chasing import chase_return
from hearth.commissioning.contracts.returns.models import PeopleList, Return, ReturnFigure
from hearth.commissioning.contracts.returns.people.actions import add_person_to_list, check_people
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.sharing.agreements.actions import write_agreement
from tests.security.hostile.papers import Letter
from tests.security.hostile.words import OPEN

SHARED = ["basic", "contact", "assessment", "plan", "notes"]
LISTED = (("Planned", f"{OPEN}listed"), ("Planned", f"{OPEN}listed too"))
PEOPLE = b"Given name,Family name,Date of birth\nPlanned,Sent,1/2/2010\n"


def _contract(world: Any, agreement: Any) -> Contract:
    by, today = world.cast.commissioner, clock.today()
    with acting_as(by):
        made = contracts.write_contract(
            by=by, title="Planned to return", what="Planned", needs=["mentoring"], provider=world.cast.provider.organisation,
            no_tender_why="Planned", starts_on=today - dt.timedelta(days=600), ends_on=today + dt.timedelta(days=100),
            manager=world.cast.development_officer, agreement=agreement,
        )  # fmt: skip
        told: dict[str, Any] = {"by": by, "contract": made}
        contracts.add_part(
            organisation=by.organisation, area=world.area, share=world.more.contract_share, pence=100, **told
        )
        contracts.add_milestone(name="Planned", due_on=today, pence=100, **told)
        contracts.add_target(
            kind="output", name="Planned", definition="Planned", unit="number", figures=[1] * len(made.quarters), **told
        )
    for by in (world.cast.strategic_lead, world.cast.commissioner):
        with acting_as(by):
            contracts.sign_contract(by=by, contract=made)
    return made


def agree(world: Any) -> None:
    """An agreement with the provider, before anything is opened to its people: it would bring that into line."""
    by, today = world.cast.information_governance, clock.today()
    with acting_as(by):
        world.more.return_agreement = write_agreement(
            by=by, organisation=world.cast.provider.organisation, purposes=["early_help"], categories=SHARED, from_on=today,
            until_on=today + dt.timedelta(days=300), document="Planned",
        )  # fmt: skip


def plant(world: Any) -> None:
    """One for each quarter of a contract, each as far as it got."""
    more, cast = world.more, world.cast
    more.people_file, more.side_both, more.about_spent = Letter("people.csv", PEOPLE, "text/csv"), "both", "spent"
    made = _contract(world, more.return_agreement)
    helped = world.families["with_manager"]  # named for no other contract of the provider
    with acting_as(cast.family_worker):  # so that casework says that the provider helps somebody in this quarter
        add_other_member(
            by=cast.family_worker,
            case=helped.case,
            role="Planned",
            name=f"{OPEN}mentor",
            organisation=cast.provider.organisation,
        )
    names = ("return_certified", "return_queried", "return_sent", "return_whole", "return_draft", "return_kept")
    quarter = quarter_of(clock.today())
    for name in names:
        setattr(more, name, _return(world, made, quarter))
        quarter = quarter_of(quarter - dt.timedelta(days=1))
    with acting_as(cast.development_officer):
        chase_return(by=cast.development_officer, owner=more.return_kept)
    for name in names[:4]:
        _written(world, getattr(more, name))
    for name in names[:3]:
        _sent(world, getattr(more, name))
    with acting_as(cast.development_officer):
        query_return(by=cast.development_officer, owner=more.return_queried, part="spent", question="Planned")
        certify_return(by=cast.development_officer, owner=more.return_certified, words="Planned")


def _return(world: Any, contract: Contract, quarter: dt.date) -> Return:
    by = world.cast.development_officer
    with acting_as(by):
        made = actions.make_return(by=by, contract=contract, quarter=quarter)
    assert made is not None
    with acting_as(world.cast.provider):
        for given, family in LISTED:
            add_person_to_list(by=world.cast.provider, owner=made, given_name=given, family_name=family)
    return made


def _written(world: Any, owner: Return) -> None:
    by = world.cast.provider
    with acting_as(by):
        targets = ReturnFigure.objects.filter(owner=owner).values_list("target_id", flat=True)
        figures: dict[Any, tuple[int | None, str]] = dict.fromkeys(targets, (1, "Planned"))
        actions.write_return(
            by=by, owner=owner, figures=figures, spent_pence=1, spent_words="Planned", case_study="", consented=False,
            names_changed=False, difficulties="Planned",
        )  # fmt: skip


def _sent(world: Any, owner: Return) -> None:
    by = world.cast.provider
    with acting_as(by):
        actions.send_return(by=by, owner=owner)
        check_people(by=by, people=PeopleList.objects.select_related("owner").get(owner=owner))
