"""Families of concern in every state, worked out by the worker's own identity from a planted file, and decided by the district's officer."""

import datetime as dt
import hashlib
import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections
from django.db.utils import load_backend

from hearth.config import environment
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds.actions import commit_load, send_file
from hearth.intelligence.feeds.reading import read_load
from hearth.intelligence.insight import actions, running
from hearth.intelligence.insight.care.models import CareTime
from hearth.intelligence.insight.gathering import INSIGHT
from hearth.intelligence.insight.involvement.models import Involvement
from hearth.intelligence.insight.models import FamilyOfConcern, Flag
from hearth.intelligence.insight.touchpoints.models import TouchpointFact
from hearth.intelligence.insight.touchpoints.recording.actions import record_touchpoint
from tests.security.hostile.words import OPEN, RESTRICTED, SHIELDED

HEAD = "person reference,forename,surname,date of birth,address,postcode,benefit,start date,end date\n"
CARE = "personId,NHS Number,status,startDate,endDate,contactName,contactPhone\n"


@contextmanager
def worker() -> Iterator[None]:
    """On a connection of the worker's role, which alone may become the identity that works rules out."""
    web = connections["default"]
    told = {
        **web.settings_dict,
        **environment.database(settings.TEST_ADDRESSES.worker),
        "NAME": web.settings_dict["NAME"],
    }
    connections["default"] = load_backend(str(told["ENGINE"])).DatabaseWrapper(told, alias="default")
    try:
        yield
    finally:
        connections["default"].close()
        connections["default"] = web


def plant(world: Any) -> None:
    """One that nobody has decided, one confirmed and told; a run that is done, and one that waits."""
    analyst, officer, more = world.cast.analyst, world.cast.development_officer, world.more
    rows = "".join(
        f"{OPEN}noted{who},{OPEN}{who}una,{OPEN}name{who},1990-01-0{n},7 {OPEN}street,BB11 4ZZ,Universal Credit,2026-01-01,\n"
        for n, who in enumerate(("one", "two", "three"), 1)
    )
    _commit(world, "worklessness", HEAD + rows)
    _commit(world, "social_care", CARE + f"{OPEN}notedcare,,child_in_need,2026-01-01,,{OPEN}noted ring,1\n")
    with acting_as(analyst):
        run = actions.start_run(by=analyst)
    with worker():
        running.work_out(run.pk)
    with acting_as(officer):
        run.refresh_from_db()
        assert run.state == "done", run.fault
        more.concern, more.concern_decided, more.concern_told = (
            FamilyOfConcern.objects.get(key=f"benefit_person:{OPEN}noted{who}") for who in ("one", "two", "three")
        )
        flags = Flag.objects.filter(family=more.concern_decided)
        actions.confirm_flags(by=officer, family=more.concern_decided, flags=list(flags), words=f"{OPEN}noted found")
        actions.record_family_told(
            by=officer, family=more.concern_told, how="call", told_on=clock.today(), words=f"{OPEN}noted told"
        )
    with acting_as(analyst):
        more.run_done, more.run_waiting = run, actions.start_run(by=analyst)


def plant_involved(world: Any) -> None:
    """Who works with a mother whose family is open, one whose family is restricted, and a child who is; and a touchpoint of each."""
    planted = {
        OPEN: world.families["working"].mother,
        RESTRICTED: world.families["restricted"].mother,
        SHIELDED: world.more.shielded,
    }
    with worker(), acting_as(INSIGHT):
        for stem, person in planted.items():
            Involvement(
                person=person, feed="police", organisation=world.cast.analyst.organisation, category="police_and_justice",
                standing="current", provider=f"{stem}noted area", contact_name=f"{stem}noted ring", numbers=[f"social_care_id:{stem}"],
                content_hash=hashlib.md5(stem.encode(), usedforsecurity=False).hexdigest(),
            ).save(force_insert=True)  # fmt: skip
            CareTime(
                person=person, feed="social_care", organisation=world.cast.analyst.organisation, category="assessment",
                from_on=clock.today(), numbers=[f"social_care_id:{stem}"],
                content_hash=hashlib.md5(stem.encode(), usedforsecurity=False).hexdigest(),
            ).save(force_insert=True)  # fmt: skip
            TouchpointFact(
                person=person, touchpoint=f"{stem}noted visit"[:40], feed="police", organisation=world.cast.analyst.organisation,
                category="police_and_justice", due_on=clock.today(), as_at=clock.today(), numbers=[f"social_care_id:{stem}"],
                content_hash=hashlib.md5(stem.encode(), usedforsecurity=False).hexdigest(),
            ).save(force_insert=True)  # fmt: skip


def plant_recorded(world: Any) -> None:
    """A touchpoint that a worker recorded by hand: of a child whose family is open, and of one whose family will be restricted."""
    worker, world.more.touchpoint_code = world.cast.family_worker, "hearing-screen"
    for key, stem in (("working", OPEN), ("restricted", RESTRICTED)):
        planted = world.families[key]
        with acting_as(worker):
            planted.recorded = record_touchpoint(
                by=worker, family=planted.family, person=planted.son, touchpoint=world.more.touchpoint_code,
                met_on=planted.son.born_on + dt.timedelta(days=3), met_by=f"{stem}noted visitor", words=f"{stem}noted at home",
            )  # fmt: skip


def _commit(world: Any, feed: str, content: str) -> None:
    analyst, until = world.cast.analyst, clock.today() - dt.timedelta(days=1)
    with acting_as(analyst):
        sent = send_file(
            by=analyst, feed=feed, organisation=analyst.organisation, covers_from=until - dt.timedelta(days=300), covers_until=until,
            file=io.BytesIO(content.encode()), file_name=f"{feed}.csv", area=world.area,
        )  # fmt: skip
        commit_load(by=analyst, load=read_load(by=analyst, load=sent))
