"""What an invented authority means to buy, small grants at every stage, and partners' bids for outside funding. Told by the product's own actions."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from hearth.casework.panels.unmet.models import Theme
from hearth.commissioning.needs import actions as needs
from hearth.commissioning.needs.models import Intention
from hearth.commissioning.procurement.grants import actions as grants
from hearth.commissioning.procurement.grants.bids import actions as bids
from hearth.commissioning.procurement.grants.models import GrantApplication, GrantRound
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.invented.cast import Part, invent_person
from hearth.invented.days import ago
from hearth.invented.story import Place
from hearth.records.money.models import Share

# Those who bid for other organisations than the charity's; they sign in to nothing that a demonstration shows.
BIDDERS = (
    Part("housing_bidder", "Samuel Ortega", "Bid manager", "provider", "housing", None),
    Part("health_bidder", "Wendy Fairclough", "Business development lead", "provider", "health", None),
    Part("school_bidder", "Pauline Grundy", "Business manager", "provider", "school", None),
    Part("other_school_bidder", "Anil Kapoor", "Business manager", "provider", "other_school", None),
)
# Title, needs, what is meant to be bought, pounds, theme that it rests on and answers.
MENTORS = (
    "Mentors for young people outside the town", ["mentoring"],
    "Volunteers who are found, trained and paid their fares, so that young people outside the town have a mentor within a month of being "
    "asked for one.", 96_000, "No mentors outside the town",
)  # fmt: skip
SPEECH = (
    "A drop-in for speech and language", ["speech_and_language"],
    "Two mornings a week in children's centres, where parents of two and three year olds are shown what to do while they wait.", 40_000,
    "Speech therapy starts too late",
)  # fmt: skip
HOME = (
    "Family support at home", ["parenting"],
    "Somebody who comes to the home at the times when it is hard: mornings before school and evenings.", 240_000, "",
)  # fmt: skip
ROUND = (
    "Something to do in the holidays",
    "Small things that get young people out of the house in the holidays, run by people whom they know already.",
)
# Who, what, how, what would change, pounds asked; then what is decided: pounds, and what they are told. None: not decided.
ASKED: tuple[tuple[str, str, str, str, int, int | None, str], ...] = (
    ("provider", "Boxing and breakfast", "Four mornings a week for 20 young people in the sports hall, with breakfast.",
     "Fewer are at home alone; their workers say at the end whether they came.", 1_800, 1_800, "It is what young people asked for."),
    ("housing_bidder", "A bike workshop", "Old bikes are mended on the estate, ten young people a week keep theirs.",
     "They get to school by themselves in September.", 1_500, 1_200, "It fits. We pay for the tools, and not for the shed."),
    ("health_bidder", "Sleep talks for parents", "Three evenings about sleep, for 15 parents each.", "Children sleep through.", 900, 0,
     "It helps, and the health visitors do it already in both children's centres."),
    ("school_bidder", "Cooking on a Friday", "Six Fridays, 12 families cook and take a box home.", "They cook twice a week afterwards.", 1_100, None,
     ""),
)  # fmt: skip
TAKEN_BACK = ("A trip to the sea", "One coach for 40 children.", "They have seen the sea.", 950)


def bidders(cast: dict[str, Any]) -> dict[str, Any]:
    """The cast with those who bid for other organisations."""
    return cast | {part.key: invent_person(part) for part in BIDDERS}


def tell_bought(cast: dict[str, Any], places: list[Place]) -> dict[str, Intention]:
    """Intentions, grants and bids of the first district; the intentions by their first word, for the tenders that come from them."""
    everybody, area = bidders(cast), places[0].area
    found = _intentions(cast, area)
    _grants(everybody, area)
    _outside(everybody, area)
    return found


def _known(codes: Sequence[str]) -> list[str]:
    """Codes that the practice pack has; else its first."""
    there = [each.code for each in pack().unmet.needs]
    return [code for code in codes if code in there] or there[:1]


def _intentions(cast: dict[str, Any], area: Any) -> dict[str, Intention]:
    by = cast["commissioner"]
    found: dict[str, Intention] = {}
    for days, (title, codes, what, pounds, rests_on), moved in ((80, MENTORS, 70), (160, HOME, 150), (12, SPEECH, 0)):
        with clock.frozen(ago(days)), acting_as(by):
            made = needs.draft_intention(
                by=by, title=title, area=area, needs=_known(codes), what=what, pence=pounds * 100, owner=by,
                buy_by=clock.today() + dt.timedelta(days=240),
            )  # fmt: skip
            found[title.split()[0]] = made
            theme = Theme.objects.visible_to(by).filter(area=area, title=rests_on).first()
            chosen = [f"unmet:{code}" for code in made.needs] + ([f"theme:{theme.reference}"] if theme else [])
            needs.cite_evidence(by=by, intention=made, chosen=chosen)
        if moved:
            with clock.frozen(ago(moved)), acting_as(by):
                needs.move_intention(by=by, intention=made, state="agreed", words="The commissioning board agreed it.")
    _answered(cast["board_member"], area, found["Mentors"])
    return found


def _answered(by: Any, area: Any, intention: Intention) -> None:
    """You said, we bought: the theme that the board answered cites what is bought for it."""
    with clock.frozen(ago(19)), acting_as(by):
        theme = Theme.objects.visible_to(by).exclude(answer="").filter(area=area).first()
        if theme is not None:
            needs.cite_in_answer(by=by, theme=theme, intention=Intention.objects.get(pk=intention.pk))


def _open(by: Any, title: str, purpose: str, area: Any, pounds: tuple[int, int], days: tuple[int, int]) -> GrantRound:
    with acting_as(by):
        share = Share.objects.filter(area=area, fund__name__startswith="Early help grant").latest("year")
        today = clock.today()
        return grants.open_grant_round(
            by=by, title=title, purpose=purpose, needs=_known(["positive_activities", "mentoring"]), share=share, area=area,
            pence=pounds[0] * 100, most_pence=pounds[1] * 100, opens_on=today + dt.timedelta(days=days[0]),
            closes_on=today + dt.timedelta(days=days[1]),
        )  # fmt: skip


def _apply(by: Any, round_: GrantRound, title: str, what: str, change: str, pounds: int) -> GrantApplication:
    with acting_as(by):
        return grants.apply_for_grant(
            by=by, round_=round_, title=title, need=round_.needs[0], what=what, change=change, pence=pounds * 100
        )


def _grants(cast: dict[str, Any], area: Any) -> None:
    """A round that has closed, with an application in each state; and one that is open."""
    by = cast["commissioner"]
    with clock.frozen(ago(40)):
        closed = _open(by, *ROUND, area, (6_000, 2_000), (0, 30))
    made: list[tuple[GrantApplication, int | None, str]] = []
    with clock.frozen(ago(20)):
        for who, title, what, change, pounds, given, told in ASKED:
            made.append((_apply(cast[who], closed, title, what, change, pounds), given, told))
        who = cast["other_school_bidder"]
        withdrawn = _apply(who, closed, *TAKEN_BACK)
        with acting_as(who):
            grants.withdraw_grant(by=who, application=withdrawn, why="The parents' association pays for it")
    for application, given, told in made:
        if given is not None:
            with acting_as(by):
                application.round = GrantRound.objects.get(pk=closed.pk)
                grants.decide_grant(
                    by=by, application=application, award=bool(given), pence=given * 100 or None, reasons=told, no_interest=True
                )  # fmt: skip
    with acting_as(by):
        grants.pay_grant(by=by, application=made[0][0], happened_on=clock.today(), voucher="GR 3001")
    with clock.frozen(ago(5)):
        opened = _open(
            by, "Winter evenings", "Warm places for families in the dark months.", area, (5_000, 1_500), (0, 28)
        )
    with clock.frozen(ago(2)):
        _apply(
            cast["provider"],
            opened,
            "Soup and homework",
            "Two evenings a week for 15 families.",
            "Homework is done.",
            1_400,
        )


def _outside(cast: dict[str, Any], area: Any) -> None:
    """One that waits, one that is supported, and one that would pay for what is bought already."""
    told = (
        ("provider", "Mentors for care leavers", "The lottery", 84_000, 30, "", ""),
        ("housing_bidder", "Debt advice on the estate", "A housing foundation", 38_000, 20, "supported",
         "Nothing of the kind is bought, and families ask for it."),
        ("health_bidder", "Volunteers as mentors", "A health charity", 52_000, 10, "duplicates",
         "We buy the same for the same places from spring. Please speak to us about the south."),
    )  # fmt: skip
    for who, title, funder, pounds, days, state, words in told:
        by, reviewer = cast[who], cast["strategic_lead"]
        codes = _known(["housing"] if state == "supported" else ["mentoring"])
        with clock.frozen(ago(days)), acting_as(by):
            bid = bids.tell_of_bid(
                by=by, organisation=by.organisation, title=title, funder=funder, area=area, needs=codes, pence=pounds * 100,
                what="Two half posts and the volunteers' expenses, for two years.", due_on=clock.today() + dt.timedelta(days=60),
            )  # fmt: skip
        if state:
            with clock.frozen(ago(days - 5)), acting_as(reviewer):
                bids.review_bid(by=reviewer, bid=bid, state=state, words=words)
