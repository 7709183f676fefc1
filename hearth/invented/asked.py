"""What was asked and names nobody: questions to a panel and to the hub, and searches of the finder that had nothing to offer.

With dice of its own, so that nothing that is told of families hangs on it.
"""

import datetime as dt
import random
from typing import Any

from hearth.casework.panels.models import Panel
from hearth.casework.panels.questions.actions import answer_question, ask_without_name, read_question_answer
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.invented.story import Place
from hearth.records.directory.finding.counting import count_search
from hearth.records.directory.models import FinderCount

# How many days ago; who asks; of whom, the district's panel or the hub; about what; in which words; and the answer, where there is one.
QUESTIONS = (
    (
        24, "practitioner", "panel", "domestic_abuse",
        "A mother of two will not let the health visitor in since her partner came back. What would you do?",
        "See her at the clinic, alone, and ask plainly. Ring the hub if she says that she is afraid, or if you think so.",
    ),
    (
        9, "health_visitor", "panel", "early_years",
        "A boy of three says five words and has waited for a therapist since the spring. What is there meanwhile?",
        "The nursery has a small group twice a week and takes children from outside. There is no form: they ring and come.",
    ),
    (
        2, "charity_worker", "hub", "parental_mental_health",
        "A father on his own stays in bed most days, and his daughter of nine gets herself to school. Is that ours or yours?",
        "",
    ),
)  # fmt: skip
# How many searches of a month found nothing, or only what was full: by need, for each district.
SOUGHT = {
    "money_and_debt": ("nothing", 2),
    "speech_and_play": ("full", 4),
    "feelings": ("full", 3),
    "things_to_do": ("nothing", 3),
    "": ("nothing", 2),
}
MONTHS = 8
BY_WORKERS = 0.3  # of all searches


def tell_asked(cast: dict[str, Any], places: list[Place], seed: int) -> None:
    """Questions without a name of the first district, and some months of searches in each."""
    _questions(cast, places[0].area)
    dice = random.Random(f"{seed} asked")
    districts = [place.area.code for place in places]
    with acting_as(cast["commissioner"]):
        for month in range(MONTHS):
            with clock.frozen(_months_ago(month)):
                for district in dict.fromkeys(districts):
                    _searches(dice, district)


def _questions(cast: dict[str, Any], area: Any) -> None:
    with acting_as(cast["panel_coordinator"]):
        panel = Panel.objects.select_related("area").filter(area=area, ended_at=None).order_by("created_at").first()
    for days, key, of, theme, words, answer in QUESTIONS:
        if of == "panel" and panel is None:
            continue
        by, asked_at = cast[key], _ago(days)
        with clock.frozen(asked_at), acting_as(by):
            whom: dict[str, Any] = {"panel": panel} if of == "panel" else {"area": area}
            question = ask_without_name(by=by, themes=[theme], words=words, **whom)
        if answer:
            with clock.frozen(asked_at + dt.timedelta(hours=3)):
                with acting_as(cast["panel_coordinator"]):
                    answer_question(by=cast["panel_coordinator"], question=question, answer=answer)
                with acting_as(by):
                    read_question_answer(by=by, question=question)


def _searches(dice: random.Random, district: str) -> None:
    """The month's, more of them in some months than in others. A need that the practice pack does not have is left out."""
    known = {"", *(need.code for need in pack().directory.needs)}
    for need, (outcome, least) in SOUGHT.items():
        for _ in range(dice.randint(least, least * 3) if need in known else 0):
            worker = dice.random() < BY_WORKERS
            count_search([need], district, FinderCount.Outcome(outcome), by_worker=worker)


def _months_ago(months: int) -> dt.datetime:
    moment = clock.now()
    for _ in range(months):
        moment = moment.replace(day=1) - dt.timedelta(days=1)
    return moment


def _ago(days: int) -> dt.datetime:
    """In working hours, so that an answer of the same day is one of the past."""
    moment = (clock.now() - dt.timedelta(days=days)).replace(hour=10)
    while not clock.is_working_day(moment.date()):
        moment -= dt.timedelta(days=1)
    return moment
