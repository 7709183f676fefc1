"""What lets us share a family with an organisation, and what was decided about sharing."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.db.models import Q
from django.http import Http404

from hearth.foundation.accounts.models import Organisation
from hearth.foundation.core import clock
from hearth.foundation.core.pack import find, label_of, pack
from hearth.foundation.core.refusals import Refusal
from hearth.foundation.core.seen import seen_of
from hearth.foundation.ui.filters import listed
from hearth.records.people.models import Access, Family, Person, Relationship
from hearth.records.people.timeline import Entry
from hearth.records.sharing import ages, rules
from hearth.records.sharing.models import Agreement, Consent, Decision, Settlement, SharingException

DISPUTED_SHOWN = 50


@dataclass(frozen=True)
class Basis:
    """What lets a family's information be opened to an organisation's people.

    `kind` is own, consent, agreement or exception; `categories` what it reaches (None: all); `until_at` when it ends.
    """

    kind: str
    categories: list[str] | None
    until_at: dt.datetime | None


def basis_for(family: Any, organisation: Any, purpose: str = "early_help") -> Basis | Refusal:
    """The basis to open `family` to people of `organisation` today, or the refusal that says which is missing.

    The authority's own people need none. Else what the family agreed to comes first, then an agreement between the
    organisations; a recorded exception adds to either.
    """
    if organisation.is_authority:
        return Basis("own", None, None)
    found = _bases(family, [organisation], purpose).get(organisation.id)
    return found or rules.what_is_missing(family, organisation, purpose)


def _bases(family: Any, organisations: Sequence[Any], purpose: str = "early_help") -> dict[Any, Basis]:
    """The basis of each organisation that has one: one query."""
    return {organisation: basis for (_, organisation), basis in bases_of([family.id], organisations, purpose).items()}


def bases_of(
    families: Sequence[Any], organisations: Sequence[Any], purpose: str = "early_help"
) -> dict[tuple[Any, Any], Basis]:
    """What lets each of these families (by key) be opened to each of these organisations, as `basis_for` says of one: one query."""
    own = {
        (family, each.id): Basis("own", None, None)
        for family in families
        for each in organisations
        if each.is_authority
    }
    partners = [each.id for each in organisations if not each.is_authority]
    with connection.cursor() as cursor:
        cursor.execute(
            "select f.id, o.id, b.kind, b.categories, b.until_on from unnest(%s::uuid[]) f(id), unnest(%s::uuid[]) o(id),"
            " lateral hearth_basis(f.id, o.id, %s, %s) b",
            [list(families), partners, purpose, clock.today()],
        )
        return own | {(row[0], row[1]): Basis(row[2], row[3], end_of(row[4])) for row in cursor.fetchall()}


def end_of(day: dt.date | None) -> dt.datetime | None:
    """The moment a last day is over."""
    return dt.datetime.combine(day + dt.timedelta(1), dt.time(), clock.LONDON) if day else None


@dataclass
class Shared:
    """How things stand with one organisation: the basis or what is missing, what was decided, and who of theirs can open it."""

    organisation: Organisation
    basis: Basis | None = None
    missing: str = ""
    decisions: list[Consent] = field(default_factory=list)
    over: list[Consent] = field(default_factory=list)
    exceptions: list[SharingException] = field(default_factory=list)
    disagreements: list[Consent] = field(default_factory=list)
    settlements: list[Settlement] = field(default_factory=list)
    unasked: list[Person] = field(default_factory=list)
    themselves: list[Person] = field(default_factory=list)
    unproven: list[tuple[Person, list[Person]]] = field(default_factory=list)
    openers: int = 0
    openers_until: dt.datetime | None = None
    agreement: Agreement | None = None

    @property
    def decided_by_officer(self) -> Settlement | None:
        """The decision to share, where somebody refused and an officer settled it."""
        refused = {row.person_id for row in self.disagreements}
        return next((row for row in self.settlements if row.shares and row.person_id in refused), None)

    @property
    def withdrawn(self) -> bool:
        """Whether the family took back what it had agreed to, and has not agreed again."""
        return not self.decisions and any(row.withdrawn_at is not None and not row.replaced for row in self.over)

    @property
    def told(self) -> list[tuple[list[Consent], str]]:
        """Decisions with the names they are about: what was decided in one conversation is one row."""
        groups: dict[Any, list[Consent]] = {}
        for consent in self.decisions:
            groups.setdefault(
                (consent.asked, consent.decision, tuple(consent.categories), consent.until_on), []
            ).append(consent)
        return [(rows, listed([row.person.full_name for row in rows])) for rows in groups.values()]

    @property
    def agreed_in_vain(self) -> dict[str, list[str]]:
        """What somebody agreed to and is not shared, since others who decide agreed to less: by whoever agreed to it.

        Only where a decision that is shown here is the narrower one: it never tells of a decision that is kept from the reader.
        """
        if self.basis is None or self.basis.kind != "consent" or self.basis.categories is None:
            return {}
        shared = set(self.basis.categories)
        shared |= set.intersection(*(set(row.categories) for row in self.withdrawable)) if self.withdrawable else set()
        found: dict[str, list[str]] = {}
        for row in self.withdrawable:
            name = str(row.decider.full_name if row.decider else row.decider_name)
            found.setdefault(name, []).extend(
                each for each in row.categories if each not in shared and each not in found.get(name, ())
            )
        return {name: codes for name, codes in found.items() if codes}

    @property
    def withdrawable(self) -> list[Consent]:
        """What was agreed to and can be withdrawn."""
        return [consent for consent in self.decisions if consent.decision == Decision.GIVEN]


def family_sharing(reader: Any, family: Any) -> list[Shared]:
    """How a family is shared, by organisation: a fixed number of queries, however many there are."""
    consents = list(
        Consent.objects.visible_to(reader).filter(family=family)
        .select_related("person", "organisation", "decider", "recorded_by", "withdrawn_by").order_by("created_at", "person__born_on", "id")
    )  # fmt: skip
    exceptions = list(
        SharingException.objects.visible_to(reader)
        .filter(family=family)
        .select_related("organisation", "recorded_by", "ended_by")
        .order_by("created_at")
    )
    found = {
        org.id: Shared(org, openers=len({row.user_id or row.team_id for row in rows}), openers_until=_first_end(rows))
        for org, rows in _opening(family)
    }
    decided: list[Any] = [*consents, *exceptions]
    for row in decided:
        found.setdefault(row.organisation_id, Shared(row.organisation))
    _fill(found, family, consents, exceptions)
    return sorted(found.values(), key=lambda shared: shared.organisation.name.casefold())


def _opening(family: Any) -> list[tuple[Organisation, list[Access]]]:
    """Partners whose people can open the family now, and by which rows."""
    live = Access.objects.filter(
        Q(until_at=None) | Q(until_at__gt=clock.now()), family=family, ended_at=None, area=None
    )
    found: dict[Any, tuple[Organisation, list[Access]]] = {}
    for row in live.select_related("user__organisation", "team__organisation"):
        organisation = (row.user or row.team).organisation  # type: ignore[union-attr]
        if not organisation.is_authority:
            found.setdefault(organisation.id, (organisation, []))[1].append(row)
    return list(found.values())


def _first_end(rows: Sequence[Access]) -> dt.datetime | None:
    return min((row.until_at for row in rows if row.until_at is not None), default=None)


def _fill(
    found: dict[Any, Shared], family: Any, consents: Sequence[Consent], exceptions: Sequence[SharingException]
) -> None:
    people, today = rules.household(family), clock.today()
    bases = _bases(family, [shared.organisation for shared in found.values()])
    settled = list(Settlement.objects.filter(family=family, set_aside_at=None).select_related("person", "settled_by"))
    last = _last_agreements(list(found))
    responsible = _responsible(consents)
    for row in exceptions:
        found[row.organisation_id].exceptions.append(row)
    for key, shared in found.items():
        theirs = [consent for consent in consents if consent.organisation_id == key]
        shared.decisions = [consent for consent in theirs if rules.is_live(consent, today)]
        shared.over = [consent for consent in theirs if not rules.is_live(consent, today)]
        shared.settlements = [row for row in settled if row.organisation_id == key]
        shared.basis = bases.get(key)
        given = {consent.person_id for consent in shared.withdrawable}
        shared.unasked = [person for person in people if not any(c.person_id == person.id for c in shared.decisions)]
        young = [consent.person for consent in shared.withdrawable if ages.asked_themselves(consent, today)]
        shared.themselves = list(dict.fromkeys(person for person in young if person not in _decided(shared)))
        shared.unproven = _unproven(shared.decisions, responsible)
        agreement = last.get(key)
        shared.agreement = agreement if agreement is not None and rules.is_in_force(agreement, today) else None
        shared.disagreements = [c for c in shared.decisions if c.decision == Decision.REFUSED and c.person_id in given]
        if shared.basis is None:
            facts = rules.Facts(
                family, shared.organisation, people, shared.decisions, shared.settlements, last.get(key),
                ages.grown_up(theirs, today),
            )  # fmt: skip
            shared.missing = rules.missing_refusal(facts, "early_help").sentence


def _responsible(consents: Sequence[Consent]) -> set[tuple[Any, Any]]:
    """Of those who decided about somebody: who is on record as having parental responsibility for whom."""
    rows = Relationship.objects.filter(
        person__in={row.decider_id for row in consents}, other__in={row.person_id for row in consents},
        parental_responsibility=True, until_on=None,
    )  # fmt: skip
    return set(rows.values_list("person_id", "other_id"))


def _unproven(decisions: Sequence[Consent], responsible: set[tuple[Any, Any]]) -> list[tuple[Person, list[Person]]]:
    """Who decided for whom by a right that is not on record: it was taken at their word."""
    found: dict[Person, list[Person]] = {}
    for row in decisions:
        who = find(pack().sharing.who_decides, row.who_decided)
        by_right = who is not None and who.needs_parental_responsibility and row.decider_id != row.person_id
        if by_right and row.decider is not None and (row.decider_id, row.person_id) not in responsible:
            people = found.setdefault(row.decider, [])
            people.extend([row.person] if row.person not in people else [])
    return list(found.items())


def _decided(shared: Shared) -> set[Any]:
    """Those who decided themselves."""
    return {consent.decider for consent in shared.decisions if consent.decider_id == consent.person_id}


def _last_agreements(organisations: Sequence[Any]) -> dict[Any, Agreement]:
    rows = Agreement.objects.filter(organisation__in=organisations, purposes__contains=["early_help"]).order_by(
        "until_on"
    )
    return {row.organisation_id: row for row in rows}


def partners() -> list[tuple[str, list[Organisation]]]:
    """Organisations we may share with, by the pack's sectors."""
    sectors: dict[str, list[Organisation]] = {}
    for organisation in Organisation.objects.filter(is_authority=False, ended_on=None).order_by("name"):
        sectors.setdefault(label_of(pack().organisations.sectors, organisation.sector), []).append(organisation)
    return sorted(sectors.items())


def shared_with(family: Any) -> list[tuple[Organisation, Basis]]:
    """Each partner that a family may be opened to now, by name, with the basis: two queries."""
    found = [organisation for _, those in partners() for organisation in those]
    bases = _bases(family, found)
    return sorted(
        ((each, bases[each.id]) for each in found if each.id in bases), key=lambda each: each[0].name.casefold()
    )


def people_to_ask(reader: Any, family: Any) -> list[Person]:
    """Everybody in the family now whom the reader may see: those a decision may be about, or who may decide."""
    rows = Person.objects.visible_to(reader).filter(
        memberships__family=family, memberships__until_on=None, died_on=None
    )
    return list(rows.distinct().order_by("born_on", "id"))


def disagreement_of(reader: Any, family: Any, reference: str) -> tuple[Consent, list[Consent]]:
    """The refusal with that reference, and everything that is said now about that person and organisation."""
    rows = Consent.objects.visible_to(reader).select_related("person", "organisation", "decider")
    refusal = rows.filter(family=family, reference=reference, decision=Decision.REFUSED).first()
    if refusal is None:
        raise Http404
    said = (
        rows.live().filter(person=refusal.person, organisation=refusal.organisation).order_by("decision", "created_at")
    )
    return refusal, list(said)


def exception_of(reader: Any, family: Any, reference: str) -> SharingException:
    """The exception with that reference, or not found."""
    row = (
        SharingException.objects.visible_to(reader)
        .filter(family=family, reference=reference)
        .select_related("organisation")
        .first()
    )
    if row is None:
        raise Http404
    return row


def timeline_entries(reader: Any, family: Any) -> list[Entry]:
    """What was agreed, refused, withdrawn and excepted, for the family's chronology."""
    asked: dict[Any, list[Consent]] = {}
    consents = Consent.objects.visible_to(reader).filter(family=family)
    # The oldest of a family first, whichever row was written first.
    for row in consents.order_by("person__born_on", "person__folded_name").select_related(
        "person", "organisation", "decider", "recorded_by__organisation", "withdrawn_by__organisation"
    ):
        asked.setdefault((row.asked, row.organisation_id), []).append(row)
    found = [entry for rows in asked.values() for entry in _consent_entries(rows)]
    found += _settlement_entries(family, [row for rows in asked.values() for row in rows])
    exceptions = SharingException.objects.visible_to(reader).filter(family=family)
    for one in exceptions.select_related("organisation", "recorded_by__organisation"):
        ground = label_of(pack().sharing.exceptions, one.ground).lower()
        title = f"Shared with {one.organisation.name} without consent: {ground}"
        found.append(Entry(one.created_at, "Sharing", title, by=_who(one.recorded_by)))
    return found


def _consent_entries(rows: list[Consent]) -> list[Entry]:
    first, names = rows[0], listed([row.person.given_name or row.person.full_name for row in rows])
    who = first.decider.full_name if first.decider else first.decider_name
    said = "agreed to share with" if first.decision == Decision.GIVEN else "said no to sharing with"
    found = [
        Entry(
            first.created_at, "Sharing", f"{who} {said} {first.organisation.name} ({names})", by=_who(first.recorded_by)
        )
    ]
    withdrawn = [
        row for row in rows if row.withdrawn_at is not None and not row.replaced and row.decision == Decision.GIVEN
    ]
    if withdrawn:
        names = listed([row.person.given_name or row.person.full_name for row in withdrawn])
        title = f"Agreement to share with {first.organisation.name} withdrawn ({names})"
        found.append(Entry(withdrawn[0].withdrawn_at, "Sharing", title, by=_who(withdrawn[0].withdrawn_by)))  # type: ignore[arg-type]
    return found


def _settlement_entries(family: Any, consents: Sequence[Consent]) -> list[Entry]:
    """What officers decided where two people disagree, for whoever may read that somebody said no."""
    refused = {(row.person_id, row.organisation_id) for row in consents if row.decision == Decision.REFUSED}
    rows = Settlement.objects.filter(family=family).select_related("person", "organisation", "settled_by__organisation")
    return [
        Entry(
            row.created_at, "Sharing",
            f"Decided where two disagree: {'we share' if row.shares else 'we do not share'} with {row.organisation.name}"
            f" ({row.person.given_name or row.person.full_name})",
            by=_who(row.settled_by),
        )
        for row in rows if (row.person_id, row.organisation_id) in refused
    ]  # fmt: skip


def _who(user: Any) -> str:
    return f"{user.full_name}, {user.organisation.name}" if user else ""


def disputed(reader: Any) -> list[Consent]:
    """Refusals about which the reader is to decide, the oldest first; no more of them than anybody does in a day. One query."""
    rows = (
        Consent.objects.visible_to(reader).live().filter(disputed=True).select_related("family__area", "organisation")
    )
    rows = rows.order_by("created_at")[:DISPUTED_SHOWN]
    return [row for row in rows if rules.why_not_settle(reader, row.family) is None]


def settlement_of(person: Person, organisation: Organisation) -> Settlement | None:
    """How a disagreement about somebody is settled now."""
    rows = Settlement.objects.select_related("settled_by").filter(set_aside_at=None)
    return rows.filter(person=person, organisation=organisation).first()


def seen_settlement(person: Person, organisation: Organisation) -> str:
    """What a page that settles a disagreement knew of it."""
    return seen_of(getattr(settlement_of(person, organisation), "id", None))


def seen_decisions(family: Family) -> str:
    """What a page that records a decision knew of the family's decisions."""
    rows = Consent.objects.filter(family=family, withdrawn_at=None).order_by("id")
    return seen_of(list(rows.values_list("reference", flat=True)))


def withdrawable(reader: Any, family: Any, organisation: str = "") -> list[Consent]:
    """What was agreed to and holds, for all organisations or one (by its name)."""
    rows = Consent.objects.visible_to(reader).live().filter(family=family, decision=Decision.GIVEN)
    rows = rows.filter(organisation__name=organisation) if organisation else rows
    return list(
        rows.select_related("person", "organisation", "decider").order_by("organisation__name", "person__born_on", "id")
    )


def what_rests_on(reader: Any, family: Any, consents: Sequence[Consent]) -> list[Shared]:
    """How it stands with each organisation whose consents these are: who can open the family, and what else lets them."""
    about = {consent.organisation_id for consent in consents}
    return [shared for shared in family_sharing(reader, family) if shared.organisation.id in about]


def still_open(reader: Any, family: Any) -> str:
    """The family's reference, if the reader may still open it."""
    return Family.objects.visible_to(reader).filter(pk=family.pk).values_list("reference", flat=True).first() or ""
