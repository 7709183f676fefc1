"""What people type about tenders. Field names are the actions' argument names."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from hearth.commissioning.procurement import queries
from hearth.commissioning.procurement.actions import WORDS, moment_of
from hearth.commissioning.procurement.models import CriterionKind
from hearth.commissioning.procurement.reach import SEES
from hearth.foundation.accounts.fields import PersonField
from hearth.foundation.core import clock
from hearth.foundation.core.seen import seen_in
from hearth.foundation.ui import fields
from hearth.foundation.ui.filters import megabytes
from hearth.foundation.ui.uploads import largest
from hearth.records.documents.forms import ACCEPT
from hearth.records.money.forms import KeyedForm, PoundsField

PUBLIC = "Everybody reads it. Nobody’s name."


class PercentField(fields.DecimalField):
    """A share of a hundred, as whole hundredths of a per cent."""

    def __init__(self, label: str = "", **options: Any) -> None:
        super().__init__(
            label, min_value=Decimal("0.01"), max_value=Decimal(100), max_digits=5, suffix="%", width=5, **options
        )

    def to_python(self, value: Any) -> Any:
        """The number, with its sign or without."""
        return super().to_python(value.replace("%", "") if isinstance(value, str) else value)

    def clean(self, value: Any) -> Any:
        """Hundredths; the field itself holds that there are no parts of one."""
        found = super().clean(value)
        return None if found is None else int(found * 100)


class WriteTenderForm(forms.Form):
    """What is to be bought, what it is to change, and by when."""

    mark_optional = False
    title = fields.TextField("What is it called?", max_length=120, missing="Say what the tender is called")
    intention = fields.SelectField(
        "Which intention does it come from?", required=False, empty="None of them",
        help_text="What is meant to be bought, and on what evidence.",
    )  # fmt: skip
    background = fields.LongTextField(
        "What is needed, and why?", help_text=PUBLIC, max_length=8000, missing="Say what is needed, and why"
    )
    outcomes = fields.LongTextField(
        "What is to change for families?", rows=4, max_length=4000, missing="Say what is to change", help_text="One outcome a line."
    )  # fmt: skip
    questions_on = fields.DateField("Until which day may suppliers ask?", earliest="today", missing="Enter the day")
    questions_time = fields.TimeField("Until what time?", missing="Enter the time, such as 12pm")
    deadline_on = fields.DateField("By which day must bids be in?", earliest="today", missing="Enter the deadline")
    deadline_time = fields.TimeField("By what time?", missing="Enter the time, such as 12pm")
    standstill_days = fields.NumberField(
        "How many working days is the standstill?", max_value=60, help_text="Between an award and its contract, so that bidders can object."
    )  # fmt: skip

    def __init__(self, *args: Any, intentions: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.intentions = {each.reference: each for each in intentions}
        self.fields["intention"].choices = [
            (code, f"{each.title}, {each.where}, {each.get_state_display().lower()}")
            for code, each in self.intentions.items()
        ]

    def clean(self) -> dict[str, Any]:
        """The moments in place of days and times; outcomes one by one; the intention in place of its reference."""
        typed = super().clean() or {}
        typed["intention"] = self.intentions.get(typed.get("intention") or "")
        if not self.errors:
            typed["outcomes"] = [each.strip() for each in typed["outcomes"].splitlines() if each.strip()]
            for name, into in (("questions", "questions_until"), ("deadline", "deadline_at")):
                typed[into] = moment_of(typed.pop(f"{name}_on"), typed.pop(f"{name}_time"))
        return typed


class ChangeTenderForm(WriteTenderForm):
    """The same again."""

    seen = fields.SeenField()


class AddLotForm(forms.Form):
    """A lot."""

    name = fields.TextField("What is the lot called?", max_length=120, missing="Say what the lot is called")
    what = fields.LongTextField("What is to be done?", help_text=PUBLIC, missing="Say what is to be done")
    districts = fields.CheckboxesField("In which districts?", missing="Choose the districts")
    most_pence = PoundsField("What is the most that may be bid?", missing="Enter the most that may be bid")

    def __init__(self, *args: Any, districts: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["districts"].choices = [(each.code, each.name) for each in districts]


class AddJointCommissionerForm(forms.Form):
    """A joint commissioner with its share."""

    organisation = fields.SelectField("Who buys together?", missing="Choose an organisation")
    share = PercentField("Which share of the price do they bear?", missing="Enter the share")

    def __init__(self, *args: Any, organisations: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].choices = organisations

    def clean_organisation(self) -> Any:
        """The organisation itself."""
        return queries.organisation_of(self.cleaned_data["organisation"])


class AddCriterionForm(forms.Form):
    """A criterion with its weight."""

    name = fields.TextField("What are bids judged by?", max_length=120, missing="Say what bids are judged by")
    kind = fields.RadiosField("How is it scored?", choices=CriterionKind.choices, missing="Choose how it is scored")
    weight = PercentField("How much does it weigh?", missing="Enter its weight")
    guidance = fields.LongTextField(
        "What does a good answer say?", required=False, rows=3, max_length=2000, help_text=PUBLIC
    )


class AddCallFileForm(forms.Form):
    """A paper of the call."""

    file = fields.FileField("The file", accept=ACCEPT, missing="Choose a file", max_length=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = f"Anybody can download it. Up to {megabytes(largest())}."


class NameKeyholdersForm(forms.Form):
    """Three people, each with a passphrase."""

    mark_optional = False
    one = PersonField("Who is the first opener?", permission=SEES, missing="Say who is the first opener")
    two = PersonField("Who is the second opener?", permission=SEES, missing="Say who is the second opener")
    escrow = PersonField(
        "Who puts the third passphrase in escrow?", permission=SEES, missing="Say who has the third passphrase"
    )

    def __init__(self, *args: Any, reader: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("one", "two", "escrow"):
            self.fields[name].reader = reader


class SetPassphraseForm(forms.Form):
    """One's own passphrase, twice."""

    passphrase = fields.PasswordField(
        "Your passphrase", autocomplete="new-password", missing="Enter a passphrase",
        help_text="16 characters or more, such as four words that nobody would guess. It is kept nowhere: write it down and lock it away.",
    )  # fmt: skip
    passphrase_again = fields.PasswordField("The same again", autocomplete="new-password", missing="Enter it again")

    def clean(self) -> dict[str, Any]:
        """The passphrase, typed the same twice."""
        typed = super().clean() or {}
        if not self.errors and typed["passphrase"] != typed.pop("passphrase_again"):
            raise ValidationError("The two passphrases are not the same. Type both again.")
        return typed


class PublishTenderForm(forms.Form):
    """Whether it is as it should be."""

    sure = fields.TickField(
        "It is as it should be: once published, it is not changed",
        required=True,
        missing="Tick that it is as it should be",
    )


class WithdrawTenderForm(forms.Form):
    """Why a tender is withdrawn."""

    why = fields.TextField("Why is it withdrawn?", max_length=300, help_text=PUBLIC, missing="Say why it is withdrawn")


class AskAboutCallForm(KeyedForm):
    """A question about a call."""

    words = fields.LongTextField(
        "Your question", max_length=4000, missing="Write your question",
        help_text="It is answered to everybody, without saying who asked. Name nobody, and not your organisation.",
    )  # fmt: skip


class ClarifyCallForm(forms.Form):
    """Something that is made clear to everybody."""

    words = fields.TextField(
        "What is it about?", max_length=300, help_text="In a line.", missing="Say what it is about"
    )
    answer = fields.LongTextField(
        "What should everybody know?", max_length=8000, help_text=PUBLIC, missing="Write what everybody should know"
    )


class AnswerSupplierForm(forms.Form):
    """The question as everybody reads it, and the answer."""

    words = fields.LongTextField(
        "The question, as everybody reads it", max_length=4000, help_text="Take out whatever says who asked.", missing="Write the question"
    )  # fmt: skip
    answer = fields.LongTextField("The answer", max_length=8000, missing="Write the answer")


def initial_of(tender: Any, intention: Any = None) -> dict[str, Any]:
    """What a draft says, as its form has it."""

    def parts(moment: dt.datetime, name: str) -> dict[str, Any]:
        local = clock.in_london(moment)
        return {f"{name}_on": local.date(), f"{name}_time": local.time()}

    return {
        "title": tender.title, "intention": intention.reference if intention is not None else "",
        "background": tender.background, "outcomes": "\n".join(tender.outcomes),
        "standstill_days": tender.standstill_days, "seen": seen_in(tender, WORDS),
        **parts(tender.questions_until, "questions"), **parts(tender.deadline_at, "deadline"),
    }  # fmt: skip
