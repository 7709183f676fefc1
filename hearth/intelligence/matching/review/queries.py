"""Pairs, for whoever links feeds: the next one to decide, one by its reference, and lists that name nobody."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from hearth.foundation.accounts.models import Organisation
from hearth.foundation.core.paging import Page, page_of
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
    denied = Q()
    for side in ("one", "other"):
        for feed, organisation in _denied(reader, rows, side):
            denied |= Q(**{f"{side}_feed": feed, f"{side}_organisation_id": organisation})
    return (
        rows.exclude(denied).order_by("state", "turn", "id").first()
        if denied
        else rows.order_by("state", "turn", "id").first()
    )


def _denied(reader: Any, rows: Any, side: str) -> Iterable[tuple[str, Any]]:
    pairs = rows.order_by().values_list(f"{side}_feed", f"{side}_organisation_id").distinct()
    found = [(feed, key) for feed, key in pairs if feed]
    organisations = Organisation.objects.in_bulk({key for _, key in found})
    for feed, key in found:
        layout = layout_of(feed)
        if layout is None or permits.may_show(reader, layout, organisations[key]).kind != permits.PERMIT:
            yield feed, key


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


def pairs(reader: Any, *, state: str = "", kind: str = "", page: Any = 1) -> Page:
    """A page of pairs by reference, feed and evidence: it names nobody."""
    rows = MatchPair.objects.visible_to(reader).select_related("one_organisation", "other_organisation")
    rows = rows.filter(state=state) if state else rows.exclude(state__in=(STATE.OVER, STATE.ERASED))
    return page_of((rows.filter(kind=kind) if kind else rows).order_by("-created_at", "reference"), page)


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
