"""What the council's own headcount might say of funded early education: each district, the last four terms, three ages."""

import datetime as dt
import random

from hearth.foundation.core.pack import pack
from hearth.invented.involved import Rows

FEED = "early_years_entitlement"
HEAD = ["district", "year", "term", "age", "places", "eligible", "taking up"]
TERMS = (("spring", 1), ("summer", 5), ("autumn", 10))  # and the month in which children are counted
TERMS_SENT = 4
# Of each age: how many children are eligible, places for every hundred of them, and how many of a hundred take it up.
AGES = {
    "2": ((140, 420), (70, 130), (55, 85)),
    "3": ((600, 1500), (95, 125), (88, 98)),
    "4": ((600, 1500), (98, 120), (93, 99)),
}


def entitled(today: dt.date) -> Rows:
    """The rows of the file, its headers first. Two-year-olds of one district are few: their figures are left out."""
    dice, rows = random.Random("entitled"), []
    districts = [district.code for district in pack().areas.districts]
    terms = _terms_until(today)
    for place, district in enumerate(districts):
        for age, (eligible, places, share) in AGES.items():
            children, room = dice.randint(*eligible), dice.randint(*places)
            if place and place == len(districts) - 1 and age == "2":
                children = 6
            for later, (year, term) in enumerate(terms):
                now = children + dice.randint(0, children // 20)
                taking_up = now * min(dice.randint(*share) + later, 99) // 100
                rows.append([district, year, term, age, now * (room + later) // 100, now, taking_up])
    return [HEAD, *rows]


def _terms_until(today: dt.date) -> list[tuple[int, str]]:
    """The last terms in which children had been counted by a day, the earliest first."""
    of_years = [(year, term, month) for year in range(today.year - 2, today.year + 1) for term, month in TERMS]
    counted = [(year, term) for year, term, month in of_years if dt.date(year, month, 28) < today]
    return counted[-TERMS_SENT:]
