"""More of everything: families beside those that are planted, and more in each of these; by the product's own actions."""

import datetime as dt
import io
import random
import uuid
from types import SimpleNamespace
from typing import Any

import openpyxl
from allauth.mfa.models import Authenticator

from hearth.casework.cases.models import Case
from hearth.casework.cases.steps.actions import accept_step_up, acknowledge_pack, request_step_down, request_step_up
from hearth.casework.universal.actions import record_universal_activity
from hearth.desk.imports.actions import import_workbook, read_workbook
from hearth.desk.panel.actions import say_when
from hearth.foundation.accounts.actions import add_organisation, add_team, invite_person
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages.models import Message, Status
from hearth.invented.authority import ENDINGS
from hearth.invented.households import invent_household
from hearth.invented.story import Place, Story, tell
from hearth.invented.words import THEMES
from hearth.records.people.restrictions.actions import grant_restricted_access, place_restriction
from hearth.records.sharing.agreements.actions import write_agreement
from tests.security.hostile import beside, claims, database, linked, unmet
from tests.security.hostile.states import AGREED, EVERYTHING, ITEMS
from tests.security.hostile.world import World
from tests.speed.growing_family import more_in_families
from tests.speed.growing_panels import a_theme, more_at_panels

MORE = 3


def begin(world: World) -> None:
    """Everybody who may come to hold a family holds one: to read of none takes a query less."""
    _tell(world, "working", MORE)
    a_theme(world, "before")


def grow(world: World) -> None:
    """The same readers come to hold more families, and each family has more."""
    more_families(world)
    more_in_families(world)
    more_at_panels(world, [_tell(world, "working", 10 + number) for number in range(2 * MORE)])
    more_of_the_office(world)
    more_concerns(world)
    more_claims(world)
    database.asked("select hostile_more_due(%s)", MORE)


def more_concerns(world: World) -> None:
    """More families of concern on the list, and more who work with a family."""
    database.asked("select hostile_more_concerns(%s, %s)", world.more.concern.key, MORE)
    database.asked("select hostile_more_involved(%s)", MORE)


def more_claims(world: World) -> None:
    """More families that were helped for good: some claimed for, some still to be; and one sample more."""
    for number in range(MORE):
        planted = _tell(world, "working", number, days=430)
        claims.help_for_good(world.cast, planted)
        if number:
            with clock.frozen(clock.now() - dt.timedelta(days=1)):
                claims.accept(world.cast, claims.claim(world.cast, planted))
    claims.sample(world.cast, SimpleNamespace())


def more_families(world: World) -> None:
    """Three at each stage of the way, with steps to and from the hub, panels to come and restrictions."""
    cast = world.cast
    told = {ending: [_tell(world, ending, number) for number in range(MORE)] for ending in ENDINGS}
    up: dict[str, Any] = {"reason": "needs_not_met", "words": "More than we can meet.", "basis": AGREED, "items": ITEMS}
    for ending, key in (("planning", "stepped_up"), ("draft_plan", "asked_up")):
        for planted in told[ending]:
            with acting_as(cast.family_worker):
                step = request_step_up(by=cast.family_worker, case=planted.case, **up)
            if key == "stepped_up":
                _accept(world, planted, step, up)
    for planted in told["with_manager"]:
        with acting_as(cast.family_worker):
            say_when(planted.case, clock.today())
    for number in range(MORE):
        for planted in told["working"]:
            unmet.record(world, planted, "housing" if number else "transport")
        unmet.answered(world, unmet.start(world, f"Theme {number}", "transport"))
    for planted in told["assessing"]:
        _restrict(world, planted.family)


def _tell(world: World, ending: str, number: int, days: int = 0) -> Any:
    cast, dice = world.cast, random.Random(f"grow {ending} {days} {number}")
    place = Place(world.area, cast.front_door_officer, cast.manager, cast.family_worker, [cast.practitioner])
    begun = clock.now().replace(hour=10) - dt.timedelta(days=(days or ENDINGS[ending][1]) + number)
    while not clock.is_working_day(begun.date()):
        begun -= dt.timedelta(days=1)
    cases = Case.objects.select_related("family__area", "area", "lead__organisation")
    with acting_as(cast.family_worker):
        before = set(cases.values_list("pk", flat=True))
    with clock.frozen(begun) as hands:
        tell(Story(invent_household(dice, begun.date(), "BB11"), dice.choice(THEMES), place, dice, hands, ending))
    with acting_as(cast.family_worker):
        case = cases.exclude(pk__in=before).first()
    return SimpleNamespace(case=case, family=case and case.family)


def _accept(world: World, planted: Any, step: Any, up: dict[str, Any]) -> None:
    hub = world.cast.safeguarding_hub_social_worker
    with acting_as(hub):
        accept_step_up(by=hub, step=step, basis=AGREED, answer="We will work with them.")
        acknowledge_pack(by=hub, step=step)
        planted.case.refresh_from_db()
        request_step_down(by=hub, case=planted.case, **(up | {"reason": "plan_ended"}))


def _restrict(world: World, family: Any) -> None:
    govern, until = world.cast.information_governance, clock.today() + dt.timedelta(days=20)
    with acting_as(govern):
        row = place_restriction(by=govern, reference=family.reference, reason="A threat was made")
        grant_restricted_access(
            by=govern, restriction=row, reference=family.reference, user=world.cast.family_worker,
            reason="Works with them", until_on=until,
        )  # fmt: skip


def more_of_the_office(world: World) -> None:
    """Colleagues, agencies, teams, agreements, messages, keys, activities and imports."""
    cast, offered, today = world.cast, pack().universal, clock.today()
    for number in range(MORE):
        with acting_as(cast.administrator):
            agency = add_organisation(by=cast.administrator, name=f"Charity {number}", sector="voluntary")
            add_team(by=cast.administrator, organisation=agency, name=f"Visitors {number}", area=world.area)
            for whose in (agency, cast.practitioner.organisation, cast.manager.organisation):
                invite_person(
                    by=cast.administrator, full_name=f"Somebody {number}", email=f"s{number}.{whose.pk}@example.org",
                    organisation=whose, role="practitioner", area=world.area,
                )  # fmt: skip
            Message(
                to_user_id=cast.practitioner.id, template="request_decided", key=f"grow {number}", link="/",
                status=Status.GIVEN_UP, made_by_id=cast.administrator.id,
            ).save(force_insert=True)  # fmt: skip
            book = f"{number}.xlsx"
            run = import_workbook(
                by=cast.administrator,
                area=world.area,
                source=f"System {number}",
                file_name=book,
                content=_workbook(number),
            )
            read_workbook(by=cast.administrator, run=run)
        with acting_as(cast.analyst):
            beside.load_more(cast.analyst, number)
            linked.link_more(cast.analyst, number)
        with acting_as(cast.information_governance):
            write_agreement(
                by=cast.information_governance, organisation=agency, purposes=["early_help"], categories=EVERYTHING,
                document=f"ISA {number}", from_on=today, until_on=today + dt.timedelta(days=90),
            )  # fmt: skip
        with acting_as(cast.practitioner):
            record_universal_activity(
                by=cast.practitioner, area=world.area, kind=offered.kinds[0].code, setting=offered.settings[0].code,
                what=f"Morning {number}", happened_on=today, achievements=[offered.achievements[0].code],
                children_5_to_11=3, key=uuid.uuid4(),
            )  # fmt: skip
            Authenticator.objects.create(
                user=cast.practitioner,
                type=Authenticator.Type.WEBAUTHN,
                data={"name": f"Key {number}", "credential": {}},
            )


def _workbook(number: int) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "List 1"
    sheet.append(
        ("Child Unique ID", "Gender", "Ethnicity", "Date of Birth", "Age", "Date of Contact", "Contact Source")
    )
    for child in range(MORE):
        born, came = dt.datetime(2012, 4, 3), dt.datetime(2026, 9, 16)  # noqa: DTZ001 - as a spreadsheet holds them
        sheet.append((1000 * (number + 1) + child, "b) Female", "a) WBRI", born, 14, came, "1A"))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()
