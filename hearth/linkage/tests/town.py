"""An invented town whose truth is known: households on a school's roll and in a visitor's book that was written with slips."""

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

import pyarrow as pa

from hearth.linkage.columns import Columns
from hearth.linkage.engine import connect
from hearth.linkage.pipeline import Linked, Settings, link

COLUMNS = Columns(
    id=("id",),
    given_name=("given",),
    middle_name=("middle",),
    family_name=("family",),
    birth_date=("born",),
    sex=("sex",),
    address=("address",),
    postcode=("postcode",),
    nhs_number=("nhs",),
)
GIVEN = {
    "f": "Amelia Olivia Isla Ava Mia Ivy Lily Isabella Rosie Sophia Grace Willow Freya Florence Emily Ella Poppy Evie Elsie Charlotte "
    "Evelyn Sienna Sofia Daisy Phoebe Sophie Alice Harper Matilda Ruby Emilia Maya Millie Isabelle Eva Luna Jessica Ada Aria Arabella "
    "Maisie Esme Eliza Penelope Bonnie Chloe Mila Violet Hallie Scarlett Layla Imogen Eleanor Molly Harriet Elizabeth Thea Erin Lottie "
    "Rose Delilah Bella Aurora Lola Nancy Ellie Mabel Lucy Ayla Maria Orla Zara Robyn Hannah Gracie Iris Jasmine Darcie Margot Holly",
    "m": "Oliver George Noah Arthur Harry Leo Muhammad Jack Charlie Oscar Jacob Henry Thomas Freddie Alfie Theo William Theodore Archie "
    "Joshua Alexander James Isaac Edward Lucas Tommy Finley Max Logan Ethan Mohammed Teddy Benjamin Arlo Joseph Sebastian Harrison Elijah "
    "Adam Daniel Samuel Louie Mason Reuben Albie Rory Jaxon Hugo Luca Zachary Reggie Hunter Louis Dylan Albert David Jude Frankie Roman "
    "Ezra Toby Riley Carter Ronnie Frederick Gabriel Stanley Bobby Jesse Michael Elliot Grayson Mohammad Liam Jenson Ellis Harley Harvey",
}  # fmt: skip
SHORT = {"Thomas": "Tom", "William": "Billy", "Samuel": "Sam", "Joseph": "Joe", "Elizabeth": "Beth", "Charlotte": "Lottie",
    "Benjamin": "Ben", "Alexander": "Alex", "Isabella": "Bella", "Matilda": "Tilly", "Daniel": "Dan", "Michael": "Mick"}  # fmt: skip
FIRST_HALF = [
    "Ash",
    "Birch",
    "Brad",
    "Brook",
    "Clay",
    "Dun",
    "Farn",
    "Green",
    "Hart",
    "Holl",
    "Kirk",
    "Lang",
    "Mar",
    "North",
    "Oak",
    "Pem",
    "Rad",
    "Stan",
    "Thorn",
    "Whit",
    "Wood",
    "Yar",
]
SECOND_HALF = [
    "ley",
    "worth",
    "ton",
    "field",
    "shaw",
    "ham",
    "wick",
    "bury",
    "den",
    "brook",
    "ford",
    "house",
    "land",
    "over",
    "son",
    "by",
]
STREETS = [
    "Mill Lane",
    "Church Street",
    "Station Road",
    "High Street",
    "Park Avenue",
    "Moor View",
    "Canal Street",
    "Queens Drive",
    "Albert Terrace",
]


@dataclass(frozen=True)
class Row:
    """Somebody as one source wrote them down; `person` and `home` are the truth, which no linking sees."""

    person: str
    home: str
    given: str | None
    family: str | None
    born: str | None
    sex: str | None = None
    address: str | None = None
    postcode: str | None = None
    middle: str | None = None
    nhs: str | None = None


@dataclass
class Town:
    """What each source holds, in the order it was written."""

    roll: list[Row] = field(default_factory=list)
    book: list[Row] = field(default_factory=list)


def nhs(number: int) -> str:
    """An NHS number of the range for tests, its check digit right."""
    start = f"999{number:06d}"
    check = 11 - sum(int(figure) * (10 - place) for place, figure in enumerate(start)) % 11
    return nhs(number + 500_000) if check == 10 else start + str(0 if check == 11 else check)


def build(households: int, seed: int) -> Town:
    """That many households: one or two adults and up to four children each. Four in five come to the visitor's notice."""
    chance, town = random.Random(seed), Town()
    number = 0
    for home in range(households):
        family = chance.choice(FIRST_HALF) + chance.choice(SECOND_HALF)
        address = f"{chance.randint(1, 180)} {chance.choice(STREETS)}"
        postcode = (
            f"BB{chance.randint(1, 12)} {chance.randint(1, 9)}{chance.choice('ABDEFGHJ')}{chance.choice('LNPQRSTU')}"
        )
        for place in range(chance.choice((2, 3, 3, 4, 4, 5, 6))):
            number += 1
            sex = chance.choice("fm")
            years = chance.uniform(24, 48) if place < 2 else chance.uniform(0, 17)
            born = date(2024, 9, 1) - timedelta(days=int(years * 365.25))
            row = Row(
                f"p{number}",
                f"h{home}",
                chance.choice(GIVEN[sex].split()),
                family,
                born.isoformat(),
                sex,
                address,
                postcode,
            )
            row = replace(row, nhs=nhs(number) if chance.random() < 0.5 else None)
            town.roll.append(row)
            if chance.random() < 0.8:
                town.book.append(_with_slips(row, chance))
    return town


def _with_slips(row: Row, chance: random.Random) -> Row:
    year, month, day = (row.born or "").split("-")
    kind = chance.random()
    born = f"{day}/{month}/{year}"
    if kind < 0.04:
        born = f"{month}/{day}/{year}" if int(day) <= 12 else born
    elif kind < 0.08:
        born = f"{int(day) % 28 + 1:02d}/{month}/{year}"
    given = SHORT.get(row.given or "", row.given) if chance.random() < 0.5 else row.given
    moved = chance.random() < 0.12
    return replace(
        row,
        given=_slip(given or "", chance) if chance.random() < 0.06 else given,
        family=_slip(row.family or "", chance) if chance.random() < 0.06 else row.family,
        born=None if chance.random() < 0.04 else born,
        sex=None if chance.random() < 0.3 else row.sex,
        address=f"{chance.randint(200, 300)} {chance.choice(STREETS)}" if moved else row.address,
        postcode=None if moved or chance.random() < 0.2 else row.postcode,
        nhs=row.nhs if chance.random() < 0.5 else None,
    )


def _slip(word: str, chance: random.Random) -> str:
    place = chance.randrange(len(word) - 1)
    kind = chance.randrange(3)
    if kind == 0:
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    return word[:place] + (chance.choice("aeinrst") if kind == 1 else "") + word[place + 1 :]


def table(rows: Iterable[Row], prefix: str) -> pa.Table:
    """The rows as a source's table, each with an id that says nothing."""
    names = ("given", "middle", "family", "born", "sex", "address", "postcode", "nhs")
    rows = list(rows)
    columns = {"id": [f"{prefix}{place}" for place in range(len(rows))]}
    columns |= {name: pa.array([getattr(row, name) for row in rows], pa.string()) for name in names}
    return pa.table(columns)


def linked(sources: dict[str, list[Row]], settings: Settings, columns: Columns = COLUMNS) -> Linked:
    """The sources linked; the id of a record is the letter of its source and its place there."""
    connection = connect(threads=2)
    for source, rows in sources.items():
        connection.register(f"given_{source}", table(rows, source[0]))
        connection.execute(f"create table {source} as from given_{source}")
        connection.unregister(f"given_{source}")
    return link(connection, {source: source for source in sources}, columns, settings)


def precision_and_recall(
    found: dict[str, str], truth: dict[str, str], sources: dict[str, str] | None = None
) -> tuple[float, float]:
    """Of pairs put together, the part that is right; of pairs that belong together, the part found. Across sources, where given."""

    def together(group: dict[str, str]) -> set[tuple[str, str]]:
        groups: dict[str, list[str]] = {}
        for name, value in sorted(group.items()):
            groups.setdefault(value, []).append(name)
        pairs = {(a, b) for names in groups.values() for a in names for b in names if a < b}
        return {pair for pair in pairs if not sources or sources[pair[0]] != sources[pair[1]]}

    ours, true = together(found), together(truth)
    return len(ours & true) / max(1, len(ours)), len(ours & true) / max(1, len(true))
