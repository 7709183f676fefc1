"""Restrict a record to named people, give and end a place on its list, and lift it. Information governance alone."""

import datetime as dt
from typing import Any

from django.db import connection

from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import refuse
from hearth.foundation.core.text import clean
from hearth.records.people.holding import hold_clusters
from hearth.records.people.models import RestrictedAccess, RestrictedSearch, Restriction
from hearth.records.people.restrictions import queries, rules


@action
def place_restriction(*, by: Any, reference: str, reason: str) -> Restriction:
    """Restrict a person, with every record linked to theirs, or a whole family. Nobody may open it until they are named."""
    refuse(rules.why_not_govern(by))
    hold_clusters()
    governed = queries.governed(by, reference)
    refuse(rules.why_not_place(governed, reason))
    assert governed is not None  # noqa: S101 - the rule above refuses it
    row = Restriction(reason=clean(reason), placed_by=by, **{f"{governed.kind}_id": governed.id})
    row.save(force_insert=True)
    _keep_true(row)
    family = governed.id if governed.kind == "family" else None
    record("people.restriction_placed", family=family, subject=governed.reference)
    return row


@action
def lift_restriction(*, by: Any, restriction: Restriction, reference: str, reason: str) -> Restriction:
    """The danger has gone: the record is opened again to those who may open its family."""
    refuse(rules.why_not_govern(by))
    hold_clusters()
    restriction.hold()
    refuse(rules.why_not_lift(by, restriction, reason))
    restriction.lifted_at, restriction.lifted_by, restriction.lifted_because = clock.now(), by, clean(reason)
    restriction.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    restriction.allowed.filter(ended_at=None).update(ended_at=clock.now())
    _keep_true(restriction)
    record("people.restriction_lifted", family=restriction.family_id, subject=reference)
    return restriction


@action
def grant_restricted_access(
    *, by: Any, restriction: Restriction, reference: str, user: Any, reason: str, until_on: dt.date
) -> RestrictedAccess:
    """Put one name on the list, with a last day. It opens nothing that they could not open were it not restricted."""
    refuse(rules.why_not_govern(by))
    restriction.hold()
    refuse(rules.why_not_grant(by, restriction, user, reason, until_on))
    restriction.allowed.filter(user=user, ended_at=None).update(ended_at=clock.now())
    row = RestrictedAccess(
        restriction=restriction,
        user=user,
        reason=clean(reason),
        granted_by=by,
        until_at=dt.datetime.combine(until_on + dt.timedelta(1), dt.time(), clock.LONDON),
    )
    row.save(force_insert=True)
    record(
        "people.restricted_access_granted", family=restriction.family_id, subject=reference, to=user.id, until=until_on
    )
    return row


@action
def end_restricted_access(*, by: Any, restriction: Restriction, reference: str, user: Any) -> None:
    """Take a name off the list before its last day."""
    refuse(rules.why_not_govern(by))
    restriction.hold()
    restriction.allowed.filter(user=user, ended_at=None).update(ended_at=clock.now())
    record("people.restricted_access_ended", family=restriction.family_id, subject=reference, to=user.id)


@action
def note_restricted_searches_seen(*, by: Any) -> int:
    """The safeguarding desk has read who looked for restricted people."""
    refuse(rules.why_not_be_told(by))
    seen = RestrictedSearch.objects.filter(seen_at=None).update(seen_at=clock.now(), seen_by=by)
    record("people.restricted_searches_seen", count=seen)
    return seen


def _keep_true(restriction: Restriction) -> None:
    """Write what follows from restrictions: who is hidden, and which family is closed."""
    with connection.cursor() as cursor:
        if restriction.person_id:
            cursor.execute("select hearth_rehide(%s)", [restriction.person_id])
        else:
            cursor.execute("select hearth_restrict_family(%s)", [restriction.family_id])
