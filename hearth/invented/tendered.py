"""Tenders of an invented authority: one that is written, one that is open, one being scored, and one awarded. Told by the product's own actions."""

import datetime as dt
import io
from typing import Any, NamedTuple

from hearth.commissioning.needs.models import Intention
from hearth.commissioning.procurement import actions
from hearth.commissioning.procurement.awards.actions import award_lot, publish_award
from hearth.commissioning.procurement.bids.actions import open_bids, send_bid
from hearth.commissioning.procurement.models import Award, Bid, Lot, Tender
from hearth.commissioning.procurement.scoring import actions as scoring
from hearth.commissioning.procurement.telling.actions import follow_calls
from hearth.foundation.core import clock
from hearth.foundation.core.reader import acting_as
from hearth.invented.bought import bidders
from hearth.invented.days import ago
from hearth.invented.story import Place

# Who keeps them in a demonstration, and what they are: so that whoever looks round can open what was sealed (docs/how-to/run-a-tender.md).
KEEPERS = {"one": "county_manager", "two": "strategic_lead", "escrow": "information_governance"}
PASSPHRASES = {
    "one": "seven herons over slate", "two": "a brass kettle at dawn", "escrow": "envelope in the strongroom",
}  # fmt: skip
PANEL = ("senior_development_officer", "development_officer")  # the first chairs
CRITERIA = (
    ("Price", "price", 40, ""),
    (
        "What changes for families",
        "quality",
        35,
        "Say which outcomes you would reach, for how many, and how you would know.",
    ),
    ("Who would do it", "quality", 25, "Say who works in it, how they are found, trained and looked after."),
)
FIRST, SECOND = 2, 3  # the criteria that are answered


class Told(NamedTuple):
    """A tender: what it is called, what it says, its outcomes, and its lots with the most that may be bid, in pounds."""

    title: str
    background: str
    outcomes: tuple[str, ...]
    lots: tuple[tuple[str, str, int], ...]


DRAFT = Told(
    "A drop-in for speech and language",
    "Children of two and three wait up to a year to be seen. Their parents want to know what to do until then.",
    ("Parents know what to do while they wait", "Fewer children start school without having been seen"),
    (("Both districts", "Two mornings a week, all year but August.", 40_000),),
)
OPEN = Told(
    "Family support at home",
    "Families who are worked with before things are bad wait six weeks for somebody who comes to the home. We want that to be one.",
    ("Children are in school", "Parents say that they cope", "Fewer families come back within a year"),
    (("North", "Support at home, mornings and evenings, for 60 families a year.", 120_000),
     ("South", "The same for 45 families a year.", 90_000)),
)  # fmt: skip
SCORED = Told(
    "Mentors for young people outside the town",
    "Mentors live in the town and cannot get out. Young people outside it wait for months.",
    ("A mentor within a month", "Young people say that somebody listens to them"),
    (("Outside the town", "Twenty volunteers found, trained and looked after.", 96_000),),
)
DONE = Told(
    "Groups for parents",
    "Parents want to meet others whose children are as theirs are, near where they live and when they are free.",
    ("Parents say that they cope", "They meet by themselves afterwards"),
    (("Mornings", "Six groups of ten weeks.", 30_000), ("Evenings", "Four groups of ten weeks.", 22_000)),
)
PROMISE = (
    "We begin with what the family says is hardest, agree with them what would be different, and ask again after six and twelve weeks.",
    "Three workers who live here, and a manager who sees each of them every fortnight.",
)


class _Paper(io.BytesIO):
    name = "how-we-work.txt"


def tell_tenders(cast: dict[str, Any], places: list[Place], intentions: dict[str, Intention]) -> None:
    """In the first districts, each at its own stage, oldest first."""
    everybody = bidders(cast)
    codes = list(dict.fromkeys(place.area.code for place in places))
    _awarded(everybody, codes)
    _being_scored(everybody, codes, intentions.get("Mentors"))
    _open_call(everybody, codes, intentions.get("Family"))
    with clock.frozen(ago(3)):
        _write(everybody, DRAFT, codes, intentions.get("A"), keep=False)


def _write(cast: dict[str, Any], told: Told, codes: list[str], intention: Any = None, *, keep: bool = True) -> Tender:
    """A whole specification, its deadline thirty days on; with its passphrases set, unless they are still to be."""
    by, noon = cast["commissioner"], clock.now().replace(hour=12, minute=0)
    with acting_as(by):
        tender = actions.write_tender(
            by=by, title=told.title, background=told.background, outcomes=list(told.outcomes), intention=intention, standstill_days=8,
            questions_until=noon + dt.timedelta(days=20), deadline_at=noon + dt.timedelta(days=30),
        )  # fmt: skip
        on: dict[str, Any] = {"by": by, "tender": tender}
        for place, (name, what, most) in enumerate(told.lots):
            districts = codes[place : place + 1] if len(told.lots) <= len(codes) and len(told.lots) > 1 else codes
            actions.add_lot(name=name, what=what, districts=districts, most_pence=most * 100, **on)
        for name, kind, weight, guidance in CRITERIA:
            actions.add_criterion(name=name, kind=kind, weight=weight * 100, guidance=guidance, **on)
        actions.add_joint_commissioner(organisation=by.organisation, share=75_00, **on)
        actions.add_joint_commissioner(organisation=cast["police_officer"].organisation, share=25_00, **on)
        actions.add_call_file(file=_paper(f"{told.title}: the terms on which we buy, in full."), **on)
        actions.name_keyholders(**on, **{place: cast[key] for place, key in KEEPERS.items()})
    for held, key in KEEPERS.items() if keep else ():
        with acting_as(cast[key]):
            actions.set_passphrase(by=cast[key], tender=tender, passphrase=PASSPHRASES[held])
    return tender


def _paper(words: str) -> Any:
    return _Paper(words.encode())


def _publish(cast: dict[str, Any], told: Told, codes: list[str], intention: Any = None) -> Tender:
    tender, by = _write(cast, told, codes, intention), cast["commissioner"]
    with acting_as(by):
        return actions.publish_tender(by=by, tender=Tender.objects.get(pk=tender.pk))


def _ask(by: Any, tender: Tender, words: str, answerer: Any = None, answer: str = "") -> None:
    with acting_as(by):
        question = actions.ask_about_call(by=by, tender=tender, words=words)
    if answerer is not None:
        with acting_as(answerer):
            actions.answer_supplier(by=answerer, question=question, words=words, answer=answer)


def _bid(by: Any, tender: Tender, number: int, pounds: int, first: str = "") -> Bid:
    with acting_as(by):
        lot = Lot.objects.select_related("tender").get(tender=tender, number=number)
        answers = {FIRST: first or PROMISE[0], SECOND: PROMISE[1]}
        return send_bid(
            by=by, lot=lot, price_pence=pounds * 100, answers=answers, files=[_paper("How we work, in full.")]
        )


def _open_call(cast: dict[str, Any], codes: list[str], intention: Any) -> None:
    """Published twelve days ago: one question answered, one made clear, one that waits; a bid is in."""
    commissioner, charity = cast["commissioner"], cast["provider"]
    with clock.frozen(ago(12)):
        tender = _publish(cast, OPEN, codes, intention)
    with clock.frozen(ago(10)), acting_as(charity):
        follow_calls(by=charity)
    with clock.frozen(ago(9)):
        _ask(
            charity,
            tender,
            "May two organisations bid together?",
            commissioner,
            "Yes. One of them sends the bid and says who does what.",
        )
    with clock.frozen(ago(6)), acting_as(commissioner):
        actions.clarify_call(
            by=commissioner,
            tender=tender,
            words="Evenings",
            answer="Until eight, on four days a week. Weekends are not asked for.",
        )
    with clock.frozen(ago(3)):
        _bid(charity, tender, 1, 108_000)
    with clock.frozen(ago(1)):
        _ask(cast["housing_bidder"], tender, "Is travel between homes paid for?")


def _opened(cast: dict[str, Any], tender: Tender) -> None:
    opener = cast[KEEPERS["one"]]
    with acting_as(opener):
        given = {place: PASSPHRASES[place] for place in ("one", "two")}
        open_bids(by=opener, tender=Tender.objects.get(pk=tender.pk), passphrases=given)
    for key in PANEL:
        commissioner, scorer = cast["commissioner"], cast[key]
        with acting_as(commissioner):
            scoring.name_scorer(by=commissioner, tender=tender, scorer=scorer, chairs=key == PANEL[0])


def _score(scorer: Any, bids: list[Bid], points: tuple[tuple[int, int], ...]) -> None:
    with acting_as(scorer):
        for bid, (first, second) in zip(bids, points, strict=True):
            given = {FIRST: (first, _why(first)), SECOND: (second, _why(second))}
            scoring.score_bid(by=scorer, bid=bid, scores=given)


def _why(points: int) -> str:
    return "It says how, for whom and by when." if points > 7 else "It says what, and little of how it would be known."


def _being_scored(cast: dict[str, Any], codes: list[str], intention: Any) -> None:
    """Opened a week ago: the chair has scored, the other scorer has not yet declared."""
    with clock.frozen(ago(40)):
        tender = _publish(cast, SCORED, codes, intention)
    with clock.frozen(ago(20)):
        bids = [
            _bid(cast["provider"], tender, 1, 88_000),
            _bid(cast["housing_bidder"], tender, 1, 81_500, "We would begin in the village hall."),
        ]
    with clock.frozen(ago(7)):
        _opened(cast, tender)
    with clock.frozen(ago(4)):
        chair = cast[PANEL[0]]
        with acting_as(chair):
            scoring.declare_conflict(by=chair, tender=tender, conflict=False)
        _score(chair, bids, ((8, 7), (6, 8)))


def _awarded(cast: dict[str, Any], codes: list[str]) -> None:
    """One lot awarded, its standstill over and its notice published; the other awarded two days ago."""
    commissioner = cast["commissioner"]
    with clock.frozen(ago(110)):
        tender = _publish(cast, DONE, codes)
    with clock.frozen(ago(90)):
        bids = [
            _bid(cast["provider"], tender, 1, 27_500), _bid(cast["health_bidder"], tender, 1, 26_000, "We would use the clinic."),
            _bid(cast["provider"], tender, 2, 19_800), _bid(cast["housing_bidder"], tender, 2, 21_000),
        ]  # fmt: skip
    with clock.frozen(ago(75)):
        _opened(cast, tender)
        for key in PANEL:
            with acting_as(cast[key]):
                scoring.declare_conflict(by=cast[key], tender=tender, conflict=False)
    with clock.frozen(ago(70)):
        for key, points in zip(
            PANEL, (((9, 8), (6, 7), (8, 8), (7, 8)), ((8, 8), (6, 8), (8, 7), (6, 8))), strict=True
        ):
            _score(cast[key], bids, points)
    chair = cast[PANEL[0]]
    with clock.frozen(ago(65)), acting_as(chair):
        scoring.close_scoring(by=chair, tender=Tender.objects.get(pk=tender.pk))
        for bid, (first, second) in zip(bids, ((9, 8), (6, 7), (8, 8), (7, 8)), strict=True):
            scoring.agree_scores(
                by=chair, bid=bid, scores={FIRST: (first, _why(first)), SECOND: (second, _why(second))}
            )
    for days, number, there in ((60, 1, bids[:2]), (2, 2, bids[2:])):
        with clock.frozen(ago(days)), acting_as(commissioner):
            lot = Lot.objects.select_related("tender").get(tender=tender, number=number)
            words = {bid.reference: _reason(bid is there[0]) for bid in there}
            best = Bid.objects.select_related("organisation").get(pk=there[0].pk)
            award = award_lot(
                by=commissioner,
                lot=lot,
                bid=best,
                words=words,
                reasons="It says best what would change for families, and how one would know.",
            )
        if number == 1:
            with clock.frozen(ago(40)), acting_as(commissioner):
                publish_award(by=commissioner, award=Award.objects.select_related("tender").get(pk=award.pk))


def _reason(won: bool) -> str:
    if won:
        return "Yours says best what would change, and how you would know. Thank you; we will be in touch about the contract."
    return "Yours was well thought of, and dearer to families in travel. It says little of how one would know that it helps."
