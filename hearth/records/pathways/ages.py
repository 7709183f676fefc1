"""Ages on a pathway in words: 12 weeks of pregnancy, 10 to 14 days, year 6; and how old somebody is today."""

import datetime as dt

from hearth.foundation.core.packs.pathways import Touchpoint

PREGNANCY = 40  # weeks, to the day on which a baby is due
BIRTH = "the birth"


def words_of(age: str) -> str:
    """An age: 12 weeks of pregnancy, 6 weeks, 2 years, the start of year 7."""
    if age == "birth":
        return BIRTH
    if age.startswith(("start", "end")):
        return f"the {age}"
    number, unit = _parts(age)
    if number > 0:
        return _counted(number, unit)
    return f"{PREGNANCY + number} weeks of pregnancy" if unit == "weeks" else f"{_counted(-number, unit)} before birth"


def short(age: str) -> str:
    """The same for a scale: week 12, birth, 6 weeks, year 7."""
    if age.startswith(("start", "end")):
        return age.removeprefix("start of ")
    if age == "birth":
        return age
    number, unit = _parts(age)
    return f"week {PREGNANCY + number}" if number < 0 and unit == "weeks" else words_of(age)


def window(touchpoint: Touchpoint) -> str:
    """When a touchpoint is: 10 to 14 days, year 6, from 65 years."""
    opens, closes = touchpoint.opens, touchpoint.closes
    if closes is None:
        return f"From {words_of(opens)}"
    if opens.startswith("start of ") and closes.startswith("end of "):
        first, last = opens.removeprefix("start of "), closes.removeprefix("end of ")
        first = first if first.startswith("year") or first == "reception" else f"the {first} year"
        return _capital(first if opens[9:] == closes[7:] else f"{first} to {last}")
    return _capital(f"{_first_half(opens, closes)} to {words_of(closes)}")


def _first_half(opens: str, closes: str) -> str:
    """Without the unit, where the second half says it."""
    both = [_parts(age) if age[0] in "-123456789" else None for age in (opens, closes)]
    first, second = both
    if first and second and first[1] == second[1] and (first[0] < 0) == (second[0] < 0):
        return words_of(opens).split()[0]
    return words_of(opens)


def _parts(age: str) -> tuple[int, str]:
    number, unit = age.split()
    return int(number), unit


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit.removesuffix('s') if number == 1 else unit}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def how_old(born: dt.date, today: dt.date) -> str:
    """How old somebody is, as people say it: 23 weeks of pregnancy, 9 days, 7 weeks, 14 months, 6 years."""
    days = (today - born).days
    if days < 0:
        return f"{max(PREGNANCY + days // 7, 0)} weeks of pregnancy"
    months = (today.year - born.year) * 12 + today.month - born.month - (today.day < born.day)
    for number, unit, most in ((days, "days", 14), (days // 7, "weeks", 13), (months, "months", 24)):
        if number < most:
            return _counted(number, unit) if number else "born today"
    return _counted(months // 12, "years")
