"""How long what this room holds is kept, and how a person's own rows are found in it."""

from hearth.foundation.core.subjects import Kept

_BY_NUMBER = "by the numbers a partner knows them by, in `names`: erasing somebody from feeds removes them here"

SUBJECTS: dict[str, Kept] = {
    "insight.InsightRun": Kept("feed", why="an account and figures that name nobody"),
    "insight.FamilyOfConcern": Kept("feed", why=_BY_NUMBER, shared=True),
    "insight.Flag": Kept("feed", why=_BY_NUMBER, shared=True),
    "insight.FlagDecision": Kept("feed", why=_BY_NUMBER, shared=True),
    "insight.FamilyTold": Kept("feed", why=_BY_NUMBER, shared=True),
    "insight.Involvement": Kept("feed", person="person"),
    "insight.CareTime": Kept("feed", person="person"),
    "insight.TouchpointFact": Kept("feed", person="person"),
    # With the family's own record, and not with partners' files: a practitioner wrote it.
    "insight.RecordedTouchpoint": Kept("note", person="person", family="family", shared=True),
}
