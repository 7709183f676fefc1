"""Put families and people on record, and keep what is known of them true."""

import datetime as dt
from typing import Any

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.references import drawn_reference
from hearth.foundation.core.refusals import Conflict, refuse
from hearth.foundation.core.seen import write_seen
from hearth.foundation.core.text import clean
from hearth.records.people import codes, rules
from hearth.records.people.access.actions import area_row
from hearth.records.people.births import birth_words
from hearth.records.people.models import Access, Family, FamilyRole, Membership, Person, Sex
from hearth.records.people.reach import OPEN

# What a caller may say of a person, beside names and birth; field names are the model's.
FACTS = (
    "known_as", "sex", "gender_identity", "ethnicity", "disabilities", "first_language", "interpreter_language",
    "email", "phone", "safe_to_contact", "died_on", "name_supplied",
)  # fmt: skip
CHANGEABLE = ("given_name", "family_name", "born_on", "birth_precision", *FACTS)
# What a partner who adds a family may read of it until something lets us share more: what they typed themselves.
ADDERS_SIGHT = ["basic", "contact"]
PLACE_SAID = {"role": lambda role: FamilyRole(role).label, "lives_here": lambda here: "Yes" if here else "No"}
ADDERS_DAYS = 30  # and for how long: until then the family is asked, and something else lets us share


@action
def open_family(*, by: Any, name: str, area: Any) -> Family:
    """Put a family on record in an area. Whoever adds it may open it; so may the area's own roles.

    The adder's access is written before the family: the policy then lets them see the row they write.
    """
    refuse(rules.why_not_record(by))
    family = Family(reference=drawn_reference("FA"), name=clean(name).strip(), area=area, area_permission=OPEN)
    ours, now = by.organisation.is_authority, clock.now()
    sight, until_at = (None, None) if ours else (ADDERS_SIGHT, now + dt.timedelta(days=ADDERS_DAYS))
    Access(family=family, user=by, why="added_family", categories=sight, from_at=now, until_at=until_at).save(
        force_insert=True
    )
    family.save(force_insert=True)
    area_row(family, area, OPEN, None).save(force_insert=True)
    record("people.family_opened", family=family, subject=family)
    return family


@action
def add_person(
    *,
    by: Any,
    family: Family,
    role: str,
    given_name: str = "",
    family_name: str = "",
    born_on: dt.date | None = None,
    birth_precision: str = "unknown",
    lives_here: bool = True,
    **facts: Any,
) -> Person:
    """Put a person on record in a family. The membership is written first: it is what makes the person visible."""
    unknown = set(facts) - set(FACTS)
    if unknown:
        raise TypeError(f"add_person does not know {sorted(unknown)}.")
    refuse(rules.why_not_record(by))
    person = Person(
        reference=drawn_reference("PE"),
        given_name=clean(given_name).strip(),
        family_name=clean(family_name).strip(),
        born_on=born_on,
        birth_precision=birth_precision,
        **{name: _cleaned(value) for name, value in facts.items()},
    )
    Membership(family=family, person=person, role=role, lives_here=lives_here).save(force_insert=True)
    person.save(force_insert=True)
    record("people.person_added", family=family, subject=person, role=role)
    return person


def _cleaned(value: Any) -> Any:
    return clean(value).strip() if isinstance(value, str) else value


@action
def change_person(*, by: Any, person: Person, seen_version: int, **facts: Any) -> Person:
    """Change what is known of somebody. Whoever saved meanwhile is not overwritten: both texts are shown."""
    unknown = set(facts) - set(CHANGEABLE)
    if unknown:
        raise TypeError(f"change_person does not know {sorted(unknown)}.")
    refuse(rules.why_not_record(by))
    saved = person
    saved.hold()
    typed = {name: _cleaned(value) for name, value in facts.items()}
    if seen_version != saved.version:
        _raise_if_different(saved, typed)
    whole = {name: typed.get(name, getattr(saved, name)) for name in CHANGEABLE}
    named = bool(whole["given_name"] or whole["family_name"])
    refuse(rules.why_not_these_facts(**{name: whole[name] for name in rules.JUDGED}))
    changed = sorted(name for name in typed if getattr(saved, name) != typed[name])
    for name in changed:
        setattr(saved, name, typed[name])
    saved.name_supplied, saved.version = named or saved.name_supplied, saved.version + 1
    saved.save()
    record("people.person_changed", family=saved.trail_family_id(), subject=saved, changed=changed)
    return saved


def _raise_if_different(saved: Person, typed: dict[str, Any]) -> None:
    texts: dict[str, tuple[str, str]] = {}
    for name, value in typed.items():
        if getattr(saved, name) != value:
            key, theirs = _said(name, getattr(saved, name), saved.birth_precision)
            texts[key] = (theirs, _said(name, value, typed.get("birth_precision", saved.birth_precision))[1])
    if texts:
        raise Conflict(texts)


def _said(name: str, value: Any, precision: str) -> tuple[str, str]:
    """What a conflict shows: text under its field's name, so that it can be put back; anything else in words, under a label."""
    if name in ("born_on", "birth_precision"):
        return "Birth", birth_words(value, precision) if name == "born_on" else precision
    words = {
        "ethnicity": lambda: codes.label_of("ethnicity", value),
        "sex": lambda: Sex(value).label,
        "disabilities": lambda: ", ".join(codes.label_of("disability", code) for code in value or []),
    }.get(name)
    if words is None:
        return name, "" if value is None else str(value)
    return name.capitalize(), words()


@action
def join_family(*, by: Any, family: Family, person: Person, role: str, lives_here: bool) -> Membership:
    """Add somebody already on record to another family, such as a child of two homes."""
    refuse(rules.why_not_record(by))
    family.hold()
    person.hold()  # whoever restricts them waits until this place of theirs is on record, or has hidden them already
    refuse(rules.why_not_join(family, person))
    row = Membership(
        family=family, person=person, role=role, lives_here=lives_here, from_on=clock.today(), hidden=person.hidden
    )
    row.save(force_insert=True)
    record("people.family_joined", family=family, subject=person, role=role)
    return row


@action
def change_membership(
    *, by: Any, membership: Membership, role: str, lives_here: bool, seen: str | None = None
) -> Membership:
    """Somebody is something else in the family, or lives elsewhere now. `seen` is what the page showed of it."""
    refuse(rules.why_not_record(by))
    membership.hold()
    refuse(rules.why_not_change_membership(membership))
    moves_in = lives_here and not membership.lives_here
    write_seen(membership, seen, {"role": role, "lives_here": lives_here}, PLACE_SAID)
    if moves_in:
        membership.home_since_at = clock.now()
    membership.save(update_fields=["role", "lives_here", "home_since_at"])
    record(
        "people.membership_changed",
        family=membership.family_id,
        subject=membership.person,
        role=role,
        lives_here=lives_here,
    )
    return membership


@action
def end_membership(*, by: Any, membership: Membership, until_on: dt.date) -> Membership:
    """Somebody left the family. Their record and what was written stay."""
    refuse(rules.why_not_record(by))
    membership.family.hold()  # the last two cannot both leave at once
    membership.hold()
    refuse(rules.why_not_end_membership(membership, until_on))
    membership.until_on = until_on
    membership.save(update_fields=["until_on"])
    record("people.family_left", family=membership.family_id, subject=membership.person, on=until_on)
    return membership


@action
def rename_family(*, by: Any, family: Family, name: str, seen_version: int) -> Family:
    """Change what people call the family."""
    refuse(rules.why_not_record(by))
    saved, name = family, clean(name).strip()
    saved.hold()
    if seen_version != saved.version and saved.name != name:
        raise Conflict({"name": (saved.name, name)})
    saved.name, saved.version = name, saved.version + 1
    saved.save()
    record("people.family_renamed", family=saved, subject=saved)
    return saved
