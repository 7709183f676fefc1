"""What somebody types to link two records, and to undo it."""

from django import forms

from hearth.foundation.ui import fields


class LinkPeopleForm(forms.Form):
    """Which other record, and why it is the same person."""

    other = fields.TextField(
        "Reference of the other record", max_length=12, width=10, help_text="It begins with PE-. You must be able to open it.",
        missing="Enter the reference of the other record", spellcheck=False,
    )  # fmt: skip
    why = fields.LongTextField(
        "Why are you sure that this is one person?", max_length=2000, rows=3,
        help_text="For example: the same NHS number, or their mother told you both names.", missing="Say why you are sure",
    )  # fmt: skip


class UndoLinkForm(forms.Form):
    """Why they are two people after all."""

    why = fields.LongTextField("Why are they two people after all?", max_length=2000, rows=3, missing="Say why")
