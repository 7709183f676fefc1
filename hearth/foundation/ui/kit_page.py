"""Every piece and every field on one page, to look at and to test."""

import datetime as dt
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseBase

from hearth.foundation.core import clock
from hearth.foundation.core.paging import Page
from hearth.foundation.core.refusals import Conflict, Refusal, Refused
from hearth.foundation.ui import fields
from hearth.foundation.ui.form_page import form_page
from hearth.foundation.ui.listing import sorting


class KitForm(forms.Form):
    """One of each field."""

    name = fields.TextField("Name of the school", width="two-thirds", autocomplete="organization")
    contact = fields.RadiosField(
        "How should we tell you what happened?",
        choices=[("email", "E-mail"), ("phone", "Telephone"), ("none", "Do not tell me")],
        hints={"none": "You can still see it here."},
        reveals={"email": ["email"], "phone": ["phone"]},
        missing="Choose how we should tell you",
    )
    email = fields.EmailField()
    phone = fields.PhoneField()
    seen_on = fields.DateField("When did you last see the child?", help_text="For example, 27 3 2026", latest="today")
    seen_at = fields.TimeField("At what time?", help_text="For example, 2:30pm", required=False)
    born_on = fields.PartialDateField(
        "Date of birth", help_text="As much of it as you know", latest="today", required=False
    )
    words = fields.LongTextField(
        "What is happening?", help_text="In the family’s own words if you can.", max_length=600
    )
    worries = fields.CheckboxesField(
        "What are you worried about?",
        choices=[("school", "School"), ("home", "Home and money"), ("health", "Health")],
        reveals={"school": ["attendance"]},
        none="None of these",
    )
    attendance = fields.NumberField("Attendance this term", max_value=100, suffix="%", width=3)
    scale = fields.ScaleField(
        "How are things today?", low_words="As bad as it could be", high_words="As good as it could be"
    )
    agreed = fields.YesNoField("Does the family agree to this?")
    level = fields.SelectField(
        "Level of need",
        choices=[("Early help", [("2", "Level 2"), ("3", "Level 3")]), ("Statutory", [("4", "Level 4")])],
    )
    district = fields.SelectField("District", choices=[("a", "Burnley"), ("b", "Chorley")], required=False)
    amount = fields.DecimalField("Cost", prefix="£", required=False, max_value=5000)
    letter = fields.FileField("A letter", accept=".pdf,.docx", required=False)
    told = fields.TickField(
        "I have told the family about this", required=True, missing="Tell the family first, then tick the box"
    )
    seen_version = fields.VersionField()


class KitFilters(forms.Form):
    """A list's filters."""

    mark_optional = False
    words = fields.TextField("Name or reference", required=False)
    mine = fields.TickField("Only mine")


def _do(form: Any) -> str:
    """What the kit's form does: nothing, or one of the two things that can go wrong, when the school is so named."""
    name = form.cleaned_data["name"]
    if name == "Refuse me":
        raise Refused(Refusal("ui.kit_refused", "Burnley’s front door is not open yet. Ring 01632 960 001 instead."))
    if name == "Conflict with me":
        raise Conflict({"words": ("What somebody else saved.", form.cleaned_data["words"])}, "Priya Anand")
    return str(name)


def kit_page(request: HttpRequest) -> HttpResponseBase:
    """The page behind /ui-kit."""
    now = clock.now()
    pieces = {
        "now": now,
        "sort": sorting(request, {"family": "name", "received": "received_at"}, "-received"),
        "page": Page(
            rows=[("The Ashworth family", now - dt.timedelta(days=2), 3), ("The Begum family", now, 12)],
            number=2,
            more=True,
        ),
        "filters": KitFilters(request.GET, auto_id="filter_%s"),
    }
    return form_page(
        request, "ui/kit.html", KitForm, do=_do, then=request.path, said=lambda name: f"Saved: {name}.",
        initial={"seen_version": 2}, context=pieces,
    )  # fmt: skip
