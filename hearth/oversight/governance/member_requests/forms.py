"""What people type about members' requests. Field names are the actions' argument names."""

from typing import Any

from django import forms

from hearth.commissioning.contracts.forms import ChosenForm
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields

NOBODY = "It is about the service: no family’s name, and nothing by which one could be told."


class MemberRequestForm(ChosenForm):
    """What was asked."""

    asked_by = fields.TextField(
        "Who asked?",
        max_length=120,
        missing="Say who asked",
        help_text="The member or the committee, as the minutes have it.",
    )
    meeting = fields.TextField(
        "In which meeting?",
        max_length=160,
        missing="Say in which meeting",
        help_text="Or how else it was asked, such as by letter.",
    )
    asked_on = fields.DateField("On which day?", latest="today", missing="Enter the day on which it was asked")
    kind = fields.SelectField(
        "What was asked for?",
        choices=lambda: offered(pack().governance.asked_kinds),
        missing="Choose what was asked for",
    )
    what = fields.LongTextField(
        "In which words?",
        max_length=4000,
        missing="Write what was asked",
        help_text=f"As the minutes have it. {NOBODY}",
    )
    due_on = fields.DateField("By which day is it due?", missing="Enter the day by which it is due")
    due_words = fields.TextField(
        "If no day was named, what was said?",
        max_length=80,
        required=False,
        help_text="Such as autumn, or the next meeting but one.",
    )
    owner = fields.SelectField(
        "Who answers for it?",
        missing="Choose who answers for it",
        help_text="They are told now, before it is due, and once it is late.",
    )
    only_roles = fields.CheckboxesField(
        "Who reads it?", required=False, small=True,
        help_text="Leave all unticked, and whoever sees the register reads it. Tick roles to keep it to them: its owner and the board read it too.",
    )  # fmt: skip

    def __init__(self, *args: Any, roles: Any = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["only_roles"].choices = list(roles)


class NoteMemberRequestForm(MemberRequestForm):
    """A new one, with where it belongs."""

    area = fields.SelectField("Where does it belong?", required=False, empty="The whole authority")

    def __init__(self, *args: Any, whole: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not whole:
            field: Any = self.fields["area"]
            field.required, field.empty = True, "Choose one"
            field.error_messages["required"] = "Choose where it belongs"


class ChangeMemberRequestForm(MemberRequestForm):
    """The same of one that is there, with the letters for what its writer saw."""

    seen = fields.SeenField(required=False)


class WriteMemberAnswerForm(forms.Form):
    """The answer."""

    words = fields.LongTextField(
        "What is the answer?",
        rows=10,
        missing="Write the answer",
        help_text=f"As the member will read it, once it is approved. {NOBODY}",
    )


class DecideMemberAnswerForm(forms.Form):
    """Approved, or returned."""

    approve = fields.YesNoField("Do you approve it?", missing="Say whether you approve it")
    comment = fields.LongTextField(
        "If not, what is to be changed?", rows=3, max_length=2000, required=False, help_text=NOBODY
    )

    def clean(self) -> dict[str, Any]:
        """What is returned says why."""
        cleaned = super().clean() or {}
        if cleaned.get("approve") is False and not (cleaned.get("comment") or "").strip():
            self.add_error("comment", "Say what is to be changed")
        return cleaned


class SendMemberAnswerForm(forms.Form):
    """How and when it went."""

    sent_on = fields.DateField("On which day did it go?", latest="today", missing="Enter the day on which it went")
    sent_how = fields.TextField(
        "How did it go?",
        max_length=200,
        missing="Say how it went",
        help_text="To which meeting and as which item; or by letter or e-mail.",
    )


class WithdrawMemberRequestForm(forms.Form):
    """That the member took it back."""

    words = fields.LongTextField(
        "How did the member take it back?", rows=3, max_length=2000, missing="Say how the member took it back",
        help_text=f"When, to whom, and why if they said so. {NOBODY}",
    )  # fmt: skip
