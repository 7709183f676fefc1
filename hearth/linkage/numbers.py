"""Numbers that services know people by: told from noise, never trusted alone."""

# A number that is one figure over and over, or counts up, was typed because the box wanted something.
_FILLED_IN = r"0*|1{5,}|2{5,}|3{5,}|4{5,}|5{5,}|6{5,}|7{5,}|8{5,}|9{5,}|0?123456789?0?"


def identifier(sql: str) -> str:
    """SQL for any reference number: letters and figures only, blank where it was only filled in.

    A check digit is not asked for: a number with a slip in it is still evidence, and a whole file may fail its check.
    """
    kept = f"regexp_replace(lower({sql}), '[^a-z0-9]+', '', 'g')"
    return f"case when regexp_full_match({kept}, '{_FILLED_IN}|unknown|none|na|null|nan|notknown') then null else nullif({kept}, '') end"


def nhs_number(sql: str) -> str:
    """SQL for an NHS number: its figures where there are ten, blank otherwise."""
    kept = f"regexp_replace({sql}, '[^0-9]+', '', 'g')"
    return f"case when length({kept}) = 10 and not regexp_full_match({kept}, '{_FILLED_IN}') then {kept} end"


def phone(sql: str) -> str:
    """SQL for the last nine figures of a telephone number, so that +44 7700 900123 and 07700 900123 are one."""
    kept = f"regexp_replace({sql}, '[^0-9]+', '', 'g')"
    return f"case when length({kept}) >= 9 and not regexp_full_match({kept}, '{_FILLED_IN}') then right({kept}, 9) end"
