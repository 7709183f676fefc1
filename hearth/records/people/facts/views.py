"""Pages that add facts to a person and put them right."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse

from hearth.foundation.core.seen import seen_in
from hearth.foundation.ui.page import form_page, say
from hearth.records.people.facts import actions, forms, queries
from hearth.records.people.queries import others_at_home, person_of, refuse_without_contact


def _person(reference: str) -> str:
    return reverse("person", args=[reference])


def posted_about(request: HttpRequest, reference: str) -> Any:
    """The person a button was pressed about. There is no page to get."""
    person = person_of(request.user, reference)
    if request.method != "POST":
        raise Http404
    return person


def move_home(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Somebody lives somewhere else now, and perhaps others with them."""
    person = person_of(request.user, reference)
    refuse_without_contact(person)
    return form_page(
        request, "people/move_home.html", forms.MoveHomeForm,
        do=lambda form: actions.move_home(by=request.user, **form.cleaned_data),
        then=_person(reference), said="The home is recorded.",
        form_kwargs={"person": person, "others": others_at_home(request.user, person)}, context={"person": person},
        initial={"seen": queries.seen_homes(person)},
    )  # fmt: skip


def correct_address(request: HttpRequest, reference: str, place: int) -> HttpResponseBase:
    """Put an address right that was written wrongly."""
    person = person_of(request.user, reference)
    refuse_without_contact(person)
    home = queries.home_of(person, place)
    names = ("lines", "postcode", "uprn", "from_on", "until_on")
    return form_page(
        request, "people/correct_address.html", forms.CorrectAddressForm,
        do=lambda form: actions.correct_address(by=request.user, address=home, **form.cleaned_data),
        then=_person(reference), said="The address is put right.",
        initial={name: getattr(home, name) for name in names} | {"seen": seen_in(home, names)}, context={"person": person},
    )  # fmt: skip


def add_name(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add another name."""
    person = person_of(request.user, reference)
    return form_page(
        request, "people/add_name.html", forms.AddNameForm,
        do=lambda form: actions.add_name(by=request.user, person=person, **form.cleaned_data),
        then=_person(reference), said="The name is added. The search finds them by it.", context={"person": person},
    )  # fmt: skip


def remove_name(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take away a name that was written by mistake."""
    person = posted_about(request, reference)
    actions.remove_name(by=request.user, person=person, name=queries.name_of(person, request.POST.get("name", "")))
    say(request, "The name is taken away.")
    return HttpResponseRedirect(_person(reference))


def add_identifier(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add a number of another service."""
    person = person_of(request.user, reference)

    return form_page(
        request, "people/add_identifier.html", forms.AddIdentifierForm,
        do=lambda form: actions.add_identifier(by=request.user, person=person, **form.cleaned_data),
        then=_person(reference), said=lambda row: queries.number_words(request.user, row), context={"person": person},
    )  # fmt: skip


def verify_identifier(request: HttpRequest, reference: str, place: int) -> HttpResponseBase:
    """Somebody compared a number with a letter or a card."""
    person = person_of(request.user, reference)
    number = queries.number_at(request.user, person, place)
    return form_page(
        request, "people/verify_identifier.html", forms.VerifyIdentifierForm,
        do=lambda form: actions.verify_identifier(by=request.user, person=person, identifier=number.row, **form.cleaned_data),
        then=_person(reference), said="It is on record that the number was checked.", context={"person": person, "number": number},
    )  # fmt: skip


def remove_identifier(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Take away a number that is not theirs."""
    person = posted_about(request, reference)
    number = queries.identifier_of(person, request.POST.get("number", ""))
    actions.remove_identifier(by=request.user, person=person, identifier=number)
    say(request, "The number is taken away.")
    return HttpResponseRedirect(_person(reference))


def record_relationship(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Say who somebody is to somebody else."""
    person = person_of(request.user, reference)
    return form_page(
        request, "people/record_relationship.html", forms.RecordRelationshipForm,
        do=lambda form: actions.record_relationship(by=request.user, **form.cleaned_data),
        then=_person(reference), said="It is recorded.",
        form_kwargs={"person": person, "others": others_at_home(request.user, person)}, context={"person": person},
        initial={"seen": queries.seen_related(person)},
    )  # fmt: skip


def end_relationship(request: HttpRequest, reference: str, other: str, kind: str) -> HttpResponseBase:
    """Two people are no longer that to each other."""
    person = person_of(request.user, reference)
    row = queries.relationship_between(request.user, person, other, kind)
    return form_page(
        request, "people/end_relationship.html", forms.EndRelationshipForm,
        do=lambda form: actions.end_relationship(by=request.user, relationship=row, **form.cleaned_data),
        then=_person(reference), said="It is recorded as over.", context={"person": person, "row": row, "words": queries.words_of(row)},
    )  # fmt: skip
