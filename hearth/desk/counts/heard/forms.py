"""What narrows the figures. What cannot be read is left out, never an error."""

from hearth.desk.counts.forms import PeriodForm, month_of
from hearth.desk.counts.heard import queries
from hearth.foundation.ui import fields


class TimesForm(PeriodForm):
    """Which district, which kind of panel, and how far back."""

    field_order = ("area", "kind", "period")

    kind = fields.SelectField("Kind of panel", choices=queries.kinds, required=False, empty="Every kind")

    def wanted(self) -> queries.Wanted:
        """What was asked, and of a figure that is opened, which month."""
        self.is_valid()
        kept = {key: value for key, value in self.cleaned_data.items() if value}
        return queries.Wanted(**kept, month=month_of(self.data.get("month", "")))
