"""What is said of a machine that gets a token, and of one that loses it."""

from typing import Any

from django import forms

from hearth.foundation.core import clock
from hearth.foundation.ui import fields
from hearth.intelligence.feeds.layout import Layout
from hearth.intelligence.feeds.models import FeedToken


class MakeFeedTokenForm(forms.Form):
    """Which feed, whose data, which machine, and until when."""

    feed = fields.SelectField("What will it send?", missing="Choose what it will send")
    organisation = fields.SelectField("Whose data is it?", missing="Choose whose data it is")
    machine = fields.TextField(
        "Which machine is it for?", max_length=120, missing="Say which machine it is for",
        help_text="So that somebody else knows it too, such as “Housing system, nightly export”.",
    )  # fmt: skip
    until_on = fields.DateField(
        "Last day on which it is good", earliest="today", latest=lambda: clock.today() + FeedToken.LONGEST,
        missing="Enter the last day on which it is good", help_text="A year from today at most.",
    )  # fmt: skip

    def __init__(self, *args: Any, feeds: dict[str, Layout], senders: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(organisation.id): organisation for organisation in senders}
        named: Any = self.fields
        named["feed"].choices = [(code, layout.title) for code, layout in feeds.items()]
        named["organisation"].choices = [(key, found.name) for key, found in self.by_key.items()]

    def clean_organisation(self) -> Any:
        """The organisation itself."""
        return self.by_key[self.cleaned_data["organisation"]]


class WithdrawFeedTokenForm(forms.Form):
    """Why a machine may no longer send."""

    why = fields.LongTextField("Why is it withdrawn?", max_length=2000, rows=3, missing="Say why it is withdrawn")
