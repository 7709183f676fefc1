"""What is in a file, what was left out and why, in words: on the page, beside the file, and kept for good."""

from collections.abc import Sequence
from typing import Any

from hearth.foundation.accounts.models import Area
from hearth.foundation.ui.filters import commas, count, day
from hearth.oversight.performance.exports import annex_a, family_list
from hearth.oversight.performance.exports.models import Export, Kind

# What each kind never has, and why.
NEVER = {
    Kind.ANNEX_A: (
        "Lists 4 to 11 have their heads and no row: assessments under section 17, enquiries under section 47, children in need, child"
        " protection plans, children looked after, care leavers and adoption are social care’s. A blank list does not say that there"
        " were none.",
        "List 1 is what was asked of early help’s front door. List 3 is what early help asked social care to take; what reached social"
        " care by other ways is not known here. The number of referrals in the last 12 months counts those before it that are known here.",
        "Gender is the sex on record. “d) Neither” is not used: what somebody says of their gender is kept in their own words, and words"
        " are not turned into codes.",
        "Early help as a source (5D) is written “o) 5B: LA services”: tools before 2026 blank 5D, and the list takes no blank.",
        "In list 2 an empty completion date says that the assessment is open. Help that goes on has its last assessment, whenever it ended.",
    ),
    Kind.DATASET: (
        "The tables are those that early help can fill. There is no agreed way to record it nationally: a case is an episode, for each of"
        " its children.",
        "People are children. Adults of the family, and young people who were 18 when help began, are not in it; workers are.",
        "Never filled, as this system does not hold it or holds it in words alone: legacy ID, gender, UPN unknown, SEND flag, nationality,"
        " kind of address, social work registration, agency worker, full-time equivalent, reason of change, referral ID. “Is mother” says"
        " Y, and is otherwise empty.",
        "A number whose check digit is wrong is left out. A day of birth of which the month or the year alone is known is left out.",
        "Addresses are in one line as typed, with the UPRN where there is one.",
    ),
    Kind.FAMILIES: (
        "It names nobody. An empty need says that nobody has named it, and not that there is none. “Yes” says that an outcome of the plan"
        " is about it, as somebody named it for the programme.",
    ),
}
ALWAYS = (
    "People whose records are restricted, and restricted families, are in no row and no count.",
    "A request that has not been sent is no contact yet.",
)
# Left out by number, each with why.
NUMBERS = {
    "in_error": ("case", "cases", "opened by mistake, and closed for that reason"),
    "not_finished": (
        "assessment", "assessments", "stopped, or not finished when the case ended: without a completion date it would read as open",
    ),
    "not_assessed": ("case", "cases", "ended in the period without a finished assessment"),
    "names_no_child": ("request", "requests", "without a child named, so that there is no row to write"),
    "withdrawn": ("referral", "referrals", "withdrawn before social care answered"),
}  # fmt: skip
_OF = {
    Kind.ANNEX_A: ("in_error", "not_finished", "not_assessed", "names_no_child", "withdrawn"),
    Kind.DATASET: ("in_error", "names_no_child"),
    Kind.FAMILIES: ("in_error",),
}


def _number(number: int, one: str, many: str, why: str) -> str:
    return f"Left out: {count(number, one, many)} {why}."


def kept_out(kind: str, numbers: dict[str, int]) -> list[str]:
    """What was left out by number, in sentences; nothing was left out for a reason that has none."""
    said = [_number(numbers[what], *NUMBERS[what]) for what in _OF[Kind(kind)] if numbers.get(what)]
    for what, number in sorted(numbers.items()):
        if what.startswith("adults:"):
            said.append(
                f"Left out of {what.partition(':')[2]}: {count(number, 'person', 'people')} certainly 18 or older by then."
            )
    return said


def statement(export: Export, areas: Sequence[Area], rows: dict[str, int], numbers: dict[str, int]) -> str:
    """The whole of it, a sentence a line under heads."""
    about: dict[str, str] = {name: f"{name} ({told})" for name, (told, _) in annex_a.lists().items()}
    late = [area for area in areas if area.goes_live_on and area.goes_live_on > export.from_on]
    frame = family_list.programme()
    lines = [
        f"{export.get_kind_display()}",
        f"{export.reference}, from {day(export.from_on)} to {day(export.to_on)}, as things stood at the end of that day.",
        f"Families of: {', '.join(area.name for area in areas)}.",
        f"For: {export.goes_to}. Why: {' '.join(export.purpose.split())}",
        "", "What is in it",
        *(f"{about.get(name, name)}: {commas(number)} {'row' if number == 1 else 'rows'}" for name, number in rows.items()),
        "", "What is not in it, and why",
        *kept_out(export.kind, numbers), *ALWAYS, *NEVER[Kind(export.kind)],
    ]  # fmt: skip
    if export.kind == Kind.FAMILIES:
        lines.append(f"Needs are those of {frame.title}, version {frame.version}.")
    for area in late:
        lines.append(
            f"{area.name} began on {day(area.goes_live_on)}. That it has no rows from before does not say that there was no need."
        )
    return "\n".join(lines) + "\n"


def as_sections(text: str) -> list[tuple[str, list[str]]]:
    """The same for a page: each head with its lines."""
    parts = [part.split("\n") for part in text.strip().split("\n\n")]
    return [(lines[0], lines[1:]) for lines in parts]


def file_name(export: Any) -> str:
    """What the file is called: what it is and of which days, and nobody."""
    ending = {"annex_a": "xlsx", "ssd": "zip", "families": "xlsx"}[export.kind]
    called = {"annex_a": "annex-a", "ssd": "standard-safeguarding-dataset", "families": "families"}[export.kind]
    return f"{called}-{export.from_on}-to-{export.to_on}-{export.reference}.{ending}"
