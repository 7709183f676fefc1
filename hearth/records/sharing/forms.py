"""What somebody records about sharing."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hearth.foundation.core import clock
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields
from hearth.records.people.births import named_and_aged
from hearth.records.people.models import BirthPrecision
from hearth.records.sharing.models import Decision

SELECTS = ("organisation", "organisation_2", "organisation_3")
SOMEBODY_ELSE = "other"


def categories_field(label: str) -> Any:
    """The kinds of information to tick; `explain` adds what each covers."""
    return fields.CheckboxesField(
        label, choices=lambda: offered(pack().sharing.categories), missing="Choose at least one kind of information"
    )


def explain(form: forms.Form) -> None:
    """Say under each kind of information what it covers, in the pack's words."""
    form.fields["categories"].hints = {one.code: one.description for one in pack().sharing.categories}


class _WithPartners(forms.Form):
    """A form that names partner organisations."""

    def offer_partners(self, partners: Sequence[tuple[str, Sequence[Any]]], *names: str) -> None:
        """Fill the drop-down lists, and remember the organisations by key."""
        self.by_key = {str(org.id): org for _, organisations in partners for org in organisations}
        groups = [(sector, [(str(org.id), org.name) for org in organisations]) for sector, organisations in partners]
        for name in names:
            self.fields[name].choices = groups


class RecordConsentForm(_WithPartners):
    """Who decided what, about whom, with whom, and until when."""

    decision = fields.RadiosField(
        "What did they decide?", choices=[(Decision.GIVEN, "They agreed to share"), (Decision.REFUSED, "They said no")],
        reveals={Decision.GIVEN: ["categories", "until_on"]}, missing="Choose what they decided",
    )  # fmt: skip
    people = fields.CheckboxesField(
        "About whom?", missing="Choose at least one person",
        help_text="A parent decides about the children and about themselves. Each other adult decides for themselves: record it apart.",
    )  # fmt: skip
    organisation = fields.SelectField("With which organisation?", missing="Choose an organisation")
    organisation_2 = fields.SelectField("And which other?", required=False, empty="None")
    organisation_3 = fields.SelectField("And which third?", required=False, empty="None")
    categories = categories_field("What may be shared?")
    until_on = fields.DateField(
        "Until when?", required=False, earliest="today", help_text="Leave it empty for as long as we help them."
    )
    who_decided = fields.RadiosField("By what right did they decide?", missing="Choose by what right they decided")
    competence = fields.LongTextField("Why do you think the child understands?", max_length=2000, rows=3)
    decider = fields.RadiosField("Who decided?", missing="Choose who decided")
    decider_name = fields.TextField("Their name", max_length=200, missing="Enter their name")
    recorded_how = fields.RadiosField("How did they tell you?", missing="Choose how they told you")
    words = fields.LongTextField("Anything they said about it?", required=False, max_length=4000, rows=3)
    from_on = fields.DateField("On which day?", latest="today", missing="Enter the day they decided")
    seen = fields.SeenField(required=False)

    def __init__(
        self,
        *args: Any,
        people: Sequence[Any] = (),
        partners: Sequence[Any] = (),
        at_home: Sequence[Any] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offer_partners(partners, *SELECTS)
        explain(self)
        self.asked = {person.reference: person for person in people}
        named: Any = self.fields
        named["people"].choices = [(key, named_and_aged(person)) for key, person in self.asked.items()]
        named["people"].initial = [person.reference for person in at_home]
        born = [
            (key, words)
            for key, words in named["people"].choices
            if self.asked[key].birth_precision != BirthPrecision.EXPECTED
        ]
        named["decider"].choices = [*born, (SOMEBODY_ELSE, "Somebody who is not on record")]
        named["decider"].reveals = {SOMEBODY_ELSE: ["decider_name"]}
        sharing = pack().sharing
        named["who_decided"].choices = offered(sharing.who_decides)
        named["who_decided"].hints = {who.code: who.hint for who in sharing.who_decides if who.hint}
        named["who_decided"].reveals = {who.code: ["competence"] for who in sharing.who_decides if who.needs_competence}
        named["recorded_how"].choices = offered(sharing.recorded_how)
        named["from_on"].initial = clock.today()

    def clean(self) -> dict[str, Any]:
        """People and organisations themselves, as the action takes them."""
        data = super().clean() or self.cleaned_data
        chosen = dict.fromkeys(key for name in SELECTS if (key := data.pop(name, "")))
        data["organisations"] = [self.by_key[key] for key in chosen]
        data["people"] = [self.asked[key] for key in data.get("people", [])]
        data["decider"] = self.asked.get(data.get("decider", ""))
        return data


class WithdrawConsentForm(forms.Form):
    """What is withdrawn."""

    consents = fields.CheckboxesField("What do they withdraw?", missing="Choose what they withdraw")
    why = fields.LongTextField("Did they say why?", required=False, max_length=2000, rows=3, help_text="They need not.")

    def __init__(self, *args: Any, consents: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held = {consent.reference: consent for consent in consents}
        self.fields["consents"].choices = [
            (
                key,
                f"{named_and_aged(one.person)}, with {one.organisation.name} (agreed by {one.decider or one.decider_name})",
            )
            for key, one in self.held.items()
        ]

    def clean(self) -> dict[str, Any]:
        """The decisions themselves."""
        data = super().clean() or self.cleaned_data
        return data | {"consents": [self.held[key] for key in data.get("consents", [])]}


class SettleDisagreementForm(forms.Form):
    """What follows when two who may decide disagree."""

    shares = fields.RadiosField(
        "What follows?",
        choices=[("no", "We do not share"), ("yes", "We share, as the one who agreed said")],
        missing="Choose what follows",
    )
    reason = fields.LongTextField(
        "Why?",
        max_length=4000,
        missing="Say why you decide so",
        help_text="What is best for the child, and what each of them said. Both may ask to see it.",
    )
    seen = fields.SeenField(required=False)

    def clean_shares(self) -> bool:
        """True for sharing."""
        return bool(self.cleaned_data["shares"] == "yes")


class RecordExceptionForm(_WithPartners):
    """Sharing without consent, and why the law allows it."""

    organisation = fields.SelectField("With which organisation?", missing="Choose an organisation")
    ground = fields.RadiosField("What reason in law is there?", missing="Choose the reason in law")
    reason = fields.LongTextField(
        "What do you fear, or what do you rely on?",
        max_length=4000,
        missing="Say what you fear, or what law or order you rely on",
    )
    categories = categories_field("What is shared?")
    until_on = fields.DateField(
        "Until when?",
        earliest="today",
        missing="Enter the last day",
        help_text="As short as you can. It can be recorded again.",
    )
    family_told = fields.YesNoField(
        "Is the family told?", reveals={"no": ["family_not_told_because"]}, missing="Choose whether the family is told"
    )
    family_not_told_because = fields.LongTextField(
        "Why not?", max_length=2000, rows=3, missing="Say why the family is not told"
    )

    def __init__(self, *args: Any, partners: Sequence[Any] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer_partners(partners, "organisation")
        explain(self)
        named: Any = self.fields
        named["ground"].choices = offered(pack().sharing.exceptions)
        named["ground"].hints = {
            ground.code: f"{ground.hint} {ground.lawful_basis}.".strip() for ground in pack().sharing.exceptions
        }

    def clean_organisation(self) -> Any:
        """The organisation itself."""
        return self.by_key[self.cleaned_data["organisation"]]


class EndExceptionForm(forms.Form):
    """Why it ends before its last day."""

    why = fields.LongTextField("Why does it end?", max_length=2000, rows=3, missing="Say why it ends")
