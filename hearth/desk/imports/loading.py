"""Turns one row into a person, and a request or a case. Called inside the action that loads the row."""

import datetime as dt
from typing import Any

from hearth.casework.cases.models import Case, Stage
from hearth.casework.front_door.models import Channel, Request, State
from hearth.desk.imports.cells import Reading
from hearth.desk.imports.models import ImportRun
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.references import drawn_reference
from hearth.records.people.access.actions import close_to_area, give_access
from hearth.records.people.actions import add_person, open_family
from hearth.records.people.models import Family, Identifier, Person

KEPT_OPEN = dt.timedelta(
    days=30
)  # how long whoever imported a family may open it by name, to put right what was flagged


def family_of_child(by: Any, run: ImportRun, row: Reading) -> tuple[Family, Person]:
    """The child's family: made by an earlier row of the same system, or a family of one without a name."""
    child_id = row.text("child id")
    known = (
        Identifier.objects.filter(kind=Identifier.Kind.OTHER, value=child_id, system=run.source)
        .select_related("person")
        .first()
    )
    if known is not None:
        membership = known.person.memberships.filter(until_on=None).select_related("family__area").first()
        if membership is not None:
            return membership.family, known.person
    return _new_family(by, run, row, child_id)


def _new_family(by: Any, run: ImportRun, row: Reading, child_id: str) -> tuple[Family, Person]:
    family = open_family(by=by, name="Name not supplied", area=run.area)
    sex = row.code("gender", "sex", "U") if "gender" in row.cells else "U"
    born_on = row.birth("date of birth")
    expected = born_on is not None and born_on > clock.today()
    person = add_person(
        by=by,
        family=family,
        role="child",
        name_supplied=False,
        born_on=born_on,
        birth_precision="expected" if expected else "full" if born_on else "unknown",
        sex="U" if sex == "N" else sex,
        gender_identity="Neither male nor female" if sex == "N" else "",
        ethnicity=row.code("ethnicity", "ethnicity", "NOBT") if "ethnicity" in row.cells else "NOBT",
    )
    Identifier(person=person, kind=Identifier.Kind.OTHER, value=child_id, system=run.source).save(force_insert=True)
    return family, person


def load_contact(by: Any, run: ImportRun, row: Reading, family: Family) -> str:
    """List 1: a contact becomes a request that is on record from another system. Gives its reference."""
    source = row.code("contact source", "source", "10")
    return _request(by, run, family, _day(row, "date of contact"), source, {"imported_as": "contact"})


def load_referral(by: Any, run: ImportRun, row: Reading, family: Family) -> str:
    """List 3: a referral becomes a request; what the list says of its end and of the team goes with it."""
    source = row.code("referral source", "source", "10")
    answers = {
        "imported_as": "referral",
        "no_further_action": row.code("referral nfa", "yes_no", "unknown")
        if "referral nfa" in row.cells
        else "unknown",
        "referrals_in_last_12_months": row.text("number of referrals"),
        "allocated_team": row.text("allocated team"),
        "allocated_worker": row.text("allocated worker"),
    }
    return _request(by, run, family, _day(row, "date of referral"), source, answers)


def _request(by: Any, run: ImportRun, family: Family, day: dt.date, source: str, answers: dict[str, str]) -> str:
    moment = min(clock.in_london(dt.datetime.combine(day, dt.time(9))), clock.now())  # never a time to come
    request = Request(
        reference=drawn_reference("RQ"),
        channel=Channel.PARTNER,
        state=State.RECORDED,
        area=run.area,
        made_by=by,
        organisation=by.organisation,
        received_at=moment,
        clock_from_at=moment,
        family=family,
        family_name="",
        answers={**answers, "source": source, "system": run.source},
    )
    request.save(force_insert=True)
    return request.reference


def load_assessment(by: Any, run: ImportRun, row: Reading, family: Family) -> str:
    """List 2: an early help assessment becomes a case: open where it has no completion date, closed where it has."""
    start, end = row.past("assessment start date"), row.past("assessment completion date")
    if start is None:
        start = end or clock.today()
        row.flags.append("assessment start date is missing: the case is shown from the day nearest to it that is known")
    if end is not None and end < start:
        row.flags.append("assessment completion date is before its start: the case is shown as open")
        end = None
    open_one = Case.objects.filter(family=family).open().first()
    if end is None and open_one is not None:
        row.flags.append("this child has an open case already: the assessment is kept with it")
        return open_one.reference
    completed_by = row.text("organisation completing assessment") or "an organisation not named"
    case = Case(
        reference=drawn_reference("EH"),
        family=family,
        area=run.area,
        opened_on=start,
        opened_because="imported",
        children_count=1,
        stage=Stage.CLOSED if end else Stage.ASSESSING,
        closed_on=end,
        closing_words=f"Imported from {run.source}: completed by {completed_by}." if end else "",
    )
    case.save(force_insert=True)
    return case.reference


def keep_in_sight(by: Any, family: Family) -> None:
    """Who may open an imported family: its area (as after closing where nothing is open); the importer for 30 days."""
    give_access(by=by, family=family, user=by, why="imported", until_at=clock.now() + KEPT_OPEN)
    if not Case.objects.filter(family=family).open().exists():
        days = max(pack().access.front_door_days, pack().access.manager_days)
        close_to_area(by=by, family=family, until_at=clock.now() + dt.timedelta(days=days))


def _day(row: Reading, column: str) -> dt.date:
    found = row.past(column)
    if found is None:
        if not row.text(column):
            row.flags.append(f"{column} is blank")
        row.flags.append(f"{column}: shown as the day it was imported")
    return found or clock.today()


LOADERS = {"List 1": load_contact, "List 2": load_assessment, "List 3": load_referral}
