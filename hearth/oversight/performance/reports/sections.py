"""The sections of a report, in order: what stands in each from the data, and what a person is asked to write."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One section, and what is asked of whoever writes it."""

    code: str
    title: str
    asks: str


SECTIONS = (
    Section("summary", "In short", "What matters most in this period, in a few sentences that a councillor reads."),
    Section("measures", "The figures", "What the figures say, what has changed and why, and what they cannot say."),
    Section("projects", "Projects, planned against achieved", "What is behind or ahead, and what is done about it."),
    Section("bought", "What was bought", "What was bought for families, and what came of it."),
    Section(
        "difficulties",
        "Difficulties not solved",
        "What could not be solved, what was tried, and what is asked of whom.",
    ),
    Section("quality", "How good the work is", "What audits found, and what was learned and changed."),
    Section("good_practice", "Good practice", "What went well and others could do the same, and whom they can ask."),
)
STUDIES = "Case studies"
DEFINITIONS = "What each figure is"


def section_coded(code: str) -> Section | None:
    """The section of that code."""
    return next((each for each in SECTIONS if each.code == code), None)
