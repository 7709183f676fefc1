"""The steps of starting work on a request. Called inside the actions of this room, which record their own events."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from hearth.casework.assessments.actions import start_assessment
from hearth.casework.assessments.models import Assessment
from hearth.casework.cases.actions import open_case
from hearth.casework.cases.due import set_due
from hearth.casework.cases.models import Case
from hearth.casework.front_door.models import Consent, Request, RequestPerson
from hearth.casework.front_door.triage.actions import write_note
from hearth.casework.front_door.triage.models import PersonMatch
from hearth.desk.panel.actions import say_when
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.refusals import Refused
from hearth.foundation.core.text import fold
from hearth.records.people.access.actions import give_access
from hearth.records.people.actions import join_family, open_family
from hearth.records.people.facts.actions import add_family_member
from hearth.records.people.models import Family, Membership, Person
from hearth.records.sharing.actions import record_consent
from hearth.records.sharing.queries import Basis, basis_for
from hearth.records.sharing.rules import THEMSELVES

PANEL_MEETS_WITHIN = dt.timedelta(days=31)  # panels are monthly


def put_on_record(
    by: Any,
    request: Request,
    people: Sequence[RequestPerson],
    matches: Mapping[Any, PersonMatch],
    family: Family | None,
) -> tuple[Family, dict[Any, Person]]:
    """The family, opened if it is new, with everybody the request names in it: each by the id of their typed row."""
    if family is None:
        family = open_family(by=by, name=request.family_name or _family_name(people), area=request.area)
    found: dict[Any, Person] = {}
    contact = _contact(people)
    for typed in people:
        match = matches[typed.id]
        if match.person is not None:
            found[typed.id] = _joined(by, family, typed, match.person)
        else:
            found[typed.id] = match.person = _added(by, request, family, typed, is_contact=typed == contact)
            match.save(
                update_fields=["person"]
            )  # from now on what was typed is theirs: to find, to restrict, to let go
    return family, found


def _joined(by: Any, family: Family, typed: RequestPerson, person: Person) -> Person:
    """Somebody on record is in the family: they were, or they are now."""
    if not Membership.objects.filter(family=family, person=person, until_on=None).exists():
        join_family(by=by, family=family, person=person, role=typed.role, lives_here=not typed.lives_elsewhere)
    return person


def _added(by: Any, request: Request, family: Family, typed: RequestPerson, *, is_contact: bool) -> Person:
    """Somebody new is put on record as they were typed. How to reach the family is kept with the one it speaks of."""
    contact: dict[str, Any] = {
        "phone": request.family_phone or (request.asker_phone if request.channel == "family" else ""),
        "email": request.family_email or (request.asker_email if request.channel == "family" else ""),
        "safe_to_contact": request.safe_contact[:200],
        "interpreter_language": request.interpreter_language,
    }
    return add_family_member(
        by=by,
        family=family,
        role=typed.role,
        given_name=typed.given_name,
        family_name=typed.family_name,
        name_supplied=bool(typed.given_name or typed.family_name),
        born_on=typed.born_on,
        birth_precision=typed.birth_precision,
        sex=typed.sex,
        lives_here=not typed.lives_elsewhere,
        address=typed.lives_elsewhere or request.address,
        postcode="" if typed.lives_elsewhere else request.postcode,
        **(contact if is_contact else {}),
    )


def _contact(people: Sequence[RequestPerson]) -> RequestPerson | None:
    """Whom the telephone number on the request reaches: a parent or carer of the home, else whoever comes first."""
    grown = [person for person in people if person.role in ("parent", "carer") and not person.lives_elsewhere]
    return next(iter([*grown, *people]), None)


def _family_name(people: Sequence[RequestPerson]) -> str:
    return next((person.family_name for person in people if person.family_name), "Name not supplied")


def consent_from(
    by: Any, request: Request, family: Family, people: dict[Any, Person], typed: Sequence[RequestPerson], lead: Any
) -> None:
    """Record the consent that came with the request, for the organisations it is about: the referrer's and the lead's.

    What cannot be recorded as typed does not stop the help: the front door finds why in a note, and nothing is shared.
    """
    asked = [request.organisation, getattr(lead, "organisation", None)]
    organisations = {each.pk: each for each in asked if each is not None and not each.is_authority}
    if request.consent != Consent.GIVEN or not request.consent_categories or not organisations:
        return
    named = [row for row in typed if row.folded_name and row.folded_name == fold(request.consent_by)]
    decider = people[named[0].id] if named else None
    if request.consent_decider in THEMSELVES and decider is None:
        _say_why_not(by, request, "whoever agreed for themselves is not among the people named.")
        return
    try:
        record_consent(
            by=by,
            family=family,
            organisations=list(organisations.values()),
            people=[decider] if request.consent_decider in THEMSELVES else None,
            who_decided=request.consent_decider,
            recorded_how=request.consent_how,
            categories=request.consent_categories,
            decider=decider,
            decider_name="" if decider else request.consent_by,
            competence=request.consent_competence,
            from_on=request.consent_on,
            words=_how_it_came(request),
        )
    except Refused as refused:
        _say_why_not(by, request, refused.refusal.sentence)


def _how_it_came(request: Request) -> str:
    """To whom it was said: whoever writes it on record has not spoken with them."""
    if request.channel == "partner" and request.made_by is not None:
        return f"Told to {request.made_by.full_name} when help was asked for: request {request.reference}."
    return f"Given when help was asked for: request {request.reference}."


def _say_why_not(by: Any, request: Request, why: str) -> None:
    words = f"The consent that came with this request is not on record: {why}"
    write_note(by=by, request=request, words=f"{words} Ask the family again before anything is shared.")


def open_to_referrer(by: Any, request: Request, family: Family) -> None:
    """Whoever asked may open the family, where the family agreed to that and for what they agreed."""
    if request.made_by is None or request.organisation is None or request.channel != "partner":
        return
    basis = basis_for(family, request.organisation)
    if isinstance(basis, Basis) and basis.kind == "consent":
        give_access(
            by=by,
            family=family,
            user=request.made_by,
            why="made_request",
            basis=request.id,
            categories=basis.categories,
            until_at=basis.until_at,
        )


def open_case_of(family: Family) -> Case | None:
    """The family's open case."""
    return Case.objects.filter(family=family).open().first()


def case_for(by: Any, request: Request, family: Family, outcome: str, level: str, lead: Any) -> Case:
    """The family's open case, or a new one."""
    held = open_case_of(family)
    return held or open_case(by=by, family=family, because=outcome, level=level, request_id=request.id, lead=lead)


def begin_assessment(by: Any, request: Request, case: Case) -> None:
    """The whole-family assessment, with what the request already says. A case that has one keeps it."""
    if not Assessment.objects.filter(case=case).exists():
        start_assessment(
            by=by, case=case, known={"request_reason": request.worries, "request_going_well": request.going_well}
        )


def send_to_panel(by: Any, request: Request, case: Case) -> None:
    """The case stands on the list of those that wait for the panel."""
    say_when(case, clock.today() + PANEL_MEETS_WITHIN)


def send_to_social_care(by: Any, request: Request, case: Case) -> None:
    """Put asking social care on the list of what is due. Who decides goes on to ask, in desk/stepping."""
    due_on = clock.add_working_days(clock.today(), pack().limits.step_up_answer)
    set_due(case=case, kind="step_up", what=f"Step up to {pack().words.social_care}"[:120], due_on=due_on)


BEGIN = {"assessment": begin_assessment, "panel": send_to_panel, "step_up": send_to_social_care}
