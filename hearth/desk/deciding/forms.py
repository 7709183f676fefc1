"""What may be decided."""

from typing import Any

from hearth.casework.front_door.models import Channel
from hearth.casework.front_door.triage.forms import LateReasonForm
from hearth.casework.front_door.triage.rules import why_not_level
from hearth.desk.deciding import queries, rules
from hearth.foundation.core.pack import label_of, offered, pack
from hearth.foundation.ui import fields
from hearth.foundation.ui.filters import count

NEW = "new"


class DecideRequestForm(LateReasonForm):
    """One decision, its level of need, its reason, and what the referrer reads."""

    mark_optional = False

    outcome = fields.RadiosField(
        "What is decided?", missing="Choose what is decided", reveals={"single_agency": ["agency", "agency_name"]}
    )
    agency = fields.SelectField("Which service will help?", required=False, empty="One that is not listed")
    agency_name = fields.TextField("Its name, if it is not listed", required=False)
    level = fields.RadiosField("Level of need", required=False, help_text="Needed for every decision that starts help.")
    reason = fields.LongTextField(
        "Why? Only the front door reads this",
        missing="Write the reason for the decision",
    )
    words_for_referrer = fields.LongTextField(
        "What the referrer reads besides the words above", required=False, rows=4, max_length=4000
    )
    family = fields.RadiosField("Which family is this?", missing="Choose which family this is")
    lead = fields.SelectField(
        "Lead practitioner",
        required=False,
        empty="Name one later",
        help_text="If a case is opened. One that is open keeps its own. The council’s family workers of the area, and whoever "
        "asked: others can be named once the family has agreed to share with their organisation. Beside each name: how many "
        "open cases they lead, of those you may open.",
    )

    def __init__(self, *args: Any, reader: Any, request: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_family = request.channel == Channel.FAMILY
        outcomes = [each for each in pack().front_door.outcomes if not each.retired]
        self.fields["outcome"].choices = offered(outcomes)
        self.fields["outcome"].hints = {
            each.code: f"{each.hint} They read: “{(by_family and each.family_told) or each.referrer_told}”"
            for each in outcomes
        }
        nothing = label_of(pack().front_door.outcomes, "no_further_action")
        self.fields["words_for_referrer"].help_text = f"For “{nothing}”, say here why."
        self.fields["agency"].choices = queries.agencies()
        self.fields["level"].choices = offered(pack().levels.levels)
        self.families = {family.reference: family for family in queries.families_of_matched(reader, request)}
        self.leads = {str(user.pk): user for user in queries.leads_for(reader, request)}
        self.fields["lead"].choices = [
            (key, f"{user.full_name}, {user.organisation.name}, {count(user.open_cases, 'open case')}")
            for key, user in self.leads.items()
        ]
        self._offer_families(reader)

    def _offer_families(self, reader: Any) -> None:
        """Asked only where somebody was matched with a person who has a family on record."""
        if self.families:
            cases = queries.open_cases_of(reader, self.families.values())
            known = [(key, f"{family.name} ({key})") for key, family in self.families.items()]
            self.fields["family"].hints = {
                key: f"Case {cases[family.pk].reference} is open: this request joins it."
                for key, family in self.families.items()
                if family.pk in cases
            }
            self.fields["family"].choices = [*known, (NEW, "A new family on record")]
        else:
            del self.fields["family"]

    def clean(self) -> dict[str, Any]:
        """A level that goes with the decision; a service that can be named; the referrer told why nothing is done."""
        said = self.cleaned_data
        outcome = said.get("outcome") or ""
        for name, refusal in (
            ("level", why_not_level(outcome, said.get("level") or "")),
            ("words_for_referrer", rules.why_not_words(outcome, said.get("words_for_referrer") or "")),
        ):
            if refusal is not None and name not in self.errors:
                self.add_error(name, refusal.sentence)
        if outcome == "single_agency" and not said.get("agency") and not said.get("agency_name"):
            self.add_error("agency_name", "Choose the service that will help, or write its name")
        return said

    def decided(self) -> dict[str, Any]:
        """What was chosen, as the action takes it."""
        said = dict(self.cleaned_data)
        said["family"] = self.families.get(said.get("family") or "")
        said["lead"] = self.leads.get(said.get("lead") or "")
        said["agency"] = queries.agency_of(said.get("agency") or "")
        return said
