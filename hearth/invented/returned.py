"""Quarterly returns of an invented contract: one certified, one queried with its people checked, one late. Told by the product's own actions.

What was planned and what came in its first quarter is the papers' own (the NEET project, to 20 March 2012).
"""

import datetime as dt
from typing import Any

from hearth.casework.cases.actions import add_other_member
from hearth.casework.cases.models import Case
from hearth.commissioning.contracts import actions as contracts
from hearth.commissioning.contracts.models import Contract
from hearth.commissioning.contracts.quarters import next_quarter, quarter_of
from hearth.commissioning.contracts.returns import actions
from hearth.commissioning.contracts.returns.asking.actions import certify_return, query_return
from hearth.commissioning.contracts.returns.chasing import chase_return
from hearth.commissioning.contracts.returns.models import PeopleList, Return, ReturnFigure
from hearth.commissioning.contracts.returns.people.actions import add_person_to_list, check_people
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.invented.money import EARLY
from hearth.invented.story import Place
from hearth.records.money.models import Share
from hearth.records.people.births import typed_birth
from hearth.records.people.models import Person
from hearth.records.sharing.agreements.actions import write_agreement

# Kind, what, what counts, planned by quarter, what came in the first quarter, and in the second.
TARGETS = (
    ("output", "Young people who start", "Assessed, with an action plan and support in place.", (160, 240, 280, 300), 264, 251),
    ("output", "Young people of vulnerable groups", "Young mothers and offenders, looked after, a learning difficulty.", (31, 50, 60, 70), 27, 44),
    ("outcome", "An accredited qualification", "At least 45 guided learning hours.", (46, 120, 160, 180), 31, 160),
    ("outcome", "Progression into learning or work", "Further learning, training or employment.", (34, 90, 130, 150), 27, None),
)  # fmt: skip
STORY = (
    "“Sam” had not left the flat for a term. Our worker came every Tuesday, first to the door, then to the café, then to the college. Sam "
    "starts a course in January and has asked to help with the next group."
)
NEED = "work_and_training"
LISTED = 7  # people whom the provider lists and whom casework does not know as theirs
QUARTERS = 3


def tell_returns(cast: dict[str, Any], places: list[Place]) -> None:
    """A contract of the charity's in the last of two districts, three quarters on."""
    place, first = places[-1], quarter_of(clock.today())
    for _ in range(QUARTERS):
        first = quarter_of(first - dt.timedelta(days=1))
    made = _contract(cast, place, first)
    certified, queried, late = (_return(cast, made, quarter) for quarter in _each(first))
    _written(
        cast,
        certified,
        0,
        difficulties="No train meets the first lesson.",
        case_study=STORY,
        consented=True,
        names_changed=True,
    )
    _certified(cast, certified)
    _written(
        cast,
        queried,
        1,
        difficulties="Two workers left, and one post is filled.",
        case_study="",
        consented=False,
        names_changed=False,
    )
    _listed(cast, place, queried)
    _queried(cast, queried)
    by = cast["development_officer"]
    with acting_as(by):
        chase_return(
            by=by, owner=Return.objects.select_related("contract__provider", "contract__manager").get(pk=late.pk)
        )


def _each(first: dt.date) -> list[dt.date]:
    found = [first]
    while len(found) < QUARTERS:
        found.append(next_quarter(found[-1]))
    return found


def _contract(cast: dict[str, Any], place: Place, first: dt.date) -> Contract:
    officer, by, today = cast["information_governance"], cast["commissioner"], clock.today()
    with acting_as(officer):
        agreement = write_agreement(
            by=officer, organisation=cast["provider"].organisation, purposes=["early_help"], categories=["basic"], from_on=today,
            until_on=today + dt.timedelta(days=730), document="ISA-2026-11", notes="For checking quarterly returns.",
        )  # fmt: skip
    with acting_as(by):
        made = contracts.write_contract(
            by=by, title="Into learning or work", what="Young people who are not in education, employment or training are found, and helped into it.",
            needs=[NEED], provider=cast["provider"].organisation,
            no_tender_why="It carries on what a partnership won of the Skills Funding Agency.", starts_on=first,
            ends_on=first + dt.timedelta(days=360), manager=cast["development_officer"], agreement=agreement, document="Deeds 19/2",
        )  # fmt: skip
        told: dict[str, Any] = {"by": by, "contract": made}
        share = (
            Share.objects.filter(area=place.area, purpose=EARLY)
            .select_related("fund", "area")
            .order_by("-year", "-created_at")[0]
        )
        contracts.add_part(organisation=by.organisation, area=place.area, share=share, pence=9_600_00, **told)
        contracts.add_milestone(
            name="Staff in post, and first groups meet", due_on=made.ends_on, pence=9_600_00, **told
        )
        quarters = len(made.quarters)
        for kind, name, definition, planned, _, _ in TARGETS:
            figures = [*planned, *[None] * quarters][:quarters]
            contracts.add_target(kind=kind, name=name, definition=definition, unit="number", figures=figures, **told)
    for signer in (cast["strategic_lead"], by):
        with acting_as(signer):
            contracts.sign_contract(by=signer, contract=made)
    return made


def _return(cast: dict[str, Any], contract: Contract, quarter: dt.date) -> Return:
    by = cast["development_officer"]
    with acting_as(by):
        made = actions.make_return(by=by, contract=contract, quarter=quarter)
    assert made is not None  # noqa: S101 - there was none
    return made


def _written(cast: dict[str, Any], owner: Return, quarter: int, **said: Any) -> None:
    by = cast["provider"]
    with acting_as(by):
        rows = ReturnFigure.objects.filter(owner=owner).order_by("target__number")
        came: list[Any] = [target[4 + quarter] for target in TARGETS]
        words = "Learners’ own letters are still to come." if None in came else ""
        figures = {
            row.target_id: (actual, words if actual is None else "") for row, actual in zip(rows, came, strict=True)
        }
        actions.write_return(
            by=by, owner=owner, figures=figures, spent_pence=2_350_00 + quarter * 90_00, spent_words="", **said
        )


def _sent(cast: dict[str, Any], owner: Return, after: int) -> None:
    """So many days after the quarter."""
    with (
        clock.frozen(clock.now() - (clock.today() - (owner.ends_on + dt.timedelta(days=after)))),
        acting_as(cast["provider"]),
    ):
        actions.send_return(by=cast["provider"], owner=owner)


def _certified(cast: dict[str, Any], owner: Return) -> None:
    _sent(cast, owner, 12)
    by = cast["development_officer"]
    with acting_as(by):
        certify_return(
            by=by, owner=owner, words="Starts are well ahead. Look at who they are with us in the next quarter."
        )


def _listed(cast: dict[str, Any], place: Place, owner: Return) -> None:
    """People of two families in whose team the charity is, and some whom casework does not know as theirs."""
    by, helped = cast["provider"], _helped(place, owner, cast["provider"].organisation)
    with acting_as(by):
        for person in helped:
            add_person_to_list(by=by, owner=owner, **person)
        for number in range(LISTED):
            add_person_to_list(
                by=by, owner=owner, given_name=("Asa", "Bryn", "Cleo", "Dara", "Eden", "Finn", "Gray")[number], family_name="Sallow",
                born=typed_birth(dt.date(2009, 1 + number, 4), "full"),
            )  # fmt: skip


def _helped(place: Place, owner: Return, charity: Any) -> list[dict[str, Any]]:
    """The children of open cases of the district, to whose team a worker of the charity is added, as of the quarter."""
    with acting_as(place.worker):
        rows = Case.objects.visible_to(place.worker).open().filter(opened_on__lte=owner.ends_on, lead=place.worker)
        found: list[dict[str, Any]] = []
        for case in rows.order_by("opened_on", "reference")[:3]:
            day = max(case.opened_on, owner.quarter) + dt.timedelta(days=1)
            with clock.frozen(clock.now() - (clock.today() - min(day, owner.ends_on))):
                add_other_member(by=place.worker, case=case, role="Mentor", name="Paula Finch", organisation=charity)
            people = Person.objects.filter(memberships__family=case.family, memberships__role="child").order_by(
                "born_on", "reference"
            )
            found += [
                {"given_name": each.given_name, "family_name": each.family_name, "born": typed_birth(each.born_on, each.birth_precision)}
                for each in people if each.given_name and each.family_name
            ]  # fmt: skip
        return found


def _queried(cast: dict[str, Any], owner: Return) -> None:
    _sent(cast, owner, 20)
    with acting_as(cast["provider"]):
        check_people(by=cast["provider"], people=PeopleList.objects.select_related("owner").get(owner=owner))
    by = cast["development_officer"]
    with acting_as(by):
        figure = ReturnFigure.objects.select_related("target").get(owner=owner, target__name=TARGETS[2][1])
        query_return(
            by=by, owner=owner, part="figure", figure=figure,
            question="160 is more than twice the quarter before. Are units counted here that were counted then?",
        )  # fmt: skip
