"""What people may type about a case and its team. Field names are the actions' argument names."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms

from hearth.casework.cases import queries
from hearth.foundation.accounts.fields import PersonField
from hearth.foundation.ui import fields

SOMEBODY_ELSE = "somebody_else"
IN_WORDS = "in_words"


def worker_choices(workers: Iterable[Any]) -> tuple[list[tuple[str, str]], dict[str, str]]:
    """Choices and hints of people who sign in: the name, then what they do and where."""
    people = list(workers)
    hints = {str(each.id): ", ".join(filter(None, (each.job_title, each.organisation_name))) for each in people}
    return [(str(each.id), each.full_name) for each in people], hints


class WorkerForm(forms.Form):
    """One of the people who were found; the subclass names the field."""

    worker_field = ""

    def __init__(self, *args: Any, workers: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(each.id): each for each in workers}
        field = self.fields[self.worker_field]
        field.choices, field.hints = worker_choices(workers)

    def clean(self) -> dict[str, Any]:
        """The person in place of their key."""
        cleaned = super().clean() or {}
        if self.worker_field in cleaned:
            cleaned[self.worker_field] = self.workers.get(cleaned[self.worker_field])
        return cleaned


class JoinTeamForm(forms.Form):
    """Add somebody who signs in."""

    user = PersonField("Who is joining?", permission="work_case", missing="Enter the name of who is joining")
    role = fields.RadiosField(
        "What are they in the team?",
        choices=lambda: [*queries.team_roles(family=False), (IN_WORDS, "Something else")],
        reveals={IN_WORDS: ["role_words"]},
        missing="Choose what they are in the team",
    )
    role_words = fields.TextField("What do they do?", max_length=60, missing="Say what they do in the team")

    def __init__(self, *args: Any, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].reader = reader

    def clean(self) -> dict[str, Any]:
        """The role as a code of the pack, or as typed."""
        cleaned = super().clean() or {}
        words = cleaned.pop("role_words", "")
        if cleaned.get("role") == IN_WORDS:
            cleaned["role"] = words
        return cleaned


class AddOtherMemberForm(forms.Form):
    """Add a member of the family, or a worker who does not sign in."""

    person = fields.RadiosField(
        "Who is joining?", missing="Choose who is joining", reveals={SOMEBODY_ELSE: ["name", "organisation_name"]}
    )
    name = fields.TextField("Their name", autocomplete="off", missing="Enter the name of the person who is joining")
    organisation_name = fields.TextField("Where they work or how they know the family", required=False, max_length=120)
    role = fields.RadiosField(
        "What are they in the team?", missing="Choose what they are in the team", reveals={IN_WORDS: ["role_words"]}
    )
    role_words = fields.TextField("What do they do?", max_length=60, missing="Say what they do in the team")

    def __init__(self, *args: Any, people: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.id): each for each in people}
        family = [(key, each.full_name) for key, each in self.people.items()]
        self.fields["person"].choices = [*family, (SOMEBODY_ELSE, "Somebody else, who does not sign in")]
        roles = [*queries.team_roles(family=True), *queries.team_roles(family=False)]
        self.fields["role"].choices = [*roles, (IN_WORDS, "Something else")]

    def clean(self) -> dict[str, Any]:
        """The person, or the name with where they come from."""
        cleaned = super().clean() or {}
        words, place = cleaned.pop("role_words", ""), cleaned.pop("organisation_name", "")
        if cleaned.get("role") == IN_WORDS:
            cleaned["role"] = words
        cleaned["person"] = self.people.get(cleaned.get("person", ""))
        cleaned["name"] = (
            f"{cleaned['name']}, {place}"[:200] if cleaned.get("name") and place else cleaned.get("name", "")
        )
        return cleaned


class LeaveTeamForm(forms.Form):
    """Take somebody from the team."""

    member = fields.RadiosField("Who is leaving?", missing="Choose who is leaving the team")

    def __init__(self, *args: Any, members: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(each.id): each for each in members}
        self.fields["member"].choices = [(key, each.who) for key, each in self.members.items()]
        self.fields["member"].hints = {key: queries.role_words(each.role) for key, each in self.members.items()}

    def clean_member(self) -> Any:
        """The member in place of their key."""
        return self.members[self.cleaned_data["member"]]


class NameLeadForm(forms.Form):
    """Name or change the lead practitioner: one of the team, or anybody who works with families."""

    who = fields.RadiosField("Who will lead?", missing="Choose who will lead", reveals={SOMEBODY_ELSE: ["somebody"]})
    somebody = PersonField("Their name", permission="work_case", missing="Enter the name of who will lead")
    seen = fields.SeenField(required=False)

    def __init__(self, *args: Any, reader: Any = None, workers: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.workers = {str(each.id): each for each in workers}
        choices, self.fields["who"].hints = worker_choices(workers)
        self.fields["who"].choices = [*choices, (SOMEBODY_ELSE, "Somebody who is not in the team")]
        self.fields["somebody"].reader = reader

    def clean(self) -> dict[str, Any]:
        """The person who will lead."""
        cleaned = super().clean() or {}
        somebody = cleaned.pop("somebody", None)
        cleaned["lead"] = self.workers.get(cleaned.pop("who", ""), somebody)
        return cleaned


class MoveFamilyForm(forms.Form):
    """Move the family to another district."""

    area = fields.SelectField("Which district does the family live in now?", missing="Choose the district")

    def __init__(self, *args: Any, areas: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = {each.code: each for each in areas}
        self.fields["area"].choices = [(code, each.name) for code, each in self.areas.items()]

    def clean_area(self) -> Any:
        """The district in place of its code."""
        return self.areas[self.cleaned_data["area"]]
