"""Needs that nobody could meet, in families that are worked with: some wait, and themes of others are worked, escalated and answered.

Told by the product's own actions, with dice of their own, so that nothing that is told of the families hangs on them.
"""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from hearth.casework.cases.models import Case
from hearth.casework.panels.items.actions import ages_in
from hearth.casework.panels.unmet import actions as needs
from hearth.casework.panels.unmet.models import Theme
from hearth.casework.panels.unmet.themes import actions as themes
from hearth.foundation.core import clock
from hearth.foundation.core.pack import pack
from hearth.foundation.core.reader import acting_as
from hearth.invented.days import ago
from hearth.invented.story import Place

MOST = 40  # cases of a district in which something could not be offered
# How often each is met, and why: what is asked for in many districts, and what is asked for seldom.
MET = {
    "speech_and_language": (
        8,
        "waiting_list",
        "18_to_52_weeks",
        "2_to_4",
        "The nursery does small groups twice a week.",
    ),
    "child_mental_health": (8, "waiting_list", "6_to_18_weeks", "11_to_15", "The school nurse sees them meanwhile."),
    "mentoring": (5, "no_service", "no_wait", "11_to_15", "A teacher looks in each morning."),
    "short_breaks": (3, "not_eligible", "not_known", "whole_family", "Their gran has them one Saturday a month."),
    "transport": (3, "not_accessible", "no_wait", "whole_family", "We met them at home instead."),
    "adult_mental_health": (3, "waiting_list", "6_to_18_weeks", "adult", "Their doctor rings every week."),
    "childcare": (2, "not_accessible", "not_known", "2_to_4", "They share mornings with a neighbour."),
    "domestic_abuse": (2, "family_declined", "no_wait", "adult", "We left the number, and ask again."),
}
OLDEST = 330  # days ago
STARTED = (
    (100, "speech_and_language", "Speech therapy starts too late", "high",
     "Children of two and three wait up to a year, and start school without having been seen."),
    (90, "mentoring", "No mentors outside the town", "medium", "Volunteers live in the town and cannot get out."),
    (70, "child_mental_health", "Young people wait too long to be heard", "high",
     "Most of those who wait are of secondary age, and miss school."),
    (25, "transport", "Groups are out of reach without a car", "low",
     "Families outside the town take two buses, and stop coming after the second week."),
)  # fmt: skip
ESCALATED = (
    (60, "mentoring", "The charity would train six more if somebody paid their fares."),
    (40, "child_mental_health", "Two schools would share a counsellor, and neither can pay."),
)
# What the sub-group tried before: what, who, and how it went.
TRIED = {
    "mentoring": (
        "Ask the charity to train more volunteers",
        "Lantern Family Support",
        "They would, and cannot pay the fares.",
    ),
    "child_mental_health": (
        "Ask two schools to share a counsellor",
        "Beacon Hill Primary School",
        "Both want to; neither has the money.",
    ),
}
PROGRESS = "The trust can lend us a therapist for half a day a week."
ANSWER = "We pay fares for a year from the small grants. Six start in the new year."


Event = tuple[int, Callable[[], Any]]  # so many days ago, what happened


def tell_unmet(cast: dict[str, Any], places: list[Place], seed: int) -> None:
    """In each district needs of a year; in the first also a theme at each stage. In the order in which it happened."""
    happened = [event for place in places for event in _met(place, random.Random(f"{seed} unmet {place.area.code}"))]
    happened += _worked(cast, places[0].area)
    for days, event in sorted(happened, key=lambda each: -each[0]):
        with clock.frozen(ago(days)):
            event()


def _met(place: Place, dice: random.Random) -> Iterator[Event]:
    """What whoever leads a case could not offer, on days when it was open."""
    with acting_as(place.worker):
        rows = Case.objects.open().filter(area=place.area, lead=place.worker).order_by("opened_on", "reference")
        cases = list(rows.select_related("family__area", "area", "lead__organisation")[:MOST])
    codes, weights = list(MET), [often for often, *_ in MET.values()]
    for case in cases:
        open_for = max(min((clock.today() - case.opened_on).days, OLDEST), 0)
        for code in dict.fromkeys(dice.choices(codes, weights, k=dice.randint(0, 3))):
            yield dice.randint(0, open_for), partial(_record, place.worker, case, code)


def _record(by: Any, case: Case, code: str) -> None:
    _, reason, wait, age, instead = MET[code]
    with acting_as(by):
        age = of_an_age(case, age)
        needs.record_unmet_need(
            by=by, source="case", case=case, need=code, reason=reason, wait=wait, age_band=age, instead=instead
        )


def of_an_age(case: Case, wanted: str) -> str:
    """That band, where a child of the family is in it, or it is of nobody's age; else the eldest child's."""
    told = ages_in(case)
    band = next(each for each in pack().unmet.age_bands if each.code == wanted)
    return wanted if band.youngest is None or wanted in told or not told else told[-1]


def _worked(cast: dict[str, Any], area: Any) -> Iterator[Event]:
    officer, board = cast["development_officer"], cast["board_member"]
    made: dict[str, Theme] = {}

    def start(need: str, title: str, priority: str, analysis: str) -> None:
        with acting_as(officer):
            made[need] = themes.start_theme(
                by=officer, area=area, title=title, priority=priority, needs=[need], analysis=analysis
            )

    def go_on(by: Any, do: Callable[..., Any], need: str, **told: Any) -> None:
        with acting_as(by):
            do(by=by, theme=made[need], **told)

    for days, need, title, priority, analysis in STARTED:
        yield days, partial(start, need, title, priority, analysis)
    yield (
        60,
        lambda: go_on(
            officer, themes.add_theme_action, "speech_and_language", what="Ask the trust what a drop-in would cost",
            who="Moorside Community Health Trust", due_on=clock.today() + dt.timedelta(days=80),
        ),
    )  # fmt: skip
    yield 30, lambda: go_on(officer, themes.note_theme_progress, "speech_and_language", words=PROGRESS)
    yield 5, lambda: go_on(officer, themes.gather_needs, "speech_and_language", needs=["speech_and_language"])

    def try_it(need: str, what: str, who: str, progress: str) -> None:
        with acting_as(officer):
            told: dict[str, Any] = {"what": what, "who": who, "due_on": clock.today() + dt.timedelta(days=14)}
            planned = themes.add_theme_action(by=officer, theme=made[need], **told)
            themes.change_theme_action(by=officer, theme_action=planned, **told, progress=progress)

    for days, need, words in ESCALATED:
        yield days + 5, partial(try_it, need, *TRIED[need])
        yield days, partial(go_on, officer, themes.escalate_theme, need, words=words)
    yield 20, lambda: go_on(board, themes.answer_theme, "mentoring", answer=ANSWER)
