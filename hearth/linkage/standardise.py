"""From a file's own columns to one table of records, every value folded so that equal things look equal. Blank stays blank."""

from collections.abc import Callable

import duckdb

from hearth.linkage.columns import Columns
from hearth.linkage.numbers import identifier, nhs_number, phone

# Ranks, titles and "2nd" are no part of a name.
TITLES = (
    "mr|mrs|ms|miss|mx|master|dr|rev|revd|reverend|prof|professor|sir|lady|lord|dame|baronet|bart|bt|baron|baroness|viscount|"
    "viscountess|earl|count|countess|marquess|duke|duchess|jr|jnr|junior|sr|snr|senior|[0-9]*(?:1st|2nd|3rd|[0-9]th)"
)
# What people type when they have no name to give: no data, and so no evidence for or against anybody.
NO_NAME = (
    "unknown|not known|unk|n a|na|none|nil|null|nan|test|tba|tbc|baby|baby boy|baby girl|infant|unborn|x|xx|xxx|anon|anonymous|"
    "no name|not given|not stated"
)
# Words for who somebody is where nobody asked their name: "adult male", "son of", "occupier". A name of nothing else is none.
WHO = (
    "adult|female|baby|infant|newborn|toddler|teenager|woman|lady|mother|mum|mummy|dad|daddy|wife|sister|resident|occupant|occupier|"
    "householder|of|in the|of the"
)
# The same, but for a few families that are called so.
WHO_NOT_IN_FAMILY_NAMES = "child|kid|boy|girl|youth|twin|male|husband|gentleman|father|brother|tenant|lodger"
BESIDE_THEM = (
    f"{WHO_NOT_IN_FAMILY_NAMES}|the|in|at|this|that|a|an|no|name|first|last|son|daughter|man|one|two|old|older|young|younger|minor|"
    "person|house|household|home|[0-9]+"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
# A two-figure year below this is of this century. Birth dates of the living, as a council writes them.
PIVOT = 30


def _quoted(column: str) -> str:
    return '"' + column.replace('"', '""') + '"'


def joined(columns: tuple[str, ...]) -> str:
    """SQL for the text of several columns with a blank between, NULL where all are blank."""
    if not columns:
        return "null::varchar"
    texts = ", ".join(f"{_quoted(column)}::varchar" for column in columns)
    return f"nullif(trim(concat_ws(' ', {texts})), '')"


def name(sql: str, who: str = WHO) -> str:
    """SQL for a folded name, its title dropped and what only says that there is none left blank."""
    folded = f"nullif(trim(regexp_replace(fold({sql}), '\\b(?:{TITLES})\\b *', '', 'g')), '')"
    nobody = f"(?:(?:{BESIDE_THEM}) )*(?:{who})(?: (?:{who}|{BESIDE_THEM}))*"
    return f"case when regexp_full_match({folded}, '{NO_NAME}|[0-9 ]+|{nobody}') then null else {folded} end"


def given_name(sql: str) -> str:
    """SQL for a folded given name, as `name` has it."""
    return name(sql, f"{WHO}|{WHO_NOT_IN_FAMILY_NAMES}")


def category(sql: str) -> str:
    """SQL for any other words, folded, blank where they only say that nothing is known."""
    return f"case when regexp_full_match(fold({sql}), '{NO_NAME}') then null else fold({sql}) end"


def sex(sql: str) -> str:
    """SQL for f, m or blank, from a letter, a word, or a code of 1 for male and 2 for female."""
    return f"case left(fold({sql}), 1) when 'f' then 'f' when 'w' then 'f' when '2' then 'f' when 'm' then 'm' when '1' then 'm' end"


def street(sql: str) -> str:
    """SQL for an address line: folded, the common words shortened, flat and house numbers kept."""
    folded = f"' ' || ({category(sql)}) || ' '"
    for long, short in (
        ("street", "st"), ("road", "rd"), ("avenue", "ave"), ("drive", "dr"), ("lane", "ln"), ("close", "cl"), ("court", "ct"),
        ("crescent", "cres"), ("place", "pl"), ("terrace", "ter"), ("gardens", "gdns"), ("square", "sq"), ("apartment", "flat"),
    ):  # fmt: skip
        folded = f"replace({folded}, ' {long} ', ' {short} ')"
    return f"nullif(trim({folded}), '')"


def postcode(sql: str) -> str:
    """SQL for a postcode without blanks."""
    return f"replace({category(sql)}, ' ', '')"


def email(sql: str) -> str:
    """SQL for an e-mail address, from whatever stands around it."""
    return f"nullif(regexp_extract(lower({sql}), '[^\\s<>]+@[^\\s<>]+'), '')"


def numbers_of_a_date(sql: str) -> str:
    """SQL for the list of the groups of figures in a date, months' names turned into figures and a time of day dropped."""
    text = f"regexp_replace(lower({sql}), '[t ]\\d\\d?:\\d\\d.*$', '')"
    text = f"case when regexp_matches({text}, '[a-z]{{3}}') then {_months(text)} else translate({text}, '|!ilo', '11110') end"
    return f"regexp_extract_all({text}, '\\d+')"


def _months(text: str) -> str:
    for number, month in enumerate(MONTHS, start=1):
        text = f"regexp_replace({text}, '{month}[a-z]*', '-{number}-')"
    return text


def date_parts(order: str) -> str:
    """SQL for year, month and day as text, in a struct, from `n`, the groups of figures of a date. Any may be NULL.

    A year may stand first or last; `order` (dmy, mdy or ymd) decides the rest. A year alone, or a year and a month, is kept as that.
    """
    first, second = ("n[1]", "n[2]") if order == "mdy" else ("n[2]", "n[1]")
    run_together = "substr(n[1], 5, 4), substr(n[1], 1, 2), substr(n[1], 3, 2)"
    if order == "ymd":
        run_together = "substr(n[1], 1, 4), substr(n[1], 5, 2), substr(n[1], 7, 2)"
    elif order == "dmy":
        run_together = "substr(n[1], 5, 4), substr(n[1], 3, 2), substr(n[1], 1, 2)"
    last_pair = "n[1], n[2], n[3]" if order == "ymd" else f"n[3], {first}, {second}"
    return f"""case
        when len(n) = 3 and len(n[1]) >= 4 then row(n[1], n[2], n[3])
        when len(n) = 3 then row({last_pair})
        when len(n) = 2 and len(n[1]) >= 4 then row(n[1], n[2], null)
        when len(n) = 2 and len(n[2]) >= 4 then row(n[2], n[1], null)
        when len(n) = 1 and len(n[1]) = 8 then row({run_together})
        when len(n) = 1 and len(n[1]) = 4 then row(n[1], null, null)
        end"""


def year(sql: str) -> str:
    """SQL for a whole year from its text; two figures are of this century below PIVOT, else of the last."""
    number = f"try_cast({sql} as integer)"
    return f"case when len({sql}) <= 2 then {number} + case when {number} < {PIVOT} then 2000 else 1900 end else {number} end"


def order_of_dates(connection: duckdb.DuckDBPyConnection, table: str, columns: Columns) -> str:
    """What `date_order` is, or else what the dates themselves say: month first where second figures above 12 are the rule."""
    if columns.date_order or not columns.birth_date:
        return columns.date_order or "dmy"
    found = connection.execute(
        f"select count(*) filter (where len(n) = 3 and try_cast(n[1] as integer) between 13 and 31),"
        f" count(*) filter (where len(n) = 3 and try_cast(n[2] as integer) between 13 and 31),"
        f" count(*) filter (where len(n) = 1 and len(n[1]) = 8 and try_cast(substr(n[1], 5, 2) as integer) <= 12"
        f" and try_cast(n[1][1:2] as integer) in (18, 19, 20)), count(*) filter (where len(n) = 1 and len(n[1]) = 8)"
        f" from (select {numbers_of_a_date(joined(columns.birth_date))} as n from {table})"
    ).fetchall()[0]
    day_first, month_first, year_first, run_together = found
    if run_together and year_first > 0.9 * run_together:
        return "ymd"
    return "mdy" if month_first > 2 * day_first else "dmy"


def _date(columns: Columns, order: str) -> str:
    if columns.birth_date:
        groups = numbers_of_a_date(joined(columns.birth_date))
        return f"list_transform([{groups}], lambda n: {date_parts(order)})[1]"
    if not columns.birth_year:
        return "row(null::varchar, null::varchar, null::varchar)"
    parts = (joined(columns.birth_year), joined(columns.birth_month), joined(columns.birth_day))
    return "row({}, {}, {})".format(*(f"nullif(regexp_extract({part}, '\\d+'), '')" for part in parts))


def _names(columns: Columns) -> tuple[str, str]:
    """SQL for the given and the family name: their own columns, else the first and the last word of the full name."""
    if columns.given_name or columns.family_name or not columns.full_name:
        return _rule(given_name, columns.given_name), _rule(name, columns.family_name)
    whole = name(joined(columns.full_name))
    several = f"contains({whole}, ' ')"
    return (
        f"case when {several} then split_part({whole}, ' ', 1) else {whole} end",
        f"case when {several} then split_part({whole}, ' ', -1) end",
    )


def aged(columns: Columns) -> str:
    """SQL for the year of birth that an age gives: the year it is of, less the age. It is right, or a year late before a birthday."""
    if not columns.age:
        return "null::integer"
    age = f"try_cast(regexp_extract({joined(columns.age)}, '^\\D*(\\d{{1,3}})(?:\\.\\d*)?\\D*$', 1) as integer)"
    at = f"try_cast(regexp_extract({joined(columns.as_at)}, '(?:19|20)\\d\\d') as integer)"
    return f"case when {age} <= 120 then {at} - {age} end"


def _rule(rule: Callable[[str], str], columns: tuple[str, ...]) -> str:
    """SQL of a rule over columns; of none it is NULL at once, as no rule makes anything of nothing."""
    return rule(joined(columns)) if columns else joined(())


def standardised(connection: duckdb.DuckDBPyConnection, table: str, columns: Columns, source: str) -> str:
    """A SELECT of `table` as records: the text columns of `STANDARD`, in that order, before they are numbered.

    `source` is the source of every row where the file has no column that says it.
    """
    given, family = _names(columns)
    identity = joined(columns.id) if columns.id else "(row_number() over ())::varchar"
    parts = _date(columns, order_of_dates(connection, table, columns))
    plain = {
        "source": f"coalesce({joined(columns.source)}, '{source.replace(chr(39), chr(39) * 2)}')",
        "id": identity,
        "given_all": given,
        "middle": _rule(name, columns.middle_name),
        "family": family,
        "whole": _rule(name, columns.full_name),
        "sex": _rule(sex, columns.sex),
        "street": _rule(street, columns.address),
        "postcode": _rule(postcode, columns.postcode),
        "place": _rule(category, columns.place),
        "uprn": _rule(identifier, columns.uprn),
        "email": _rule(email, columns.email),
        "phone": _rule(phone, columns.phone),
        "nhs_number": _rule(nhs_number, columns.nhs_number),
        "upn": _rule(identifier, columns.upn),
        "aged": aged(columns),
        "p": parts,
    }
    plain |= {f"identifier_{k}": identifier(joined((column,))) for k, column in enumerate(columns.identifier)}
    plain |= {f"other_{k}": category(joined((column,))) for k, column in enumerate(columns.other)}
    return f"""select * exclude (p, given_all, middle),
        split_part(given_all, ' ', 1) as given,
        nullif(trim(concat_ws(' ', case when contains(given_all, ' ') then substr(given_all, strpos(given_all, ' ') + 1) end, middle)), '') as middle,
        {year("p[1]")} as birth_year, try_cast(p[2] as integer) as birth_month, try_cast(p[3] as integer) as birth_day,
        case when p[2] is not null and p[3] is not null
            then lpad(({year("p[1]")})::varchar, 4, '0') || lpad(p[2], 2, '0') || lpad(p[3], 2, '0') end as born,
        case when p[2] is not null and p[3] is not null then lpad(p[2], 2, '0') || lpad(p[3], 2, '0') end as birthday
        from (select {", ".join(f"{sql} as {column}" for column, sql in plain.items())} from {table})"""
