"""What somebody says when they confirm or dismiss flags, offer help, or record whether the family was told."""

import uuid
from typing import Any

from django import forms

from hearth.casework.front_door.queries import areas_to_ask_in
from hearth.foundation.core import clock
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields

NOT_LISTED = "other"


class _OnFlags(forms.Form):
    """Which of the flags: those that nobody has decided, or of an offer those that stand."""

    mark_optional = False
    flags = fields.CheckboxesField("Which flags?", missing="Choose at least one flag")

    def __init__(self, *args: Any, flags: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by_key = {str(each.flag.id): each.flag for each in flags}
        named: Any = self.fields
        named["flags"].choices = [
            (str(each.flag.id), f"{each.title}{f' ({each.who})' if each.who else ''}") for each in flags
        ]
        named["flags"].initial = list(self.by_key)

    def clean_flags(self) -> list[Any]:
        """The flags themselves."""
        return [self.by_key[key] for key in self.cleaned_data["flags"]]


class ConfirmFlagsForm(_OnFlags):
    """These are right."""

    words = fields.LongTextField(
        "What did you find out?",
        required=False,
        rows=4,
        max_length=4000,
        help_text="Whom you asked, and what they said.",
    )


class DismissFlagsForm(_OnFlags):
    """These are wrong, or no sign of need, and why."""

    reason = fields.RadiosField("Why are they dismissed?", missing="Choose why they are dismissed")
    words = fields.LongTextField("How do you know?", required=False, rows=4, max_length=4000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields
        named["reason"].choices = [(label, label) for label in pack().indicators.dismiss_reasons]


class OfferHelpForm(_OnFlags):
    """What the front door needs to begin: where they live, why, and whether the family agreed."""

    key = fields.HiddenField(max_length=36)
    area = fields.SelectField("Where does the family live?", missing="Choose the district")
    words = fields.LongTextField("Why is help offered?", missing="Say why help is offered", max_length=10000)
    consent = fields.RadiosField(
        "Has the family agreed to be asked about?",
        choices=[
            ("given", "Yes, they agreed"),
            ("refused", "They said no"),
            ("not_asked", "Nobody has asked them yet"),
        ],
        missing="Say whether the family agreed",
        reveals={"given": ["consent_by"], "not_asked": ["no_consent_reason"]},
    )
    consent_by = fields.TextField("Who agreed?", required=False)
    no_consent_reason = fields.SelectField("Why were they not asked?", required=False, empty="Choose a reason")
    no_assessment_reason = fields.SelectField(
        "Why is there no whole-family assessment behind it?", required=False, empty="Choose a reason"
    )

    def __init__(self, *args: Any, asks_for_assessment: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields
        named["area"].choices = [(area.code, area.name) for area in areas_to_ask_in()]
        named["no_consent_reason"].choices = offered(pack().sharing.not_asked_reasons)
        named["no_assessment_reason"].choices = offered(pack().request_form.no_assessment_reasons)
        self.asks_for_assessment = asks_for_assessment
        if not asks_for_assessment:
            del named["no_assessment_reason"]

    def clean_key(self) -> uuid.UUID:
        """The page's own key, which nobody types."""
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError as fault:
            raise forms.ValidationError("This page is out of date. Open it again.") from fault

    def clean(self) -> dict[str, Any]:
        """Whoever agreed is named; a family that was not asked has a reason."""
        said = self.cleaned_data
        if said.get("consent") == "given" and not said.get("consent_by"):
            self.add_error("consent_by", "Write who agreed")
        if said.get("consent") == "not_asked" and not said.get("no_consent_reason"):
            self.add_error("no_consent_reason", "Choose why they were not asked")
        if self.asks_for_assessment and not said.get("no_assessment_reason"):
            self.add_error("no_assessment_reason", "Choose why there is no assessment yet")
        return said


class RecordFamilyToldForm(forms.Form):
    """Whether and how the family was told that it was noticed."""

    mark_optional = False
    how = fields.RadiosField("How were they told?", missing="Choose how they were told", reveals={})
    told_on = fields.DateField(
        "When?", required=False, latest="today", help_text="Leave it empty if they are not told yet."
    )
    words = fields.LongTextField(
        "What did they say? If they are not told yet, why not?", required=False, rows=4, max_length=4000
    )

    def __init__(self, *args: Any, ways: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named: Any = self.fields
        named["how"].choices = ways

    def clean(self) -> dict[str, Any]:
        """A day for what happened; a reason for what did not."""
        said = self.cleaned_data
        if said.get("how") and said["how"] != "not_yet" and not said.get("told_on"):
            self.add_error("told_on", "Enter the day on which they were told")
        if said.get("how") == "not_yet" and not said.get("words"):
            self.add_error("words", "Write why they are not told yet")
        if said.get("told_on") and said["told_on"] > clock.today():
            self.add_error("told_on", "The day must not be in the future")
        return said
