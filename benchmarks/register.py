"""A register of invented people of any size, and what somebody might type who looks for one of them."""

import datetime as dt
import random
import uuid
from collections.abc import Iterator
from dataclasses import dataclass, field

from hearth.invented.names import Community, any_community
from hearth.linkage.nicknames import other_forms

TODAY = dt.date(2026, 9, 1)
A_POSTCODE = 35  # people who share one, about
PRECISIONS = ("full", "month", "year", "estimated", "expected", "unknown")
HOW_OFTEN = (940, 15, 15, 10, 5, 15)
LETTERS = "abcdefghijklmnoprstuvwy"
OUTWARD = [f"{area}{number}" for area in ("BB", "PR", "FY", "LA", "BL", "OL", "WN", "L") for number in range(1, 29)]


@dataclass
class Somebody:
    """A person on the register, as the benchmark knows them."""

    key: uuid.UUID
    family_key: uuid.UUID
    given: str
    family: str
    born: dt.date
    precision: str = "full"
    codes: list[str] = field(default_factory=list)  # the first is where they live
    former: str = ""  # a family name they had before
    adult: bool = False

    @property
    def stored_born(self) -> dt.date | None:
        """The birth date as the register has it."""
        if self.precision in ("year", "estimated"):
            return self.born.replace(month=1, day=1)
        if self.precision == "month":
            return self.born.replace(day=1)
        return None if self.precision == "unknown" else self.born


@dataclass(frozen=True)
class Query:
    """What somebody typed; `truth` is whom they meant. The birth date is text, as far as known: 2015-09-14, 2015-09, 2015, about 2015."""

    truth: uuid.UUID
    given: str
    family: str
    born: str
    postcode: str


def register(count: int, seed: int) -> Iterator[list[Somebody]]:
    """At least so many people, a household at a time."""
    dice = random.Random(f"register {seed}")
    codes = [_postcode(dice) for _ in range(max(20, count // A_POSTCODE))]
    made = 0
    while made < count:
        household = _household(dice, codes)
        made += len(household)
        yield household


def _postcode(dice: random.Random) -> str:
    return f"{dice.choice(OUTWARD)} {dice.randint(1, 9)}{dice.choice('ABDEFGHJLNPQRSTUWXYZ')}{dice.choice('ABDEFGHJLNPQRSTUWXYZ')}"


def _household(dice: random.Random, codes: list[str]) -> list[Somebody]:
    community = any_community(dice)
    key, name, code = _key(dice), _family_name(dice, community), dice.choice(codes)
    before = [dice.choice(codes)] if dice.random() < 0.15 else []
    home: list[Somebody] = []
    for place in range(dice.choice((1, 2, 2, 2))):
        sex = "F" if place == 0 else "M"
        born = TODAY - dt.timedelta(days=int(dice.uniform(19, 60) * 365.25))
        own = name if place == 0 or dice.random() < 0.75 else _family_name(dice, community)
        one = Somebody(_key(dice), key, community.given(sex, adult=True).pick(dice), own, born, adult=True)
        one.former = _family_name(dice, community) if sex == "F" and dice.random() < 0.2 else ""
        home.append(one)
    for _ in range(dice.choice((0, 1, 1, 2, 2, 3, 4))):
        _add_child(dice, community, home, name)
    for one in home:
        one.codes = [code, *before]
        one.precision = (
            dice.choices(PRECISIONS, HOW_OFTEN)[0]
            if not one.adult
            else dice.choices(PRECISIONS, (950, 5, 15, 15, 0, 15))[0]
        )
        if one.precision == "expected":
            one.given, one.born = "", TODAY + dt.timedelta(days=dice.randint(-20, 200))
    return home


def _add_child(dice: random.Random, community: Community, home: list[Somebody], name: str) -> None:
    sex = dice.choice("FM")
    children = [one for one in home if not one.adult]
    born = TODAY - dt.timedelta(days=int(dice.uniform(0, 18) * 365.25))
    if children and dice.random() < 0.03:
        born = children[-1].born  # twins
    given = community.given(sex, adult=False).pick(dice, but=[one.given for one in children])
    if dice.random() < 0.1:
        given += dice.choice((" ", "-")) + community.given(sex, adult=False).pick(dice, but=[given])
    fathers = [one for one in home[1:2] if one.adult]
    if sex == "M" and fathers and dice.random() < 0.03:
        given = fathers[0].given
    home.append(Somebody(_key(dice), home[0].family_key, given, name, born))


def _key(dice: random.Random) -> uuid.UUID:
    return uuid.UUID(int=dice.getrandbits(128), version=4)


def _family_name(dice: random.Random, community: Community) -> str:
    name = community.surnames.pick(dice)
    kind = dice.random()
    if kind < 0.04:
        return f"{name}-{community.surnames.pick(dice)}"
    return f"O'{dice.choice(('Connor', 'Brien', 'Neill', 'Reilly', 'Donnell', 'Shea'))}" if kind < 0.05 else name


def typed(who: Somebody, dice: random.Random, other_codes: list[str]) -> Query:
    """What somebody types who means this person: half of it as it is on record, half with something other about it."""
    given, family = _given(who, dice), _family(who, dice)
    born = _born(who, dice)
    weak = len(born) < 7
    kind = dice.random()
    postcode = who.codes[0] if kind < 0.5 or weak else ""
    if 0.5 <= kind < 0.6:
        postcode = dice.choice(who.codes if weak else other_codes)  # another home than is on record, or an earlier one
    if dice.random() < 0.02:
        given, family = family, given
    return Query(who.key, given, family, born, postcode)


def _given(who: Somebody, dice: random.Random) -> str:
    kind, name = dice.random(), who.given
    if kind < 0.08 and (forms := other_forms(name.lower())):
        return dice.choice(forms).title()
    if kind < 0.17:
        return _slip(name, dice)
    if kind < 0.19:
        return _slip(_slip(name, dice), dice)
    return name.split()[0].split("-")[0] if kind < 0.35 else name


def _family(who: Somebody, dice: random.Random) -> str:
    kind, name = dice.random(), who.family
    if kind < 0.08:
        return _slip(name, dice)
    if kind < 0.09:
        return _slip(_slip(name, dice), dice)
    if who.former and kind < 0.4:
        return who.former
    if "-" in name and kind < 0.4:
        return dice.choice(name.split("-"))
    return name.replace("'", dice.choice(("", " ", "'"))) if kind < 0.6 else name


def _born(who: Somebody, dice: random.Random) -> str:
    kind, born = dice.random(), who.born
    if who.precision in ("expected", "unknown"):
        return ""
    if kind < 0.08:
        return ""
    if kind < 0.16:
        return str(born.year)
    if kind < 0.2:
        return f"about {born.year + dice.choice((-1, 0, 0, 1))}"
    if kind < 0.28:
        return f"{born.year}-{born.month:02}"
    if kind < 0.31 and born.day <= 12:
        return f"{born.year}-{born.day:02}-{born.month:02}"
    if kind < 0.37:
        return _another_day(born, dice)
    return born.isoformat()


def _another_day(born: dt.date, dice: random.Random) -> str:
    """One part of the date written wrong."""
    part = dice.choice(("day", "month", "year")) if born.day <= 28 else "day"
    if part == "day":
        return born.replace(day=born.day % 28 + 1).isoformat()
    if part == "month":
        return born.replace(month=born.month % 12 + 1).isoformat()
    return born.replace(year=born.year + dice.choice((-1, 1, 10, -10))).isoformat()


def _slip(word: str, dice: random.Random) -> str:
    if len(word) < 3:
        return word
    place, kind = dice.randrange(len(word) - 1), dice.randrange(4)
    if kind == 0:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == 1:
        return word[:place] + word[place + 1 :]
    return word[:place] + dice.choice(LETTERS) + word[place + (kind == 2) :]
