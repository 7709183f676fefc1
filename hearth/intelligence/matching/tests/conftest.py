"""What tests of who is who ask for: partners' files, loaded and committed, and a run done as the worker's role does it."""

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import duckdb
import pytest
from django.conf import settings
from django.db import connections

from hearth.config.environment import database
from hearth.foundation.core.reader import acting_as
from hearth.intelligence.feeds.tests.conftest import (  # noqa: F401
    agreed,
    analyst_reads,
    commit,
    council,
    own_folder,
    police,
    send,
)
from hearth.intelligence.matching import actions, linking, queries
from hearth.intelligence.matching.models import MatchPair

NEET = "YoungPersonsID,UniquePupilNo,GivenName,FamilyName,DOB,Postcode,ActivityCode,ActivityStartDate,LevelOfNeedCode\n"
BENEFITS = "person reference,forename,surname,date of birth,address,postcode,benefit,start date,end date\n"
ROLL = (
    "pupilonrolltableid,NativeId,upn,surname,forename,dob,sex,termlysessionspossible,termlysessionsauthorised,"
    "termlysessionsunauthorised\n"
)
VISITS = "NHS Number,contact type,due date,seen date,reason not seen\n"
A_AND_E = "attendance id,NHS Number,arrival date,department,left before treatment\n"
GIVEN = ("Amara", "Kiera", "Josef", "Tamsin", "Idris", "Wanda", "Oskar", "Bronagh", "Piotr", "Esme", "Callum", "Zofia")
BEGINS = ("Eccles", "Tatter", "Orme", "Pick", "Ha", "Ent", "Duck", "Aspin", "Rams", "Whit", "Green", "Clay")
ENDS = ("hall", "sall", "rod", "worth", "twistle")


@pytest.fixture(scope="module", autouse=True)
def as_the_worker(django_db_setup: None) -> Iterator[None]:
    """Every connection of these tests is the worker's: only it may become `system:linkage`."""
    before = {name: connections.settings["default"][name] for name in ("USER", "PASSWORD")}
    worker = database(settings.TEST_ADDRESSES.worker)
    connections.close_all()
    connections.settings["default"].update({name: worker[name] for name in before})
    yield
    connections.close_all()
    connections.settings["default"].update(before)


def name_of(number: int) -> tuple[str, str, str]:
    """An invented person: given name, family name, birth date."""
    born = f"{2004 + number % 5}-{1 + number * 5 % 12:02}-{1 + number * 11 % 28:02}"
    return GIVEN[number * 7 % len(GIVEN)], BEGINS[number % len(BEGINS)] + ENDS[number % len(ENDS)], born


@pytest.fixture
def feeds(send: Callable[..., Any], commit: Callable[[Any], Any]) -> Callable[..., Any]:  # noqa: F811
    """Load and commit a file of a feed, of rows without their line of headers."""
    heads = {
        "neet": NEET, "worklessness": BENEFITS, "school_roll": ROLL, "health_visits": VISITS,
        "emergency_attendances": A_AND_E,
    }  # fmt: skip

    def load(feed: str, *rows: str, **more: Any) -> Any:
        return commit(send(feed, heads[feed] + "\n".join(rows) + "\n", **more))

    return load


@pytest.fixture
def town(feeds: Callable[..., Any]) -> Callable[..., None]:
    """Sixty young people in two feeds alike, so that there is something to learn from, and whoever a test adds."""

    def build(neet: tuple[str, ...] = (), benefits: tuple[str, ...] = ()) -> None:
        ours = [name_of(number) for number in range(60)]
        feeds("neet", *(f"y{n},,{g},{f},{b},BB{n % 9 + 1} {n % 8}AA,310,," for n, (g, f, b) in enumerate(ours)), *neet)
        feeds(
            "worklessness",
            *(
                f"b{n},{g},{f},{b},{n + 1} Mill Lane,BB{n % 9 + 1} {n % 8}AA,UC,2024-01-01,"
                for n, (g, f, b) in enumerate(ours)
            ),
            *benefits,
        )

    return build


@pytest.fixture
def run(cast: Any) -> Callable[..., Any]:
    """Do a link run as the analyst."""

    def do(**more: Any) -> Any:
        with acting_as(cast.analyst):
            started = actions.start_link_run(by=cast.analyst, queue=False, **more)
            return linking.run_link(by=cast.analyst, run=started)

    return do


class Who:
    """The file in force, read whole."""

    def __init__(self) -> None:
        path = queries.linked_persons()
        assert path is not None
        rows = duckdb.sql(f"select * from read_parquet('{path}')").fetchall()
        self.rows = [
            SimpleNamespace(
                feed=row[0],
                organisation=row[1],
                scheme=row[2],
                value=row[3],
                person=row[4],
                household=row[5],
                register=row[6],
            )
            for row in rows
        ]

    def of(self, feed: str, value: str) -> Any:
        """The row of a number in a feed."""
        (row,) = [row for row in self.rows if row.feed == feed and row.value == value]
        return row


@pytest.fixture
def who() -> Callable[[], Who]:
    """Read the file in force."""
    return Who


def pair_of(one: str, other: str) -> MatchPair | None:
    """The pair of two records by their numbers, such as nccis_person:y1."""
    return MatchPair.objects.filter(numbers__contains=[one, other]).first()
