"""What stands beside the families' stories: requests for one agency, what was settled, stopped or received; the office."""

import datetime as dt
import io
import uuid
from types import SimpleNamespace
from typing import Any

from hearth.casework.assessments.stopping.actions import stop_assessment
from hearth.casework.cases.steps.actions import acknowledge_pack
from hearth.casework.front_door.passing.actions import pass_on_request
from hearth.casework.front_door.tests.conftest import asking
from hearth.casework.front_door.triage.actions import move_request
from hearth.casework.plans.actions import change_plan_type
from hearth.desk.deciding.actions import decide_request
from hearth.desk.imports.actions import import_workbook
from hearth.desk.panel.actions import say_when
from hearth.foundation.accounts.actions import add_organisation, add_team, invite_person
from hearth.foundation.accounts.models import Area
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.foundation.messages.models import Message, Status
from hearth.foundation.ui import sent
from hearth.intelligence.feeds.actions import commit_load, send_file
from hearth.intelligence.feeds.reading import read_load
from hearth.intelligence.feeds.tokens.actions import make_feed_token
from hearth.records.sharing.actions import record_consent, settle_disagreement
from hearth.records.sharing.look_up.queries import look_up
from tests.security.hostile.words import OPEN

AN_HOUR = dt.timedelta(hours=1)  # in time, whatever day of the week the tests run


def of_requests(world: Any) -> None:
    """Decided for one agency; passed on to its person, who has not answered; handed to another area; rung in."""
    officer, helper = world.cast.front_door_officer, world.cast.practitioner
    with acting_as(officer):
        for key in ("for_one", "passed"):
            planted = world.families[key]
            with clock.frozen(planted.request.received_at + AN_HOUR):
                planted.request = decide_request(
                    by=officer, request=planted.request, outcome="single_agency", reason=f"{OPEN}asked",
                    level="universal_plus", words_for_referrer=f"{OPEN}asked and answered", agency=helper.organisation,
                )  # fmt: skip
        pass_on_request(by=officer, request=planted.request, how="message", to=helper, words=f"{OPEN}asked more")
        moved, elsewhere = world.families["moved"], Area.objects.get(code=pack().areas.districts[2].code)
        moved.request = move_request(by=officer, request=moved.request, area=elsewhere, why=f"{OPEN}asked elsewhere")
    rung = asking(world.cast, world.area)(
        channel="phone", asker_name="Kelly Marsden", asker_relation="parent", worries=f"{OPEN}asked"
    )
    with acting_as(officer):
        rung = decide_request(
            by=officer, request=rung, outcome="advice", reason=f"{OPEN}asked", level="universal_plus",
            words_for_referrer=f"{OPEN}asked and answered",
        )  # fmt: skip
    world.families["rung"] = SimpleNamespace(request=rung)


def of_families(world: Any) -> None:
    """An assessment that was stopped, a plan of another type, a pack received, a disagreement settled."""
    cast, families = world.cast, world.families
    worker, hub = cast.family_worker, cast.safeguarding_hub_social_worker
    with acting_as(worker):
        stop_assessment(by=worker, assessment=families["stopped"].assessment, because=f"{OPEN}assessed no more")
        plan = families["handed_back"].plan
        other = next(kind.code for kind in pack().plans.types if kind.code != plan.type)
        families["handed_back"].plan = change_plan_type(by=worker, plan=plan, type=other, why=f"{OPEN}planned anew")
        _settle(cast, families["working"])
        say_when(families["with_manager"].case, clock.today())
    with acting_as(hub):
        acknowledge_pack(by=hub, step=families["stepped_up"].step)


def _settle(cast: Any, planted: SimpleNamespace) -> None:
    said: dict[str, Any] = {
        "by": cast.family_worker, "family": planted.family, "organisations": [planted.partner], "who_decided": "parent",
        "recorded_how": "spoken", "people": [planted.daughter], "words": f"{OPEN}basic words",
    }  # fmt: skip
    record_consent(**said, decider=planted.mother, categories=["basic"])
    record_consent(**said, decider=planted.father, decision="refused")
    with acting_as(cast.manager):
        settle_disagreement(
            by=cast.manager, family=planted.family, person=planted.daughter, organisation=planted.partner, shares=False,
            reason=f"{OPEN}basic reasons",
        )  # fmt: skip
    record_consent(**(said | {"people": [planted.mother], "who_decided": "adult"}), categories=["basic"])


def of_the_office(world: Any, workbook: bytes) -> None:
    """A message given up, a form sent, a workbook not yet read, an agency with a team and somebody invited."""
    cast, more = world.cast, world.more
    with acting_as(cast.administrator):
        given_up = Message(
            to_user_id=cast.practitioner.id, template="request_decided", key=f"{OPEN}1", status=Status.GIVEN_UP,
            made_by_id=cast.administrator.id, link="/",
        )  # fmt: skip
        given_up.save(force_insert=True)
        more.given_up = given_up.pk
        agency = add_organisation(by=cast.administrator, name="A home visiting charity", sector="voluntary")
        add_team(by=cast.administrator, organisation=agency, name="Home visitors", area=world.area)
        invite_person(
            by=cast.administrator, full_name="Somebody Invited", email="invited@example.org", organisation=agency,
            role="practitioner", area=world.area,
        )  # fmt: skip
        more.unread = import_workbook(
            by=cast.administrator, area=world.area, source="Another system", file_name="b.xlsx", content=workbook
        )
    with acting_as(cast.practitioner):
        sent.claim(cast.practitioner, uuid.uuid4().hex * 2)


def of_feeds(world: Any) -> None:
    """A partner's file that waits to be committed, one with a row at fault, and one that is committed."""
    more, analyst = world.more, world.cast.analyst
    with acting_as(analyst):
        more.feed_committed = commit_load(by=analyst, load=_read(analyst, f"p1,North,{OPEN}noted,1\n", 30))
        more.feed_ready = _read(analyst, f"p1,North,{OPEN}noted words,1\np2,South,{OPEN}noted,2\n", 10)
        more.feed_faulty = _read(analyst, f",North,{OPEN}noted fault,1\n", 5)
        more.feed_unread = _sent(analyst, f"p1,North,{OPEN}noted unread,1\n", 3)
        more.feed_token, _ = make_feed_token(
            by=analyst, feed="police", organisation=analyst.organisation, machine=f"The {OPEN}noted machine",
            until_on=clock.today() + dt.timedelta(days=90),
        )  # fmt: skip


def load_more(analyst: Any, number: int) -> None:
    """One more term of a feed, committed, and one more file with rows at fault."""
    rows = f"e{number},p1,S1,2026-01-05,1,PP,FIXD\n"
    commit_load(by=analyst, load=read_load(by=analyst, load=_sent(analyst, rows, 40 + number, "exclusions")))
    _read(analyst, f",North,Ann {number},1\n" * (number + 1), 0)


def _read(analyst: Any, rows: str, days_ago: int) -> Any:
    return read_load(by=analyst, load=_sent(analyst, rows, days_ago))


HEADERS = {
    "police": "personId,policeArea,contactName,contactPhone\n",
    "exclusions": "termlyexclusionsonrolltableid,pupilonrolltableid,NativeId,startdate,sessions,reason1,category\n",
}


def _sent(analyst: Any, rows: str, days_ago: int, feed: str = "police") -> Any:
    until = clock.today() - dt.timedelta(days=days_ago)
    return send_file(
        by=analyst, feed=feed, organisation=analyst.organisation, covers_from=until - dt.timedelta(days=30),
        covers_until=until, file=io.BytesIO((HEADERS[feed] + rows).encode()), file_name=f"{feed} {days_ago}.csv",
    )  # fmt: skip


def looked_for(world: Any) -> None:
    """Somebody looked for a child who is restricted."""
    shielded, who = world.more.shielded, world.cast.other_family_worker
    with acting_as(who):
        look_up(who, shielded.given_name, shielded.family_name, world.more.shielded_born)
