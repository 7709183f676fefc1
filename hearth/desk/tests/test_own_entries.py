"""Entries of the directory that nobody has confirmed in time wait on the first page of those whose own they are."""

import datetime as dt
from typing import Any

from django.urls import reverse

from hearth.desk.waiting import waiting_for
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.records.directory.actions import confirm_service
from hearth.records.directory.tests.conftest import *  # noqa: F403


def _says(who: Any) -> list[tuple[str, str, int]]:
    with acting_as(who):
        return [(each.words, each.url, each.late) for each in waiting_for(who) if "in the directory" in each.words]


def test_stale_entries_wait_on_the_first_page_of_their_own_people_until_they_are_confirmed(
    charity: Any, offered: Any, cast: Any
) -> None:
    with clock.frozen(clock.now() - dt.timedelta(days=700)):
        stale = offered(charity, name="Old")
    offered(charity, name="New")
    said = "1 entry of yours in the directory to confirm: nobody has in time"
    assert _says(cast.provider) == [(said, f"{reverse('directory')}?show=due", 1)]
    for key in (
        "practitioner",
        "family_worker",
        "commissioner",
    ):  # another organisation's, nobody's, a steward's list of all
        assert _says(getattr(cast, key)) == [], key
    with acting_as(cast.provider):
        confirm_service(by=cast.provider, service=stale)
    assert _says(cast.provider) == []
