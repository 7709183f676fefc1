"""Put people on the list, from a file or typed; take somebody off; check it; erase somebody from all lists."""

from typing import Any

from django.db import connection

from hearth.commissioning.contracts.returns.models import ListedPerson, PeopleList, Return
from hearth.commissioning.contracts.returns.people import queries, rules
from hearth.commissioning.contracts.returns.people.reading import Somebody, folded_name, read_people, somebody_of
from hearth.foundation.audit.actions import action, record
from hearth.foundation.core import clock
from hearth.foundation.core.refusals import Refusal, refuse
from hearth.foundation.core.text import clean
from hearth.records.sharing.look_up.queries import typed_of

BATCH = 500


@action
def send_people(*, by: Any, owner: Return, file: Any) -> PeopleList:
    """Take a file as the list, in place of what was on it. A file that will not do changes nothing, and says why."""
    owner.hold()
    refuse(rules.why_not_list(by, owner))
    found = read_people(file)
    if not found.people:
        row, reason = found.not_taken[0]
        refuse(
            Refusal(
                "returns.nobody_taken",
                f"Nobody of the file could be taken, so the list is as it was. Row {row}: {reason}",
            )
        )
    people = _list_of(by, owner)
    gone, _ = ListedPerson.objects.filter(people=people).delete()
    _put_on(people, found.people)
    people.file_name, people.not_taken = (
        clean(getattr(file, "name", "") or "")[-200:],
        [list(each) for each in found.not_taken],
    )
    people.not_kept = found.not_kept
    _turned(by, owner, people)
    record(
        "returns.people_sent", subject=owner, taken=len(found.people), not_taken=len(found.not_taken), in_place_of=gone
    )
    return people


@action
def add_person_to_list(
    *, by: Any, owner: Return, given_name: str, family_name: str, born: Any = None, postcode: str = "", number: str = ""
) -> PeopleList:
    """Put one person on the list, typed. Somebody who is on it already is put on once."""
    owner.hold()
    refuse(rules.why_not_list(by, owner))
    people = _list_of(by, owner)
    standing = ListedPerson.objects.filter(people=people)
    refuse(rules.why_not_more(people, standing.count(), 1))
    last = standing.order_by("-number").values_list("number", flat=True).first() or 0
    one = somebody_of(last + 1, given_name, family_name, born, postcode, number)
    if not one.typed.is_enough or not one.typed.given or not one.typed.family:
        refuse(Refusal("returns.too_little", "Give both names, and a day of birth or a postcode where you know one."))
    if standing.filter(digest=one.digest).exists():
        record("returns.person_listed_already", subject=owner)
        return people
    _put_on(people, [one])
    _turned(by, owner, people)
    record("returns.person_listed", subject=owner)
    return people


@action
def take_off_list(*, by: Any, owner: Return, person: ListedPerson) -> PeopleList:
    """Take somebody off the list who should not be on it."""
    owner.hold()
    refuse(rules.why_not_list(by, owner))
    people = _list_of(by, owner)
    gone, _ = ListedPerson.objects.filter(people=people, pk=person.pk).delete()
    if gone:
        _turned(by, owner, people)
    record("returns.person_taken_off", subject=owner, gone=gone)
    return people


def _list_of(by: Any, owner: Return) -> PeopleList:
    """The list of a return, held; a new one where there was none. The return itself is held already, so that two wait for each other."""
    found = PeopleList.objects.filter(owner=owner).first()
    if found is None:
        agreement = owner.contract.agreement
        found = PeopleList(owner=owner, agreement=agreement.reference if agreement else "", sent_by=by, turn=0)
        found.save(force_insert=True)
    else:
        found.hold()
    return found


def _put_on(people: PeopleList, somebodies: list[Somebody]) -> None:
    rows = [ListedPerson(people=people, **each.columns) for each in somebodies]
    ListedPerson.objects.bulk_create(rows, batch_size=BATCH)


def _turned(by: Any, owner: Return, people: PeopleList) -> None:
    agreement = owner.contract.agreement
    people.turn, people.sent_by, people.sent_at = people.turn + 1, by, clock.now()
    people.agreement = agreement.reference if agreement else ""
    people.save(update_fields=["turn", "sent_by", "sent_at", "agreement", "file_name", "not_taken", "not_kept"])


@action
def check_people(*, by: Any, people: PeopleList) -> bool:
    """Check a list against casework, by the database's own function; whether an agreement let it. Safe to run twice."""
    with connection.cursor() as cursor:
        cursor.execute("select hearth_check_people(%s)", [people.pk])
        (checked,) = cursor.fetchone()
    record("returns.people_checked", subject=people.owner, checked=bool(checked), agreement=people.agreement)
    return bool(checked)


@action
def find_listed(*, by: Any, given_name: str, family_name: str, why: str) -> list[ListedPerson]:
    """Everybody of that name on any list of any provider, to answer whoever asks what is held of them."""
    refuse(rules.why_not_erase(by, given_name, family_name, why))
    found = queries.named(by, folded_name(typed_of(given_name, family_name)))
    record("returns.listed_looked_for", rows=len(found), why=clean(why)[:200])
    return found


@action
def erase_listed(*, by: Any, given_name: str, family_name: str, why: str) -> int:
    """Erase everybody of that name from every list of every provider; how many rows went. The totals that were certified stand."""
    refuse(rules.why_not_erase(by, given_name, family_name, why))
    rows = queries.named(by, folded_name(typed_of(given_name, family_name)))
    gone = 0
    for each in rows:
        gone += ListedPerson.objects.filter(pk=each.pk).delete()[0]
    record("returns.listed_erased", rows=gone, why=clean(why)[:200])
    return gone
