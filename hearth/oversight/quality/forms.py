"""What people type about audits. Field names are the actions' argument names."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.core import clock
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.core.packs.audits import AuditPart
from hearth.foundation.ui import fields
from hearth.oversight.quality.queries import ANSWERS, Differs
from hearth.oversight.quality.rules import MOST_DRAWN

NO_NAMES = "Do not name anybody of the family."
SEED = "Leave it empty for one of chance. The same seed draws the same again."


class _Period(forms.Form):
    from_on = fields.DateField("Signed off from", latest="today", missing="Enter the first day")
    until_on = fields.DateField(
        "Signed off until", latest="today", missing="Enter the last day", help_text="A day before today."
    )
    size = fields.NumberField(
        "How many assessments?", min_value=1, max_value=MOST_DRAWN, missing="Enter how many assessments to draw"
    )
    seed = fields.TextField("Seed", required=False, max_length=40, help_text=SEED)

    def clean(self) -> dict[str, Any]:
        """A period that is over."""
        said = dict(self.cleaned_data)
        first, last = said.get("from_on"), said.get("until_on")
        if isinstance(last, dt.date) and last >= clock.today():
            self.add_error("until_on", "The last day must be before today")
        elif isinstance(first, dt.date) and isinstance(last, dt.date) and first > last:
            self.add_error("until_on", "The last day must not be before the first")
        return said


class DrawAuditSampleForm(_Period):
    """Which assessments to draw from, with which tool, and how many."""

    tool = fields.RadiosField("With which tool?", missing="Choose a tool")
    area = fields.SelectField("District or locality", required=False, empty="Wherever you lead audits")
    organisation = fields.SelectField("Written by people of", required=False, empty="Every agency")
    route = fields.SelectField("How families came", required=False, empty="Every route")
    theme = fields.SelectField(
        "Theme", required=False, empty="Every theme",
        help_text="Found by what the request named, by words among the needs that were written, or by a question that was answered.",
    )  # fmt: skip
    weighting = fields.SelectField("Some more often than others?", required=False, empty="All as likely")

    def __init__(
        self,
        *args: Any,
        tools: Sequence[Any],
        areas: Sequence[tuple[str, str]],
        agencies: Sequence[tuple[str, str]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        audits, named = pack().audits, self.fields
        self.tools = {f"{each.code}-{each.version}": each for each in tools}
        named["tool"].choices = [(key, _tool(each)) for key, each in self.tools.items()]
        named["area"].choices, named["organisation"].choices = list(areas), list(agencies)
        named["route"].choices, named["theme"].choices = offered(audits.routes), offered(audits.themes)
        named["weighting"].choices = offered(audits.weightings)
        self.order_fields(
            ["tool", "from_on", "until_on", "area", "organisation", "route", "theme", "weighting", "size", "seed"]
        )

    def clean(self) -> dict[str, Any]:
        """With the tool in place of its key."""
        said = super().clean()
        return said | {"tool": self.tools.get(said.get("tool", ""))}


def _tool(version: Any) -> str:
    tool = version.definition
    return f"{tool['title']}: {sum(len(part['item']) for part in tool['part'])} items, version {version.version}"


class DrawReAuditForm(_Period):
    """What a re-audit has in common with the sample that it follows."""

    like = fields.RadiosField("What do you want to see again?", missing="Choose what to see again")

    def __init__(self, *args: Any, likes: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["like"].choices = list(likes)
        self.order_fields(["like", "from_on", "until_on", "size", "seed"])


class ShareOutSampleForm(forms.Form):
    """Who grades, and how many of them twice."""

    mark_optional = False
    auditors = fields.CheckboxesField(
        "Who grades?", small=True, missing="Tick at least one auditor",
        help_text="Each gets as many as the others, and never what they wrote, signed off, or stand too near to.",
    )  # fmt: skip
    twice = fields.NumberField(
        "How many are graded a second time, blind?", min_value=0, max_value=MOST_DRAWN, required=False,
        help_text="By another auditor, who does not see the first grade until both are in. It takes two auditors at least.",
    )  # fmt: skip

    def __init__(self, *args: Any, auditors: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in auditors}
        self.fields["auditors"].choices = [(key, _person(each)) for key, each in self.people.items()]

    def clean(self) -> dict[str, Any]:
        """The people in place of their keys; two of them at least where something is graded twice."""
        said = self.cleaned_data
        chosen = [self.people[key] for key in said.get("auditors", ())]
        if said.get("twice") and len(chosen) == 1:
            self.add_error("twice", "Tick two auditors at least, or enter 0")
        return {"auditors": chosen, "twice": said.get("twice") or 0}


def _person(user: Any) -> str:
    return f"{user.full_name}, {user.job_title or user.organisation.name}"


class ChangeAuditorForm(forms.Form):
    """To whom a grade is given."""

    auditor = fields.RadiosField(
        "Who grades it?", missing="Choose who grades it",
        help_text="The same person again has more days for it. Somebody else begins anew, and the record closes to whoever had it.",
    )  # fmt: skip

    def __init__(self, *args: Any, auditors: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(each.pk): each for each in auditors}
        self.fields["auditor"].choices = [(key, _person(each)) for key, each in self.people.items()]

    def clean(self) -> dict[str, Any]:
        """The person in place of their key."""
        return {"auditor": self.people.get(self.cleaned_data.get("auditor", ""))}


class LeaveOutAuditForm(forms.Form):
    """Why an assessment is left out."""

    why = fields.LongTextField(
        "Why is it left out?", rows=3, max_length=2000, missing="Say why it is left out", help_text=NO_NAMES
    )


class GradePartForm(forms.Form):
    """Each item of a part: met or not, and why. What is left open is graded later."""

    mark_optional = False
    seen = fields.SeenField()

    def __init__(self, *args: Any, part: AuditPart, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part, named = part, self.fields
        for number, item in enumerate(part.items, 1):
            allowed = [each for each in ANSWERS if each[0] != "not_applicable" or not item.always_applies]
            named[f"answer_{item.code}"] = fields.RadiosField(
                f"{number}. {item.label}", choices=allowed, required=False, inline=True, help_text=item.help
            )
            named[f"comment_{item.code}"] = fields.LongTextField(
                f"What did you see, or miss? ({number})", required=False, rows=2, max_length=2000
            )

    def clean(self) -> dict[str, Any]:
        """The answers that were given, by item; a comment is not lost for want of an answer."""
        answers, said = {}, self.cleaned_data
        for item in self.part.items:
            answer, comment = said.get(f"answer_{item.code}") or "", said.get(f"comment_{item.code}") or ""
            if comment and not answer:
                self.add_error(f"answer_{item.code}", "Choose an answer for this comment, or take the comment out")
            elif answer == "not_met" and not comment.strip():
                self.add_error(f"comment_{item.code}", "Say what is missing")
            elif answer:
                answers[item.code] = (answer, comment)
        return {"answers": answers, "seen": said.get("seen")}


class FinishAuditForm(forms.Form):
    """That it is ready to be handed in."""

    sure = fields.TickField("I read the whole assessment, and this is what I found", missing="Tick the box if it is so")


class ModerateAuditForm(forms.Form):
    """Each item on which two auditors differ: which answer stands, and why."""

    mark_optional = False

    def __init__(self, *args: Any, differs: Sequence[Differs], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.differs, named = differs, self.fields
        for each in differs:
            allowed = [one for one in ANSWERS if one[0] != "not_applicable" or not each.item.always_applies]
            named[f"answer_{each.item.code}"] = fields.RadiosField(
                each.item.label, choices=allowed, inline=True, missing=f"Choose what stands: {each.item.label}",
                help_text=" ".join(f"Auditor {number}: {one.get_answer_display()}. {one.comment}" for number, one in enumerate(each.said, 1)),
            )  # fmt: skip
            named[f"words_{each.item.code}"] = fields.LongTextField(
                "Why? The worker reads this.",
                rows=2,
                max_length=2000,
                missing=f"Say why: {each.item.label}",
                help_text=NO_NAMES,
            )

    def clean(self) -> dict[str, Any]:
        """What stands, by item."""
        said = self.cleaned_data
        codes = [each.item.code for each in self.differs]
        return {"decided": {code: (said.get(f"answer_{code}", ""), said.get(f"words_{code}", "")) for code in codes}}


class SendFindingsForm(forms.Form):
    """What the worker is told above the items."""

    done_well = fields.LongTextField(
        "What was done well?", rows=4, max_length=4000, missing="Say what was done well", help_text=NO_NAMES
    )
    to_change = fields.LongTextField(
        "What should be done differently next time?", rows=4, max_length=4000, required=False, help_text=NO_NAMES
    )


class ReplyToFindingsForm(forms.Form):
    """What the worker thinks of the findings."""

    agrees = fields.YesNoField("Do you agree with the findings?", missing="Choose whether you agree")
    reply = fields.LongTextField(
        "What do you want to say about them?", rows=5, max_length=4000, missing="Write what you think of the findings",
        help_text=f"What you see differently, what explains it, what you will do. {NO_NAMES}",
    )  # fmt: skip


class AddAuditActionForm(forms.Form):
    """Something to do after an audit."""

    what = fields.LongTextField(
        "What is to be done?", rows=3, max_length=2000, missing="Say what is to be done", help_text=NO_NAMES
    )
    due_on = fields.DateField("By when?", earliest="today", missing="Enter the day")


class FinishAuditActionForm(forms.Form):
    """What was done."""

    done_words = fields.LongTextField(
        "What did you do?", rows=3, max_length=2000, missing="Say what you did", help_text=NO_NAMES
    )
