"""What a family may type. Little is asked, and less must be answered."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError

from hearth.casework.front_door.forms import RequestForm, SignsForm
from hearth.casework.front_door.models import Consent
from hearth.casework.front_door.typed import TypedPerson
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.core.text import fold
from hearth.foundation.ui import fields
from hearth.records.documents.forms import ACCEPT, CHOOSE_AGAIN, NOT_KEPT

MAY_WE_SPEAK = [(Consent.GIVEN, "Yes, to those who can help us"), (Consent.REFUSED, "Ask me first")]
# Who the person asking is in their family, where their answer says so.
ROLE_OF = {"parent": "parent", "carer": "carer", "self": "child", "relative": "relative"}
MOST_FILES = 3
TYPED = "Choose what you want help with, or write what is happening"


def for_families(reasons: Any) -> list[tuple[str, str]]:
    """Reasons as a family is asked them: in its own words, without those that are no question for it."""
    asked = [reason for reason in reasons if not reason.retired and reason.asked_of_families]
    return [(reason.code, reason.family_label or reason.label) for reason in asked]


# How a family may ask to be reached: what that needs, and how the page says what happens then.
WAYS = {
    "call": ("asker_phone", "Enter a telephone number so that we can ring you", "We will ring the number you gave us."),
    "text": ("asker_phone", "Enter a telephone number so that we can text you", "We will text the number you gave us."),
    "email": (
        "asker_email",
        "Enter an e-mail address so that we can write to you",
        "We will write to the e-mail address you gave us.",
    ),
    "letter": (
        "address",
        "Enter your address so that we can write to you",
        "We will send a letter to the address you gave us.",
    ),
    "through_somebody": (
        "answer-trusted_person",
        "Say who it is that you trust, so that we can speak to them",
        "We will speak first to the person you trust.",
    ),
}


class FamilySignsForm(SignsForm):
    """The question before every other, as a parent is asked it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form, signs = pack().request_form, self.fields["signs"]
        signs.label = form.family_safeguarding_question or form.safeguarding_question
        signs.help_text = "Tick what is true. Then we show you whom to ring, and you can still write to us."
        signs.choices = [(each.code, each.family_label or each.label) for each in form.exit_signs if not each.retired]
        signs.hints = {}


class FamilyRequestForm(RequestForm):
    """A family's own request."""

    brief = True
    key = fields.HiddenField(max_length=36)
    signs = fields.HiddenField(max_length=400, required=False)
    asker_name = fields.TextField("Your name", max_length=200, missing="Enter your name", autocomplete="name")
    asker_relation = fields.RadiosField("Who are you?", required=False)
    asker_phone = fields.PhoneField("Telephone number", required=False, autocomplete="tel")
    asker_email = fields.EmailField(required=False)
    files = fields.FilesField(  # type: ignore[assignment]  # Django takes fields off the class, so its own attribute stays
        "Letters or pictures you want us to see",
        required=False,
        accept=ACCEPT,
        max_length=None,
        help_text=f"Up to {MOST_FILES}, such as a letter from school or a photograph. {NOT_KEPT}",
    )
    consent = fields.RadiosField(
        "May we speak to other services about this?",
        choices=MAY_WE_SPEAK,
        missing="Choose whether we may speak to others",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **(kwargs | {"channel": "family"}))
        self.fields["asker_relation"].choices = offered(pack().request_form.relations)
        self.fields["area"].label = "Where do you live?"
        self.fields["area"].error_messages["required"] = "Choose where you live"
        self.fields["address"].label = "Your address"
        self.fields["hopes"].label = "What would you like to be different?"
        self.fields["reasons"].choices = for_families(pack().request_form.reasons)
        self.fields["reasons"].hints = {}
        self.fields["reasons"].label, self.fields["reasons"].required = "What do you want help with?", False
        self.fields["worries"].label, self.fields["worries"].required = "What is happening?", False
        self.fields["worries"].help_text = "In your own words. As much or as little as you like."
        self._in_page_order(
            "reasons",
            "worries",
            "hopes",
            "going_well",
            "asker_name",
            "asker_relation",
            "area",
            "address",
            "postcode",
            "asker_phone",
            "asker_email",
            "questions",
            "interpreter",
            "interpreter_language",
            "people",
            "files",
            "consent",
        )

    def clean_key(self) -> uuid.UUID:
        """The page's own key, which nobody types."""
        try:
            return uuid.UUID(self.cleaned_data["key"])
        except ValueError as fault:
            raise ValidationError("This page is out of date. Open it again.") from fault

    def clean_signs(self) -> list[str]:
        """The signs of danger ticked on the page before: they travel with this one, which outlives the session."""
        known = {sign.code for sign in pack().request_form.exit_signs}
        return [code for code in self.cleaned_data["signs"].split(",") if code in known]

    def clean_files(self) -> list[Any]:
        """A few files, and no more."""
        found = list(self.cleaned_data["files"])
        if len(found) > MOST_FILES:
            raise ValidationError(f"Choose up to {MOST_FILES} files. You can bring or post us others")
        return found

    def clean(self) -> dict[str, Any]:
        """Something to help with, a way to reach them, and the person who asks among the people."""
        super().clean()
        said = self.cleaned_data
        if not said.get("reasons") and not said.get("worries") and "worries" not in self.errors:
            self.add_error("worries", TYPED)
        self._reached_as_asked(said)
        ways = ("asker_phone", "asker_email", "address", "answer-trusted_person")
        if not any(said.get(name) for name in ways) and not self.errors:
            self.add_error(
                "asker_phone",
                "Tell us one way to reach you: a number, an e-mail address, your address or somebody you trust",
            )
        if self.errors and self.files.getlist("files") and "files" not in self.errors:
            self.add_error("files", CHOOSE_AGAIN)
        return said

    def _reached_as_asked(self, said: dict[str, Any]) -> None:
        """Whoever wants to be texted leaves a number."""
        name, sentence, _ = WAYS.get(said.get("answer-best_way") or "", ("", "", ""))
        if name and not said.get(name) and name not in self.errors:
            self.add_error(name, sentence)
        elif said.get("answer-best_way") == "text" and fields.is_landline(said.get("asker_phone", "")):
            self.add_error("asker_phone", "Enter a mobile number so that we can text you, or ask us to ring you")

    def way(self) -> str:
        """How they will be reached: as they asked, or else by the first thing they gave."""
        said = self.cleaned_data
        asked = said.get("answer-best_way") or ""
        return asked if asked in WAYS else next((way for way, (name, _, _) in WAYS.items() if said.get(name)), "")

    def must_name_somebody(self) -> bool:
        """The person who asks is enough."""
        return False

    def said(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        typed = super().said()
        typed["people"] = self._with_asker(typed["people"])
        named = [person.family_name for person in typed["people"] if person.family_name]
        typed["family_name"] = named[0] if named else typed["asker_name"]
        typed["safe_contact"] = str(typed["answers"].get("when_safe", ""))[:300]
        return typed

    def _with_asker(self, people: list[TypedPerson]) -> list[TypedPerson]:
        role = ROLE_OF.get(self.cleaned_data.get("asker_relation") or "")
        asker = self.cleaned_data["asker_name"]
        if role is None or any(fold(f"{person.given_name} {person.family_name}") == fold(asker) for person in people):
            return people
        given, _, family = asker.strip().rpartition(" ")
        return [TypedPerson(role=role, given_name=given or family, family_name=family if given else ""), *people]
