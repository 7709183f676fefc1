"""Which team a case is given to."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.casework.cases.holding.actions import NOBODY
from hearth.foundation.ui import fields

NO_TEAM = "none"


class GiveToTeamForm(forms.Form):
    """A team that works in the district, or none."""

    team = fields.RadiosField("Which team holds this case?", missing="Choose a team, or that no team holds it")
    seen = fields.SeenField(required=False)

    def __init__(self, *args: Any, teams: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.teams = {str(team.id): team for team in teams}
        self.fields["team"].choices = [*((key, team.name) for key, team in self.teams.items()), (NO_TEAM, NOBODY)]

    def clean_team(self) -> Any:
        """The team in place of its key; None for none."""
        return self.teams.get(self.cleaned_data["team"])
