"""The request form: what the practice pack asks, of whoever asks."""

from typing import Any

from django.core.exceptions import ValidationError

from hearth.casework.front_door import queries, rules
from hearth.casework.front_door.forms.pack_fields import as_answer, field_for, hints
from hearth.casework.front_door.forms.people import PeopleRowsMixin
from hearth.casework.front_door.models import Channel, Consent
from hearth.foundation.core.pack import offered, pack
from hearth.foundation.ui import fields
from hearth.records.people.postcodes import postcode_of


class PostcodeField(fields.TextField):
    """A postcode, written in full; kept as BB11 1AA."""

    def __init__(self, label: str = "Postcode", **options: Any) -> None:
        super().__init__(label, max_length=10, width=10, spellcheck=False, **options)

    def clean(self, value: Any) -> str:
        """The postcode in capitals, with its space."""
        text = super().clean(value)
        if text and not postcode_of(text):
            raise ValidationError("Enter a full postcode, such as BB11 1AA")
        return postcode_of(text)


class RequestForm(PeopleRowsMixin):
    """What every way in asks: the family, its people, why, and the pack's own questions."""

    area = fields.SelectField(
        "Where does the family live?", choices=queries.area_choices, missing="Choose where the family lives"
    )
    address = fields.TextField(
        "The family’s address", required=False, max_length=300, help_text="House number or name, street and town."
    )
    postcode = PostcodeField(required=False)
    interpreter = fields.YesNoField(
        "Does anybody need an interpreter?", required=False, small=True, reveals={"yes": ["interpreter_language"]}
    )
    interpreter_language = fields.TextField(
        "Which language?", max_length=60, help_text="British Sign Language counts.", missing="Enter the language"
    )
    reasons = fields.CheckboxesField(
        "Why is help needed?", small=True, help_text="Choose all that apply.", missing="Choose at least one reason"
    )
    worries = fields.LongTextField(
        "What is happening, and why ask now?", rows=6, missing="Say what is happening, and why you ask now"
    )
    going_well = fields.LongTextField(required=False, rows=4)
    hopes = fields.LongTextField(required=False, rows=4)

    needs_fields: dict[str, str]

    def __init__(self, *args: Any, channel: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.channel, form, self.needs_fields = channel, pack().request_form, {}
        self.fields["reasons"].choices = offered(form.reasons)
        self.fields["reasons"].hints = hints(form.reasons)
        self.fields["going_well"].label, self.fields["hopes"].label = form.going_well_question, form.hopes_question
        self.asker = rules.asker_of(channel)
        self.question_fields = {f"answer-{question.code}": question.code for question in self.asker.questions}
        for question in self.asker.questions:
            self.fields[f"answer-{question.code}"] = field_for(question)
        self.add_rows()

    def _in_page_order(self, *names: str) -> None:
        """Faults are listed in the order of the page; `people`, `questions` and `needs` stand for their fields."""
        groups = {"people": self.row_fields(), "questions": [*self.question_fields], "needs": [*self.needs_fields]}
        self.order_fields([each for name in names for each in groups.get(name, [name])])

    def clean(self) -> dict[str, Any]:
        """At least one person, and a place that is open."""
        self.people = self.clean_rows()
        if not self.people and self.must_name_somebody() and not self.errors:
            self.add_error(f"person-{self.rows[0]}-given_name", "Name at least one person in the family")
        area = queries.area_called(self.cleaned_data.get("area") or "")
        refusal = rules.why_not_ask_in(area) if area is not None else None
        if refusal is not None:
            self.add_error("area", refusal.sentence)
        self.area_row = area
        return self.cleaned_data

    def must_name_somebody(self) -> bool:
        """Whether a request without people is refused."""
        return True

    def said(self) -> dict[str, Any]:
        """What was typed, as the action takes it: the area's row, the people, and the rest by name."""
        typed = dict(self.cleaned_data)
        answers = {
            code: as_answer(typed.get(name))
            for name, code in self.question_fields.items()
            if typed.get(name) not in (None, "", [])
        }
        own = set(self.question_fields) | {name for name in typed if name.startswith("person-")} | {"area"}
        return {"area": self.area_row, "people": self.people, "answers": answers} | {
            name: value for name, value in typed.items() if name not in own
        }


CONSENT_CHOICES = [
    (Consent.GIVEN, "Yes, and they agreed"),
    (Consent.REFUSED, "Yes, and they said no"),
    (Consent.NOT_ASKED, "No"),
]


class WriteRequestForm(RequestForm):
    """The form of somebody who signs in: a partner, social care, or an officer on the telephone."""

    asker_name = fields.TextField("The caller’s name", missing="Enter the caller’s name")
    asker_relation = fields.SelectField("Who is the caller?", missing="Choose who the caller is", empty="Choose one")
    asker_role = fields.TextField(
        "Their job and organisation", required=False, help_text="If they work with the family."
    )
    asker_phone = fields.PhoneField("Telephone number to reach you on", required=False)
    asker_email = fields.EmailField("Their e-mail address", required=False, autocomplete="off")
    family_name = fields.TextField(
        "What is the family called?",
        max_length=120,
        help_text="Such as Ashworth.",
        missing="Enter the name the family goes by",
    )
    family_phone = fields.PhoneField("The family’s telephone number", required=False)
    family_email = fields.EmailField("The family’s e-mail address", required=False, autocomplete="off")
    safe_contact = fields.TextField(
        "How and when is it safe to contact them?",
        required=False,
        max_length=300,
        help_text="For example: ring before 3pm, leave no message.",
    )
    has_assessment = fields.YesNoField(
        "Is there a whole-family assessment behind this request?",
        missing="Say whether a whole-family assessment is behind this request",
        reveals={"yes": ["assessment_details"], "no": ["no_assessment_reason"]},
    )
    assessment_details = fields.TextField(
        "Who holds it, and when was it done?",
        max_length=300,
        missing="Say who holds the assessment, and when it was done",
    )
    no_assessment_reason = fields.RadiosField("Why not?", missing="Choose why there is no assessment", small=True)
    consent = fields.RadiosField(
        "Have you asked the family about this request?",
        choices=CONSENT_CHOICES,
        missing="Say whether the family has agreed to this request",
        reveals={
            Consent.GIVEN: ["consent_by", "consent_decider", "consent_how", "consent_on", "consent_categories"],
            Consent.REFUSED: ["refused_words"],
            Consent.NOT_ASKED: ["no_consent_reason", "no_consent_words"],
        },
    )
    consent_by = fields.TextField("Who agreed?", help_text="Their name.", missing="Enter the name of whoever agreed")
    consent_decider = fields.RadiosField("They are", missing="Choose what gives them the right to agree", small=True)
    consent_competence = fields.LongTextField(
        "Why do you think they understand what is asked?", rows=3, missing="Say why you think they understand"
    )
    consent_how = fields.RadiosField("How did they agree?", missing="Choose how they agreed", small=True)
    consent_on = fields.DateField(
        "When?", latest="today", missing="Enter the day they agreed", subject="The day they agreed"
    )
    consent_categories = fields.CheckboxesField(
        "What may be shared with the services that can help?", missing="Choose what they agreed to share", small=True
    )
    refused_words = fields.LongTextField(
        "Why are you asking without their agreement?", rows=3, missing="Say why you ask without their agreement"
    )
    no_consent_reason = fields.RadiosField("Why not?", missing="Choose why the family has not been asked", small=True)
    no_consent_words = fields.LongTextField(
        "Say more", rows=3, missing="Say in a few words why the family has not been asked"
    )

    ON_THE_TELEPHONE = ("asker_name", "asker_relation", "asker_role", "asker_email")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        form, sharing = pack().request_form, pack().sharing
        self._offer("asker_relation", [*form.relations])
        self._offer("no_assessment_reason", form.no_assessment_reasons)
        self._offer("consent_decider", sharing.who_decides)
        self.fields["consent_decider"].reveals = {
            each.code: ["consent_competence"] for each in sharing.who_decides if each.needs_competence
        }
        self._offer("consent_how", sharing.recorded_how)
        self._offer("consent_categories", sharing.categories)
        self._offer("no_consent_reason", sharing.not_asked_reasons)
        self._ask_for_needs()
        if self.channel == Channel.PHONE:
            self.fields["asker_phone"].label = "The caller’s telephone number"
            self.fields["asker_relation"].choices = [
                *self.fields["asker_relation"].choices,
                ("partner", "I work with the family"),
            ]
        else:
            self._drop(*self.ON_THE_TELEPHONE)
        if not rules.asks_for_assessment(self.channel):
            self._drop("has_assessment", "assessment_details", "no_assessment_reason")
        self._in_page_order(
            "asker_name",
            "asker_relation",
            "asker_role",
            "asker_phone",
            "asker_email",
            "questions",
            "family_name",
            "area",
            "address",
            "postcode",
            "family_phone",
            "family_email",
            "safe_contact",
            "interpreter",
            "interpreter_language",
            "people",
            "reasons",
            "worries",
            "needs",
            "going_well",
            "hopes",
        )

    def _offer(self, name: str, things: Any) -> None:
        self.fields[name].choices = offered(things)
        self.fields[name].hints = hints(things)

    def _drop(self, *names: str) -> None:
        for name in names:
            del self.fields[name]

    def _ask_for_needs(self) -> None:
        """One list of boxes for each theme, so that twenty needs can be read."""
        themes: dict[str, list[Any]] = {}
        for need in pack().request_form.needs:
            themes.setdefault(need.theme, []).append(need)
        self.needs_fields = {f"needs-{place}": theme for place, theme in enumerate(themes)}
        for name, theme in self.needs_fields.items():
            self.fields[name] = fields.CheckboxesField(
                theme, choices=offered(themes[theme]), required=False, small=True
            )

    def said(self) -> dict[str, Any]:
        """What was typed, as the action takes it."""
        typed = super().said()
        typed["needs"] = [code for name in self.needs_fields for code in typed.pop(name, [])]
        refused = typed.pop("refused_words", "")
        typed["no_consent_words"] = refused or typed.get("no_consent_words", "")
        typed["consent_categories"] = typed.get("consent_categories") or []
        return typed
