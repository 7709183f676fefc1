"""Who writes the directory, what an entry must say, and the sentences when not."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email

from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refusal
from hearth.records.directory.models import (
    HELD,
    PLACES,
    STATUSES,
    WAYS_IN,
    ListedOrganisation,
    Service,
    ServiceChange,
)

LONGEST_WAIT = 520  # weeks
OLDEST = 120
a_web_address = URLValidator(schemes=["http", "https"])


def why_not_see_entries(user: Any) -> Refusal | None:
    """Opening the pages on which entries are kept: whoever keeps some, and stewards."""
    if user.may("edit_own_services") or user.may("steward_directory"):
        return None
    return Refusal(
        "directory.may_not_see", "Your role does not keep entries of the directory. Ask a manager if it should."
    )


def why_not_steward(user: Any) -> Refusal | None:
    """Approving changes, listing an organisation, reading in another directory."""
    if user.may("steward_directory"):
        return None
    return Refusal(
        "directory.may_not_steward", "Only a steward of the directory can do this. Ask a development officer."
    )


def why_not_edit(user: Any, organisation: ListedOrganisation) -> Refusal | None:
    """Changing what an organisation's entries say: its own people, or a steward."""
    if user.may("steward_directory"):
        return None
    if not user.may("edit_own_services"):
        return why_not_see_entries(user)
    if organisation.agency_id is None or organisation.agency_id != user.organisation_id:
        return Refusal(
            "directory.not_yours",
            f"{organisation.name} keeps this entry. Tell a development officer what is wrong with it.",
        )
    return None


def why_not_edit_service(user: Any, service: Service) -> Refusal | None:
    """Changing one entry: what comes from another directory is changed there."""
    if service.feed_id is not None:
        return Refusal("directory.from_a_feed", "This entry comes from another directory. It is put right there.")
    return why_not_edit(user, service.organisation)


def why_not_another_change(waiting: ServiceChange | None) -> Refusal | None:
    """Sending a change while another of the same entry waits."""
    if waiting is None:
        return None
    return Refusal(
        "directory.change_waits",
        f"{waiting.reference} waits for a steward. Take it back, and send one change with everything in it.",
    )


def why_not_confirm(user: Any, service: Service) -> Refusal | None:
    """Saying that an entry is still right."""
    return why_not_edit_service(user, service)


def why_not_decide(user: Any, change: ServiceChange) -> Refusal | None:
    """Approving or declining a change: a steward who did not send it."""
    if refusal := why_not_steward(user):
        return refusal
    if change.state != ServiceChange.State.WAITING:
        return Refusal("directory.decided", "This change was decided, or taken back, already.")
    if change.sent_by_id == user.id:
        return Refusal("directory.own_change", "You sent this change yourself. Another steward decides on it.")
    return None


def why_not_approve(user: Any, change: ServiceChange, version: int) -> Refusal | None:
    """Approving what was laid side by side: the entry must still be what the steward saw."""
    if refusal := why_not_decide(user, change):
        return refusal
    if (change.service.version if change.service else 0) != version:
        return Refusal(
            "directory.entry_changed",
            "The entry was changed while you looked at it. Open this page again, and compare.",
        )
    return None


def why_not_take_back(user: Any, change: ServiceChange) -> Refusal | None:
    """Taking a change back before it is decided: whoever keeps the entry."""
    if change.state != ServiceChange.State.WAITING:
        return Refusal("directory.decided", "This change was decided, or taken back, already.")
    return why_not_edit(user, change.organisation)


def why_not_this_entry(entry: Mapping[str, Any]) -> Refusal | None:
    """What an entry must say. The form says it first, field by field; this holds for whatever else calls the action."""
    if not entry["name"].strip():
        return Refusal("directory.name", "Say what the service is called.")
    if not entry["description"].strip():
        return Refusal("directory.description", "Say in a few words what the service does.")
    return (
        _why_not_these_codes(entry)
        or _why_not_these_ages(entry)
        or _why_not_this_contact(entry)
        or _why_not_then(entry)
    )


def _why_not_these_codes(entry: Mapping[str, Any]) -> Refusal | None:
    directory = pack().directory
    known: tuple[tuple[str, set[str]], ...] = (
        ("needs", {each.code for each in directory.needs}),
        ("circumstances", {each.code for each in directory.circumstances}),
        ("languages", {each.code for each in directory.languages}),
    )
    if any(set(entry[name]) - codes for name, codes in known):
        return Refusal("directory.codes", "Choose needs, circumstances and languages from the lists.")
    for name, choices in (("status", STATUSES), ("way_in", (("", ""), *WAYS_IN)), ("held", (("", ""), *HELD))):
        if entry[name] not in dict(choices):
            return Refusal("directory.codes", "Choose from the lists.")
    return None


def _why_not_these_ages(entry: Mapping[str, Any]) -> Refusal | None:
    least, most = entry["minimum_age"], entry["maximum_age"]
    if any(age is not None and not 0 <= age <= OLDEST for age in (least, most)):
        return Refusal("directory.ages", f"Enter ages from 0 to {OLDEST}.")
    if least is not None and most is not None and least > most:
        return Refusal("directory.ages", "The youngest age must not be above the oldest.")
    return None


def _why_not_this_contact(entry: Mapping[str, Any]) -> Refusal | None:
    for value, check, sentence in (
        (entry["url"], a_web_address, "Enter a web address that begins with https:// or http://."),
        (entry["email"], validate_email, "Enter an e-mail address in the form name@example.org."),
    ):
        try:
            if value:
                check(value)
        except ValidationError:
            return Refusal("directory.contact", sentence)
    return None


def _why_not_then(entry: Mapping[str, Any]) -> Refusal | None:
    for session in entry["sessions"]:
        if not session["days"]:
            return Refusal("directory.sessions", "Choose the day of each time.")
        if session["opens_at"] and session["closes_at"] and session["opens_at"] >= session["closes_at"]:
            return Refusal("directory.sessions", "Each time must end after it begins.")
    return None


def why_not_these_places(places: str, waiting_weeks: int | None) -> Refusal | None:
    """What may be said of how many places there are."""
    if places not in dict(PLACES):
        return Refusal("directory.places", "Choose whether there are places.")
    if waiting_weeks is not None and not 0 <= waiting_weeks <= LONGEST_WAIT:
        return Refusal("directory.waiting", f"Enter a number of weeks from 0 to {LONGEST_WAIT}.")
    return None


def why_not_list_organisation(user: Any, agency: Any, listed: Sequence[ListedOrganisation]) -> Refusal | None:
    """Listing an organisation: a steward; an agency once."""
    if refusal := why_not_steward(user):
        return refusal
    if agency is not None and listed:
        return Refusal("directory.listed", f"{agency.name} is listed already, as {listed[0].name}.")
    return None


def why_not_change_organisation(user: Any, organisation: ListedOrganisation, agency: Any) -> Refusal | None:
    """Changing what an organisation is listed as: a steward, and not where it comes from another directory."""
    if refusal := why_not_steward(user):
        return refusal
    if organisation.feed_id is not None:
        return Refusal("directory.from_a_feed", "It comes from another directory, and is put right there.")
    if agency is not None:
        other = ListedOrganisation.objects.filter(agency=agency).exclude(pk=organisation.pk).first()
        if other is not None:
            return Refusal("directory.listed", f"{agency.name} is listed already, as {other.name}.")
    return None
