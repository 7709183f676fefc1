"""What is sent of a list: what was looked at before. Field names are the action's argument names."""

from django import forms

from hearth.foundation.ui import fields


class SendPanelListForm(forms.Form):
    """The items that the page showed: what came since is looked at first."""

    items = fields.HiddenField(max_length=2000, missing="Open this page again, and look at who gets the list")

    def clean_items(self) -> list[str]:
        """Their references."""
        return str(self.cleaned_data["items"]).split()
