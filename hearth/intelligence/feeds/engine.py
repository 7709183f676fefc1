"""The DuckDB connection that feeds are checked and compared on: bounded memory, spilling beside the files, and what a cell can mean."""

from pathlib import Path
from typing import Any

import duckdb
from stdnum.exceptions import ValidationError
from stdnum.gb import nhs, upn

from hearth.foundation.core import clock
from hearth.intelligence.feeds.layout import Column

MEMORY, THREADS = "512MB", 2
# Characters that are not seen and turn text about, and control characters: taken out of every cell.
UNSEEN = r"[\x{200B}\x{200E}\x{200F}\x{202A}-\x{202E}\x{2066}-\x{2069}\x{FEFF}\x{00}-\x{08}\x{0B}\x{0C}\x{0E}-\x{1F}\x{7F}-\x{9F}]"
# How a day is written, and in what order its parts are; day before month, as in England.
DAYS = (
    (r"\d{4}-\d{1,2}-\d{1,2}", "%Y-%m-%d"),
    (r"\d{1,2}/\d{1,2}/\d{4}", "%d/%m/%Y"),
    (r"\d{4}-[A-Za-z]{3}-\d{1,2}", "%Y-%b-%d"),
    (r"\d{1,2}/\d{1,2}/\d{2}", "%d/%m/%y"),
    (r"\d{1,2}-\d{1,2}-\d{4}", "%d-%m-%Y"),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", "%d.%m.%Y"),
    (r"\d{1,2}-[A-Za-z]{3}-\d{4}", "%d-%b-%Y"),
    (r"\d{1,2}-[A-Za-z]{3}-\d{2}", "%d-%b-%y"),
    (r"\d{1,2} [A-Za-z]{3} \d{4}", "%d %b %Y"),
    (r"\d{1,2} [A-Za-z]{4,9} \d{4}", "%d %B %Y"),
    (r"\d{4}/\d{1,2}/\d{1,2}", "%Y/%m/%d"),
    (r"\d{8}", "%Y%m%d"),
)
YES, NO = "'true', 't', 'yes', 'y', '1'", "'false', 'f', 'no', 'n', '0'"


def _is(number: Any) -> Any:
    def valid(text: str) -> bool:
        try:
            number.validate(text)
        except ValidationError:
            return False
        return True

    return valid


def connect(spill: Path) -> duckdb.DuckDBPyConnection:
    """A connection of its own in memory; what does not fit is written under `spill`."""
    connection = duckdb.connect(":memory:", config={"autoinstall_known_extensions": False})
    for statement in (
        f"set memory_limit = '{MEMORY}'", f"set threads = {THREADS}", "set preserve_insertion_order = false",
        "set enable_progress_bar = false",
    ):  # fmt: skip
        connection.execute(statement)
    connection.execute("set temp_directory = ?", [str(spill)])
    for name, number in (("is_upn", upn), ("is_nhs_number", nhs)):
        connection.create_function(name, _is(number), ["VARCHAR"], "BOOLEAN")
    # Nearly every cell is plain: one look tells, and nothing else is done to it.
    connection.execute("create macro plain(x) as regexp_full_match(x, '[ -~]*')")
    connection.execute(
        f"create macro tidied(x) as nullif(trim(case when plain(x) then x else"
        f" replace(regexp_replace(nfc_normalize(x), '{UNSEEN}', '', 'g'), chr(160), ' ') end), '')"
    )
    connection.execute(f"create macro hides(x) as not plain(x) and regexp_matches(x, '{UNSEEN}')")
    parsed = " ".join(
        f"when regexp_full_match(d, '{form}') then try_strptime(d, '{order}')::date" for form, order in DAYS
    )
    connection.execute(
        "create macro day_alone(x) as case when length(x) <= 11 then x else"
        " regexp_replace(x, '[T ]\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?(Z|[+-]\\d{2}:?\\d{2})?$', '') end"
    )
    connection.execute(
        f"create macro parsed_day(d) as case {parsed}"
        " when regexp_full_match(d, '\\d{5}') then date '1899-12-30' + d::integer end"
    )
    connection.execute(
        "create macro as_day(x) as case when parsed_day(day_alone(x)) between date '1900-01-01' and date '2119-12-31'"
        " then parsed_day(day_alone(x)) end"
    )
    connection.execute(f"create macro current_day_is() as date '{clock.today().isoformat()}'")
    return connection


def quoted(text: str) -> str:
    """A string in SQL."""
    return "'" + text.replace("'", "''") + "'"


def value_of(column: Column, text: str) -> str:
    """SQL for what a cell means, from its tidied text; null where it cannot be read."""
    codes = ", ".join(quoted(code.casefold()) for code in column.codes)
    return {
        "text": text,
        "upn": f"case when length({text}) = 13 then upper({text}) else {text} end",
        "nhs_number": f"regexp_replace({text}, '[ -]', '', 'g')",
        "postcode": f"upper(regexp_replace({text}, '\\s+', ' ', 'g'))",
        "uprn": f"case when regexp_full_match({text}, '\\d{{1,12}}') then ltrim({text}, '0') end",
        "date": f"as_day({text})",
        "whole": f"case when try_cast({text} as double) = floor(try_cast({text} as double))"
        f" then try_cast(try_cast({text} as double) as bigint) end",
        "number": f"try_cast({text} as double)",
        "yes_no": f"case when lower({text}) in ({YES}) then true when lower({text}) in ({NO}) then false end",
        "code": f"case when lower({text}) in ({codes}) then [{', '.join(map(quoted, column.codes))}]"
        f"[list_position([{codes}], lower({text}))] else {text} end",
    }[column.type]


def fault_of(column: Column, text: str, value: str) -> str:
    """SQL for the words that flag a cell, or null: from its text and from what it was read as."""
    shown, name = f"left({text}, 60)", column.header
    at_fault = {
        "date": (f"{value} is null", f"{name} cannot be read as a date: "),
        "whole": (f"{value} is null", f"{name} is not a whole number: "),
        "number": (f"{value} is null", f"{name} is not a number: "),
        "yes_no": (f"{value} is null", f"{name} is neither yes nor no: "),
        "uprn": (f"{value} is null", f"{name} is no property number: "),
        "code": (f"{value} not in ({', '.join(map(quoted, column.codes))})", f"{name} is not one of the list's: "),
        "upn": (f"not is_upn({text})", f"{name} fails its check: "),
        "nhs_number": (f"not is_nhs_number({text})", f"{name} fails its check: "),
        "postcode": (
            f"not regexp_full_match({value}, '[A-Z]{{1,2}}[0-9][0-9A-Z]? ?[0-9][A-Z]{{2}}|GIR ?0AA')",
            f"{name} is no postcode: ",
        ),
        "text": (
            f"left({text}, 1) in ('=', '@', '+', '-') and regexp_matches({text}, '^[=@]|^[+-][^0-9 ]')",
            f"{name} begins as a formula does, and was kept as text: ",
        ),
    }[column.type]
    return f"case when {text} is not null and {at_fault[0]} then {quoted(at_fault[1])} || {shown} end"
