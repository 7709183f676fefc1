"""What is said of a service to a family: short, what to do first, and how old what we say is."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from hearth.foundation.ui import filters
from hearth.records.directory import words
from hearth.records.directory.entries import entry_of
from hearth.records.directory.finding.queries import METRES, Answer, Found
from hearth.records.directory.models import HELD, WAYS_IN, Service

SHORT = 200  # letters of a description in a list
NOT_AT_A_PLACE = {"phone": "By telephone", "online": "Online", "home visit": "They come to you"}


@dataclass(frozen=True)
class Said:
    """One service as a family reads of it."""

    service: Service
    what: str
    lines: list[tuple[str, str]]
    checked: str
    distance: str = ""
    lacks: str = ""  # what of all that was asked it does not answer

    @property
    def phone_link(self) -> str:
        """What a telephone dials."""
        return "".join(letter for letter in self.service.phone if letter.isdigit() or letter == "+")


def said_of(found: Found, outward: str = "") -> Said:
    """A service that was found, for a list."""
    service, entry = found.service, entry_of(found.service)
    return Said(
        service,
        shortened(service.description),
        _brief(service, entry),
        checked(service),
        distance(found, outward),
        lacking(found),
    )


def lacking(found: Found) -> str:
    """What of all that was asked a service does not answer; empty where it fits it all."""
    parts = []
    if found.lacks:
        parts.append(f"it says nothing of {filters.listed([f'“{word}”' for word in found.lacks], 'or')}")
    if found.unticked:
        parts.append("it is not listed under what you ticked")
    return filters.upper_first(f"{' and '.join(parts)}.") if parts else ""


def headings(answer: Answer) -> tuple[str, str]:
    """What stands above those that fit all that was asked, and above those that fit in part; each empty where there are none."""
    near = ", the nearest first" if answer.place.is_known else ""
    stale = ", those not checked lately last" if any(one.service.is_stale for one in answer.page.rows) else ""
    whole = part = ""
    if answer.of_fitting:
        many = filters.count(answer.of_fitting, "service")
        fit = f" {'fits' if answer.of_fitting == 1 else 'fit'} all that you asked" if answer.in_part else ""
        whole = f"{many}{fit}{near + stale if answer.of_fitting > 1 else ''}"
    if answer.in_part:
        more = " more" if answer.of_fitting else ""
        most = f", what fits most of it first{', then the nearest' if near else ''}" if answer.in_part > 1 else ""
        part = f"{answer.in_part}{more} {'fits' if answer.in_part == 1 else 'fit'} only in part{most}"
    return whole, part


def said_whole(service: Service) -> Said:
    """A service with everything that its entry says, but for what stands above it on the page."""
    above = {"Name", "What it is", "Is it running?", "Different just now", "Telephone"}
    lines = [(label, said) for label, said in words.lines(entry_of(service)) if said and label not in above]
    return Said(service, service.description, lines, checked(service))


def is_for_under_fives(service: Service) -> bool:
    """Whether it is for children before school alone: of such an age places are funded."""
    return service.maximum_age is not None and service.maximum_age <= 5


def said_briefly(service: Service) -> Said:
    """A service on a list to hand over: what one needs to get there."""
    entry = entry_of(service)
    more = [("E-mail", entry["email"]), ("Web page", entry["url"])]
    return Said(
        service,
        shortened(service.description),
        _brief(service, entry) + [line for line in more if line[1]],
        checked(service),
    )


def _brief(service: Service, entry: Mapping[str, Any]) -> list[tuple[str, str]]:
    where = "; ".join(map(words.place_words, entry["places"])) or NOT_AT_A_PLACE.get(service.held, "")
    lines = [
        ("Ages", words.ages(entry["minimum_age"], entry["maximum_age"])),
        ("Where", where),
        ("When", "; ".join(map(words.session_words, entry["sessions"]))),
        ("Cost", words.cost(entry["is_free"], entry["fees"]) or "Ask when you ring"),
        ("How to get in", dict(WAYS_IN).get(entry["way_in"], "")),
        ("Places", words.places_words(service)),
    ]
    return [line for line in lines if line[1]]


def shortened(text: str) -> str:
    """The beginning of a text, whole words."""
    one_line = " ".join(text.split())
    if len(one_line) <= SHORT:
        return one_line
    return one_line[:SHORT].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def checked(service: Service) -> str:
    """When somebody last said that it is right, and what to do where that is too long ago."""
    if service.confirmed_on is None:
        return "Nobody has checked this yet. Ring before you go."
    day = f"Checked on {filters.day(service.confirmed_on)}."
    return f"{day} That is some time ago: ring before you go." if service.is_stale else day


def distance(found: Found, outward: str) -> str:
    """How far it is, as the crow flies; or what we know in place of that."""
    if not outward:
        return ""
    if found.metres is not None:
        miles = found.metres / METRES
        return "Less than half a mile away" if miles < 0.5 else f"About {filters.count(round(miles) or 1, 'mile')} away"
    if found.same_outward:
        return f"In {outward}"
    if found.service.held in NOT_AT_A_PLACE:
        return NOT_AT_A_PLACE[found.service.held]
    return (
        "We do not know how far it is" if found.service.at_locations.all() else dict(HELD).get(found.service.held, "")
    )
