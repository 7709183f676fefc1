"""What a person says when they send a partner's file, decide a row, or take a load back."""

from typing import Any

from django import forms

from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.ui import fields
from hearth.intelligence.feeds.layout import Layout


class OfASenderForm(forms.Form):
    """Which feed, and whose data."""

    feed = fields.SelectField("What is in the file?", missing="Choose what is in the file")
    organisation = fields.SelectField("Whose data is it?", missing="Choose whose data it is")

    def __init__(self, *args: Any, feeds: dict[str, Layout], senders: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(organisation.id): organisation for organisation in senders}
        named: Any = self.fields
        named["feed"].choices = [(code, layout.title) for code, layout in feeds.items()]
        named["organisation"].choices = [(key, found.name) for key, found in self.by_key.items()]

    def clean_organisation(self) -> Any:
        """The organisation itself."""
        return self.by_key[self.cleaned_data["organisation"]]


class SendFileForm(OfASenderForm):
    """The same, for where and which days, and the file."""

    area = fields.SelectField("Which area is it about?", missing="Choose an area")
    covers_from = fields.DateField("First day it covers", missing="Enter the first day that the file covers")
    covers_until = fields.DateField("Last day it covers", missing="Enter the last day that the file covers")
    as_at = fields.DateField(
        "As at",
        latest="today",
        missing="Enter the day on which the sender's records were like this",
        help_text="The day on which the sender's own records were like this.",
    )
    file = fields.FileField(
        "The file", accept=".csv,.txt,.tsv,.xlsx", missing="Choose the file", help_text="CSV or Excel."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields
        named["area"].choices = [("all", "The whole authority"), *((d.code, d.name) for d in pack().areas.districts)]
        named["area"].initial = "all"
        named["as_at"].initial = clock.today()


class FixRowForm(forms.Form):
    """A row's cells, by the sender's headers, as the file has them."""

    def __init__(self, *args: Any, layout: Layout, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for column in layout.columns:
            self.fields[column.name] = fields.TextField(column.header, required=False, max_length=500)


class WaiveRowsForm(forms.Form):
    """Why rows are left out."""

    why = fields.LongTextField("Why may it be left out?", max_length=2000, rows=3, missing="Say why it may be left out")


class ReverseLoadForm(forms.Form):
    """Why a load is taken back."""

    why = fields.LongTextField("Why is it taken back?", max_length=2000, rows=3, missing="Say why it is taken back")
