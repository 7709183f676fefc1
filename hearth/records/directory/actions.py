"""List organisations, write entries, say that they are still right, and ask those who keep them to."""

from collections.abc import Mapping
from typing import Any

from django.db import connection

from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import System
from hearth.foundation.core.refusals import Conflict, refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean
from hearth.foundation.messages.actions import send
from hearth.records.directory import rules
from hearth.records.directory.entries import EMPTY, confirm, entry_of, searched, with_parts, write_entry
from hearth.records.directory.models import ListedOrganisation, Service
from hearth.records.directory.queries import located

DIRECTORY = System("system:directory", "")


@action
def list_organisation(
    *, by: Any, name: str, description: str, agency: Organisation | None = None, email: str = "", website: str = ""
) -> ListedOrganisation:
    """List an organisation, so that it can have entries. With an agency, its people keep them."""
    already = list(ListedOrganisation.objects.filter(agency=agency)) if agency is not None else []
    refuse(rules.why_not_list_organisation(by, agency, already))
    listed = ListedOrganisation(
        name=clean(name).strip(), description=clean(description).strip(), agency=agency, email=email, website=website
    )
    listed.save(force_insert=True)
    record("directory.organisation_listed", subject=str(listed.id), agency=listed.agency_id)
    return listed


@action
def change_organisation(
    *, by: Any, organisation: ListedOrganisation, seen: str | None = None, **typed: Any
) -> ListedOrganisation:
    """Change what an organisation is listed as, or whose people keep its entries."""
    refuse(rules.why_not_change_organisation(by, organisation, typed.get("agency")))
    organisation.hold()
    refuse(rules.why_not_change_organisation(by, organisation, typed.get("agency")))
    wanted = {
        **{name: clean(typed[name]).strip() for name in ("name", "description", "email", "website")},
        "agency_id": getattr(typed["agency"], "id", None),
    }
    changed = write_seen(organisation, seen, wanted, {"agency_id": _agency_words})
    organisation.save(update_fields=[*wanted])
    for service in with_parts(Service.objects.filter(organisation=organisation)) if changed else ():
        service.search_text, service.last_modified = searched(service, entry_of(service)), clock.now()
        service.save(update_fields=["search_text", "last_modified"])
    record("directory.organisation_changed", subject=str(organisation.id), columns=changed)
    return organisation


def _agency_words(key: Any) -> str:
    found = Organisation.objects.filter(pk=key).first()
    return found.name if found else "Nobody who signs in"


@action
def write_service(
    *,
    by: Any,
    organisation: ListedOrganisation,
    entry: Mapping[str, Any],
    service: Service | None = None,
    version: int = 0,
) -> Service:
    """Write an entry as a steward, at once. A provider's goes through `changes`."""
    refuse(rules.why_not_steward(by))
    if service is not None:
        refuse(rules.why_not_edit_service(by, service))
        service.hold()
    entry = tidy(entry)
    refuse(rules.why_not_this_entry(entry))
    if service is not None and service.version != version:
        raise Conflict(
            {"name": (service.name, entry["name"]), "description": (service.description, entry["description"])}
        )
    written = publish(organisation, service, entry, confirmed_by=by)
    record("directory.service_written", subject=written, version=written.version)
    return written


def publish(
    organisation: ListedOrganisation, service: Service | None, entry: Mapping[str, Any], *, confirmed_by: Any
) -> Service:
    """Make an entry say so, its places put on the map by their postcodes; a new one where there is none. The action that calls it records it."""
    entry = located(entry)
    if service is not None:
        write_entry(service, entry, confirmed_by=confirmed_by)
        return service
    service = Service(organisation=organisation)
    write_entry(service, entry, confirmed_by=confirmed_by, new=True)
    return service


def tidy(entry: Mapping[str, Any]) -> dict[str, Any]:
    """The whole entry, with nothing in it that could not be stored; what was left out is empty."""
    unknown = set(entry) - set(EMPTY)
    if unknown:
        raise TypeError(f"An entry of the directory has no {sorted(unknown)}.")
    return {name: _tidied(value) for name, value in (EMPTY | dict(entry)).items()}


def _tidied(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value).strip()
    if isinstance(value, list | tuple):
        return [_tidied(each) for each in value]
    return {key: _tidied(each) for key, each in value.items()} if isinstance(value, Mapping) else value


@action
def confirm_service(*, by: Any, service: Service) -> Service:
    """Say that an entry is still right, as it is."""
    refuse(rules.why_not_confirm(by, service))
    service.hold()
    confirm(service, by)
    service.save(update_fields=["confirmed_on", "confirmed_by", "confirmed_by_name", "stale_on", "chased_on"])
    record("directory.service_confirmed", subject=service, until=service.stale_on)
    return service


@action
def say_places(*, by: Any, service: Service, places: str, waiting_weeks: int | None = None) -> Service:
    """Say whether there are places now. It changes from week to week, so that no steward is asked."""
    refuse(rules.why_not_edit_service(by, service))
    refuse(rules.why_not_these_places(places, waiting_weeks))
    service.hold()
    service.places, service.waiting_weeks = places, waiting_weeks if places == "waiting" else None
    service.places_as_at, service.last_modified = clock.today(), clock.now()
    service.save(update_fields=["places", "waiting_weeks", "places_as_at", "last_modified"])
    record("directory.places_said", subject=service, places=places, weeks=service.waiting_weeks)
    return service


@action
def chase_providers(*, by: Any) -> int:
    """Ask the people of each provider, once a day at most, to confirm what will soon be stale; how many were asked."""
    directory, today = pack().directory, clock.today()
    with connection.cursor() as cursor:
        cursor.execute(
            "select * from hearth_chase_directory(%s, %s, %s)",
            [today, directory.chase_days_before, directory.chase_again_days],
        )
        asked = cursor.fetchall()
    for person, _ in asked:
        send(
            by=by, to=User(id=person), template="directory_confirm", link="/directory/", key=f"directory.chase {person} {today}",
        )  # fmt: skip
    record("directory.providers_chased", people=len(asked), entries=sum(entries for _, entries in asked))
    return len(asked)
