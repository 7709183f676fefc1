"""What partners might have sent, so that a demonstration has families of concern: small files, the council's own, in both districts."""

import csv
import datetime as dt
import io
import random
from typing import Any

from hearth.foundation.core import clock
from hearth.foundation.core.jobs import defer
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds.actions import commit_load, send_file
from hearth.intelligence.feeds.reading import read_load
from hearth.intelligence.insight.actions import start_run
from hearth.invented import entitled, populated
from hearth.invented.households import Household, Someone, invent_household
from hearth.invented.involved import HOUSING, SOCIAL_CARE, VISITS, Rows, known_elsewhere
from hearth.invented.visited import visited

HOUSEHOLDS = 45
WEEKS = 12  # of attendance
CHECK, LETTERS = range(2, 14), "ABCDEFGHJKLMNPQRTUVWXYZ"


def send_files(cast: dict[str, Any], areas: list[Any], outward: tuple[str, str]) -> None:
    """Send and commit a file of each of eight feeds, and have casework loaded, people linked and the rules worked out by the worker.

    Families on record are in three of them: with whom else they are known is in their family view.
    """
    analyst, known = cast["analyst"], known_elsewhere(cast["family_worker"])
    known["health_visits"] += visited(cast["family_worker"], known["health_visits"])
    with acting_as(analyst):
        for place, area in enumerate(dict.fromkeys(areas)):
            dice = random.Random(f"noticed {place}")
            homes = [invent_household(dice, clock.today(), outward[place]) for _ in range(HOUSEHOLDS)]
            for feed, rows in _files(dice, homes, place, known).items():
                if len(rows) > 1:  # of nobody, nothing is sent
                    _commit(analyst, area, feed, rows, place)
        _commit(analyst, None, entitled.FEED, entitled.entitled(clock.today()), 0)
        _commit(analyst, None, populated.FEED, populated.populated(), 0)
        defer("cases.load_feed", by=analyst.id)  # by the worker, as only its identity may read casework for a feed
        start_run(by=analyst)


def _commit(by: Any, area: Any, feed: str, rows: list[list[Any]], place: int) -> None:
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    until = clock.today() - dt.timedelta(
        days=1 + place
    )  # a feed that is not told apart by period holds one file a sender
    sent = send_file(
        by=by, feed=feed, organisation=by.organisation, area=area, covers_from=until - dt.timedelta(days=360), covers_until=until,
        file=io.BytesIO(written.getvalue().encode()), file_name=f"{feed} {(area or by.organisation).name}.csv",
    )  # fmt: skip
    commit_load(by=by, load=read_load(by=by, load=sent))


def _files(dice: random.Random, homes: list[Household], place: int, known: dict[str, Rows]) -> dict[str, Rows]:
    """The rows of each file, its headers first. Of feeds that keep one file a sender, the first district sends them."""
    children = [(home, child) for home in homes for child in home.children if child.born_on and child.given_name]
    pupils = [(child, _upn(place * 1000 + n)) for n, (_, child) in enumerate(children)]
    found = {"school_roll": _roll(dice, pupils)}
    if place:
        return found
    return found | {
        "attendance": _attendance(dice, pupils),
        "worklessness": _worklessness(dice, homes),
        "neet": _neet(dice, homes),
        "social_care": [*_social_care(dice, homes), *known["social_care"]],
        "housing": [HOUSING, *known["housing"]],
        "health_visits": [VISITS, *known["health_visits"]],
    }


def _upn(number: int) -> str:
    """A unique pupil number with the letter that fits it."""
    digits = f"99940002{number:04d}"
    return LETTERS[sum(weight * int(figure) for weight, figure in zip(CHECK, digits, strict=True)) % 23] + digits


def _roll(dice: random.Random, pupils: list[tuple[Someone, str]]) -> list[list[Any]]:
    head = [
        "pupilonrolltableid", "NativeId", "upn", "surname", "forename", "dob", "sex", "ncyearactual", "ethnicity",
        "termlysessionspossible", "termlysessionsauthorised", "termlysessionsunauthorised",
    ]  # fmt: skip
    rows = []
    for child, upn in pupils:
        missed = dice.choice([0, 2, 3, 4, 6, 9, 14, 22, 70])
        without = dice.randint(0, missed)
        ethnicity = child.facts.get("ethnicity", "")
        rows.append(
            [
                upn,
                "S1",
                upn,
                child.family_name,
                child.given_name,
                child.born_on,
                child.sex,
                "",
                ethnicity,
                134,
                missed - without,
                without,
            ]
        )
    return [head, *rows]


def _attendance(dice: random.Random, pupils: list[tuple[Someone, str]]) -> list[list[Any]]:
    last, rows = clock.today() - dt.timedelta(days=1), []
    days = [last - dt.timedelta(days=n) for n in range(WEEKS * 7)]
    for _, upn in pupils:
        misses = dice.choice([0.0, 0.02, 0.04, 0.05, 0.08, 0.13, 0.2])
        for day in (day for day in days if day.weekday() < 5):
            for session, mark in (("AM", "/"), ("PM", "\\")):
                rows.append([upn, "S1", day, session, dice.choice("IOMU") if dice.random() < misses else mark])
    return [["UPN", "NativeId", "date", "am/pm", "code"], *rows]


def _grown(homes: list[Household]) -> list[tuple[Household, Someone]]:
    return [(home, one) for home in homes for one in home.adults if one.born_on and one.lives_here]


def _worklessness(dice: random.Random, homes: list[Household]) -> list[list[Any]]:
    head = [
        "person reference",
        "forename",
        "surname",
        "date of birth",
        "address",
        "postcode",
        "benefit",
        "start date",
        "end date",
    ]
    rows = [
        [
            f"B{n:04d}",
            one.given_name,
            one.family_name,
            one.born_on,
            home.address,
            home.postcode,
            "Universal Credit",
            _ago(dice, 30, 700),
            "",
        ]
        for n, (home, one) in enumerate(_grown(homes))
        if dice.random() < 0.25
    ]
    return [head, *rows]


def _neet(dice: random.Random, homes: list[Household]) -> list[list[Any]]:
    head = [
        "YoungPersonsID",
        "GivenName",
        "FamilyName",
        "DOB",
        "Postcode",
        "ActivityCode",
        "ActivityStartDate",
        "LevelOfNeedCode",
    ]
    rows = []
    for n, home in enumerate(homes):
        born = clock.today() - dt.timedelta(days=dice.randint(16 * 365 + 10, 18 * 365))
        activity = dice.choice(["210", "210", "320", "540", "619", "619", "620", "810"])
        need = dice.choice(["", "", "", "140", "160", "170"])
        rows.append(
            [
                f"N{n:04d}",
                dice.choice(["Ella", "Noah", "Zara", "Kai", "Amir"]),
                home.name,
                born,
                home.postcode,
                activity,
                _ago(dice, 20, 200),
                need,
            ]
        )
    return [head, *rows]


def _social_care(dice: random.Random, homes: list[Household]) -> list[list[Any]]:
    rows = [
        [
            f"C{n:04d}",
            "",
            dice.choice(["child_in_need", "child_protection", "early_help"]),
            _ago(dice, 20, 400),
            "",
            "Duty social worker",
            "01632 960555",
        ]
        for n in range(len(homes))
        if dice.random() < 0.3
    ]
    return [SOCIAL_CARE, *rows]


def _ago(dice: random.Random, least: int, most: int) -> dt.date:
    return clock.today() - dt.timedelta(days=dice.randint(least, most))
