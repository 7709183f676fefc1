"""A plain Django form drawn with the GOV.UK macros: labels, hints, errors, and links that lead to a box."""

from typing import Any

import pytest
from django import forms
from django.http import QueryDict

from hearth.foundation.ui import fields
from hearth.foundation.ui.kit import error_items, field
from hearth.foundation.ui.kit_page import KitForm
from hearth.foundation.ui.tests.markup import Markup


def bound(form: type[forms.Form], typed: str = "") -> Any:
    return form(data=QueryDict(typed))


def draw(form: Any) -> Markup:
    return Markup(str(form))


@pytest.mark.parametrize("form", [KitForm(), bound(KitForm), bound(KitForm, "contact=email&worries=school&scale=99")])
def test_the_markup_is_whole_and_no_id_stands_twice(form: Any) -> None:
    page = draw(form)
    assert page.faults == []
    assert page.repeated_ids() == set()


@pytest.mark.parametrize("form", [KitForm(), bound(KitForm, "contact=email")])
def test_every_box_has_a_label(form: Any) -> None:
    page = draw(form)
    boxes = [e for e in page.all if e.tag in ("input", "select", "textarea") and e.attributes.get("type") != "hidden"]
    assert len(boxes) > 20
    assert [box.attributes["id"] for box in boxes if not page.label_for(box.attributes["id"])] == []


def test_every_description_is_there() -> None:
    page = draw(bound(KitForm, "contact=email"))
    wanted = [name for e in page.all for name in e.attributes.get("aria-describedby", "").split()]
    assert wanted
    assert [name for name in wanted if page.with_id(name) is None] == []


def test_every_error_has_a_link_and_every_link_leads_to_a_box_that_takes_the_keyboard() -> None:
    form = bound(KitForm, "contact=email&worries=school")
    page = draw(form)
    links = [item["href"].lstrip("#") for item in error_items(form) if "href" in item]
    assert {
        "id_name",
        "id_email",
        "id_seen_on-day",
        "id_words",
        "id_attendance",
        "id_scale",
        "id_agreed",
        "id_level",
        "id_told",
    } <= set(links)
    assert [link for link in links if not page.may_be_focused(link)] == []


def test_errors_stand_in_the_order_of_the_page() -> None:
    class Form(forms.Form):
        first = fields.TextField("First", missing="First is missing")
        second = fields.TextField("Second", missing="Second is missing")

    assert [item["text"] for item in error_items(bound(Form))] == ["First is missing", "Second is missing"]


def test_a_date_at_fault_leads_to_the_box_that_is_wrong() -> None:
    form = bound(KitForm, "seen_on-day=3&seen_on-month=13&seen_on-year=2026")
    form.is_valid()
    page = draw(form)
    assert "#id_seen_on-month" in [item.get("href") for item in error_items(form)]
    assert "govuk-input--error" in page.with_id("id_seen_on-month").attributes["class"]
    assert "govuk-input--error" not in page.with_id("id_seen_on-day").attributes["class"]


def test_what_may_be_left_out_says_so() -> None:
    page = draw(KitForm())
    assert page.label_for("id_district") == "District (optional)"
    assert page.label_for("id_name") == "Name of the school"


def test_filters_do_not_call_every_box_optional() -> None:
    class Filters(forms.Form):
        mark_optional = False
        words = fields.TextField("Words", required=False)

    assert draw(Filters()).label_for("id_words") == "Words"


def test_typed_text_comes_back_exactly_however_deep_it_is_drawn() -> None:
    class Form(forms.Form):
        why = fields.RadiosField("Why?", choices=[("other", "Other")], reveals={"other": ["words"]})
        words = fields.LongTextField("Say more")

    text = "First line\n  indented line\n\nlast </textarea><script>alert(1)</script> & “quoted”"
    data = QueryDict(mutable=True)
    data["why"], data["words"] = "other", text
    page = draw(Form(data=data))
    assert page.with_id("id_words").text == text
    assert not [e for e in page.all if e.tag == "script"]


@pytest.mark.parametrize("hostile", ['"><script>alert(1)</script>', "' onfocus='alert(1)", "{{ 7 * 7 }}", "</option>"])
def test_nothing_typed_or_chosen_becomes_markup(hostile: str) -> None:
    class Form(forms.Form):
        text = fields.TextField(hostile, help_text=hostile)
        radio = fields.RadiosField(hostile, choices=[(hostile, hostile)], hints={hostile: hostile})
        select = fields.SelectField(hostile, choices=[(hostile, [(hostile, hostile)])])
        many = fields.CheckboxesField(hostile, choices=[(hostile, hostile)])
        when = fields.DateField(hostile)

    data = QueryDict(mutable=True)
    data.update(dict.fromkeys(("text", "radio", "select", "many", "when-day", "when-month"), hostile))
    page = draw(Form(data=data))
    assert page.faults == []
    assert not [e for e in page.all if e.tag == "script" or "onfocus" in e.attributes]
    assert page.with_id("id_text").attributes["value"] == hostile
    assert "49" not in str(Form(data=data))


def test_a_list_of_long_words_has_two_lines_for_them_on_a_phone_and_one_of_short_words_has_not() -> None:
    class Form(forms.Form):
        day = fields.SelectField("Day", choices=[("mo", "Monday")])
        need = fields.SelectField(
            "Need", choices=[("mo", "Monday"), ("x", "Conflict between parents, or within the family")]
        )

    page = draw(Form())
    assert "app-select--long" in page.with_id("id_need").attributes["class"]
    assert "app-select--long" not in page.with_id("id_day").attributes["class"]


def test_a_revealed_field_is_drawn_inside_its_choice_and_nowhere_else() -> None:
    page = draw(bound(KitForm, "contact=email"))
    assert len([e for e in page.named("email") if e.attributes["type"] == "email"]) == 1
    shown = page.with_id("conditional-id_contact")
    assert shown is not None
    assert "id_email" in [e.attributes.get("id") for e in shown.inside]
    assert "govuk-radios__conditional--hidden" not in shown.attributes["class"]
    assert "govuk-radios__conditional--hidden" in page.with_id("conditional-id_contact-2").attributes["class"]


def test_a_password_is_never_sent_back() -> None:
    class Form(forms.Form):
        password = fields.PasswordField()

    page = draw(Form(data={"password": "correct horse"}))
    assert "correct horse" not in str(Form(data={"password": "correct horse"}))
    assert page.with_id("id_password").attributes["autocomplete"] == "current-password"


def test_a_form_of_somebody_elses_is_drawn_too() -> None:
    class Library(forms.Form):
        login = forms.EmailField(
            widget=forms.EmailInput(attrs={"placeholder": "E-mail", "autocomplete": "email", "autofocus": True})
        )
        remember = forms.BooleanField(required=False)
        sort = forms.ChoiceField(choices=[("a", "A")], widget=forms.RadioSelect)
        token = forms.CharField(widget=forms.HiddenInput)

    page = draw(Library())
    assert page.faults == []
    login = page.with_id("id_login")
    assert login is not None
    assert login.attributes["autocomplete"] == "email"
    assert "placeholder" not in login.attributes
    assert "autofocus" in login.attributes
    assert page.with_id("id_remember").attributes["type"] == "checkbox"


def test_one_field_can_be_laid_out_by_itself() -> None:
    assert "Name of the school" in field(KitForm(), "name")


def test_two_forms_with_prefixes_do_not_share_ids() -> None:
    page = Markup(str(KitForm(prefix="one")) + str(KitForm(prefix="two")))
    assert page.repeated_ids() == set()


def test_the_keyboard_of_a_phone_fits_what_is_asked() -> None:
    page = draw(KitForm())
    asked = ("attendance", "amount", "phone", "email")
    kinds = {name: page.named(name)[0].attributes.get("inputmode") for name in asked}
    assert kinds == {"attendance": "numeric", "amount": "decimal", "phone": "tel", "email": "email"}


def test_a_forms_upload_is_sent_as_one() -> None:
    assert KitForm().is_multipart()


def test_the_count_of_characters_starts_from_the_same_limit_as_the_check() -> None:
    page = draw(KitForm())
    box = next(e for e in page.all if e.attributes.get("data-module") == "govuk-character-count")
    assert box.attributes["data-maxlength"] == "600"
    form = bound(KitForm, "words=" + "x" * 601)
    assert "600 characters or fewer" in str(form.errors["words"])
