"""What is typed of a case study. Field names are the actions' argument names."""

from django import forms

from hearth.foundation.ui import fields

STORY = (
    "What happened for one family, in your words. Change every name, and whatever else would say who they are: a street, a school, a rare "
    "illness."
)


class AddCaseStudyForm(forms.Form):
    """The story, who agreed that it is told, and the statement without which it is not."""

    mark_optional = False
    title = fields.TextField("A title", max_length=120, missing="Write a title", help_text="Nobody’s true name.")
    story = fields.LongTextField(
        "What happened", rows=10, max_length=10_000, missing="Write what happened", help_text=STORY
    )
    consented_by = fields.TextField(
        "Who agreed that it is told?", max_length=120, missing="Say who agreed",
        help_text="Such as: the mother and both children. Nobody’s name: this is read with the story.",
    )  # fmt: skip
    consented_on = fields.DateField(
        "When did they agree?", missing="Enter the day on which they agreed", latest="today"
    )
    consent_kept = fields.TextField(
        "Where is that written down?", max_length=120, missing="Say where their consent is written down",
        help_text="A reference, such as the case’s. It is not in the report.",
    )  # fmt: skip
    names_changed = fields.TickField(
        "I state that they agreed, and that every name in it is changed", required=True,
        missing="State that they agreed and that every name is changed, or do not tell it",
    )  # fmt: skip


class ChangeCaseStudyForm(AddCaseStudyForm):
    """The same, once it is told."""

    seen = fields.SeenField()


class WithdrawCaseStudyForm(forms.Form):
    """It is taken out."""
