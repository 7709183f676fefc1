"""How long what this room holds is kept, and how a person's own rows are found in it."""

from hearth.foundation.core.subjects import Kept

SUBJECTS: dict[str, Kept] = {
    "cases.Case": Kept("case", family="family", shared=True),
    "cases.TeamMember": Kept("case", family="family", shared=True),
    "cases.DueItem": Kept("case", family="family"),
    "cases.ReachingPlan": Kept("case", family="family", shared=True),
    "cases.ReachingTry": Kept("case", family="family", shared=True),
}
