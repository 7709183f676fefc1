"""What is missing in a file, row by row and column by column: counted whole, and listed as far as somebody would read."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

MOST_LISTED = 10_000  # cells by name; the counts are of all

# What is wrong with a cell: in words, and what puts it right.
WORDS = {
    "no_sex": ("The sex is not recorded", "Record it on the child's page."),
    "no_ethnicity": ("The ethnicity has not been asked", "Ask the family, and record it on the child's page. “Refused” is an answer too."),
    "no_birth_date": ("The day of birth is not known", "Record it on the child's page, from a document if there is one."),
    "born_by_now": ("The expected day has passed", "Say on the child's page that the child was born, or that there is none."),
    "not_matched": ("Nobody has said which child on record this is", "The front door matches whom the request names."),
    "no_source": ("Who made contact is not known", "The front door can note who asked."),
    "no_organisation": ("Which organisation made the assessment is not recorded", "Name a lead practitioner on the case."),
    "no_assessment": (
        "There is no assessment: the day on which the case was opened stands for its start", "Start the assessment, or close the case.",
    ),
    "no_answer": ("Social care has not answered: it stands as going on", "Ask social care for its answer."),
    "no_worker": ("Who has it is not recorded", "Name a lead practitioner on the case."),
    "no_count": ("How many referrals went before was not recorded, and those of this system alone are counted", "Nothing to do here."),
    "no_upn": ("There is no unique pupil number", "Record it on the child's page, with where it is from."),
    "no_nhs_number": ("There is no NHS number", "Record it on the child's page, with where it is from."),
    "no_reason": ("Why help was asked for is not recorded", "Nothing to do here: it was asked before the case came to this system."),
    "no_end_reason": ("Why the case was closed is not recorded", "Nothing to do here: it was closed in another system."),
    "no_lead": ("Nobody leads, so a placeholder stands there", "Name a lead practitioner on the case."),
    "no_need": ("No need of the programme is named", "Name the needs of the plan, on the page of the claim."),
    "not_signed_off": ("No whole-family assessment was signed off", "Finish the assessment."),
    "not_agreed": ("The family has agreed to no plan", "Agree the plan with the family."),
}  # fmt: skip


@dataclass(frozen=True)
class Gap:
    """One cell with nothing to say. `wanted`: the standard takes no blank there."""

    place: str
    column: str
    row_reference: str
    what: str
    wanted: bool
    keeper: "Keeper"


@dataclass(frozen=True)
class Keeper:
    """Whose the case is: they can open it and mend it."""

    case_reference: str = ""
    keeper: str = ""
    keeper_email: str = ""
    keeper_organisation: str = ""


NOBODY = Keeper()


@dataclass
class Checked:
    """Gaps while a file is written: all counted, the first ones listed. What the standard wants comes before the rest."""

    counts: Counter[tuple[str, str, str, bool]] = field(default_factory=Counter)
    listed: list[Gap] = field(default_factory=list)

    def note(self, gap: Gap) -> None:
        """Count it, and list it while there is room."""
        self.counts[gap.place, gap.column, gap.what, gap.wanted] += 1
        if len(self.listed) < MOST_LISTED:
            self.listed.append(gap)

    def as_frozen(self) -> list[dict[str, Any]]:
        """As it stays with the export: what the standard wants first, then by list, in the order of its columns."""
        rows = sorted(self.counts.items(), key=lambda item: not item[0][3])
        return [
            {"place": place, "column": column, "what": what, "wanted": wanted, "number": number}
            for (place, column, what, wanted), number in rows
        ]


def keeper_of(row: Any) -> Keeper:
    """Who can mend a row of a list."""
    return Keeper(
        row.case_reference or "", row.keeper or "", row.keeper_email or "", row.keeper_organisation or ""
    )  # fmt: skip
