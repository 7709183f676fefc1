"""What people type about reaching a family."""

from django import forms

from hearth.casework.cases.forms import WorkerForm
from hearth.foundation.core.pack import pack
from hearth.foundation.ui import fields


def ways() -> list[tuple[str, str]]:
    """Kinds of contact that the pack offers, but for one that failed."""
    return [(kind.code, kind.label) for kind in pack().notes.kinds if not kind.failed and not kind.retired]


class StartReachingForm(forms.Form):
    """How the family will be reached."""

    noticed = fields.LongTextField(
        "What have you noticed?",
        help_text="Missed visits, unanswered calls, a door not opened. Facts and dates.",
        max_length=4000,
        missing="Write what you have noticed",
    )
    in_the_way = fields.LongTextField(
        "What may be making it hard for them?",
        max_length=4000,
        missing="Write what may be making it hard for the family",
        help_text="Try to see it from where they stand: work, fear, shame, language, illness, what happened last time.",
    )
    approach = fields.LongTextField(
        "What will you do differently?",
        max_length=4000,
        missing="Write what you will do differently",
        help_text="Another time of day, another place, somebody they trust, an interpreter, a shorter letter.",
    )


class ChangeReachingForm(StartReachingForm):
    """The same, changed."""

    seen_version = fields.VersionField()


class PlanTryForm(WorkerForm):
    """One more try."""

    worker_field = "by_user"
    way = fields.RadiosField("How will you try?", choices=ways, missing="Choose how you will try")
    what = fields.LongTextField(
        "What exactly, and what is different this time?",
        max_length=2000,
        rows=3,
        missing="Write what will be done",
    )
    planned_on = fields.DateField("On which day?", missing="Enter the day of the try")
    by_user = fields.RadiosField("Who will try?", missing="Choose who will try")


class RecordTryForm(forms.Form):
    """How a try went."""

    reached = fields.YesNoField("Did you reach the family?", missing="Choose whether you reached the family")
    tried_on = fields.DateField("When did you try?", latest="today", missing="Enter the day you tried")
    note = fields.LongTextField("What happened?", max_length=4000, required=False)


class EndReachingForm(forms.Form):
    """How it ended."""

    reached = fields.YesNoField(
        "Was the family reached?",
        missing="Choose whether the family was reached",
        inline=False,
    )
    ended_words = fields.LongTextField(
        "What happened, and what have you learnt?",
        max_length=4000,
        missing="Write what happened",
    )


class AgreeToStopForm(forms.Form):
    """A manager's agreement: nothing to type, one box to tick."""

    read_it = fields.TickField(
        "I have read what was tried, and agree that enough was",
        required=True,
        missing="Tick the box to say that you have read what was tried",
    )
