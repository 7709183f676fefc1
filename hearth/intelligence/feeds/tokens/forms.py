"""What is said of a machine that gets a token, and of one that loses it."""

from django import forms

from hearth.foundation.core import clock
from hearth.foundation.ui import fields
from hearth.intelligence.feeds.forms import OfASenderForm
from hearth.intelligence.feeds.models import FeedToken


class MakeFeedTokenForm(OfASenderForm):
    """Which feed, whose data, which machine, and until when."""

    feed = fields.SelectField("What will it send?", missing="Choose what it will send")
    machine = fields.TextField(
        "Which machine is it for?", max_length=120, missing="Say which machine it is for",
        help_text="So that somebody else knows it too, such as “Housing system, nightly export”.",
    )  # fmt: skip
    until_on = fields.DateField(
        "Last day on which it is good", earliest="today", latest=lambda: clock.today() + FeedToken.LONGEST,
        missing="Enter the last day on which it is good", help_text="A year from today at most.",
    )  # fmt: skip


class WithdrawFeedTokenForm(forms.Form):
    """Why a machine may no longer send."""

    why = fields.LongTextField("Why is it withdrawn?", max_length=2000, rows=3, missing="Say why it is withdrawn")
