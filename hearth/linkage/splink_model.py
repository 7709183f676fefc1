"""What Splink compares, proposes and learns on, made of whatever the columns hold, with the parts its documentation gives for each.

Names as a pair with how common they are, a date of birth by slips and years, a home as one, numbers by slips, all else the same
or not. `has` is always the columns of `records` that hold anything, with `dob` for a whole birth date.
"""

from collections.abc import Callable
from typing import Any

import duckdb

from hearth.linkage.columns import LinkageProblem

Rule = tuple[str, ...]
# A rule that would add more pairs for each record is left out, as our own loose keys are: Splink's tutorials say to count them first.
PAIRS_A_RECORD = 60

_NUMBERS = ("nhs_number", "upn")
_RULES: tuple[tuple[Rule, bool], ...] = (
    (("nhs_number",), False),
    (("upn",), False),
    (("email",), False),
    (("given", "family"), False),
    (("family", "dob"), False),
    (("given", "dob"), False),
    (("postcode", "given"), False),
    (("postcode", "family"), True),
    (("dob", "postcode"), False),
    (("street", "given"), False),
    (("street", "dob"), False),
    (("phone", "given"), False),
    (("dob", "place"), True),
    (("substr(postcode, 1, 3)", "dob"), True),
    (("substr(postcode, 1, 3)", "given"), True),
    (("substr(postcode, 1, 3)", "family"), True),
    (("substr(given, 1, 2)", "substr(family, 1, 2)", "birth_year"), True),
)


def comparisons(has: set[str], *, uk: bool) -> list[Any]:
    """Splink's comparisons. Raises LinkageProblem where there are not two things to compare, of which one teaches about the other."""
    import splink.comparison_library as cl

    def same(column: str) -> Any:
        return cl.ExactMatch(column).configure(term_frequency_adjustments=True)

    def slips(column: str) -> Any:
        return cl.LevenshteinAtThresholds(column, [1, 2])

    code: Callable[[str], Any] = cl.PostcodeComparison if uk else slips
    made = _names(has, cl)
    made += [cl.DateOfBirthComparison("dob", input_is_string=True)] if "dob" in has else _of(has, same, "birth_year")
    made += [_age(cl)] if "aged" in has else []
    made += _of(has, cl.NameComparison, "middle") + _of(has, cl.ExactMatch, "sex")
    if {"street", "postcode"} <= has:
        made.append(_home(cl))
    else:
        made += _of(has, lambda column: cl.JaroWinklerAtThresholds(column, [0.9, 0.7]), "street") + _of(
            has, code, "postcode"
        )
    made += _of(has, same, "place", "uprn", *_several(has, "other_"))
    made += _of(has, cl.EmailComparison, "email") + _of(has, slips, "phone", *_NUMBERS, *_several(has, "identifier_"))
    if len(made) < 2 or len(training_rules(has)) < 2:
        raise LinkageProblem(
            "Splink learns each thing from another: give it at least two of names, birth date, address and number."
        )
    return made


def _home(cl: Any) -> Any:
    """Address and postcode as one comparison: they say the same, and each for itself would count a shared home twice."""
    import splink.comparison_level_library as levels

    def alike() -> Any:
        return levels.JaroWinklerLevel("street", 0.9)

    made = [
        levels.And(levels.NullLevel("street"), levels.NullLevel("postcode")),
        levels.And(levels.ExactMatchLevel("street"), levels.ExactMatchLevel("postcode")),
        levels.ExactMatchLevel("street"),
        levels.And(alike(), levels.ExactMatchLevel("postcode")),
        levels.ExactMatchLevel("postcode"),
        alike(),
        levels.ElseLevel(),
    ]
    return cl.CustomComparison(made, output_column_name="home")


def _age(cl: Any) -> Any:
    """Years of birth as ages give them, which are a year late for whoever had no birthday yet."""
    import splink.comparison_level_library as levels

    made = [
        levels.NullLevel("aged"),
        *(levels.AbsoluteDifferenceLevel("aged", difference_threshold=years) for years in (1, 3)),
        levels.ElseLevel(),
    ]
    return cl.CustomComparison(made, output_column_name="aged")


def _names(has: set[str], cl: Any) -> list[Any]:
    """Given and family name as one comparison, where something else can teach how they agree; else one each."""
    if _both_names(has) and len(_alone(has)) >= 1:
        return [cl.ForenameSurnameComparison("given", "family", forename_surname_concat_col_name="both_names")]
    return _of(has, cl.NameComparison, "given", "family")


def _of(has: set[str], make: Callable[[str], Any], *columns: str) -> list[Any]:
    return [make(column) for column in columns if column in has]


def _several(has: set[str], start: str) -> list[str]:
    return sorted((name for name in has if name.startswith(start)), key=lambda name: int(name.removeprefix(start)))


def _both_names(has: set[str]) -> bool:
    return {"given", "family"} <= has


def _alone(has: set[str]) -> list[Rule]:
    """Single things beside names that two records may share, those that split people best first."""
    singly = (
        "dob",
        *_NUMBERS,
        *_several(has, "identifier_"),
        "email",
        "phone",
        "postcode",
        "street",
        "uprn",
        "birth_year",
    )
    last = ("place", *_several(has, "other_"), "middle")
    return [(column,) for column in (*singly, *last) if column in has and not (column == "birth_year" and "dob" in has)]


def training_rules(has: set[str]) -> list[Rule]:
    """Two rules without a column in common: what true pairs agree on is learned among records that share the other."""
    alone = _alone(has)
    if _both_names(has) and alone:
        return [("given", "family"), alone[0]]
    return [*((name,) for name in ("given", "family") if name in has), *alone][:2]


def certain_rules(has: set[str]) -> list[Rule | str]:
    """What hardly anybody but one person agrees on: names and birth date but for a slip in one of them, or a number.

    A rule is columns that are the same, or SQL. Where none of these is known, it is the first two things that are.
    """
    numbers: list[Rule | str] = [(column,) for column in (*_NUMBERS, *_several(has, "identifier_")) if column in has]
    names = tuple(name for name in ("given", "family") if name in has)
    if "dob" in has and len(names) == 2:
        return [*_but_for_a_slip("given", "family", "dob"), *numbers]
    if "dob" in has and names:
        return [(*names, "dob"), *numbers]
    if numbers:
        return numbers
    first = [rule[0] for rule in _alone(has)]
    return [(*names, *first[:1])] if names else [tuple(first[:2])]


def _but_for_a_slip(*columns: str) -> list[str]:
    return [
        " and ".join(
            f"levenshtein(l.{column}, r.{column}) <= 1" if column == slipped else f"l.{column} = r.{column}"
            for column in columns
        )
        for slipped in columns
    ]


def proposing_rules(connection: duckdb.DuckDBPyConnection, has: set[str]) -> list[Rule]:
    """What two records share that are compared at all. Raises LinkageProblem where nothing is narrow enough."""
    known = {
        *has,
        *(f"substr({name}, 1, {n})" for name in ("postcode", "given", "family") if name in has for n in (2, 3)),
    }
    numbers = [((column,), False) for column in _several(has, "identifier_")]
    found = [(rule, loose) for rule, loose in (*numbers, *_RULES) if known.issuperset(rule)]
    found = found or [
        ((column,), True) for (column,) in [*((n,) for n in ("family", "given") if n in has), *_alone(has)]
    ]
    kept = [rule for rule, loose in found if not loose or _is_narrow(connection, rule)]
    if not kept:
        raise LinkageProblem("Too many records share each thing that is known of them for Splink to compare them.")
    return kept


def _is_narrow(connection: duckdb.DuckDBPyConnection, rule: Rule) -> bool:
    held = " and ".join(f"{part} is not null" for part in rule)
    ((few,),) = connection.execute(
        f"select coalesce(sum(c * (c - 1) / 2), 0) <= {PAIRS_A_RECORD} * (select count(*) from splink_people)"
        f" from (select count(*) as c from splink_people where {held} group by {', '.join(rule)})"
    ).fetchall()
    return bool(few)
