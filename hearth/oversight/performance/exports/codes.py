"""Our codes in the words of the standards: sources, sexes, ethnicities, outcomes. Where two tools differ, what both take."""

from typing import Any

from hearth.foundation.core.pack import pack

UNKNOWN = "10"
# Ofsted's ILACS lists, by the census code. 5D (early help) is known to the 2026 rules alone, and older tools blank it: it is 5B there.
SOURCES = {
    "1A": "a) 1A: Individual", "1B": "b) 1B: Individual", "1C": "c) 1C: Individual", "1D": "d) 1D: Individual",
    "2A": "e) 2A: Schools", "2B": "f) 2B: Education services",
    "3A": "g) 3A: Health services", "3B": "h) 3B: Health services", "3C": "i) 3C: Health services",
    "3D": "j) 3D: Health services", "3E": "k) 3E: Health services", "3F": "l) 3F: Health services",
    "4": "m) 4: Housing", "5A": "n) 5A: LA services", "5B": "o) 5B: LA services", "5C": "p) 5C: LA services",
    "5D": "o) 5B: LA services", "6": "q) 6: Police", "7": "r) 7: Other legal agency", "8": "s) 8: Other",
    "9": "t) 9: Anonymous", "10": "u) 10: Unknown",
}  # fmt: skip
# The same in words, for a description column (children in need census 2026).
SOURCE_WORDS = {
    "1A": "Individual - family member, relative or carer", "1B": "Individual - acquaintance", "1C": "Individual - self",
    "1D": "Individual - other", "2A": "Schools", "2B": "Education services", "3A": "Health services - general practitioner",
    "3B": "Health services - health visitor", "3C": "Health services - school nurse", "3D": "Health services - other primary health services",
    "3E": "Health services - A&E", "3F": "Health services - other", "4": "Housing", "5A": "LA services - social care",
    "5B": "LA services - other internal", "5C": "LA services - external", "5D": "LA services - early help", "6": "Police",
    "7": "Other legal agency", "8": "Other", "9": "Anonymous", "10": "Unknown",
}  # fmt: skip
GENDERS = {"M": "a) Male", "F": "b) Female"}
NO_GENDER = "c) Not stated/recorded (or unborn)"
ETHNICITIES = {
    code: f"{letter}) {code}"
    for letter, code in zip(
        "abcdefghijklmnopqrss",
        (
            "WBRI", "WIRI", "WIRT", "WOTH", "WROM", "MWBC", "MWBA", "MWAS", "MOTH", "AIND", "APKN", "ABAN", "AOTH", "BCRB", "BAFR",
            "BOTH", "CHNE", "OOTH", "REFU", "NOBT",
        ),
        strict=True,
    )
}  # fmt: skip
NOT_OBTAINED = "NOBT"
YES, NO = "a) Yes", "b) No"
NOT_RECORDED = "Not recorded"  # where the standard takes no blank and nothing is known
# What the dataset calls what came of a contact, by the front door's own outcome; whatever else a pack has leads to early help.
OUTCOMES = {
    "advice": "Information and Advice", "no_further_action": "NFA", "step_up": "CIN Referral",
    "single_agency": "EH Referral", "assessment": "EH Referral", "panel": "EH Referral",
}  # fmt: skip
EPISODE_ENDS = {"outcomes_met": "Outcomes met", "step_up": "Step-up", "no_further_action": "NFA"}
IN_ERROR = "opened_in_error"  # a reason for closing that every pack has by the shared list


def source_code(told: str) -> str:
    """The census code of a source: a code already, a sector or a relation of the pack. Unknown where the pack has no such one."""
    kind, colon, code = told.partition(":")
    if not colon:
        return told if told in SOURCES else UNKNOWN
    choices: Any = pack().organisations.sectors if kind == "sector" else pack().request_form.relations
    return next((each.contact_source for each in choices if each.code == code), UNKNOWN)


def outcome_of_contact(code: str) -> str:
    """What came of a contact, in the dataset's words; nothing while nobody has decided."""
    return OUTCOMES.get(code, "EH Referral") if code else ""


def end_of_episode(code: str) -> str:
    """Why an episode ended, in the dataset's words; nothing where it goes on or nobody said why."""
    counts = {reason.code: reason.counts_as for reason in pack().closure.reasons}
    return EPISODE_ENDS["step_up" if code == "step_up" else counts[code]] if code == "step_up" or code in counts else ""
