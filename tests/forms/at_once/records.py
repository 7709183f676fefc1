"""Families, people, sharing and accounts."""

import datetime as dt
from typing import Any

from allauth.mfa.models import Authenticator

from hearth.foundation.accounts import actions as accounts
from hearth.foundation.accounts.own_account import actions as own
from hearth.foundation.accounts.sign_in.queries import second_steps_of
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.foundation.core.seen import seen_in
from hearth.records.people import actions as people
from hearth.records.people.facts import actions as facts
from hearth.records.people.facts.queries import homes_of, seen_homes, seen_related
from hearth.records.people.links import actions as links
from hearth.records.people.models import (
    Address,
    Identifier,
    Link,
    Membership,
    PersonName,
    Relationship,
    RestrictedAccess,
    Restriction,
)
from hearth.records.people.restrictions import actions as restrictions
from hearth.records.people.tree import actions as tree
from hearth.records.sharing import actions as sharing
from hearth.records.sharing.agreements import actions as agreements
from hearth.records.sharing.models import Consent
from hearth.records.sharing.queries import seen_decisions, seen_settlement
from tests.forms.at_once import Two, fresh, row

WORKER, MANAGER, GOVERNS, ADMIN = "family_worker", "manager", "information_governance", "administrator"
COLLEAGUES = (WORKER, MANAGER)
MOTHER, SON, FAMILY = "working.mother", "working.son", "working.family"


def _member(where: str, family: str = FAMILY) -> Any:
    def load(town: Any) -> Membership:
        rows = Membership.objects.select_related("family", "person")
        return rows.get(person=town.find(where), family=town.find(family), until_on=None)

    return load


def _two_of_them(town: Any) -> None:
    """A family of two, who might both leave."""
    by = town.cast.family_worker
    with acting_as(by):
        town.more.pair = people.open_family(by=by, name="Pair", area=town.area)
        for name in ("Ann", "Ben"):
            person = people.add_person(by=by, family=town.more.pair, role="carer", given_name=name)
            setattr(town.more, name.lower(), person)


def _home(town: Any) -> Address:
    return homes_of(town.find(MOTHER))[0]


def _place(by: Any, member: Membership, **change: Any) -> Any:
    told = {"role": member.role, "lives_here": member.lives_here} | change
    return people.change_membership(by=by, membership=member, seen=seen_in(member, ("role", "lives_here")), **told)


def _move(by: Any, opened: Any, address: str) -> Any:
    person, seen = opened
    return facts.move_home(by=by, people=[person], address=address, postcode="BB11 1AA", seen=seen)


def _correct(by: Any, home: Address, lines: str) -> Any:
    names = ("lines", "postcode", "uprn", "from_on", "until_on")
    told = {name: getattr(home, name) for name in names} | {"lines": lines}
    return facts.correct_address(by=by, address=home, seen=seen_in(home, names), **told)


def _relate(by: Any, opened: Any, responsible: bool) -> Any:
    person, other, seen = opened
    return facts.record_relationship(
        by=by, person=person, other=other, kind="carer", parental_responsibility=responsible, seen=seen
    )


def _related(town: Any) -> Any:
    father, daughter = fresh(town.find("with_manager.father")), fresh(town.find("with_manager.daughter"))
    return father, daughter, seen_related(father)


def _restriction(town: Any) -> Restriction:
    return Restriction.objects.get(family=town.find("restricted_family"), lifted_at=None)


def _grant(by: Any, restriction: Restriction, town_user: Any) -> Any:
    return restrictions.grant_restricted_access(
        by=by, restriction=restriction, reference="FA", user=town_user, reason="Works with them",
        until_on=clock.today() + dt.timedelta(days=5),
    )  # fmt: skip


def _decide(by: Any, opened: Any, decision: str) -> Any:
    family, mother, son, partner, seen = opened
    return sharing.record_consent(
        by=by, family=family, organisations=[partner], who_decided="parent", recorded_how="spoken", people=[son],
        decider=mother, decision=decision, categories=["basic"], seen=seen,
    )  # fmt: skip


def _asked(town: Any) -> Any:
    planted = town.families["with_manager"]
    partner = town.families["working"].partner
    return fresh(planted.family), fresh(planted.mother), fresh(planted.son), partner, seen_decisions(planted.family)


def _settle(by: Any, opened: Any, shares: bool) -> Any:
    family, person, organisation, seen = opened
    return sharing.settle_disagreement(
        by=by, family=family, person=person, organisation=organisation, shares=shares, reason="Heard.", seen=seen
    )


def _father_says_no(town: Any) -> None:
    planted, by = town.families["with_manager"], town.cast.family_worker
    with acting_as(by):
        sharing.record_consent(
            by=by, family=planted.family, organisations=[town.families["working"].partner], who_decided="parent",
            recorded_how="spoken", people=[planted.son], decider_name="His father", decision="refused",
        )  # fmt: skip


def _disputed(town: Any) -> Any:
    planted = town.families["with_manager"]
    partner = town.families["working"].partner
    return fresh(planted.family, "area"), fresh(planted.son), partner, seen_settlement(planted.son, partner)


def _given(town: Any) -> Consent:
    rows = Consent.objects.select_related("family", "organisation", "person").filter(
        withdrawn_at=None, decision="given"
    )
    return rows.get(person=town.find("with_manager.son"), organisation=town.families["working"].partner)


def _key(town: Any) -> Any:
    return Authenticator.objects.get(user=town.cast.practitioner, type=Authenticator.Type.WEBAUTHN)


def _remove(by: Any, which: str) -> None:
    if which == "app":
        own.remove_app(by=by)
    else:
        own.remove_passkey(by=by, passkey=second_steps_of(by).passkeys[0])


def _app_again(town: Any) -> None:
    """The passkey is left of two: an app beside it once more."""
    by = town.cast.practitioner
    with acting_as(by):
        Authenticator.objects.create(user=by, type=Authenticator.Type.TOTP, data={"secret": "x"})


def _open_again(town: Any) -> None:
    by = town.cast.administrator
    with acting_as(by):
        accounts.open_account(by=by, person=fresh(town.find("colleague"), "organisation"))


def _mothers(town: Any) -> Any:
    planted = town.families["with_manager"]
    return fresh(planted.family), fresh(planted.daughter), fresh(planted.mother)


PEOPLE = [
    Two("people.change_person", row(MOTHER),
        lambda by, p: people.change_person(by=by, person=p, seen_version=p.version, known_as="Nell"),
        lambda by, p: people.change_person(by=by, person=p, seen_version=p.version, known_as="Nan"), "conflict",
        kept=lambda town, _: fresh(town.find(MOTHER)).known_as == "Nell"),
    Two("people.rename_family", row(FAMILY),
        lambda by, f: people.rename_family(by=by, family=f, name="Ash", seen_version=f.version),
        lambda by, f: people.rename_family(by=by, family=f, name="Oak", seen_version=f.version), "conflict"),
    Two("people.join_family", lambda town: (fresh(town.find("bare.family")), fresh(town.find("asked_up.mother"))),
        lambda by, o: people.join_family(by=by, family=o[0], person=o[1], role="carer", lives_here=False),
        comes="people.in_family"),
    Two("people.change_membership", _member(SON), lambda by, m: _place(by, m, lives_here=False),
        lambda by, m: _place(by, m, role="other"), "conflict", who=COLLEAGUES),
    Two("people.end_membership", _member("ann", "pair"),
        lambda by, m: people.end_membership(by=by, membership=m, until_on=clock.today()),
        lambda by, m: people.end_membership(
            by=by, membership=Membership.objects.select_related("family").get(family=m.family, person__given_name="Ben"), until_on=clock.today()),
        "people.last_member", about="of the last two", prepare=_two_of_them),
    Two("people.end_membership", _member("asked_up.father", "asked_up.family"),
        lambda by, m: people.end_membership(by=by, membership=m, until_on=clock.today()), comes="people.left_already"),
    Two("facts.move_home", lambda town: (fresh(town.find(MOTHER)), seen_homes(town.find(MOTHER))),
        lambda by, o: _move(by, o, "1 First Street"), lambda by, o: _move(by, o, "2 Second Street"), "conflict", who=COLLEAGUES),
    Two("facts.correct_address", _home, lambda by, h: _correct(by, h, "1 Right Street"),
        lambda by, h: _correct(by, h, "2 Wrong Street"), "conflict"),
    Two("facts.add_name", row(MOTHER),
        lambda by, p: facts.add_name(by=by, person=p, kind="alias", given_name="Nelly", family_name="Twice"),
        comes="people.name_known"),
    Two("facts.add_identifier", row(MOTHER),
        lambda by, p: facts.add_identifier(by=by, person=p, kind="other", value="12", system="Housing"),
        comes="people.number_known"),
    Two("facts.verify_identifier", row("working.number"),
        lambda by, n: facts.verify_identifier(by=by, person=n.person, identifier=n, against="a letter"),
        comes="people.verified_already", who=COLLEAGUES),
    Two("facts.remove_identifier", row("working.number"),
        lambda by, n: facts.remove_identifier(by=by, person=n.person, identifier=n), comes="core.gone", who=COLLEAGUES,
        kept=lambda town, _: not Identifier.objects.filter(pk=town.find("working.number").pk).exists()),
    Two("facts.remove_name", row("working.name"),
        lambda by, n: facts.remove_name(by=by, person=n.person, name=n), comes="core.gone",
        kept=lambda town, _: not PersonName.objects.filter(pk=town.find("working.name").pk).exists()),
    Two("facts.record_relationship", _related, lambda by, o: _relate(by, o, True), lambda by, o: _relate(by, o, False),
        "conflict", who=COLLEAGUES,
        kept=lambda town, _: Relationship.objects.get(person=town.find("with_manager.father"), kind="carer").parental_responsibility is True),
    Two("facts.end_relationship",
        lambda town: Relationship.objects.select_related("other").get(person=town.find("with_manager.father"), kind="carer"),
        lambda by, r: facts.end_relationship(by=by, relationship=r, until_on=clock.today()),
        comes="people.relationship_over"),
    Two("tree.answer_missing", row("with_manager.family"),
        lambda by, f: tree.answer_missing(by=by, family=f, question="father", children=[], answer="nobody"),
        lambda by, f: tree.answer_missing(by=by, family=f, question="father", children=[], answer="not_known"),
        "people.missing_answered", who=COLLEAGUES),
    Two("tree.record_parent", _mothers,
        lambda by, o: tree.record_parent(by=by, family=o[0], question="mother", children=[o[1]], parent=o[2]), comes="done", who=COLLEAGUES,
        kept=lambda town, _: Relationship.objects.filter(
            kind="mother", person=town.find("with_manager.mother"), other=town.find("with_manager.daughter")).count() == 1),
    Two("tree.take_back_answer", row("with_manager.family"),
        lambda by, f: tree.take_back_answer(by=by, family=f, question="father", child=None), comes="done",
        kept=lambda town, came: came.result == 0),
    Two("links.link_people", lambda town: (fresh(town.find("asked_up.son")), fresh(town.find("handed_back.son"))),
        lambda by, o: links.link_people(by=by, person=o[0], other=o[1], why="The same boy"),
        comes="people.linked_already", who=(MANAGER, MANAGER)),
    Two("links.undo_link", lambda town: Link.objects.select_related("one", "other").get(one=town.find("asked_up.son")),
        lambda by, link: links.undo_link(by=by, link=link, why="Two boys"), comes="people.undone_already",
        who=(MANAGER, MANAGER)),
    Two("restrictions.place_restriction", lambda town: town.more.pair.reference,
        lambda by, reference: restrictions.place_restriction(by=by, reference=reference, reason="A refuge"),
        comes="people.restricted_already", who=(GOVERNS, GOVERNS)),
    Two("restrictions.grant_restricted_access", _restriction, lambda by, r: _grant(by, r, by_email(by, "manager")),
        comes="done", who=(GOVERNS, GOVERNS),
        kept=lambda town, _: RestrictedAccess.objects.filter(
            restriction=_restriction(town), user=town.cast.manager, ended_at=None).count() == 1),
    Two("restrictions.end_restricted_access", _restriction,
        lambda by, r: restrictions.end_restricted_access(by=by, restriction=r, reference="FA", user=by_email(by, "manager")),
        comes="done", who=(GOVERNS, GOVERNS)),
    Two("restrictions.lift_restriction", _restriction,
        lambda by, r: restrictions.lift_restriction(by=by, restriction=r, reference="FA", reason="It is over."),
        comes="people.lifted_already", who=(GOVERNS, GOVERNS)),
]  # fmt: skip


def by_email(_by: Any, key: str) -> Any:
    """Somebody of the cast."""
    from hearth.conftest import Cast

    return getattr(Cast(), key)


SHARING = [
    Two("sharing.record_consent", _asked, lambda by, o: _decide(by, o, "given"), lambda by, o: _decide(by, o, "refused"),
        "conflict", who=COLLEAGUES,
        kept=lambda town, _: Consent.objects.get(family=town.find("with_manager.family"), person=town.find("with_manager.son"), withdrawn_at=None,
            organisation=town.families["working"].partner).decision == "given"),
    Two("sharing.settle_disagreement", _disputed, lambda by, o: _settle(by, o, True), lambda by, o: _settle(by, o, False),
        "sharing.settled", who=(MANAGER, MANAGER), prepare=_father_says_no),
    Two("sharing.withdraw_consent", _given,
        lambda by, c: sharing.withdraw_consent(by=by, family=c.family, consents=[c]), comes="sharing.withdrawn", who=COLLEAGUES),
    Two("sharing.end_exception", row("working.exception", "family", "organisation"),
        lambda by, e: sharing.end_exception(by=by, family=e.family, exception=e, why="Over"),
        comes="sharing.exception_ended", who=COLLEAGUES),
    Two("agreements.end_agreement", row("agreement", "organisation"),
        lambda by, a: agreements.end_agreement(by=by, agreement=a, why="Over"), comes="sharing.agreement_over",
        who=(GOVERNS, GOVERNS)),
]  # fmt: skip

ACCOUNTS = [
    Two("accounts.appoint_person", row("colleague", "organisation"),
        lambda by, p: accounts.appoint_person(by=by, person=p, role="manager"), comes="accounts.held", who=(ADMIN, ADMIN)),
    Two("accounts.end_appointment", lambda town: town.more.colleague.appointments.select_related("user__organisation", "area").get(role="manager"),
        lambda by, held: accounts.end_appointment(by=by, appointment=held), comes="accounts.ended", who=(ADMIN, ADMIN)),
    Two("accounts.close_account", row("colleague", "organisation"), lambda by, p: accounts.close_account(by=by, person=p),
        comes="accounts.closed", who=(ADMIN, ADMIN)),
    Two("accounts.open_account", row("colleague", "organisation"), lambda by, p: accounts.open_account(by=by, person=p),
        comes="accounts.open", who=(ADMIN, ADMIN)),
    Two("accounts.send_link", row("colleague", "organisation"), lambda by, p: accounts.close_account(by=by, person=p),
        lambda by, p: accounts.send_link(by=by, person=p), "accounts.closed", who=(ADMIN, ADMIN), about="to an account that closes"),
    Two("accounts.begin_second_step_again", row("colleague", "organisation"), lambda by, p: accounts.close_account(by=by, person=p),
        lambda by, p: accounts.begin_second_step_again(by=by, person=p), "accounts.closed", who=(ADMIN, ADMIN), prepare=_open_again,
        about="to an account that closes"),
    Two("accounts.invite_person", lambda town: town.cast.administrator.organisation,
        lambda by, o: accounts.invite_person(by=by, full_name="Una New", email="una@example.org", organisation=o, role="practitioner"),
        comes="at once", who=(ADMIN, ADMIN)),
    Two("accounts.add_organisation", lambda town: None,
        lambda by, _: accounts.add_organisation(by=by, name="New Charity", sector="voluntary"), comes="at once", who=(ADMIN, ADMIN)),
    Two("accounts.add_team", lambda town: town.cast.administrator.organisation,
        lambda by, o: accounts.add_team(by=by, organisation=o, name="New Team"), comes="at once", who=(ADMIN, ADMIN)),
    Two("own_account.remove_passkey", _key, lambda by, _: _remove(by, "app"), lambda by, _: _remove(by, "passkey"),
        "accounts.last_second_step", who=("practitioner", "practitioner"), about="while the app goes"),
    Two("own_account.remove_app", _key, lambda by, _: _remove(by, "passkey"), lambda by, _: _remove(by, "app"),
        "accounts.last_second_step", who=("practitioner", "practitioner"), about="while the passkey goes", prepare=_app_again),
]  # fmt: skip

TABLE = [*PEOPLE, *SHARING, *ACCOUNTS]
