"""Gathers who is in what is held: a record for each person a feed names, and the numbers each person is known by, bare ones too.

A record is somebody in one feed of one organisation and period, by the number the sender knows them by. A number has a
*scope*: where else the same number means the same person. A valid unique pupil number or NHS number, and social care's own
number, which others quote, mean it everywhere; a number of the sender's own within the organisation; one that fails its check
within its feed and organisation.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from hearth.intelligence.feeds.engine import quoted
from hearth.intelligence.feeds.layout import Layout
from hearth.linkage.columns import Columns

CHECKED = {"upn": "is_upn", "nhs_number": "is_nhs_number"}
EVERYWHERE = ("social_care_id",)
# What is compared, as the columns of `people`.
SAYS = (
    "given_name", "middle_name", "family_name", "birth_date", "sex", "address", "postcode", "uprn", "nhs_number", "upn",
    "own_number", "flagged_number",
)  # fmt: skip
COLUMNS = Columns(
    id=("id",), source=("source",), given_name=("given_name",), middle_name=("middle_name",), family_name=("family_name",),
    birth_date=("birth_date",), sex=("sex",), address=("address",), postcode=("postcode",), uprn=("uprn",),
    nhs_number=("nhs_number",), upn=("upn",), identifier=("own_number", "flagged_number"), date_order="ymd",
)  # fmt: skip
PEOPLE = (
    f"source varchar, id varchar, feed varchar, organisation varchar, {', '.join(f'{name} varchar' for name in SAYS)}"
)
NUMBERS = "source varchar, id varchar, feed varchar, organisation varchar, scheme varchar, value varchar, scope varchar"


@dataclass(frozen=True)
class File:
    """A load's columnar file, its layout, and whose it is."""

    reference: str
    layout: Layout
    organisation: str
    period: str
    path: Path

    @property
    def source(self) -> str:
        """What linkage calls it: nobody is in one source twice."""
        return "/".join(filter(None, (self.layout.code, self.organisation, self.period)))


# What linkage calls two of the columns, and what people do.
_WORDS = {"own_number": "number of the sender's own", "flagged_number": "number that fails its check"}


def in_words(words: str) -> str:
    """What linkage says of a level, in people's words."""
    for name, said in _WORDS.items():
        words = words.replace(name, said)
    return words


def begin(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the empty tables: `people`, `numbers`, and `together`, scopes that stand in one row."""
    connection.execute(f"create table people ({PEOPLE}); create table numbers ({NUMBERS})")
    connection.execute("create table together (one varchar, other varchar)")


def scope(scheme: str, value: str, layout: Layout, organisation: str) -> str:
    """SQL for where else a number means the same person."""
    name, here = quoted(f"{scheme}:"), quoted(f"{scheme}:{organisation}:")
    if scheme in CHECKED:
        within = quoted(f"{scheme}:{organisation}:{layout.code}:")
        return f"case when {CHECKED[scheme]}({value}) then {name} || {value} else {within} || {value} end"
    return f"{name if scheme in EVERYWHERE else here} || {value}"


def gather(connection: duckdb.DuckDBPyConnection, file: File) -> None:
    """Add everybody in a load's file."""
    connection.execute(f"create or replace temp view held as from read_parquet({quoted(str(file.path))})")
    if "id" in file.layout.people:
        _named(connection, file)
    elif file.layout.subjects:
        _bare(connection, file)


def _named(connection: duckdb.DuckDBPyConnection, file: File) -> None:
    """A record a person: their latest row. Two of whom the file says the same number, names and birth date are one."""
    people, layout = file.layout.people, file.layout
    own = people["id"]
    texts = {
        name: f"{people[name]}::varchar" if name in people else "null::varchar"
        for name in SAYS
        if name not in _NUMBERED
    }
    first = f"{layout.happened} desc nulls last, " if layout.happened else ""
    valid = {
        name: f"case when {check}({people[name]}) then {people[name]} end" if name in people else "null::varchar"
        for name, check in CHECKED.items()
    }
    flagged = " ".join(
        f"when not {check}({people[name]}) then {quoted(f'{name} {file.source} ')} || {people[name]}"
        for name, check in CHECKED.items()
        if name in people
    )
    scheme = next((scheme for scheme, column in layout.subjects.items() if column == own), "id")
    connection.execute(
        f"""create or replace temp table somebody as
            select {own}::varchar as own, {", ".join(f"{sql} as {name}" for name, sql in (texts | valid).items())},
                {scope(scheme, f"{own}::varchar", layout, file.organisation)} as own_number,
                {f"case {flagged} end" if flagged else "null::varchar"} as flagged_number
            from held where {own} is not null
            qualify row_number() over (partition by {own} order by {first}{", ".join(texts.values())}) = 1"""
    )
    connection.execute(
        """create or replace temp table known_once as select own, case when
                upn is not null and birth_date is not null and given_name is not null and family_name is not null
                then min(own) over (partition by upn, birth_date, lower(given_name), lower(family_name)) else own end as id
            from somebody"""
    )
    here = f"{quoted(file.source)}, {{id}}, {quoted(layout.code)}, {quoted(file.organisation)}"
    connection.execute(
        f"insert into people select {here.format(id='own')}, {', '.join(SAYS)} from somebody"
        " where own in (select id from known_once)"
    )
    for scheme, column in layout.subjects.items():
        connection.execute(
            f"insert into numbers select distinct {here.format(id='k.id')}, {quoted(scheme)}, {column}::varchar,"
            f" {scope(scheme, f'{column}::varchar', layout, file.organisation)}"
            f" from held join known_once k on k.own = {own}::varchar where {column} is not null"
        )


_NUMBERED = (*CHECKED, "own_number", "flagged_number")


def _bare(connection: duckdb.DuckDBPyConnection, file: File) -> None:
    """A feed that names nobody: its numbers, and which of them stand in one row."""
    layout, scopes = file.layout, {}
    for scheme, column in layout.subjects.items():
        scopes[column] = scope(scheme, f"{column}::varchar", layout, file.organisation)
        connection.execute(
            f"insert into numbers select distinct {quoted(file.source)}, null, {quoted(layout.code)},"
            f" {quoted(file.organisation)}, {quoted(scheme)}, {column}::varchar, {scopes[column]} from held"
            f" where {column} is not null"
        )
    (first, *others) = scopes
    for other in others:
        connection.execute(
            f"insert into together select distinct {scopes[first]}, {scopes[other]} from held"
            f" where {first} is not null and {other} is not null"
        )


def numbers_of(says: dict[str, Any]) -> list[str]:
    """The numbers of a record, each as `kind:number`, by which it is found when somebody is to be erased."""
    return [f"{scheme}:{says[scheme]}" for scheme in CHECKED if says.get(scheme)]
