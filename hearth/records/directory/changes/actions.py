"""Send a change of an entry, approve or decline it, take it back."""

from collections.abc import Mapping
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Conflict, Refusal, refuse
from hearth.foundation.core.text import clean
from hearth.foundation.messages.actions import send
from hearth.records.directory import rules
from hearth.records.directory.actions import publish, tidy
from hearth.records.directory.changes.queries import stewards
from hearth.records.directory.models import ListedOrganisation, Service, ServiceChange


@action
def send_service_change(
    *,
    by: Any,
    organisation: ListedOrganisation,
    entry: Mapping[str, Any],
    service: Service | None = None,
    version: int = 0,
) -> ServiceChange:
    """Send what an entry should say to the stewards. A steward's own is published at once: `write_service`."""
    refuse(rules.why_not_edit(by, organisation) if service is None else rules.why_not_edit_service(by, service))
    if service is not None:
        service.hold()
        refuse(rules.why_not_another_change(ServiceChange.objects.filter(service=service, state="waiting").first()))
    entry = tidy(entry)
    refuse(rules.why_not_this_entry(entry))
    if service is not None and service.version != version:
        raise Conflict(
            {"name": (service.name, entry["name"]), "description": (service.description, entry["description"])}
        )
    change = ServiceChange(
        reference=drawn_reference("SC"),
        organisation=organisation,
        service=service,
        entry=entry,
        based_on=version,
        sent_by=by,
    )
    change.save(force_insert=True)
    record("directory.change_sent", subject=change, service=getattr(service, "reference", ""))
    _tell_stewards(by, change)
    return change


@action
def approve_service_change(*, by: Any, change: ServiceChange, version: int) -> ServiceChange:
    """Publish what a provider sent. `version` is the entry's that the steward saw beside it."""
    change.hold()
    if change.service is not None:
        change.service.hold()
    refuse(rules.why_not_approve(by, change, version))
    change.service = publish(change.organisation, change.service, change.entry, confirmed_by=change.sent_by)
    _decide(by, change, ServiceChange.State.APPROVED, "")
    record(
        "directory.change_approved", subject=change, service=change.service.reference, version=change.service.version
    )
    return change


@action
def decline_service_change(*, by: Any, change: ServiceChange, why: str) -> ServiceChange:
    """Leave the entry as it is, and say why."""
    change.hold()
    refuse(rules.why_not_decide(by, change))
    why = clean(why).strip()
    if not why:
        refuse(Refusal("directory.no_reason", "Say why, so that they can send it again."))
    _decide(by, change, ServiceChange.State.DECLINED, why)
    record("directory.change_declined", subject=change)
    return change


@action
def take_back_service_change(*, by: Any, change: ServiceChange) -> ServiceChange:
    """Take a change back before it is decided."""
    refuse(rules.why_not_take_back(by, change))  # before it is held as well: of others' the database shows nothing
    change.hold()
    refuse(rules.why_not_take_back(by, change))
    change.state = ServiceChange.State.TAKEN_BACK
    change.save(update_fields=["state"])
    record("directory.change_taken_back", subject=change)
    return change


def _tell_stewards(by: Any, change: ServiceChange) -> None:
    """Something waits: said once a day of each organisation, however much of theirs does. What it is stands on the page alone."""
    for steward in stewards():
        if steward.pk != by.id:
            send(
                by=by, to=steward, template="directory_change_waits", link="/directory/changes/",
                key=f"directory.waits {steward.pk} {change.organisation_id} {clock.today()}",
            )  # fmt: skip


def _decide(by: Any, change: ServiceChange, state: str, why: str) -> None:
    change.state, change.decided_by, change.decided_at, change.decided_why = state, by, clock.now(), why
    change.save(update_fields=["state", "service", "decided_by", "decided_at", "decided_why"])
    send(
        by=by, to=change.sent_by, template="directory_change_decided", link=f"/directory/changes/{change.reference}/",
        key=f"directory.decided {change.id}",
    )  # fmt: skip
