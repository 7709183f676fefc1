"""What was begun and never sent is forgotten, by an identity that sees its age and nothing else."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import Error, connections

from hearth.casework.front_door.jobs import BEGUN_KEPT, TIDYING, forget
from hearth.casework.front_door.models import Request
from hearth.config.environment import database
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.references import new_reference


@pytest.fixture
def apart(own_database: Any, db: None) -> Iterator[None]:
    """Connections of the web and the worker role that are not rolled back, called "web" and "worker"."""
    for alias, url in (("web", own_database.web), ("worker", own_database.worker)):
        connections.databases[alias] = {**connections.databases["default"], **database(url)}
        connections[alias].connect()
    yield
    for alias in ("web", "worker"):
        connections[alias].close()
        del connections[alias], connections.databases[alias]


def begun(who: Any, days: int, **more: Any) -> Request:
    """A request of so many days ago, saved for good."""
    made = Request(
        reference=new_reference("RQ"),
        channel="partner",
        made_by=who,
        organisation_id=who.organisation_id,
        created_at=clock.now() - dt.timedelta(days=days),
        **more,
    )
    made.save(using="web", force_insert=True)
    return made


def test_old_beginnings_go_and_younger_ones_stay(cast: Any, apart: None) -> None:
    who = cast.practitioner
    with acting_as(who, using="web"):
        old, young = begun(who, BEGUN_KEPT.days + 1), begun(who, 20)
    assert forget(using="worker") == 1
    assert forget(using="worker") == 0
    with acting_as(who, using="web"):
        left = set(Request.objects.using("web").filter(pk__in=[old.pk, young.pk]).values_list("pk", flat=True))
        Request.objects.using("web").filter(pk=young.pk)._raw_delete("web")
    assert left == {young.pk}


@pytest.mark.parametrize("column", ["signs", "made_by_id", "reference", "family_name", "*"])
def test_tidying_reads_nothing_but_ages(column: str, apart: None) -> None:
    with pytest.raises(Error, match="permission denied"), acting_as(TIDYING, using="worker"):
        connections["worker"].cursor().execute(f"select {column} from front_door_request")  # noqa: S608
