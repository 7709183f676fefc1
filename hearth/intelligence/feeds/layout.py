"""What a feed's files hold: read from `layouts/<code>/feed.toml`. Adding a feed: docs/how-to/add-a-feed.md."""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from hearth.foundation.core.packs.sharing import CATEGORIES

FOLDER = Path(__file__).with_name("layouts")
TYPES = ("text", "code", "date", "whole", "number", "yes_no", "upn", "nhs_number", "postcode", "uprn")
BLANK = ("ok", "flag", "refuse")  # what an empty cell means: nothing, a flag on the field, or a row set aside
ADDRESS_TYPES = ("postcode", "uprn")
CONTACT = ("name", "phone", "email")


class LayoutProblem(Exception):
    """A feed.toml says something that cannot be; the message names the feed and what to change."""


def folded(header: str) -> str:
    """A header without case, spaces and marks: `Date of Offence`, `dateOfOffence` and `date_of_offence` are one."""
    return re.sub(r"[\W_]+", "", header).casefold()


@dataclass(frozen=True)
class Column:
    """One column: our name for it, the headers it comes under, what its cells are, and what an empty one means."""

    name: str
    headers: tuple[str, ...]
    type: str = "text"
    blank: str = "ok"
    codes: tuple[str, ...] = ()
    needed: bool = True  # a file without the column is the wrong file

    @property
    def header(self) -> str:
        """The name people know it by: the sender's."""
        return self.headers[0]


@dataclass(frozen=True)
class Check:
    """A condition, in SQL over the columns, that marks a row: flagged, or set aside where `refuse` says so."""

    when: str
    says: str
    refuse: bool = False


@dataclass(frozen=True)
class Involvement:
    """How a row says that a service works with somebody, or did: who, since when, until when, whom to ring. Never what it is about.

    `contact_on` is for a feed of contacts, which are put together from the first to the last. Where no column says whether it
    goes on, being in the newest period does, for a feed of periods; for another it is not said.
    """

    service: str  # what people call whoever works with them
    provider: str = ""  # columns, from here on: which one of its kind it is, such as the landlord
    from_on: str = ""
    until_on: str = ""
    contact_on: str = ""
    standing: str = ""  # says whether it goes on
    past: tuple[str, ...] = ()  # codes of `standing` that say it is over
    contact: dict[str, str] = field(default_factory=dict)  # whom to ring: name, phone, email

    @property
    def columns(self) -> list[str]:
        """Every column that it reads."""
        named = (self.provider, self.from_on, self.until_on, self.contact_on, self.standing, *self.contact.values())
        return [name for name in named if name]


@dataclass(frozen=True)
class Care:
    """How a row says that somebody was in care of the council: which column says it with which codes, since when and until when."""

    says: str
    codes: tuple[str, ...]
    from_on: str
    until_on: str

    @property
    def columns(self) -> list[str]:
        """Every column that it reads."""
        return [self.says, self.from_on, self.until_on]


@dataclass(frozen=True)
class Layout:
    """A feed: what it is, whose, how often, its columns, its checks, and what makes a row the same row."""

    code: str
    title: str
    about: str
    category: str
    sectors: tuple[str, ...]
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()  # without one, a row is known by all of its cells and its place among identical rows
    whole: bool = True  # a file is all there is, so that a row no longer in it is gone
    by_period: bool = False  # files of different periods stand beside each other, such as terms
    every_days: int = 31
    grace_days: int = 14
    purpose: str = "early_help"
    happened: str = ""  # the column with the day a row is about
    subjects: dict[str, str] = field(default_factory=dict)  # a kind of number people are known by, and its column
    people: dict[str, str] = field(default_factory=dict)  # what linkage asks for, and the column that holds it
    words: dict[str, dict[str, str]] = field(default_factory=dict)  # what codes mean, by column, by how they begin
    checks: tuple[Check, ...] = ()
    involvement: Involvement | None = None  # none where its rows are what happened to people, not who works with them
    care: Care | None = None  # none where it does not say that somebody was in care
    source: str = ""

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)

    def meaning(self, column: str, value: str) -> str:
        """What a code means, by the longest beginning of it that has words; nothing where none has."""
        known = self.words.get(column, {})
        return next((known[value[:length]] for length in range(len(value), 0, -1) if value[:length] in known), "")

    @property
    def names_addresses(self) -> bool:
        """Whether it says where people live. Without that no household is made from it."""
        return any(meaning in self.people for meaning in ("address", "postcode", "uprn"))


def _column(given: dict[str, Any], code: str) -> Column:
    headers = given.pop("headers", given["name"])
    column = Column(
        name=given.pop("name"),
        headers=(headers,) if isinstance(headers, str) else tuple(headers),
        type=given.pop("type", "text"),
        blank=given.pop("blank", "ok"),
        codes=tuple(given.pop("codes", ())),
        needed=given.pop("needed", True),
    )
    _demand(not given, code, f"{column.name} has {', '.join(given)}, which a column cannot have")
    _demand(bool(re.fullmatch(r"[a-z][a-z0-9_]*", column.name)), code, f"{column.name!r} is no name for a column")
    _demand(column.type in TYPES, code, f"{column.name} is of type {column.type!r}; it is one of {', '.join(TYPES)}")
    _demand(column.blank in BLANK, code, f"blank of {column.name} is one of {', '.join(BLANK)}")
    _demand(bool(column.codes) == (column.type == "code"), code, f"{column.name}: codes belong to columns of type code")
    return column


def _involvement(given: dict[str, Any] | None, code: str) -> Involvement | None:
    if given is None:
        return None
    try:
        found = Involvement(**{**given, "past": tuple(given.get("past", ()))})
    except TypeError as problem:
        raise LayoutProblem(f"layouts/{code}/feed.toml: {problem}.") from None
    _demand(set(found.contact) <= set(CONTACT), code, f"contact of involvement is made of {', '.join(CONTACT)}")
    _demand(bool(found.past) <= bool(found.standing), code, "involvement: past needs the column that says it, standing")
    dated = found.from_on or found.until_on or found.standing
    _demand(not (found.contact_on and dated), code, "involvement is of contacts, or from a day until a day, not both")
    return found


def _care(given: dict[str, Any] | None, code: str) -> Care | None:
    if given is None:
        return None
    try:
        return Care(**{**given, "codes": tuple(given.get("codes", ()))})
    except TypeError as problem:
        raise LayoutProblem(f"layouts/{code}/feed.toml: {problem}.") from None


def _demand(holds: bool, code: str, words: str) -> None:
    if not holds:
        raise LayoutProblem(f"layouts/{code}/feed.toml: {words}.")


def read_layout(path: Path) -> Layout:
    """The layout in a feed.toml, checked. Raises LayoutProblem."""
    code = path.parent.name
    given = tomllib.loads(path.read_text(encoding="utf-8"))
    columns = tuple(_column(column, code) for column in given.pop("column", []))
    checks = tuple(Check(**check) for check in given.pop("check", []))
    given["involvement"] = _involvement(given.get("involvement"), code)
    given["care"] = _care(given.get("care"), code)
    for name in ("sectors", "key"):
        given[name] = tuple(given.get(name, ()))
    try:
        layout = Layout(code=code, columns=columns, checks=checks, **given)
    except TypeError as problem:
        raise LayoutProblem(f"layouts/{code}/feed.toml: {problem}.") from None
    names = [column.name for column in columns]
    used = [
        *layout.key,
        *layout.subjects.values(),
        *layout.people.values(),
        *layout.words,
        *filter(None, [layout.happened]),
        *(layout.involvement.columns if layout.involvement else ()),
        *(layout.care.columns if layout.care else ()),
    ]
    headers = [header for column in columns for header in {folded(header) for header in column.headers}]
    _demand(bool(columns), code, "there are no columns")
    _demand(layout.category in CATEGORIES, code, f"the category {layout.category!r} is not one of sharing.toml's")
    _demand(len(set(names)) == len(names), code, "two columns have one name")
    _demand(len(set(headers)) == len(headers), code, "two columns come under one header")
    _demand(set(used) <= set(names), code, f"{', '.join(sorted(set(used) - set(names)))} is no column of it")
    _demand(not layout.involvement or bool(layout.subjects), code, "involvement is somebody's: it needs subjects")
    if layout.care is not None:
        _demand(
            bool(layout.subjects) and bool(layout.care.codes),
            code,
            "care is somebody's and of some codes: it needs both",
        )
    return layout


@cache
def layouts() -> dict[str, Layout]:
    """Every feed there is, by code."""
    found = [read_layout(path) for path in sorted(FOLDER.glob("*/feed.toml"))]
    return {layout.code: layout for layout in found}


def layout_of(code: str) -> Layout | None:
    """The feed with that code."""
    return layouts().get(code)
