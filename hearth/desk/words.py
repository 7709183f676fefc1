"""Stored codes in words: audit verbs, stages, levels."""

from hearth.casework.cases.models import Stage
from hearth.foundation.core.pack import label_of, pack

WORDS: dict[str, str] = {
    "people.family_opened": "added the family",
    "people.person_added": "added a person",
    "people.access_given": "gave somebody access",
    "people.access_ended": "ended somebody's access",
    "people.family_moved": "moved the family to another area",
    "cases.case_opened": "opened a case",
    "cases.lead_named": "named a lead practitioner",
    "cases.team_joined": "added somebody to the team around the family",
    "cases.team_left": "took somebody from the team around the family",
    "cases.stage_set": "moved the case on",
    "cases.case_closed": "closed the case",
    "cases.case_reopened": "reopened the case",
}
QUIET = frozenset(
    {
        "people.access_confirmed",
        "people.area_access_opened",
        "people.area_access_narrowed",
        "people.access_all_ended",
    }
)


def words_for(verb: str) -> str:
    """The verb in words; one that has none reads from its own name: `plans.plan_agreed` -> `plan agreed`."""
    return WORDS.get(verb) or verb.split(".", 1)[-1].replace("_", " ")


def stage_words() -> dict[str, str]:
    """Each stage of a case in words."""
    return {str(code): str(words) for code, words in Stage.choices}


def level_words(code: str) -> str:
    """A level of need as the pack words it; empty where none was decided."""
    return label_of(pack().levels.levels, code) if code else ""
