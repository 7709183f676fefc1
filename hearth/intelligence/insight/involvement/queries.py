"""The family view: who works with the people of a family, or did; and of each feed that shows nothing, why. A fixed number of queries."""

import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper

from hearth.foundation.accounts.models import Organisation
from hearth.foundation.audit.looks import looked_each
from hearth.intelligence.feeds import permits
from hearth.intelligence.feeds.layout import Layout, layouts
from hearth.intelligence.insight.involvement.models import Involvement
from hearth.intelligence.insight.involvement.showing import FamilyView, LookedFor, Source, show
from hearth.records.people.models import Family, Identifier, Person
from hearth.records.people.reach import may_open_family

COLUMNS = (
    "person_id", "feed", "organisation_id", "standing", "from_on", "until_on", "provider", "contact_name", "contact_phone",
    "contact_email", "numbers",
)  # fmt: skip
SCHEMES = {"nhs": "nhs_number", "upn": "upn"}  # what feeds call the numbers that the register knows


def family_view(reader: Any, family: Any, where: str) -> FamilyView:
    """Who works with the people of a family. The look is on record (`where`: the page), and each answer of the agreements."""
    rows = Person.objects.visible_to(reader).filter(memberships__family=family, memberships__until_on=None)
    return _view(reader, list(rows.order_by("born_on", "folded_name", "id")), [family], where)


def view_of_people(reader: Any, people: Iterable[Any], where: str) -> FamilyView:
    """The same of single people, such as those whom the front door matched; nothing is asked or noted where there are none."""
    keys = [person.pk for person in people]
    if not keys:
        return FamilyView()
    shown = Person.objects.visible_to(reader).filter(pk__in=keys).order_by("born_on", "folded_name", "id")
    families = Family.objects.visible_to(reader).filter(memberships__person__in=keys)
    return _view(reader, list(shown), list(families.distinct().order_by("id")), where)


def involving() -> dict[str, Layout]:
    """Feeds that say who works with somebody, by code, in the order of their titles."""
    return dict(
        sorted(((c, each) for c, each in layouts().items() if each.involvement), key=lambda pair: pair[1].title)
    )


def _view(reader: Any, people: Sequence[Any], families: Sequence[Any], where: str) -> FamilyView:
    looked_each(reader, "insight.family_view_opened", families=families, where=where)
    apart = any(family.restricted for family in families) or any(person.hidden for person in people)
    shown = [] if any(family.restricted for family in families) else [each for each in people if not each.hidden]
    if not shown:
        return FamilyView(apart=apart)
    feeds = involving()
    sources, linked_at = sources_of(feeds)
    if not sources:
        return show(feeds, (), [LookedFor(each.pk, each.full_name) for each in shown], (), apart=apart)
    ask_agreements(reader, families, sources)
    rows = Involvement.objects.visible_to(reader).filter(person__in=shown).values(*COLUMNS)
    return show(feeds, sources, looked_for(shown, linked_at), list(rows), apart=apart)


def ask_agreements(reader: Any, families: Sequence[Any], sources: Sequence[Source]) -> None:
    """Name each source and say whether the reader may be shown it, by the families' basis and the agreements; each answer is on record."""
    covered = _covered(reader, families, sorted({source.layout.category for source in sources}))
    organisations = Organisation.objects.in_bulk({source.organisation_id for source in sources})
    asked = [each for each in sources if each.layout.category in covered]
    may = permits.may_show_each(reader, [(each.layout, organisations[each.organisation_id]) for each in asked])
    for source in sources:
        source.name = organisations[source.organisation_id].name
        decision = may.get((source.layout.code, source.organisation_id))
        source.is_permitted = decision is not None and decision.kind == permits.PERMIT


def sources_of(feeds: Iterable[str]) -> tuple[list[Source], Any]:
    """What is held of each of these feeds and what the run read of it; and when people were linked, None where nobody was."""
    found: dict[tuple[str, uuid.UUID], Source] = {}
    linked = None
    with connection.cursor() as cursor:
        cursor.execute("select * from hearth_involvement_sources(%s)", [list(feeds)])
        rows = cursor.fetchall()
    for feed, organisation, covers_from, covers_until, as_at, was_read, linked_at in rows:
        source = found.setdefault((feed, organisation), Source(layouts()[feed], organisation))
        (source.read if was_read else source.held).append((covers_from, covers_until, as_at))
        linked = linked or linked_at
    return [source for source in found.values() if source.held], linked


def _covered(reader: Any, families: Sequence[Any], kinds: Sequence[str]) -> set[str]:
    """Of these kinds of information, those for which a family is open to the reader: its consent may leave some out."""
    asked = {
        f"covers_{kind}": ExpressionWrapper(may_open_family(reader, category=kind), output_field=BooleanField())
        for kind in kinds
    }
    rows = Family.objects.filter(pk__in=[family.pk for family in families]).annotate(**asked)
    found = list(rows.values(*asked))
    return {kind for kind in kinds if any(row[f"covers_{kind}"] for row in found)}


def looked_for(people: Sequence[Any], linked_at: Any) -> list[LookedFor]:
    """Each person, whether the link run compared them, and by which kinds of number it could.

    Whoever came on record since, or has no name yet, was not compared; nor was whoever is linked with somebody restricted.
    """
    keys = [person.pk for person in people]
    with connection.cursor() as cursor:
        cursor.execute(
            "select k, hearth_may_be_shown(array[k]), array(select feed from hearth_left_to_a_person(array[k])) from unnest(%s::uuid[]) k",
            [keys],
        )
        known = {key: (may_be_shown, frozenset(feeds)) for key, may_be_shown, feeds in cursor.fetchall()}
    numbers: dict[Any, set[str]] = {}
    rows = Identifier.objects.filter(person__in=keys, kind__in=list(SCHEMES), flag="")
    for person, kind, made_at in rows.values_list("person_id", "kind", "created_at"):
        if linked_at is not None and made_at < linked_at:
            numbers.setdefault(person, set()).add(SCHEMES[kind])
    return [
        LookedFor(
            each.pk, each.full_name, numbers.get(each.pk, set()),
            compared=linked_at is not None and each.created_at < linked_at and known[each.pk][0]
            and each.name_supplied and each.birth_precision != "expected",
            undecided=known[each.pk][1],
        )
        for each in people
    ]  # fmt: skip
