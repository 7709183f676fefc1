"""Households that look like life: who lives together, what they are called, where, and what is hard."""

import datetime as dt
import random
from dataclasses import dataclass, field, replace

from stdnum.gb import nhs as nhs_number

from hearth.invented.names import Community, any_community

STREETS = (
    "Weavers Row", "Mill Lane", "Canal Street", "Albert Road", "Beech Grove", "Clough Terrace", "Moor View",
    "Station Road",
    "Chapel Brow", "Orchard Close", "Whinney Hill", "Victoria Street", "Sandy Lane", "Fairfield Avenue", "Brook Street",
)  # fmt: skip
LANGUAGES = {"APKN": ("Urdu", "Punjabi"), "WOTH": ("Polish",), "BAFR": ("Igbo", "Twi", "Yoruba")}


@dataclass
class Someone:
    """One member of a household, in the facts that `add_family_member` takes."""

    role: str
    given_name: str
    family_name: str
    sex: str
    born_on: dt.date | None
    birth_precision: str = "full"
    kin: str = ""  # who they are to the children
    lives_here: bool = True
    facts: dict[str, object] = field(default_factory=dict)


@dataclass
class Household:
    """Who lives together, or apart, and is one family to those who help."""

    name: str
    adults: list[Someone]
    children: list[Someone]
    address: str
    postcode: str

    def has_young_children(self, today: dt.date) -> bool:
        """Whether all of its born children are far from grown up."""
        born = [child.born_on for child in self.children if child.given_name and child.born_on]
        return bool(born) and min(born) > today - dt.timedelta(days=14 * 365)

    def as_another_says(self, dice: random.Random) -> "Household":
        """The same people as somebody else writes them down: only the mother, and a birth date with a slip."""
        young = [child for child in self.children if child.given_name][-2:]
        children = [
            replace(child, born_on=_slipped(child.born_on) if child is young[0] else child.born_on) for child in young
        ]
        moved = dice.random() < 0.3
        return replace(
            self, adults=self.adults[:1], children=children, address=invent_address(dice) if moved else self.address
        )


def _slipped(day: dt.date | None) -> dt.date | None:
    """Day and month swapped, where that is a day; otherwise one day out."""
    if day is None or day.day > 12 or day.day == day.month:
        return day and day - dt.timedelta(days=1)
    return day.replace(day=day.month, month=day.day)


def invent_household(dice: random.Random, today: dt.date, outward: str) -> Household:
    """One household, from the dice alone: the same dice give the same household."""
    names = any_community(dice)
    surname = names.surnames.pick(dice)
    mother_born = today - dt.timedelta(days=dice.randint(21 * 365, 46 * 365))
    adults = [Someone("parent", names.women.pick(dice), surname, "F", mother_born, kin="mother")]
    adults += _second_adult(dice, names, surname, mother_born)
    if dice.random() < 0.1:
        born = mother_born - dt.timedelta(days=dice.randint(19 * 365, 28 * 365))
        adults.append(Someone("grandparent", names.women.pick(dice), surname, "F", born, kin="grandparent"))
    children = _children(dice, names, surname, mother_born, today)
    for someone in (*adults, *children):
        _facts(dice, someone, names.ethnicity)
    return Household(surname, adults, children, invent_address(dice), f"{outward} {invent_inward(dice)}")


def invent_address(dice: random.Random) -> str:
    """A number and a street."""
    return f"{dice.randint(1, 180)} {dice.choice(STREETS)}"


def invent_inward(dice: random.Random) -> str:
    """The second half of a postcode."""
    return f"{dice.randint(1, 9)}" + "".join(dice.choice("ABDEFGHJLNPQRSTUWXYZ") for _ in range(2))


def _second_adult(dice: random.Random, names: Community, surname: str, near: dt.date) -> list[Someone]:
    """A father at home, a father elsewhere, a stepfather, or nobody recorded."""
    kind = dice.choices(("father", "elsewhere", "stepfather", "nobody"), (42, 22, 12, 24))[0]
    if kind == "nobody":
        return []
    born = near - dt.timedelta(days=dice.randint(-4 * 365, 9 * 365))
    precision = dice.choices(("full", "year", "unknown"), (80, 12, 8))[0]
    born_on = None if precision == "unknown" else born.replace(month=1, day=1) if precision == "year" else born
    name = surname if kind == "father" else names.surnames.pick(dice)
    kin = "step_parent" if kind == "stepfather" else "father"
    role = "partner" if kind == "stepfather" else "parent"
    return [Someone(role, names.men.pick(dice), name, "M", born_on, precision, kin, kind != "elsewhere")]


def _children(
    dice: random.Random, names: Community, surname: str, mother_born: dt.date, today: dt.date
) -> list[Someone]:
    earliest = max(mother_born + dt.timedelta(days=17 * 365), today - dt.timedelta(days=17 * 365))
    found: list[Someone] = []
    for _ in range(dice.choices((1, 2, 3, 4, 5), (28, 36, 22, 10, 4))[0]):
        born = earliest + dt.timedelta(days=dice.randint(0, max((today - earliest).days - 60, 1)))
        twin = found and dice.random() < 0.04
        sex = dice.choice("FM")
        name = names.given(sex, adult=False).pick(dice, but=[child.given_name for child in found])
        found.append(Someone("child", name, surname, sex, found[-1].born_on if twin else born))
    if dice.random() < 0.06:
        due = today + dt.timedelta(days=dice.randint(20, 180))
        found.append(Someone("child", "", surname, "U", due, "expected"))
    return sorted(found, key=lambda child: child.born_on or today)


def _facts(dice: random.Random, someone: Someone, ethnicity: str) -> None:
    facts = someone.facts
    facts["ethnicity"] = ethnicity if dice.random() < 0.93 else "NOBT"
    if ethnicity in LANGUAGES and someone.role != "child":
        facts["first_language"] = dice.choice(LANGUAGES[ethnicity])
        if dice.random() < 0.3:
            facts["interpreter_language"] = facts["first_language"]
    if someone.role == "child" and someone.birth_precision == "full":
        facts["nhs_number"] = invented_nhs_number(dice)
        if dice.random() < 0.12:
            facts["disabilities"] = [dice.choice(("LD", "COMM", "BEH", "AUT", "MOB", "HEAR"))]
    elif someone.role == "parent" and dice.random() < 0.7:
        facts["phone"] = f"01632 960{dice.randint(0, 999):03}"


def invented_nhs_number(dice: random.Random) -> str:
    """A number in the range kept for testing (999), with a check digit that is right."""
    while True:
        number = "999" + "".join(str(dice.randint(0, 9)) for _ in range(7))
        if nhs_number.is_valid(number):
            return number
