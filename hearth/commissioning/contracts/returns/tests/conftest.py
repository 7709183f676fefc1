"""A contract of the charity's that began four quarters ago, under an agreement; the return of the quarter that ended last, at every step."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hearth.casework.cases.actions import join_team
from hearth.commissioning.contracts import actions as contracts
from hearth.commissioning.contracts.models import Contract
from hearth.commissioning.contracts.quarters import quarter_of
from hearth.commissioning.contracts.returns import actions
from hearth.commissioning.contracts.returns.asking import actions as asking
from hearth.commissioning.contracts.returns.models import ListedPerson, PeopleList, Return, ReturnFigure
from hearth.commissioning.contracts.returns.people import actions as people
from hearth.commissioning.contracts.tests.conftest import (  # noqa: F401 - fixtures
    fund,
    give,
    keeper,
    other_commissioner,
    other_officer,
    other_provider,
    other_share,
    share,
    sign,
    write,
)
from hearth.foundation.core import clock
from hearth.records.people.models import Membership, Person
from hearth.records.sharing.agreements.actions import write_agreement
from hearth.records.sharing.models import Agreement

PLANNED = [10, 20, 30, 40]


def first_quarter() -> dt.date:
    """The quarter four before the one in which today is: that is the fifth of the contract."""
    found = quarter_of(clock.today())
    for _ in range(4):
        found = quarter_of(found - dt.timedelta(days=1))
    return found


def last_quarter() -> dt.date:
    """The quarter that ended last."""
    return quarter_of(quarter_of(clock.today()) - dt.timedelta(days=1))


@pytest.fixture
def agreement(cast: Any, as_: Any) -> Agreement:
    """With the charity, for helping families early."""
    by, today = cast.information_governance, clock.today()
    with as_(by):
        return write_agreement(
            by=by, organisation=cast.provider.organisation, purposes=["early_help"], categories=["basic", "plan"],
            from_on=today - dt.timedelta(days=400), until_on=today + dt.timedelta(days=400), document="ISA 7", notes="",
        )  # fmt: skip


@pytest.fixture
def make_contract(write: Any, sign: Any, cast: Any, as_: Any) -> Callable[..., Contract]:  # noqa: F811
    """`make_contract(agreement=...)` writes one with an output in numbers and an outcome in percent, and has it signed as it begins."""

    def make(signed_on: dt.date | None = None, **said: Any) -> Contract:
        begins = first_quarter()
        draft = write(starts_on=begins, ends_on=begins + dt.timedelta(days=720), **said)
        by, rest = cast.commissioner, len(draft.quarters) - 4
        with as_(by):
            contracts.add_target(
                by=by, contract=draft, kind="outcome", name="Families that keep their home", definition="Six months.", unit="number",
                figures=[*PLANNED, *[None] * rest],
            )  # fmt: skip
            contracts.add_target(
                by=by, contract=draft, kind="outcome", name="Plans that were reviewed", definition="In time.", unit="percent",
                figures=[9000] * (rest + 4),
            )  # fmt: skip
        with clock.frozen(begins if signed_on is None else signed_on):
            return sign(draft)

    return make


@pytest.fixture
def contract(make_contract: Any, agreement: Any) -> Contract:
    """Signed, under the agreement."""
    return make_contract(agreement=agreement)


@pytest.fixture
def owner(contract: Contract, cast: Any, as_: Any) -> Return:
    """The return of the quarter that ended last, as the night makes it."""
    by = cast.development_officer
    with as_(by):
        made = actions.make_return(by=by, contract=contract, quarter=last_quarter())
    assert made is not None
    return made


def figures_of(owner: Return, *actual: int | None, words: str = "") -> dict[Any, tuple[int | None, str]]:
    """Figures by target, in the contract's order."""
    rows = ReturnFigure.objects.filter(owner=owner).order_by("target__number")
    return {row.target_id: (each, words) for row, each in zip(rows, actual, strict=True)}


SAID: dict[str, Any] = {
    "spent_pence": 500_000, "spent_words": "", "case_study": "", "consented": False, "names_changed": False, "difficulties": "No room to meet in.",
}  # fmt: skip


@pytest.fixture
def fill(cast: Any, as_: Any) -> Callable[..., Return]:
    """`fill(owner, 9, 41, 8800)` writes it, as the charity's contract lead."""

    def make(owner: Return, *actual: int | None, by: Any = None, words: str = "", **said: Any) -> Return:
        by = by or cast.provider
        with as_(by):
            return actions.write_return(
                by=by, owner=owner, figures=figures_of(owner, *actual, words=words), **(SAID | said)
            )

    return make


@pytest.fixture
def send(cast: Any, as_: Any) -> Callable[..., Return]:
    """`send(owner)` sends it."""

    def make(owner: Return, by: Any = None) -> Return:
        by = by or cast.provider
        with as_(by):
            return actions.send_return(by=by, owner=owner)

    return make


@pytest.fixture
def sent(owner: Return, fill: Any, send: Any) -> Return:
    """Written and sent."""
    return send(fill(owner, 9, 41, 8800))


@pytest.fixture
def ask(cast: Any, as_: Any) -> Callable[..., Any]:
    """`ask(owner, part="spent")` asks about it as the contract manager."""

    def make(
        owner: Return, by: Any = None, part: str = "spent", question: str = "Why so little?", figure: Any = None
    ) -> Any:
        by = by or cast.development_officer
        with as_(by):
            return asking.query_return(by=by, owner=owner, part=part, question=question, figure=figure)

    return make


@pytest.fixture
def answer(cast: Any, as_: Any) -> Callable[..., Any]:
    """`answer(owner, query, actual=1)` answers it as the provider."""

    def make(owner: Return, query: Any, by: Any = None, **told: Any) -> Any:
        by = by or cast.provider
        with as_(by):
            return asking.answer_query(by=by, owner=owner, query=query, **({"answer": "A bill came late."} | told))

    return make


@pytest.fixture
def certify(cast: Any, as_: Any) -> Callable[..., Return]:
    """`certify(owner)` certifies it as the contract manager."""

    def make(owner: Return, by: Any = None, words: str = "") -> Return:
        by = by or cast.development_officer
        with as_(by):
            return asking.certify_return(by=by, owner=owner, words=words)

    return make


@pytest.fixture
def certified(sent: Return, certify: Any) -> Return:
    """Certified as it was sent."""
    return certify(sent)


HEAD = "Given name,Family name,Date of birth,Postcode\n"
NOBODY = [(f"Zoe{chr(97 + n)}", "Quillfeather", dt.date(2011, 3, 1 + n)) for n in range(12)]


def csv_of(*people: tuple[str, str, Any], head: str = HEAD) -> bytes:
    """A file of people."""
    lines = [f"{given},{family},{born:%d/%m/%Y}," for given, family, born in people]
    return (head + "\n".join(lines) + "\n").encode()


@pytest.fixture
def upload(cast: Any, as_: Any) -> Callable[..., PeopleList]:
    """`upload(owner, content)` sends a file, as the charity's contract lead."""

    def make(owner: Return, content: bytes, by: Any = None, name: str = "people.csv") -> PeopleList:
        by = by or cast.provider
        with as_(by):
            return people.send_people(by=by, owner=owner, file=SimpleUploadedFile(name, content))

    return make


def names(owner: Return, cast: Any, as_: Any) -> list[str]:
    """Who is on the list, as its provider reads it."""
    with as_(cast.provider):
        return list(
            ListedPerson.objects.filter(people__owner=owner).order_by("number").values_list("given_name", flat=True)
        )


def not_taken(owner: Return, cast: Any, as_: Any) -> dict[int, str]:
    """The rows that were not taken, with why."""
    with as_(cast.provider):
        return dict(PeopleList.objects.get(owner=owner).not_taken)


@pytest.fixture
def helped(family: Any, case: Any, agreement: Any, cast: Any, as_: Any) -> list[Person]:
    """The Ashworths, in whose team a worker of the charity is."""
    with as_(cast.family_worker):
        join_team(by=cast.family_worker, case=case, user=cast.charity_worker, role="support")
        return [
            each.person
            for each in Membership.objects.filter(family=family).select_related("person").order_by("person__born_on")
        ]


@pytest.fixture
def check(cast: Any, as_: Any) -> Callable[..., bool]:
    """`check(found)` does what the background does, in the provider's name."""

    def run(found: PeopleList, by: Any = None) -> bool:
        by = by or cast.provider
        with as_(by):
            return people.check_people(by=by, people=PeopleList.objects.select_related("owner").get(pk=found.pk))

    return run


ASHWORTHS = [
    ("Kelly", "Ashworth", dt.date(1990, 5, 2)),
    ("Jake", "Ashworth", dt.date(2015, 9, 14)),
    ("Mia", "Ashworth", dt.date(2019, 1, 30)),
]


def moved_to(owner: Return, cast: Any, as_: Any) -> Return:
    """The return of the quarter in which today is: casework of the tests begins today."""
    by = cast.development_officer
    with as_(by):
        made = actions.make_return(by=by, contract=owner.contract, quarter=quarter_of(clock.today()))
    assert made is not None
    return made


@pytest.fixture
def now(owner: Return, cast: Any, as_: Any) -> Return:
    """The return of the quarter in which today is."""
    return moved_to(owner, cast, as_)
