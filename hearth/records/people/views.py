"""Pages of a family's people."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse

from hearth.foundation.audit.looks import looked
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.seen import seen_in
from hearth.foundation.ui.page import form_page, render
from hearth.records.people import actions, forms, queries, rules
from hearth.records.people.facts import actions as fact_actions
from hearth.records.people.facts import queries as fact_queries
from hearth.records.people.links import queries as link_queries
from hearth.records.people.tree import queries as tree_queries


def _people(reference: str) -> str:
    return reverse("family_people", args=[reference])


def open_family(request: HttpRequest) -> HttpResponseBase:
    """Put a new family on record."""
    refuse(rules.why_not_record(request.user))
    return form_page(
        request, "people/open_family.html", forms.OpenFamilyForm,
        do=lambda form: actions.open_family(by=request.user, **form.cleaned_data),
        then=lambda family: reverse("add_family_member", args=[family.reference]),
        said=lambda family: f"The {family.name} family is on record ({family.reference}). Add the first person.",
        form_kwargs={"areas": queries.districts()},
    )  # fmt: skip


def rename_family(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Change what people call a family."""
    family = queries.family_of(request.user, reference)
    return form_page(
        request, "people/rename_family.html", forms.RenameFamilyForm,
        do=lambda form: actions.rename_family(by=request.user, family=family, **form.cleaned_data),
        then=_people(reference), said="The name is changed.",
        initial={"name": family.name, "seen_version": family.version}, context={"family": family},
    )  # fmt: skip


def family_people(request: HttpRequest, reference: str) -> HttpResponse:
    """Who is in the family, and who was."""
    family = queries.family_of(request.user, reference)
    looked(request.user, "people.family_people_opened", family=family, subject=family)
    now, left = queries.family_people(request.user, family)
    tree = tree_queries.family_tree(request.user, family)
    return render(request, "people/family_people.html", {"family": family, "people": now, "left": left, "tree": tree})


def add_family_member(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add somebody new to a family, with every fact at once."""
    family = queries.family_of(request.user, reference)
    members = tree_queries.members_of(request.user, family)
    return form_page(
        request, "people/add_family_member.html", forms.AddFamilyMemberForm,
        do=lambda form: fact_actions.add_family_member(by=request.user, family=family, **form.cleaned_data),
        then=_people(reference), said=lambda person: f"{person.full_name} is on record.",
        form_kwargs={"members": members, "sight": queries.sight_of(family)}, context={"family": family},
    )  # fmt: skip


def join_family(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Add somebody already on record to another family."""
    family = queries.family_of(request.user, reference)
    asked = request.GET.get("person", "")[:20]  # typing about one person is not shown where another was asked for

    def join(form: Any) -> Any:
        person = queries.person_to_join(request.user, form.cleaned_data.pop("reference"))
        refuse(rules.why_not_found(person))
        return actions.join_family(by=request.user, family=family, person=person, **form.cleaned_data)

    return form_page(
        request, "people/join_family.html", forms.JoinFamilyForm, do=join, then=_people(reference),
        said="They are in this family too.", initial={"reference": asked}, name=asked, context={"family": family},
    )  # fmt: skip


def change_membership(request: HttpRequest, reference: str, person: str) -> HttpResponseBase:
    """Change what somebody is in the family, and whether they live there."""
    family = queries.family_of(request.user, reference)
    member = queries.membership_of(request.user, family, person)
    return form_page(
        request, "people/change_membership.html", forms.ChangeMembershipForm,
        do=lambda form: actions.change_membership(by=request.user, membership=member, **form.cleaned_data),
        then=_people(reference), said="Their place in the family is changed.",
        initial={"role": member.role, "lives_here": member.lives_here, "seen": seen_in(member, ("role", "lives_here"))},
        context={"family": family, "member": member},
    )  # fmt: skip


def end_membership(request: HttpRequest, reference: str, person: str) -> HttpResponseBase:
    """Somebody left the family."""
    family = queries.family_of(request.user, reference)
    member = queries.membership_of(request.user, family, person)
    return form_page(
        request, "people/end_membership.html", forms.EndMembershipForm,
        do=lambda form: actions.end_membership(by=request.user, membership=member, **form.cleaned_data),
        then=_people(reference), said="They are no longer in this family. Their record stays.",
        context={"family": family, "member": member},
    )  # fmt: skip


def person(request: HttpRequest, reference: str) -> HttpResponse:
    """Everything known of one person."""
    found = queries.person_of(request.user, reference)
    looked(request.user, "people.person_opened", family=found.trail_family_id(), subject=found)
    sight = queries.sight_of(found)
    context = {
        "person": found, "sight": sight, "families": queries.families_of(request.user, found),
        "facts": fact_queries.facts_of(request.user, found, contact="contact" in sight),
        "about": fact_queries.about(found, health="health" in sight, contact="contact" in sight),
        "birth": queries.birth_words(found.born_on, found.birth_precision), "aged": queries.age_said(found),
        "linked": link_queries.linked_records(request.user, found), "links": link_queries.links_of(request.user, found),
        "may_change": rules.why_not_record(request.user) is None,
    }  # fmt: skip
    return render(request, "people/person.html", context)


def change_person(request: HttpRequest, reference: str) -> HttpResponseBase:
    """Change what is known of somebody."""
    found = queries.person_of(request.user, reference)
    return form_page(
        request, "people/change_person.html", forms.ChangePersonForm,
        do=lambda form: actions.change_person(by=request.user, person=found, **form.cleaned_data),
        then=reverse("person", args=[reference]), said="The record is changed.", initial=forms.initial_of(found),
        form_kwargs={"sight": queries.sight_of(found)}, context={"person": found},
    )  # fmt: skip
