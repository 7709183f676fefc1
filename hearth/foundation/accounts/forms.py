"""What a manager may type about somebody who signs in."""

from typing import Any

from django import forms

from hearth.foundation.accounts import choices, queries
from hearth.foundation.accounts.models import Organisation, User
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields


class _RoleFields(forms.Form):
    """A role: which, where, in which team, until when. Only what the reader may give is offered."""

    role = fields.SelectField("What is their role?", empty="Choose a role", missing="Choose a role")
    area = fields.SelectField("Where do they work?", empty="Choose an area", missing="Choose an area")
    team = fields.SelectField("Which team are they in?", empty="No team", required=False)
    until_on = fields.DateField(
        "Last day of the role",
        required=False,
        earliest="today",
        help_text="Leave this empty if you do not know. The role ends by itself.",
    )

    def __init__(self, *args: Any, by: User, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = choices.roles_to_give(by, organisation)
        self.fields["area"].choices = choices.areas_to_give(by)
        self.teams = {team.name: team for team in queries.teams_of(organisation)}
        self.fields["team"].choices = [(name, name) for name in self.teams]
        if not self.teams:
            del self.fields["team"]

    def clean_area(self) -> Any:
        """The area, or None for the whole authority."""
        return choices.area_of(self.cleaned_data["area"])

    def clean_team(self) -> Any:
        """The team, or None."""
        return self.teams.get(self.cleaned_data["team"])


class AppointPersonForm(_RoleFields):
    """Another role for somebody who is here already."""


class InvitePersonForm(_RoleFields):
    """Somebody new."""

    full_name = fields.TextField("Full name", autocomplete="off", missing="Enter their name", spellcheck=False)
    email = fields.EmailField(
        "E-mail address",
        autocomplete="off",
        missing="Enter their e-mail address at work",
        help_text="Their own address at work. The invitation goes there, and nobody else can use it.",
    )
    job_title = fields.TextField("Job title", required=False, max_length=120)
    field_order = ("full_name", "email", "job_title", "role", "area", "team", "until_on")


class EndAppointmentForm(forms.Form):
    """Which of somebody's roles ends."""

    appointment = fields.RadiosField("Which role ends?", missing="Choose the role that ends")

    def __init__(self, *args: Any, held: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {str(one.id): one for one in held}
        self.fields["appointment"].choices = [(key, one.in_words) for key, one in self.held.items()]

    def clean_appointment(self) -> Any:
        """The role."""
        return self.held[self.cleaned_data["appointment"]]


class ColleaguesForm(forms.Form):
    """Whom the list shows."""

    mark_optional = False
    words = fields.TextField("Name, job or e-mail", required=False, max_length=100)
    organisation = fields.SelectField("Organisation", required=False, empty="All organisations")
    closed = fields.TickField("Closed accounts")

    def __init__(self, *args: Any, reader: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if reader.may("administer"):
            self.fields["organisation"].choices = [(one.name, one.name) for one in queries.organisations()]
        else:
            del self.fields["organisation"]
        if not reader.may("invite_people"):
            del self.fields["closed"]


class ChooseOrganisationForm(forms.Form):
    """Of which organisation somebody is invited."""

    organisation = fields.SelectField("Organisation", missing="Choose an organisation")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = [(one.name, one.name) for one in queries.organisations()]


class AddOrganisationForm(forms.Form):
    """An agency."""

    name = fields.TextField("Name of the organisation", missing="Enter the name of the organisation")
    sector = fields.SelectField(
        "Sector",
        empty="Choose a sector",
        missing="Choose a sector",
        choices=lambda: offered(pack().organisations.sectors),
    )


class AddTeamForm(forms.Form):
    """A team."""

    name = fields.TextField("Name of the team", max_length=120, missing="Enter the name of the team")
    area = fields.SelectField("Where does it work?", empty="Everywhere", required=False)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = choices.areas_to_give(by)

    def clean_area(self) -> Any:
        """The area, or None for everywhere."""
        return choices.area_of(self.cleaned_data["area"])
