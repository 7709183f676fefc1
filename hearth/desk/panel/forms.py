"""What is typed about the panel."""

from django import forms

from hearth.foundation.ui import fields


class RecordPanelForm(forms.Form):
    """What the panel said, or when it meets about the family."""

    heard = fields.YesNoField(
        "Has the panel discussed this family?",
        missing="Say whether the panel has discussed this family",
        reveals={"yes": ["heard_on", "words"], "no": ["due_on"]},
    )
    heard_on = fields.DateField("When?", latest="today", missing="Enter the day of the panel", subject="The day")
    words = fields.LongTextField(
        "What did it say, and who does what next?",
        missing="Write what the panel said",
        max_length=8000,
        help_text="It is kept as a note of the case, and stands in the chronology.",
    )
    due_on = fields.DateField(
        "At which meeting will it be discussed?", earliest="today", missing="Enter the day", subject="The day"
    )
