"""Pairs, for whoever links feeds: the next one to decide, one by its reference, and lists that name nobody."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from hearth.foundation.accounts.models import Organisation
from hearth.foundation.audit.looks import looked_each, searched
from hearth.foundation.core.paging import MOST, Page, page_of
from hearth.foundation.core.text import fold
from hearth.intelligence.feeds import permits
from hearth.intelligence.feeds.layout import layout_of, layouts
from hearth.intelligence.matching.models import MatchLabel, MatchPair
from hearth.intelligence.matching.review.rules import ANSWER, STATE, standing

TO_DECIDE = Q(kind=MatchPair.Kind.REVIEW) | Q(drawn=True)
WORDS = {
    "given_name": "Given name", "middle_name": "Middle name", "family_name": "Family name", "birth_date": "Born", "sex": "Sex",
    "address": "Address", "postcode": "Postcode", "uprn": "Property number", "nhs_number": "NHS number", "upn": "Pupil number",
}  # fmt: skip


def waiting(reader: Any) -> Any:
    """Pairs that this reader could decide: those that wait, and those that somebody else was not sure of."""
    rows = MatchPair.objects.visible_to(reader).filter(TO_DECIDE, state__in=(STATE.WAITING, STATE.SECOND))
    theirs = MatchLabel.objects.filter(pair=OuterRef("pk"), by=reader, answer=ANSWER.UNSURE)
    undone = MatchLabel.objects.filter(pair=OuterRef("pair"), undoes=OuterRef("number"))
    return rows.exclude(Exists(theirs.filter(~Exists(undone))))


def next_pair(reader: Any) -> MatchPair | None:
    """The next pair that the agreements permit this reader to see; second opinions first. Each permission asked is on record."""
    rows = waiting(reader)
    return rows.exclude(_denied(reader, rows)).order_by("state", "turn", "id").first()


def _denied(reader: Any, rows: Any) -> Q:
    """Pairs with a side that the agreements do not let this reader see, in five queries however many feeds there are."""
    sides = [
        rows.order_by().values_list(f"{side}_feed", f"{side}_organisation_id").distinct() for side in ("one", "other")
    ]
    found = sorted({(feed, key) for pairs in sides for feed, key in pairs if feed}, key=str)
    organisations = Organisation.objects.in_bulk({key for _, key in found})
    known = [(layout, organisations[key]) for feed, key in found if (layout := layout_of(feed))]
    may = permits.may_show_each(reader, known)
    denied = Q(pk__in=[])
    for feed, key in found:
        if (feed, key) not in may or may[feed, key].kind != permits.PERMIT:
            denied |= Q(one_feed=feed, one_organisation_id=key) | Q(other_feed=feed, other_organisation_id=key)
    return denied


def pair_of(reader: Any, reference: str) -> MatchPair:
    """One pair, or a page that never says whether it exists."""
    rows = MatchPair.objects.visible_to(reader).select_related("one_organisation", "other_organisation", "run")
    pair = rows.filter(reference=reference.strip().upper()).first()
    if pair is None:
        raise Http404
    return pair


def labels_of(pair: MatchPair) -> list[MatchLabel]:
    """What was decided of a pair, in order."""
    return list(MatchLabel.objects.filter(pair=pair).select_related("by").order_by("number"))


def last_label(reader: Any) -> MatchLabel | None:
    """What the reader decided last, if it stands, so that they can undo it."""
    last = MatchLabel.objects.filter(by=reader).select_related("pair").order_by("-created_at", "-number").first()
    if last is None or last.answer == ANSWER.UNDONE:
        return None
    return last if last.number in {label.number for label in standing(labels_of(last.pair))} else None


def pairs(reader: Any, *, state: str = "", kind: str = "", name: str = "", page: Any = 1) -> Page:
    """A page of pairs by reference, feed and evidence: it names nobody. By a name that was typed: those of which either side says it,
    as far as the agreements permit this reader both; the search is on record."""
    rows = MatchPair.objects.visible_to(reader).select_related("one_organisation", "other_organisation")
    rows = rows.filter(state=state) if state else rows.exclude(state__in=(STATE.OVER, STATE.ERASED))
    rows = rows.filter(kind=kind) if kind else rows
    if words := words_of(name):
        rows = rows.exclude(_denied(reader, rows))
        rows = rows.filter(pk__in=_saying(rows, words))
    found = page_of(rows.order_by("-created_at", "reference"), page)
    if words:
        searched(reader, "matching.pairs_searched", found=len(found.rows))
        looked_each(reader, "matching.pairs_found_by_name", families=_trails(found.rows))
    return found


def words_of(name: str) -> list[str]:
    """What a name is looked for by; nothing where what was typed has no letter or figure in it."""
    return fold(name).split()


@dataclass(frozen=True)
class _Trail:
    """The family whose trail tells of a look at a pair, and the pair's reference."""

    id: Any
    reference: str


def _trails(rows: Sequence[MatchPair]) -> list[_Trail]:
    """Of the pairs that show somebody of the register: one query."""
    on_register = [pair for pair in rows if pair.register_person]
    with connection.cursor() as cursor:
        people = list({pair.register_person for pair in on_register})
        cursor.execute("select p, hearth_trail_of_person(p) from unnest(%s::uuid[]) p", [people])
        families = dict(cursor.fetchall())
    return [_Trail(family, pair.reference) for pair in on_register if (family := families[pair.register_person])]


def _saying(rows: Any, words: list[str]) -> list[Any]:
    """The first 500 pairs of which one side has all these words in its names, whatever their case and accents."""
    names = ("given_name", "middle_name", "family_name")
    columns = [f"{side}_says__{name}" for side in ("one", "other") for name in names]
    found = []
    for key, *said in rows.order_by("-created_at", "reference").values_list("pk", *columns).iterator():
        sides = [fold(" ".join(filter(None, said[place : place + 3]))) for place in (0, 3)]
        if any(all(word in side for word in words) for side in sides):
            found.append(key)
            if len(found) == MOST:
                break
    return found


def called(says: dict[str, str]) -> str:
    """Somebody's name and birth date, as one side of a pair has them."""
    name = " ".join(filter(None, (says.get("given_name"), says.get("middle_name"), says.get("family_name"))))
    return ", born ".join(filter(None, (name or "Name not sent", says.get("birth_date"))))


def lines(pair: MatchPair) -> list[tuple[str, str, str]]:
    """What each side says, by what it is, for what either says."""
    return [
        (words, pair.one_says.get(name, ""), pair.other_says.get(name, ""))
        for name, words in WORDS.items()
        if name in pair.one_says or name in pair.other_says
    ] + [(name.replace("_", " ").capitalize(), value, "") for name, value in pair.one_says.items() if name not in WORDS]


def side_names(pair: MatchPair) -> tuple[str, str]:
    """Where each side is from, in words."""
    return _side(pair.one_feed, pair.one_organisation), _side(pair.other_feed, pair.other_organisation)


def _side(feed: str, organisation: Any) -> str:
    if not feed:
        return "The register"
    return f"{layouts()[feed].title if feed in layouts() else feed}, {organisation.name}"
