"""What people type about an entry."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.foundation.core.pack import offered, pack
from hearth.foundation.core.postcodes import postcode_of
from hearth.foundation.core.text import upper_first
from hearth.foundation.ui import fields
from hearth.records.directory import rules
from hearth.records.directory.entries import EMPTY, PLACE, SAID, WEEK, Entry
from hearth.records.directory.models import HELD, PLACES, STATUSES, WAYS_IN
from hearth.records.directory.words import DAY_NAMES, WEEKDAYS, days_words

TIMES = 4  # an entry with more keeps the others as they are
COSTS = (("free", "It is free"), ("paid", "There is a charge"), ("unknown", "I do not know"))
OF_PLACE = ("place_name", "address_1", "city", "county", "postcode", "accessibility", "accessibility_words")


class ChangeServiceForm(forms.Form):
    """A whole entry, one screen: what, for whom, how to reach it, where and when."""

    name = fields.TextField("What is it called?", missing="Enter what the service is called")
    description = fields.LongTextField(
        "What happens there?",
        help_text="Two or three sentences, as you would tell a parent.",
        max_length=4000,
        missing="Say in a few words what the service does",
    )
    status = fields.SelectField("Is it running?", choices=STATUSES, empty="", missing="Choose whether it is running")
    alert = fields.TextField(
        "Is anything different just now?", required=False, max_length=500, help_text="Such as a week when it is shut."
    )
    needs = fields.CheckboxesField(
        "What does it help with?", choices=lambda: offered(pack().directory.needs), missing="Tick what it helps with", small=True
    )  # fmt: skip
    circumstances = fields.CheckboxesField(
        "Is it for people in a certain situation?", choices=lambda: offered(pack().directory.circumstances), required=False, small=True
    )  # fmt: skip
    who_for = fields.TextField(
        "Who is it for?", required=False, max_length=500, help_text="And who decides, if somebody does."
    )
    minimum_age = fields.NumberField("Youngest age", required=False, max_value=rules.OLDEST, width=3)
    maximum_age = fields.NumberField("Oldest age", required=False, max_value=rules.OLDEST, width=3)
    way_in = fields.SelectField("How do people get in?", choices=WAYS_IN, required=False)
    held = fields.SelectField("How is it held?", choices=HELD, required=False)
    cost = fields.RadiosField("What does it cost?", choices=COSTS, required=False)
    fees = fields.TextField("How much, for whom?", required=False, max_length=500)
    phone = fields.PhoneField("Telephone", required=False)
    email = fields.EmailField("E-mail address", required=False, autocomplete="off")
    url = fields.TextField(
        "Web page", required=False, max_length=500, help_text="Such as https://www.example.org/stay-and-play"
    )
    contact_name = fields.TextField("Whom should people ask for?", required=False)
    contact_title = fields.TextField("Their job", required=False)
    languages = fields.CheckboxesField(
        "Languages beside English", choices=lambda: offered(pack().directory.languages), required=False, small=True
    )  # fmt: skip
    accreditations = fields.TextField("Accreditations", required=False, max_length=500)
    place_name = fields.TextField("Name of the place", required=False)
    address_1 = fields.TextField("Street", required=False, max_length=300)
    city = fields.TextField("Town", required=False, max_length=120)
    county = fields.TextField("County", required=False, max_length=120)
    postcode = fields.TextField(
        "Postcode", required=False, max_length=20, width=10, help_text="By it the finder says how far away it is."
    )
    accessibility = fields.CheckboxesField(
        "What does the place have?", choices=lambda: offered(pack().directory.accessibility), required=False, small=True
    )  # fmt: skip
    accessibility_words = fields.TextField("Anything else about getting in?", required=False, max_length=500)
    version = fields.VersionField()

    def __init__(self, *args: Any, entry: Mapping[str, Any] = EMPTY, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry_now = entry
        for number in range(1, TIMES + 1):
            self.fields[f"days_{number}"] = fields.SelectField(
                "Day", choices=_days_with(entry, number), required=False, empty="None"
            )
            self.fields[f"opens_{number}"] = fields.TimeField("From", required=False)
            self.fields[f"closes_{number}"] = fields.TimeField("Until", required=False)
            self.fields[f"note_{number}"] = fields.TextField("Note", required=False, max_length=200)

    def clean_url(self) -> str:
        """A web address, with what people leave out."""
        return _web_address(self.cleaned_data["url"])

    def clean_postcode(self) -> str:
        """A whole postcode."""
        typed = self.cleaned_data["postcode"]
        if typed and not postcode_of(typed):
            raise ValidationError("Enter a whole postcode, such as BB11 1AA")
        return postcode_of(typed) if typed else ""

    def clean(self) -> dict[str, Any]:
        """Ages and times the right way round; a time has a day."""
        cleaned = super().clean() or {}
        least, most = cleaned.get("minimum_age"), cleaned.get("maximum_age")
        if least is not None and most is not None and least > most:
            self.add_error("minimum_age", "The youngest age must not be above the oldest")
        for number in range(1, TIMES + 1):
            days, opens, closes = (cleaned.get(f"{name}_{number}") for name in ("days", "opens", "closes"))
            if (opens or closes) and not days:
                self.add_error(f"days_{number}", "Choose the day of this time")
            elif opens and closes and opens >= closes:
                self.add_error(f"closes_{number}", "This time must end after it begins")
        return cleaned

    def entry(self) -> Entry:
        """The whole entry, as the action takes it; what this page does not show stays as it is."""
        typed = self.cleaned_data
        said = {name: typed[name] for name in SAID if name in typed and name not in ("is_free",)}
        return {
            **said,
            "is_free": {"free": True, "paid": False}.get(typed["cost"]),
            "minimum_age": _age(typed["minimum_age"]),
            "maximum_age": _age(typed["maximum_age"]),
            "languages": sorted(typed["languages"]),
            **{name: sorted(typed[name]) for name in ("needs", "circumstances")},
            **{name: typed[name] for name in ("contact_name", "contact_title")},
            "places": [*self._place(), *self.entry_now["places"][1:]],
            "sessions": [*self._sessions(), *self.entry_now["sessions"][TIMES:]],
        }

    def _place(self) -> list[Entry]:
        typed = {name.removeprefix("place_"): self.cleaned_data[name] for name in OF_PLACE}
        typed["accessibility"] = sorted(typed["accessibility"])
        if not any(typed[name] for name in ("name", "address_1", "city", "postcode")):
            return []
        before = self.entry_now["places"][0] if self.entry_now["places"] else dict.fromkeys(PLACE) | {"id": ""}
        moved = typed["postcode"] != before["postcode"]
        point = {name: None if moved else before[name] for name in ("latitude", "longitude")}
        return [{**before, **typed, **point}]

    def _sessions(self) -> list[Entry]:
        found = []
        for number in range(1, TIMES + 1):
            days, opens, closes, note = (
                self.cleaned_data[f"{name}_{number}"] for name in ("days", "opens", "closes", "note")
            )
            if days:
                hours = {"opens_at": _minutes(opens), "closes_at": _minutes(closes)}
                found.append({"days": days.split(","), **hours, "description": note})
        return found


def _web_address(typed: str) -> str:
    url = f"https://{typed}" if typed and "://" not in typed else typed
    try:
        if url:
            rules.a_web_address(url)
    except ValidationError:
        raise ValidationError("Enter a web address, such as https://www.example.org") from None
    return url


def _age(value: Any) -> float | None:
    return float(value) if value is not None else None


def _minutes(time: Any) -> str:
    return time.isoformat("minutes") if time else ""


def _days_with(entry: Mapping[str, Any], number: int) -> list[tuple[str, str]]:
    """The days one may choose, and with them what the entry has there now."""
    usual = [(",".join(WEEKDAYS), "Monday to Friday"), *DAY_NAMES.items(), (",".join(WEEK), "Every day")]
    usual += [
        (f"{which}{day}", upper_first(days_words([f"{which}{day}"]))) for which in (1, 2, 3, 4, -1) for day in WEEK[:6]
    ]
    now = entry["sessions"][number - 1]["days"] if len(entry["sessions"]) >= number else []
    had = ",".join(now)
    return usual if not had or had in dict(usual) else [(had, days_words(now)), *usual]


def as_typed(entry: Mapping[str, Any], version: int) -> dict[str, Any]:
    """What an entry says, in the boxes of its form."""
    place = entry["places"][0] if entry["places"] else {}
    typed = {
        name: entry[name]
        for name in (*SAID, "needs", "circumstances", "contact_name", "contact_title")
        if name != "is_free"
    }
    typed |= {name: place.get(name.removeprefix("place_"), [] if name == "accessibility" else "") for name in OF_PLACE}
    typed |= {name: None if entry[name] is None else f"{entry[name]:g}" for name in ("minimum_age", "maximum_age")}
    for number, session in enumerate(entry["sessions"][:TIMES], 1):
        typed |= {
            f"days_{number}": ",".join(session["days"]), f"opens_{number}": _typed(session["opens_at"]),
            f"closes_{number}": _typed(session["closes_at"]), f"note_{number}": session["description"],
        }  # fmt: skip
    return typed | {"cost": {True: "free", False: "paid"}.get(entry["is_free"], "unknown"), "version": version}


def _typed(time: str) -> Any:
    return dt.time.fromisoformat(time) if time else None


class AddServiceForm(ChangeServiceForm):
    """A new entry, and whose it is."""

    organisation = fields.SelectField("Whose service is it?", missing="Choose the organisation")

    def __init__(self, *args: Any, organisations: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(each.id): each for each in organisations}
        self.fields["organisation"].choices = [(key, each.name) for key, each in self.by_key.items()]
        if len(self.by_key) == 1:
            self.fields["organisation"].initial = next(iter(self.by_key))

    def clean_organisation(self) -> Any:
        """The organisation itself."""
        return self.by_key[self.cleaned_data["organisation"]]


class ListOrganisationForm(forms.Form):
    """An organisation, as families will read of it."""

    agency = fields.SelectField(
        "Whose people will keep its entries?", required=False, empty="Nobody who signs in",
        help_text="They sign in with a role that keeps entries: provider, or manager.",
    )  # fmt: skip
    name = fields.TextField("What is it called?", missing="Enter what the organisation is called")
    description = fields.LongTextField("What is it?", max_length=2000, rows=3, missing="Say in a line what it is")
    email = fields.EmailField("E-mail address", required=False, autocomplete="off")
    website = fields.TextField("Web page", required=False, max_length=500)

    def __init__(self, *args: Any, agencies: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(each.id): each for each in agencies}
        self.fields["agency"].choices = [(key, each.name) for key, each in self.by_key.items()]

    def clean_agency(self) -> Any:
        """The agency itself, or nobody."""
        return self.by_key.get(self.cleaned_data["agency"])

    def clean_website(self) -> str:
        """A web address, with what people leave out."""
        return _web_address(self.cleaned_data["website"])


class ChangeOrganisationForm(ListOrganisationForm):
    """The same, as it should be listed."""

    seen = fields.SeenField()


class SayPlacesForm(forms.Form):
    """Whether there are places now."""

    places = fields.RadiosField(
        "Are there places now?", choices=PLACES, missing="Choose whether there are places", reveals={"waiting": ["waiting_weeks"]}
    )  # fmt: skip
    waiting_weeks = fields.NumberField(
        "About how many weeks do people wait?", required=False, max_value=rules.LONGEST_WAIT, width=3
    )


class ConfirmServiceForm(forms.Form):
    """Nothing to type: it is still right."""


class DirectoryForm(forms.Form):
    """Filters of the list; what cannot be read is left out, never an error."""

    mark_optional = False

    words = fields.TextField("Words", required=False, help_text="Of the name, the place or the organisation.")
    show = fields.SelectField(
        "Show", choices=[("due", "To confirm soon, or stale")], required=False, empty="Every entry"
    )


class ApproveServiceChangeForm(forms.Form):
    """What the steward saw beside it."""

    version = fields.VersionField()


class DeclineServiceChangeForm(forms.Form):
    """Why it is not published."""

    why = fields.LongTextField(
        "Why is it declined?", help_text="They read this, so say what to change.", rows=3, max_length=2000,
        missing="Say why, so that they can send it again",
    )  # fmt: skip
