"""The directory: entries written and confirmed, changes sent and decided."""

from typing import Any

from hearth.foundation.core.reader import acting_as
from hearth.records.directory import actions, queries
from hearth.records.directory.changes import actions as changes
from hearth.records.directory.models import ListedOrganisation, Service, ServiceChange
from hearth.records.directory.tests.conftest import ENTRY
from tests.forms.at_once import Two

STEWARDS, PROVIDERS = ("commissioner", "development_officer"), ("provider", "provider")


def _change(town: Any) -> ServiceChange:
    rows = ServiceChange.objects.select_related("organisation", "service__organisation", "sent_by")
    return rows.get(pk=town.find("service_change").pk)


def _send_another(town: Any) -> None:
    """One more that waits: what was decided before is decided."""
    by = town.cast.provider
    with acting_as(by):
        town.more.service_change = changes.send_service_change(by=by, organisation=town.find("listed"), entry=ENTRY)


def _service(town: Any) -> Service:
    return Service.objects.select_related("organisation").get(pk=town.find("service").pk)


def _write(by: Any, service: Service, name: str) -> Any:
    entry, version = ENTRY | {"name": name}, service.version
    return actions.write_service(
        by=by, organisation=service.organisation, service=service, entry=entry, version=version
    )


def _send(by: Any, service: Service) -> Any:
    return changes.send_service_change(
        by=by, organisation=service.organisation, service=service, entry=ENTRY, version=service.version
    )


def _say(by: Any, service: Service, places: str) -> Any:
    return actions.say_places(by=by, service=service, places=places)


def _listed(town: Any) -> tuple[ListedOrganisation, str]:
    organisation = ListedOrganisation.objects.get(pk=town.find("listed").pk)
    return organisation, queries.organisation_as_typed(organisation)["seen"]


def _list_as(by: Any, opened: tuple[ListedOrganisation, str], name: str) -> Any:
    told = {"name": name, "description": "Helps.", "email": "", "website": "", "agency": opened[0].agency}
    return actions.change_organisation(by=by, organisation=opened[0], seen=opened[1], **told)


TABLE = [
    Two("directory.change_organisation", _listed, lambda by, o: _list_as(by, o, "One"), lambda by, o: _list_as(by, o, "Two"), "conflict",
        STEWARDS),
    Two("directory.write_service", _service, lambda by, s: _write(by, s, "One"), lambda by, s: _write(by, s, "Two"), "conflict", STEWARDS),
    Two("directory.confirm_service", _service, lambda by, s: actions.confirm_service(by=by, service=s), comes="done", who=PROVIDERS,
        kept=lambda town, came: _service(town).confirmed_by_id == town.cast.provider.id),
    Two("directory.say_places", _service, lambda by, s: _say(by, s, "open"), lambda by, s: _say(by, s, "full"), "done", PROVIDERS,
        kept=lambda town, came: _service(town).places == "full"),
    Two("directory.send_service_change", _service, _send, comes="directory.change_waits", who=PROVIDERS),
    Two("directory.approve_service_change", _change, lambda by, c: changes.approve_service_change(by=by, change=c, version=c.service.version),
        lambda by, c: changes.decline_service_change(by=by, change=c, why="No."), "directory.decided", STEWARDS),
    Two("directory.decline_service_change", _change, lambda by, c: changes.decline_service_change(by=by, change=c, why="No."),
        comes="directory.decided", who=STEWARDS, prepare=_send_another),
    Two("directory.take_back_service_change", _change, lambda by, c: changes.take_back_service_change(by=by, change=c),
        comes="directory.decided", who=PROVIDERS, prepare=_send_another),
]  # fmt: skip
