"""Which directory is read in."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.ui import fields


class ReadDirectoryForm(forms.Form):
    """One of the directories that the setting names."""

    feed = fields.RadiosField("Which directory?", missing="Choose a directory")
    everything = fields.TickField("Read all of it again, also what has not changed")

    def __init__(self, *args: Any, feeds: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.feeds = {str(number): feed for number, feed in enumerate(feeds)}
        self.fields["feed"].choices = [(key, feed.name) for key, feed in self.feeds.items()]

    def said(self) -> dict[str, Any]:
        """The action's arguments."""
        feed = self.feeds[self.cleaned_data["feed"]]
        return {"name": feed.name, "address": feed.address, "everything": self.cleaned_data["everything"]}
