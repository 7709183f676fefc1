"""The directory: a charity's entries, a change that waits, and another authority's directory that was read in. Nothing of it is a secret."""

from typing import Any

from hearth.foundation.core.reader import acting_as
from hearth.records.directory.actions import list_organisation, write_service
from hearth.records.directory.changes.actions import send_service_change
from hearth.records.directory.finding.counting import count_search
from hearth.records.directory.reading.actions import (
    finish_directory_run,
    load_directory_entry,
    set_aside,
    start_directory_run,
)
from hearth.records.directory.reading.checking import check
from hearth.records.directory.tests.conftest import ENTRY
from hearth.records.directory.tests.elsewhere import entry


def plant(world: Any) -> None:
    """Two entries, of which one has a change that waits; a run with an entry taken in and one set aside; a search that found nothing."""
    steward, provider, more = world.cast.commissioner, world.cast.provider, world.more
    with acting_as(steward):
        more.listed = list_organisation(
            by=steward, name="A family charity", description="Stands by families.", agency=provider.organisation
        )
        more.service = write_service(by=steward, organisation=more.listed, entry=ENTRY)
        changing = write_service(by=steward, organisation=more.listed, entry=ENTRY | {"name": "Pantry"})
        run = start_directory_run(by=steward, name="Another directory", address="other.json", queue=False)
        told = entry("Playgroup")
        load_directory_entry(by=steward, run=run, told=told, read=check(told)[0], digest="0" * 64)
        set_aside(by=steward, run=run, told={"id": "x", "name": "Nameless"}, faults=["status is missing"])
        more.directory_run = finish_directory_run(by=steward, run=run)
        count_search(["school"], "", "nothing", by_worker=True)
    with acting_as(provider):
        more.service_change = send_service_change(
            by=provider, organisation=more.listed, service=changing, entry=ENTRY | {"name": "The pantry"}, version=1
        )
