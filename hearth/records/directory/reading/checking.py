"""Whether an entry is as the standard says, and what it says: every fault at once, each as a sentence."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from hearth.foundation.core.postcodes import postcode_of
from hearth.foundation.core.text import clean
from hearth.records.directory.entries import WEEK
from hearth.records.directory.models import STATUSES
from hearth.records.directory.rules import a_web_address

KINDS = ("physical", "postal", "virtual")
Entry = dict[str, Any]


class Reading:
    """One object of an entry, read field by field. `faults` is shared by all objects of the entry."""

    def __init__(self, told: Entry, where: str, faults: list[str]) -> None:
        self.told, self.where, self.faults = told, where, faults

    def fault(self, name: str, sentence: str) -> None:
        """Note what is wrong with a field."""
        self.faults.append(f"{self.where}{name} {sentence}")

    def text(self, name: str, longest: int = 20_000, *, needed: bool = False) -> str:
        """Words. A number is no words; nothing is nothing."""
        value = self.told.get(name)
        if value is None or value == "":
            if needed:
                self.fault(name, "is missing")
            return ""
        if not isinstance(value, str):
            self.fault(name, f"is no text ({str(value)[:40]})")
            return ""
        value = clean(value).strip()
        if len(value) > longest:
            self.fault(name, f"is longer than {longest} letters")
        if needed and not value:
            self.fault(name, "is missing")
        return value[:longest]

    def key(self, name: str = "id") -> uuid.UUID | None:
        """A key, which must be a UUID."""
        try:
            return uuid.UUID(self.text(name, 100, needed=True))
        except ValueError:
            if self.told.get(name):
                self.fault(name, f"is no UUID ({str(self.told[name])[:40]})")
            return None

    def one_of(self, name: str, allowed: tuple[str, ...], otherwise: str = "") -> str:
        """One of a few words."""
        value = self.text(name, 200, needed=not otherwise) or otherwise
        if value and value not in allowed:
            self.fault(name, f"is none of {', '.join(allowed)} ({value[:40]})")
        return value

    def checked(self, name: str, longest: int, check: Callable[[str], None], what: str) -> str:
        """Words that something checks, such as an address."""
        value = self.text(name, longest)
        try:
            if value:
                check(value)
        except ValidationError:
            self.fault(name, f"is no {what} ({value[:60]})")
        return value

    def web(self, name: str) -> str:
        """A web address."""
        return self.checked(name, 500, a_web_address, "web address")

    def email(self, name: str) -> str:
        """An e-mail address."""
        return self.checked(name, 254, validate_email, "e-mail address")

    def number(self, name: str, least: float = 0, most: float = 1_000_000) -> float | None:
        """A number; one that cannot be is a fault."""
        value = self.told.get(name)
        if value is None or value == "":
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or not least <= value <= most:
            self.fault(name, f"is no number from {least:g} to {most:g} ({str(value)[:40]})")
            return None
        return float(value)

    def day(self, name: str) -> dt.date | None:
        """A day; of a moment, its day."""
        return self._parsed(name, lambda text: dt.date.fromisoformat(text[:10]), "date")

    def time(self, name: str) -> dt.time | None:
        """A time of day."""
        return self._parsed(
            name, lambda text: dt.time.fromisoformat(text.removesuffix("Z")).replace(tzinfo=None), "time"
        )

    def moment(self, name: str) -> dt.datetime | None:
        """A moment; without a zone it is UTC."""
        found = self._parsed(name, lambda text: dt.datetime.fromisoformat(text.replace("Z", "+00:00")), "moment")
        return found.replace(tzinfo=dt.UTC) if found is not None and found.tzinfo is None else found

    def _parsed(self, name: str, parse: Callable[[str], Any], what: str) -> Any:
        text = self.text(name, 60)
        try:
            return parse(text) if text else None
        except ValueError:
            self.fault(name, f"is no {what} ({text[:40]})")
            return None

    def objects(self, name: str) -> list["Reading"]:
        """Each object of a list."""
        told = self.told.get(name)
        if told is None:
            return []
        if not isinstance(told, list):
            self.fault(name, "is no list")
            return []
        found = [
            Reading(each, f"{self.where}{name}[{n}].", self.faults)
            for n, each in enumerate(told)
            if isinstance(each, dict)
        ]
        if len(found) < len(told):
            self.fault(name, "holds something that is no object")
        return found

    def object(self, name: str, *, needed: bool = False) -> "Reading | None":
        """An object within this one."""
        told = self.told.get(name)
        if isinstance(told, dict):
            return Reading(told, f"{self.where}{name}.", self.faults)
        if told is not None or needed:
            self.fault(name, "is missing" if told is None else "is no object")
        return None


def check(entry: Entry) -> tuple[Entry, list[str]]:
    """What an entry says, ready to be written; and each fault."""
    faults: list[str] = []
    told = Reading(entry, "", faults)
    organisation = told.object("organization", needed=True)
    least, most = told.number("minimum_age", 0, 200), told.number("maximum_age", 0, 200)
    if least is not None and most is not None and least > most:
        told.fault("minimum_age", f"is above maximum_age ({least:g}, {most:g})")
    read = {
        "id": told.key(),
        "organisation": _organisation(organisation) if organisation else {},
        "locations": [_at(each) for each in told.objects("service_at_locations")],
        "schedules": [_schedule(each) for each in told.objects("schedules")],
        "terms": [found for each in told.objects("attributes") if (found := _term(each)) is not None],
        "assured_on": told.day("assured_date"),
        "modified": told.moment("last_modified"),
        "columns": {
            "name": told.text("name", 200, needed=True), "description": told.text("description"), "url": told.web("url"),
            "email": told.email("email"), "status": told.one_of("status", tuple(code for code, _ in STATUSES)),
            "fees": told.text("fees"), "accreditations": told.text("accreditations"), "alert": told.text("alert"),
            "minimum_age": least, "maximum_age": most, "who_for": told.text("eligibility_description"),
            "costs": _parts(told, "cost_options", ("option", "amount_description"), ("amount",), ("valid_from", "valid_to")),
            "contacts": _contacts(told), "funding": _parts(told, "funding", ("source",)),
            "areas_served": _parts(told, "service_areas", ("name", "extent", "extent_type", "uri", "service_area")),
            "languages": [word[:60] for each in told.objects("languages") if (word := each.text("name", 60) or each.text("language", 60))],
        },
    }  # fmt: skip
    return read, faults


def _organisation(told: Reading) -> Entry:
    name = told.text("name", 200, needed=True)
    return {
        "id": told.key(), "name": name, "description": told.text("description") or name, "email": told.email("email"),
        "website": told.web("website"), "logo": told.text("logo", 500), "uri": told.web("uri"),
        "parent_id_given": _uuid(told.text("parent_organization_id", 100)),
        "identifiers": _parts(told, "organization_identifiers", ("identifier_scheme", "identifier_type", "identifier")),
    }  # fmt: skip


def _at(told: Reading) -> Entry:
    at: Entry = {"id": told.key(), "location": None}
    if location := told.object("location", needed=True):
        at["location"] = _location(location)
    return at


def _location(told: Reading) -> Entry:
    addresses = [_address(each) for each in told.objects("addresses")]
    first = addresses[0] if addresses else {}
    latitude, longitude = _degrees(told, "latitude", 90), _degrees(told, "longitude", 180)
    known = latitude is not None and longitude is not None
    return {
        "id": told.key(), "kind": told.one_of("location_type", KINDS, "physical"), "name": told.text("name", 200),
        "description": told.text("description"), "latitude": latitude if known else None, "longitude": longitude if known else None,
        "external_id": told.text("external_identifier", 100), "external_id_kind": told.text("external_identifier_type", 50),
        "address_1": first.get("address_1", ""), "city": first.get("city", ""), "region": first.get("region", ""),
        "county": first.get("state_province", ""), "postcode": postcode_of(first.get("postal_code", "")) or first.get("postal_code", ""),
        "country": first.get("country", "GB"), "attention": first.get("attention", ""), "addresses_as_told": addresses,
        "accessibility_words": ". ".join(word for each in told.objects("accessibility") if (word := each.text("description"))),
    }  # fmt: skip


def _degrees(told: Reading, name: str, most: float) -> float | None:
    """A point that lies nowhere on the globe is no reason to lose the entry: it has no point then."""
    value = told.told.get(name)
    if value is None or isinstance(value, bool) or not isinstance(value, int | float):
        return told.number(name, -most, most)
    return float(value) if abs(value) <= most else None


def _address(told: Reading) -> Entry:
    found = {name: told.text(name, 300) for name in ("attention", "address_1", "region")}
    found |= {name: told.text(name, 120) for name in ("city", "state_province")}
    found["postal_code"], found["country"] = told.text("postal_code", 20), told.text("country", 100)[:2].upper() or "GB"
    found["address_type"] = told.one_of("address_type", KINDS, "physical")
    needed = {"address_1", "city", "state_province", "postal_code", "country", "address_type"}
    key = told.key()
    return {"id": str(key)} | {name: value for name, value in found.items() if value or name in needed}


def _schedule(told: Reading) -> Entry:
    byday = [day.strip().upper() for day in told.text("byday", 200).replace(";", ",").split(",") if day.strip()]
    if wrong := [day for day in byday if day[-2:] not in WEEK or not _is_which(day[:-2])]:
        told.fault("byday", f"has no days in {', '.join(wrong)[:40]}")
    return {
        "id": told.key(), "days": [day[:6] for day in byday], "freq": told.one_of("freq", ("WEEKLY", "MONTHLY"), "WEEKLY"),
        "interval": told.number("interval", 0, 1000), "month_days": told.text("bymonthday", 100), "opens_at": told.time("opens_at"),
        "closes_at": told.time("closes_at"), "starts_on": told.day("dtstart"), "valid_from": told.day("valid_from"),
        "valid_to": told.day("valid_to"), "description": told.text("description"), "link": told.web("schedule_link"),
        "attending": told.text("attending_type"), "notes": told.text("notes"), "at": _uuid(told.text("service_at_location_id", 100)),
    }  # fmt: skip


def _is_which(text: str) -> bool:
    return not text or (text.lstrip("+-").isdigit() and len(text) <= 3)


def _term(told: Reading) -> Entry | None:
    term = told.object("taxonomy_term")
    if term is None:  # what a term is called we learn from the term alone
        return None
    name = term.text("name", 300, needed=True)
    return {
        "id": told.key(), "link_type": told.text("link_type", 100), "term_id": term.key(), "name": name,
        "description": term.text("description") or name, "taxonomy": term.text("taxonomy", 200) or "Not named",
        "taxonomy_id": _uuid(term.text("taxonomy_id", 100)), "parent_id_given": _uuid(term.text("parent_id", 100)),
        "term_uri": term.web("term_uri"), "code": term.text("term", 100) or name[:100],
    }  # fmt: skip


def _parts(
    told: Reading, name: str, words: tuple[str, ...], numbers: tuple[str, ...] = (), days: tuple[str, ...] = ()
) -> list[Entry]:
    """Parts that have no table of their own, in the standard's own shape."""
    found = []
    for each in told.objects(name):
        said: Entry = {word: each.text(word) for word in words} | {number: each.number(number) for number in numbers}
        said |= {day: on.isoformat() if (on := each.day(day)) else "" for day in days}
        found.append({"id": str(each.key())} | {key: value for key, value in said.items() if value not in (None, "")})
    return found


def _contacts(told: Reading) -> list[Entry]:
    found = []
    for each in told.objects("contacts"):
        phones = [
            {"id": str(phone.key()), "number": phone.text("number", 40, needed=True)}
            for phone in each.objects("phones")
        ]
        contact = {"id": str(each.key())} | {
            name: value for name in ("name", "title") if (value := each.text(name, 200))
        }
        found.append(contact | ({"phones": phones} if phones else {}))
    return found


def _uuid(text: str) -> str:
    """A key that is one, or nothing."""
    try:
        return str(uuid.UUID(text)) if text else ""
    except ValueError:
        return ""
