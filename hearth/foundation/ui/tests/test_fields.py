"""What each field makes of what people type, and what it says when it cannot."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from hypothesis import given
from hypothesis import strategies as st

from hearth.foundation.core import clock
from hearth.foundation.ui import fields
from hearth.foundation.ui.kit_page import KitForm
from hearth.foundation.ui.partial_date import PartialDate


def clean(field: forms.Field, typed: str = "", **values: str) -> Any:
    """The field's answer to a form that was sent: `answer` is its name."""
    data = QueryDict(mutable=True)
    for name, value in ({"answer": typed} if typed else {}).items():
        data[name] = value
    for name, value in values.items():
        data[f"answer-{name}"] = value
    form = type("Form", (forms.Form,), {"answer": field})(data=data)
    if form.is_valid():
        return form.cleaned_data["answer"]
    raise ValidationError([str(error) for error in form.errors["answer"]])


@pytest.mark.parametrize(
    ("field", "said"),
    [
        (fields.TextField("Name of the school"), "Enter name of the school"),
        (fields.TextField("NHS number"), "Enter NHS number"),
        (fields.LongTextField("What is happening?"), "Answer “What is happening?”"),
        (fields.RadiosField("Is it safe?", choices=[("a", "A")]), "Choose an answer to “Is it safe?”"),
        (fields.SelectField("Level of need", choices=[("a", "A")]), "Choose level of need"),
        (fields.DateField("Date of the visit", missing="Enter the date of the visit"), "Enter the date of the visit"),
        (fields.TickField("I have told them", required=True), "Tick “I have told them” to go on"),
    ],
)
def test_an_empty_answer_gets_a_sentence_that_says_what_to_do(field: forms.Field, said: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(str([said]))):
        clean(field)


def test_text_loses_what_cannot_be_stored_or_would_mislead_the_eye() -> None:
    assert clean(fields.TextField("Name"), "  O\x00’Brien\u202e  ") == "O’Brien"
    assert clean(fields.LongTextField("Words"), "one\r\ntwo\x07") == "one\ntwo"


@given(st.text(max_size=400))
def test_whatever_is_typed_is_stored_or_refused_and_never_breaks(typed: str) -> None:
    kinds = (
        fields.TextField, fields.LongTextField, fields.NumberField, fields.DecimalField, fields.TimeField,
        fields.EmailField, fields.PhoneField, fields.CodeField, fields.DateField, fields.PartialDateField,
    )  # fmt: skip
    for field in (kind("Label") for kind in kinds):
        try:
            answer = clean(field, typed)
        except ValidationError:
            continue
        if isinstance(answer, str):
            answer.encode()
            assert "\x00" not in answer


@pytest.mark.parametrize(("typed", "number"), [("7", 7), (" 1,200 ", 1200), ("0", 0)])
def test_a_number_may_have_commas(typed: str, number: int) -> None:
    assert clean(fields.NumberField("Days"), typed) == number


@pytest.mark.parametrize("typed", ["seven", "-1", "1.5", "9" * 5000, "2147483648", "1e3", "0x10"])
def test_what_is_no_whole_number_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="Enter a whole number, 0 or more"):
        clean(fields.NumberField("Days"), typed)


def test_a_number_says_its_limits() -> None:
    with pytest.raises(ValidationError, match="from 1 to 10"):
        clean(fields.NumberField("Score", min_value=1, max_value=10), "11")


def test_an_amount_has_pounds_and_pence() -> None:
    assert clean(fields.DecimalField("Cost"), "1,250.50") == Decimal("1250.50")
    for typed in ("NaN", "Infinity", "1.234", "-1", "9" * 30):
        with pytest.raises(ValidationError):
            clean(fields.DecimalField("Cost"), typed)


@pytest.mark.parametrize(
    ("typed", "time"),
    [("2:30pm", (14, 30)), ("14:30", (14, 30)), ("2.30 pm", (14, 30)), ("9am", (9, 0)), ("midday", (12, 0)), ("12:00", (12, 0)), ("23:00", (23, 0)),
     ("12.45", (12, 45)), ("12am", (0, 0)), ("midnight", (0, 0)), ("0900", (9, 0)), ("2:05 P.M.", (14, 5))],
)  # fmt: skip
def test_a_time_is_read_as_people_write_it(typed: str, time: tuple[int, int]) -> None:
    assert clean(fields.TimeField("When"), typed) == dt.time(*time)


def test_a_time_that_could_be_two_times_is_asked_about() -> None:
    with pytest.raises(ValidationError, match=r"write 14:30 or 2\.30pm, or 2\.30am"):
        clean(fields.TimeField("When"), "2:30")


@pytest.mark.parametrize("typed", ["2", "25:00", "13pm", "2:75", "half two", "٢:٣٠"])
def test_what_is_no_time_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="such as 2:30pm"):
        clean(fields.TimeField("When"), typed)


def test_a_stored_time_is_offered_as_it_is_typed() -> None:
    assert fields.TimeField("When").prepare_value(dt.time(14, 30)) == "2:30pm"


def test_a_time_of_only_spaces_was_not_said() -> None:
    with pytest.raises(ValidationError, match="Enter when it begins"):
        clean(fields.TimeField("From", missing="Enter when it begins"), "   ")
    assert clean(fields.TimeField("From", required=False), "   ") is None


def test_a_date_is_three_boxes_or_one_word_from_a_machine() -> None:
    assert clean(fields.DateField("D"), day="3", month="Sep", year="2026") == dt.date(2026, 9, 3)
    assert clean(fields.DateField("D"), "2026-09-03") == dt.date(2026, 9, 3)
    with pytest.raises(ValidationError, match="must be a real date"):
        clean(fields.DateField("D"), "tomorrow")


@pytest.mark.parametrize(
    ("boxes", "said"),
    [
        ({"day": "31", "month": "6", "year": "2026"}, "The review must be a real date"),
        ({"day": "3", "month": "", "year": "2026"}, "The review must include a month"),
        ({"day": "", "month": "", "year": "2026"}, "The review must include a day and a month"),
        ({"day": "3", "month": "9", "year": "26"}, "The review must have a year of 4 figures"),
        ({"day": "23", "month": "11", "year": "2026"}, "The review must be today or in the past"),
        ({"day": "1", "month": "1", "year": "2001"}, "The review must be 1 January 2010 or after"),
    ],
)
def test_a_wrong_date_says_what_is_wrong_with_it(boxes: dict[str, str], said: str) -> None:
    field = fields.DateField("The review", latest="today", earliest=dt.date(2010, 1, 1))
    with clock.frozen(dt.date(2026, 11, 22)), pytest.raises(ValidationError, match=said):
        clean(field, **boxes)


def test_today_is_read_when_the_form_is_sent_not_when_the_program_started() -> None:
    field = fields.DateField("D", latest="today")
    with clock.frozen(dt.date(2026, 11, 23)):
        assert clean(field, day="23", month="11", year="2026") == dt.date(2026, 11, 23)


def test_a_birth_date_may_be_a_year_and_a_guess() -> None:
    assert clean(fields.PartialDateField("Born"), day="", month="", year="2016", estimated="yes") == PartialDate(
        2016, estimated=True
    )
    assert clean(fields.PartialDateField("Born", required=False), day="", month="", year="") is None


def test_a_year_that_is_partly_past_is_not_in_the_future() -> None:
    with clock.frozen(dt.date(2026, 11, 22)):
        assert clean(fields.PartialDateField("Born", latest="today"), day="", month="", year="2026") == PartialDate(
            2026
        )
        with pytest.raises(ValidationError, match="today or in the past"):
            clean(fields.PartialDateField("Born", latest="today"), day="", month="", year="2027")


def test_a_stored_partial_date_fills_its_boxes() -> None:
    form = type("Form", (forms.Form,), {"born": fields.PartialDateField("Born")})(
        initial={"born": PartialDate(2016, 9, None, True)}
    )
    drawn = str(form)
    assert 'value="9"' in drawn
    assert 'value="2016"' in drawn
    assert "checked" in drawn


@pytest.mark.parametrize(("typed", "answer"), [("yes", True), ("no", False)])
def test_yes_and_no(typed: str, answer: bool) -> None:
    assert clean(fields.YesNoField("Agreed?"), typed) is answer


def test_neither_yes_nor_no_is_nothing_when_it_may_be() -> None:
    assert clean(fields.YesNoField("Agreed?", required=False)) is None
    with pytest.raises(ValidationError, match="Choose an answer"):
        clean(fields.YesNoField("Agreed?"), "perhaps")


def test_a_stored_no_is_shown_as_no() -> None:
    drawn = str(type("Form", (forms.Form,), {"agreed": fields.YesNoField("Agreed?")})(initial={"agreed": False}))
    assert 'value="no" checked' in " ".join(drawn.split())


def test_none_of_these_stands_alone() -> None:
    field = fields.CheckboxesField("Worries", choices=[("a", "A")], none="None of these")
    assert clean(field, fields.CheckboxesField.NONE) == []
    form = type("Form", (forms.Form,), {"answer": field})(data=QueryDict("answer=a&answer=none_of_these"))
    assert "alone" in str(form.errors)


def test_a_choice_that_was_not_offered_is_refused() -> None:
    with pytest.raises(ValidationError, match="Choose"):
        clean(fields.RadiosField("R", choices=[("a", "A")]), "b")
    with pytest.raises(ValidationError, match="from 0 to 10"):
        clean(fields.ScaleField("S"), "11")


def test_a_scale_gives_a_number_and_nought_is_an_answer() -> None:
    assert clean(fields.ScaleField("S"), "0") == 0
    assert clean(fields.ScaleField("S", required=False)) is None


@pytest.mark.parametrize("typed", ["07700 900 001", "(01632) 960001 ext 4", "+44 1632 960 001"])
def test_a_telephone_number_is_kept_as_it_was_written(typed: str) -> None:
    assert clean(fields.PhoneField(), typed) == typed


@pytest.mark.parametrize("typed", ["ask the office", "0163296", "07700 900"])
def test_a_telephone_number_has_its_figures(typed: str) -> None:
    with pytest.raises(ValidationError, match="01632"):
        clean(fields.PhoneField(), typed)


@pytest.mark.parametrize("number", ["01632 960 001", "(0191) 498 0001", "+44 1632 960 001", "0044 20 7946 0001"])
def test_a_british_landline_is_told_by_its_code(number: str) -> None:
    assert fields.is_landline(number)


@pytest.mark.parametrize(
    "number", ["07700 900 001", "+44 7700 900 001", "+1 202 555 0101", "+353 1 555 0101", "960 001", ""]
)
def test_a_mobile_a_foreign_number_and_one_without_its_code_are_no_landlines(number: str) -> None:
    assert not fields.is_landline(number)


@pytest.mark.parametrize("typed", ["name", "a@b", "a b@example.org", "a@example.org\nBcc: b@example.org"])
def test_an_address_that_mail_cannot_reach_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError, match="name@example"):
        clean(fields.EmailField(), typed)


def test_a_code_forgives_its_space() -> None:
    assert clean(fields.CodeField(), "123 456") == "123456"
    with pytest.raises(ValidationError, match="6 figures"):
        clean(fields.CodeField(), "12345a")


@pytest.mark.parametrize("typed", ["", "-1", "two", "99999999999"])
def test_a_version_that_was_tampered_with_says_to_open_the_page_again(typed: str) -> None:
    with pytest.raises(ValidationError, match="Open it again"):
        clean(fields.VersionField(), typed)


def test_several_files_come_as_a_list_and_an_empty_one_is_refused() -> None:
    form_class = type("Form", (forms.Form,), {"letters": fields.FilesField("Letters")})
    two = [SimpleUploadedFile("a.pdf", b"a"), SimpleUploadedFile("b.pdf", b"b")]
    form = form_class(data={}, files=MultiValueDict({"letters": two}))
    assert form.is_valid()
    assert [file.name for file in form.cleaned_data["letters"]] == ["a.pdf", "b.pdf"]
    assert "empty" in str(
        form_class(data={}, files=MultiValueDict({"letters": [SimpleUploadedFile("a.pdf", b"")]})).errors
    )
    assert "Choose letters" in str(form_class(data={}, files=MultiValueDict()).errors)


def kit(**typed: Any) -> forms.Form:
    return KitForm(data=QueryDict("&".join(f"{name}={value}" for name, value in typed.items())))


def test_a_field_that_was_not_revealed_is_not_asked_for() -> None:
    assert "email" not in kit(contact="phone").errors
    assert "phone" in kit(contact="phone").errors


def test_what_was_typed_in_a_field_that_is_hidden_again_does_not_count() -> None:
    form = kit(contact="phone", email="not an address", attendance="many")
    assert "email" not in form.errors
    assert form.cleaned_data["email"] == ""
    assert form.cleaned_data["attendance"] is None


def test_a_field_revealed_by_a_field_that_is_itself_hidden_is_not_asked_for() -> None:
    class Form(forms.Form):
        one = fields.RadiosField("One", choices=[("a", "A"), ("b", "B")], reveals={"a": ["two"]})
        two = fields.YesNoField("Two", reveals={"yes": ["three"]})
        three = fields.TextField("Three")

    form = Form(data=QueryDict("one=b&two=yes&three=typed"))
    assert form.is_valid()
    assert form.cleaned_data == {"one": "b", "two": None, "three": ""}
    assert set(Form(data=QueryDict("one=a&two=yes")).errors) == {"three"}
